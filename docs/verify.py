#!/usr/bin/env python3
"""An independent verifier of the record in clear, written from format.md alone: verify.py RECORD [HEADS].
It needs the package `cryptography`. It ends with 3 where an act was changed, 1 at other damage, 0 where all is good."""
import calendar, hashlib, json, re, sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
bad, damages = {}, []
def need(holds, what):
    if not holds:
        raise ValueError(what)
H = lambda label, data: hashlib.sha256(label.encode() + b"\0" + data).digest()
def check_signature(key, label, data, signature):
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), H(label, data))
def canonical(value, above=0):
    need(above <= 64, "nested too deep")
    if isinstance(value, dict):
        fields = sorted(value.items(), key=lambda field: field[0].encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(item, above + 1) for name, item in fields) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item, above + 1) for item in value) + "]"
    need(type(value) is not float and (type(value) is not int or abs(value) < 2**53), "a number")
    return json.dumps(value, ensure_ascii=False)
def read(line, test, what):
    value = json.loads(line.decode())
    need(test(value) and canonical(value, -1).encode() == line, what)
    return value

# Tests of fields. In a shape, what stands in a list may be left out.
text = lambda pattern: lambda value: type(value) is str and re.fullmatch(pattern, value, re.S)
digits = lambda count: text("[0-9a-f]{%d}" % count)
whole = lambda value: type(value) is int and value >= 0
name = lambda value: text("(?! )[^\0-\x1f\x7f]+(?<! )")(value) and len(value.encode()) <= 200
lists = lambda test: lambda value: type(value) is list and all(map(test, value))
parents = lambda value: lists(digits(64))(value) and len(value) <= 256 and value == sorted(set(value))
clock = text(r"(?!0000)\d{4}-(0[1-9]|1[0-2])-(?!00)\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z".replace(r"\d", "[0-9]"))
moment = lambda value: clock(value) and int(value[8:10]) <= calendar.monthrange(int(value[:4]), int(value[5:7]))[1]
def shape(others=False, **tests):
    must = {field for field in tests if type(tests[field]) is not list}
    tests = {field: test if field in must else test[0] for field, test in tests.items()}
    return lambda value: (type(value) is dict and must <= set(value) and (others or set(value) <= set(tests))
                          and all(tests[field](value[field]) for field in tests if field in value))

envelope = shape(actor=shape(seat=name, person=[name], key=[digits(64)]), algorithm=text("sha256-ed25519"), body=digits(64),
                 depth=whole, format=lambda v: whole(v) and v == 1, on=name, parents=parents, process=digits(32), room=name,
                 recorded=moment, recorder=shape(seat=name, site=digits(64), person=[name]), sequence=whole)
act_line = shape(act=digits(64), envelope=envelope, signature=digits(128), body=[shape(True, kind=text(".*"))],
                 salt=[digits(64)], person=[shape(key=digits(64), signature=digits(128))])
first_line = shape(format=lambda v: whole(v) and v == 1, onetext=text("record"), process=digits(32))
content_line = shape(content=digits(64), text=[text(".*")], hex=[text("([0-9a-f]{2})*")], erased=[lambda v: v is True])
binds = shape(True, seat=name, key=digits(64), recipient=[name], rooms=[lists(name)])
revokes = shape(True, key=digits(64), **{"from": [moment]})
is_kind = lambda body, kind, test=bool: bool(body) and body["kind"] == kind and test(body)
declares = lambda body: is_kind(body, "room", shape(True, members=lists(name)))

def check_act(line):
    act = read(line, act_line, "fields or form")
    env, person, body, salt = act["envelope"], act.get("person"), act.get("body"), bytes.fromhex(act.get("salt", ""))
    raw, data, ident = canonical(env).encode(), canonical(body).encode(), H("onetext act 1", canonical(env).encode())
    need(len(raw) <= 65536 and len(data) <= 4 << 20 and (body is None) == (salt == b""), "size or salt")
    check_signature(env["recorder"]["site"], "onetext signature 1", ident, act["signature"])
    need(env["actor"].get("key") == (person and person["key"]), "the person's key")
    person and check_signature(person["key"], "onetext person 1", ident, person["signature"])
    need(body is None or H("onetext body 1", salt + data).hex() == env["body"], "the body or its salt")
    return ident.hex(), env, body
def check_room(room, acts):  # gives the acts that joined, and a test of who sits there
    joined, depths, behind, places, waiting = {}, {}, {}, {"beginning": []}, dict(acts)
    while ready := [i for i in waiting if all(p in joined for p in waiting[i][0]["parents"])]:
        for i in ready:
            env, body = joined[i] = waiting.pop(i)
            site, ups = env["recorder"]["site"], env["parents"]
            depths[i], behind[i] = max((1 + depths[p] for p in ups), default=0), set(ups).union(*(behind[p] for p in ups))
            before = sum(joined[a][0]["recorder"]["site"] == site for a in behind[i])
            if (env["depth"], env["sequence"]) != (depths[i], before) or any(joined[p][0]["recorded"] > env["recorded"] for p in ups):
                damages.append(f"{room}: {i}: depth, sequence or recorded")
            places.setdefault((site, env["sequence"]), []).append(i)
            places["beginning"] += [] if ups else [i]
    damages.extend(f"{room}: {both} stand in one place" for both in places.values() if len(both) > 1)
    lacks = {p for env, _ in waiting.values() for p in env["parents"]}
    damages.extend(f"{room}: {i} is missing" for i in lacks - set(acts) - set(bad))
    firsts = [joined[i][1] for i in places["beginning"] if joined[i][1] is not None]
    standing = room in ("plenary", "public") or room.startswith("chamber-")
    wrong = [b for b in firsts if not (is_kind(b, "process") if room == "plenary" else standing or declares(b))]
    damages.extend(f"{room}: it may not begin with {body}" for body in wrong)
    listed = lambda seat: wrong or all(seat in body["members"] for body in firsts)
    return joined, (lambda seat: room[:8] != "chamber-" or seat == room[8:]) if standing else listed
def check_keys(plenary):  # gives, for each key, its seat, its rooms and until when it counts
    keys, founder = {}, None
    for at, _, i in sorted((env["recorded"], env["depth"], i) for i, (env, _) in plenary.items()):
        (env, body), site, seat = plenary[i], plenary[i][0]["recorder"]["site"], plenary[i][0]["recorder"]["seat"]
        stands = site in keys and keys[site][0] == seat and at <= keys[site][2]
        speaks = lambda other: stands and keys[site][1] is None and seat in (other, founder and founder[1])
        if is_kind(body, "process") and not env["parents"]:
            founder = founder or (site, seat)
        elif is_kind(body, "site", binds) and (speaks(body["seat"]) or (body["key"], body["seat"]) == (site, seat) == founder):
            keys.setdefault(body["key"], [body["seat"], body.get("rooms"), "~"])
        elif is_kind(body, "revoke-site", revokes) and (key := keys.get(body["key"])):
            if speaks(key[0]) or stands and body["key"] == site:
                key[2] = min(key[2], at, body.get("from", at))
    return keys
def check_line(line, process, rooms, named, contents, order):
    if kept := re.match(rb'{"act":"([0-9a-f]{64})"', line):
        order[0][0] += 1
        try:
            ident, env, body = check_act(line)
        except (ValueError, RecursionError, InvalidSignature) as error:
            return bad.update({kept[1].decode(): error})
        brings, kin = (body or {}).get("contents", []), rooms.setdefault(env["room"], {})
        named |= set(brings) if lists(digits(64))(brings) else {"no digests"}
        order.append((0, env["room"].encode(), env["depth"], ident))
        need(kept[1].decode() == ident and env["process"] == process and ident not in kin, "name, process or twice")
        kin[ident] = (env, body)
    else:
        value = read(line, lambda value: content_line(value) and len(value) == 2, "no line of a record")
        order[0][1] += 1
        data = bytes.fromhex(value["hex"]) if "hex" in value else value.get("text", "").encode()
        order.append((1, value["content"]))
        contents.add(value["content"])
        need("erased" in value or H("onetext content 1", data).hex() == value["content"], "a changed content")
        need("hex" not in value or data.decode(errors="replace").encode() != data, "hex where text does")
    need(len(order) < 3 or order[-2] < order[-1], "order")
def main(record, heads=None):
    lines, rooms, named, contents, order, process = record.split(b"\n"), {}, set(), set(), [[0, 0]], None
    for number, line in enumerate(lines, 1):
        try:
            need(number < len(lines) and len(line) <= 134218752, "the record is cut off, or a line is too long")
            if number == 1:
                process = read(line, first_line, "the first line is expected")["process"]
            elif line == b'{"acts":%d,"contents":%d,"end":true}' % tuple(order[0]):
                need(lines[number:] == [b""], "something follows the last line")
                break
            else:
                check_line(line, process, rooms, named, contents, order)
        except (ValueError, RecursionError) as error:
            damages.append(f"line {number}: {error}")
    damages.extend(f"content {i}: missing, or named by no act" for i in named ^ contents)
    rooms = {"plenary": ({}, None)} | {room: check_room(room, acts) for room, acts in rooms.items()}
    keys = check_keys(rooms["plenary"][0])
    for room, i, env, sits in [(room, i, env, sits) for room, (acts, sits) in rooms.items() for i, (env, _) in acts.items()]:
        seat, limit, until = keys.get(env["recorder"]["site"], (None, None, "~"))
        if seat == env["recorder"]["seat"] and env["recorded"] > until:
            print(f"unknown {i}: its key was revoked")
        elif seat != env["recorder"]["seat"] or (limit is not None and room not in limit) or not sits(seat):
            damages.append(f"{room}: {i} is not known to be of its seat")
    for room, _, i in [line.rpartition(" ") for line in (heads or "").splitlines() if line]:
        damages.extend([f"{room}: the head {i} is not there"] * (i not in rooms.get(room, [()])[0]))
    caveat = [] if heads else ["not excluded: that the last acts of a room were cut off, or the whole replaced"]
    print(*[f"bad {i}: {why}" for i, why in bad.items()] + damages + caveat, sep="\n")
    return 3 if bad else 1 if damages else 0
if __name__ == "__main__":
    sys.exit(main(open(sys.argv[1], "rb").read(), *(open(path).read() for path in sys.argv[2:])))
