#!/usr/bin/env python3
"""Word out and home: copies of a draft are marked up at random, by python-docx and by LibreOffice, and taken in again.

usage: word.py ONETEXT FOLDER [EDITS]

Of each kind of edit there are EDITS (200), each on a provision of its own and by an author of its own name. Every one must
be mapped to an act or listed, and of each kind at least 98 % mapped: an act of the seat, at that provision, with the words
that the edit makes and the author's name. Where LibreOffice is installed it marks up a copy for a second seat, with changes
tracked and a comment. The last line says how it went; the exit status is 1 where something does not hold.
"""

import json
import pathlib
import random
import subprocess
import sys
import time
import tomllib
from copy import deepcopy

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

ONETEXT = str(pathlib.Path(sys.argv[1]).resolve())
FOLDER = pathlib.Path(sys.argv[2]).resolve()
EDITS = int(sys.argv[3]) if len(sys.argv) > 3 else 200
A_COPY = 20
LEAST = 0.98
DATE = "2031-03-06T10:00:00Z"
chance = random.Random(20310306)
wrong = []

WORDS = """river valley bridge ferry weir garrison commission council border village school court harbour convoy
water grain timber road station passage prisoner family monument archive language parliament ministry observer
guarantee protocol annex schedule deadline period member chair report inspection corridor crossing market customs
restores supervises withdraws releases confirms limits shares settles opens protects marks returns publishes
within before after under beyond without among between during along across jointly promptly freely monthly safely
fully equally public common joint lasting former northern southern eastern western upper lower armed civil""".split()


def sentence(least=9, most=24):
    words = [chance.choice(WORDS) for _ in range(chance.randint(least, most))]
    return " ".join(words).capitalize() + "."


def run(*words, ok=True):
    done = subprocess.run([ONETEXT, *words], capture_output=True, text=True, cwd=FOLDER)
    if ok and done.returncode != 0:
        sys.exit(f"onetext {' '.join(words)}: {done.stderr}")
    return done.stdout


def draft():
    """Ninety points, some with items: plain Markdown, and each provision's label and words by its path."""
    lines, told = ["# Settlement on the river Osk", ""], []
    for point in range(1, 91):
        words = sentence()
        items = chance.choice([0, 0, 0, 2, 3])
        if items:
            words = words[:-1] + ":"
        lines.append(f"{point}. {words}")
        told.append((f"{point}", f"{point}.", words, bool(items)))
        for item in range(items):
            letter, words = "abc"[item], sentence()
            lines.append(f"    - {letter}. {words}")
            told.append((f"{point}.{letter}", f"{letter}.", words, False))
        lines.append("")
    return "\n".join(lines) + "\n", told


DOSSIER = """[process]
id = "osk"
title = "Talks on the river Osk"
pen_holder = "mediator"
[[seat]]
id = "mediator"
name = "Mediator"
role = "mediator"
[[seat]]
id = "ardel"
name = "Ardel"
role = "party"
[[seat]]
id = "brun"
name = "Brun"
role = "party"
[[room]]
id = "with-ardel"
members = ["mediator", "ardel"]
[[room]]
id = "with-brun"
members = ["mediator", "brun"]
[[text]]
id = "main"
title = "Settlement"
kind = "main"
[[draft]]
id = "d1"
text = "main"
file = "d1.md"
on = 2031-03-01
[[act]]
id = "given-ardel"
kind = "deliver"
room = "with-ardel"
by = "mediator"
on = 2031-03-02
draft = "d1"
to = "ardel"
channel = "official"
[[act]]
id = "given-brun"
kind = "deliver"
room = "with-brun"
by = "mediator"
on = 2031-03-02
draft = "d1"
to = "brun"
channel = "official"
"""


# --- marks, as a word processor makes them -------------------------------------------------------------------------

number = iter(range(1000, 10**9))


def mark(name, author):
    element = OxmlElement(name)
    element.set(qn("w:id"), str(next(number)))
    element.set(qn("w:author"), author)
    element.set(qn("w:date"), DATE)
    return element


def piece(text, deleted=False):
    holder = OxmlElement("w:r")
    words = OxmlElement("w:delText" if deleted else "w:t")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    words.text = text
    holder.append(words)
    return holder


def inside(name, author, *runs):
    element = mark(name, author)
    element.extend(runs)
    return element


def rewrite(paragraph, *children):
    """The paragraph with this content instead of its own."""
    for child in list(paragraph._p):
        if child.tag != qn("w:pPr"):
            paragraph._p.remove(child)
    paragraph._p.extend(children)


def sign_end(element, name, author):
    properties = element.get_or_add_pPr()
    signs = properties.find(qn("w:rPr"))
    if signs is None:
        signs = OxmlElement("w:rPr")
        properties.append(signs)
    signs.insert(0, mark(name, author))


def cut(words):
    """A place among the words: what stands before it, one word, what stands after it."""
    parts = words.split(" ")
    at = chance.randrange(1, len(parts) - 1)
    return " ".join(parts[:at]) + " ", parts[at], " " + " ".join(parts[at + 1:])


# Each edit takes a document, the place of a paragraph, label and words, and an author, and gives what is expected: the
# field of the act and its value.

def insert_word(document, place, label, words, author):
    before, word, after = cut(words)
    new = chance.choice(WORDS) + " "
    rewrite(document.paragraphs[place], piece(f"{label} {before}"), inside("w:ins", author, piece(new)), piece(word + after))
    return {"wording": before + new + word + after}


def delete_word(document, place, label, words, author):
    before, word, after = cut(words)
    rewrite(document.paragraphs[place], piece(f"{label} {before}"),
            inside("w:del", author, piece(word + " ", True)), piece(after[1:]))
    return {"wording": before + after[1:]}


def replace(document, place, label, words, author):
    before, word, after = cut(words)
    new = "another " + chance.choice(WORDS)
    rewrite(document.paragraphs[place], piece(f"{label} {before}"), inside("w:del", author, piece(word, True)),
            inside("w:ins", author, piece(new)), piece(after))
    return {"wording": before + new + after}


def insert_paragraph(document, place, label, words, author):
    new = OxmlElement("w:p")
    text = sentence()
    new.append(inside("w:ins", author, piece(text)))
    document.paragraphs[place]._p.addnext(new)
    sign_end(new, "w:ins", author)
    return {"after": True, "wording": text}


def delete_paragraph(document, place, label, words, author):
    paragraph = document.paragraphs[place]
    rewrite(paragraph, inside("w:del", author, piece(paragraph.text, True)))
    sign_end(paragraph._p, "w:del", author)
    return {"wording": ""}


def move(document, place, label, words, author):
    paragraph = document.paragraphs[place]
    text = paragraph.text
    target = document.paragraphs[(place + 7) % (len(document.paragraphs) - 4) + 2]
    name = f"move{next(number)}"
    goes, comes = deepcopy(paragraph._p), deepcopy(paragraph._p)
    for element, tag, deleted in [(goes, "w:moveFrom", False), (comes, "w:moveTo", False)]:
        for child in list(element):
            if child.tag != qn("w:pPr"):
                element.remove(child)
        start, end = mark(f"{tag}RangeStart", author), OxmlElement(f"{tag}RangeEnd")
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), start.get(qn("w:id")))
        element.extend([start, inside(tag, author, piece(text, deleted)), end])
        sign_end(element, tag, author)
    target._p.addnext(comes)
    paragraph._p.getparent().replace(paragraph._p, goes)
    return {"move_after": True}


def comment(document, place, label, words, author):
    paragraph = document.paragraphs[place]
    text = "Why " + sentence(3, 8)
    document.add_comment(paragraph.runs[0], text=text, author=author, initials="E")
    return {"words": text}


def number_change(document, place, label, words, author):
    new = label.rstrip(".") + " bis."
    rewrite(document.paragraphs[place], inside("w:del", author, piece(label, True)), inside("w:ins", author, piece(new)),
            piece(f" {words}"))
    return {"words": new}


def bracket(document, place, label, words, author):
    before, word, after = cut(words)
    rewrite(document.paragraphs[place], piece(f"{label} {before}"), inside("w:ins", author, piece("[")), piece(word),
            inside("w:ins", author, piece("]")), piece(after))
    return {"wording": before + "[" + word + "]" + after}


def untracked(document, place, label, words, author):
    before, word, after = cut(words)
    new = before + "quietly " + chance.choice(WORDS) + after
    rewrite(document.paragraphs[place], piece(f"{label} {new}"))
    return {"wording": new}


KINDS = [insert_word, delete_word, replace, insert_paragraph, delete_paragraph, move, comment, number_change, bracket, untracked]


def acts_of(workspace):
    """The acts on record, by the names they are called by."""
    out = FOLDER / f"{workspace}-out"
    run("export", "--format", "dossier", "-C", workspace, "-o", str(out))
    record = out if out.is_file() else out / "dossier.toml"
    return tomllib.loads(record.read_text())["act"]


def same(one, other):
    return " ".join(str(one).split()) == " ".join(str(other).split())


def fits(act, expected, path, author, tracked):
    said = act.get("note", "")
    if (author not in said) if tracked else ("without tracking" not in said):
        return False
    for field, value in expected.items():
        found = act.get(field)
        if field in ("after", "move_after"):
            if found is None:
                return False
        elif field == "words":
            if value not in found:
                return False
        elif not same(found, value):
            return False
    if "after" in expected:
        return act["after"] == path
    if act["kind"] == "note":
        return any(about.endswith(f"#{path}") for about in act.get("about", []))
    points = act.get("points", [])
    points = [points] if isinstance(points, str) else points
    return any(point in (path, f"{path}.chapeau") for point in points)


def workspace(name):
    run("new", name, "--seat", "mediator")
    run("import", "dossier.toml", "-C", name)


def tried(edit, told):
    """All edits of one kind, in as many copies as they need."""
    name = edit.__name__
    workspace(name)
    mapped = listed = lost = 0
    expectations = []
    for copy in range(EDITS // A_COPY):
        source, returned = f"{name}-{copy}.docx", f"{name}-{copy}-back.docx"
        run("copy", "d1", "--to", "ardel", "-o", source, "-C", name)
        document = docx.Document(FOLDER / source)
        # Moves and deletions leave points with sub-items alone: what goes with them is another question.
        free = [at for at, each in enumerate(told) if not (each[3] and edit in (move, delete_paragraph))]
        chosen = sorted(chance.sample(free, A_COPY), reverse=True)
        authors = []
        for at in chosen:
            path, label, words, _ = told[at]
            author = f"Author {name} {copy} {at}"
            place = at + 1
            if edit in (move, insert_paragraph):
                place = next(number for number, paragraph in enumerate(document.paragraphs)
                             if paragraph.text == f"{label} {words}" and "w:moveTo" not in paragraph._p.xml)
            expectations.append((edit(document, place, label, words, author), path, author))
            authors.append((author, path))
        document.save(FOLDER / returned)
        answer = json.loads(run("import-proposals", returned, "--from", "ardel", "--on", "2031-03-07", "-C", name, "--json"))
        if answer["known_by"] != "property" or answer["copy"] != f"ardel-{copy + 1}":
            wrong.append(f"{name}: {returned} is not known by its property")
        for author, path in authors:
            if edit is untracked:
                mine = [item for item in answer["items"] if item["what"] == "untracked" and item["path"] == path]
            else:
                mine = [item for item in answer["items"] if item["author"] == author]
            lost += not mine
            listed += bool(mine) and not any(item["became"] for item in mine)
    acts = acts_of(name)
    missing = []
    for expected, path, author in expectations:
        found = any(fits(act, expected, path, author, edit is not untracked) for act in acts)
        mapped += found
        if not found:
            missing.append(f"{path} {author}: {expected}")
    count = len(expectations)
    good = mapped >= LEAST * count and lost == 0
    print(f"{'ok' if good else 'FAILED'}: {name}: {mapped} of {count} mapped, {listed} listed alone, {lost} neither", flush=True)
    if not good:
        wrong.append(name)
        print("\n".join(missing[:5]))


# --- LibreOffice ------------------------------------------------------------------------------------------------

OFFICE = '''
import sys, time, uno
from com.sun.star.beans import PropertyValue
def value(name, given):
    each = PropertyValue(); each.Name = name; each.Value = given; return each
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(120):
    try:
        context = resolver.resolve("uno:pipe,name=onetext-word;urp;StarOffice.ComponentContext"); break
    except Exception: time.sleep(0.5)
manager = context.ServiceManager
settings = manager.createInstanceWithContext("com.sun.star.configuration.ConfigurationProvider", context)
user = settings.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess",
    (value("nodepath", "/org.openoffice.UserProfile/Data"),))
user.givenname = "Brita"; user.sn = "Osker"; user.commitChanges()
desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(sys.argv[1]), "_blank", 0, (value("Hidden", True),))
document.RecordChanges = True
text = document.Text
paragraphs = [each for each in text]
def words(place, count=1):
    cursor = text.createTextCursorByRange(paragraphs[place].Start)
    for _ in range(4): cursor.gotoNextWord(False)
    for _ in range(count): cursor.gotoNextWord(True)
    return cursor
one = words(3); text.insertString(one.Start, "promptly ", False)
words(8).setString("")
words(14).setString("another word ")
end = text.createTextCursorByRange(paragraphs[20].End)
text.insertControlCharacter(end, 0, False); text.insertString(end, "A paragraph that Brun adds.", False)
gone = text.createTextCursorByRange(paragraphs[30].Start); gone.gotoRange(paragraphs[31].Start, True); gone.setString("")
remark = document.createInstance("com.sun.star.text.textfield.Annotation")
remark.Author = "Brita Osker"; remark.Content = "Brun cannot take this."
where = words(40); text.insertTextContent(where, remark, True)
document.storeToURL(uno.systemPathToFileUrl(sys.argv[2]), (value("FilterName", "MS Word 2007 XML"),))
document.close(True)
try: desktop.terminate()
except Exception: pass
'''


def office(told):
    """A second seat marks its copy up in LibreOffice; none where it is not installed."""
    python = next((each for each in ["/usr/bin/python3", sys.executable]
                   if subprocess.run([each, "-c", "import uno"], capture_output=True).returncode == 0), None)
    try:
        server = subprocess.Popen(["soffice", "--headless", "--norestore", "--nologo",
                                   f"-env:UserInstallation=file://{FOLDER}/office",
                                   "--accept=pipe,name=onetext-word;urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        server = None
    if python is None or server is None:
        if server is not None:
            server.kill()
        print("SKIPPED: LibreOffice with python3-uno is not installed")
        return
    workspace("office")
    run("copy", "d1", "--to", "brun", "-o", "brun.docx", "-C", "office")
    run("copy", "d1", "--to", "ardel", "-o", "ardel.docx", "-C", "office")
    try:
        script = FOLDER / "office.py"
        script.write_text(OFFICE)
        done = subprocess.run([python, str(script), str(FOLDER / "brun.docx"), str(FOLDER / "brun-back.docx")],
                              capture_output=True, text=True, timeout=180)
    finally:
        for _ in range(20):
            if server.poll() is not None:
                break
            time.sleep(0.5)
        server.kill()
    if done.returncode != 0:
        wrong.append(f"LibreOffice: {done.stderr.strip()[-300:]}")
        return
    document = docx.Document(FOLDER / "ardel.docx")
    for at, edit in [(50, replace), (60, delete_paragraph), (2, insert_word), (45, comment)]:
        path, label, words, _ = told[at]
        edit(document, at + 1, label, words, "Anders Ardel")
    document.save(FOLDER / "ardel-back.docx")
    for seat, author, least in [("brun", "Brita Osker", 6), ("ardel", "Anders Ardel", 4)]:
        words = ["import-proposals", f"{seat}-back.docx", "--from", seat, "--on", "2031-03-07", "-C", "office", "--json"]
        answer = json.loads(run(*words))
        acts = {item["act"] for item in answer["items"] if item["became"] and item["author"] == author}
        alone = [item for item in answer["items"] if not item["became"] and item["why"] != "no words"]
        quiet = [item for item in answer["items"] if item["what"] == "untracked"]
        good = len(acts) >= least and not alone and not quiet and answer["known_by"] == "property"
        print(f"{'ok' if good else 'FAILED'}: {seat}: {len(acts)} acts of {author}, {answer['listed']} listed alone, "
              f"{len(quiet)} said to be untracked")
        if not good:
            wrong.append(seat)
            print(json.dumps(answer, indent=1, ensure_ascii=False)[:4000])
        again = json.loads(run(*words))
        if again["recorded"] or again["known"] != answer["recorded"]:
            wrong.append(f"{seat}: a second import recorded {again['recorded']} acts anew")
    page = run("compile", "d1.md", "Ardel=ardel-back.docx", "Brun=brun-back.docx")
    for name, words in [("Brun", "A paragraph that Brun adds."), ("Brun", "promptly"), ("Ardel", "another")]:
        if f"[{name}: " not in page or words not in page:
            wrong.append(f"the compilation does not show {name}: {words}")
    # The same from the record, as a document: each seat the author of its own changes, and the draft for whoever rejects.
    run("compile", "--draft", "d1", "-C", "office", "-o", "all.docx")
    document = docx.Document(FOLDER / "all.docx")
    authors = {each.get(qn("w:author")) for each in document.element.body.iter() if each.get(qn("w:author"))}
    if authors != {"Ardel", "Brun"}:
        wrong.append(f"the compilation of the record has the authors {sorted(authors)}")
    if run("text", "all.docx", "--tracked", "rejected") != run("text", "d1.md"):
        wrong.append("the compilation of the record, rejected, is not the draft")
    told_by = run("compile", "--draft", "d1", "-C", "office")
    for words in ["A paragraph that Brun adds.", "promptly", "another"]:
        if words not in told_by:
            wrong.append(f"the compilation of the record does not show: {words}")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    text, told = draft()
    (FOLDER / "d1.md").write_text(text)
    (FOLDER / "dossier.toml").write_text(DOSSIER)
    for edit in KINDS:
        tried(edit, told)
    office(told)
    print(f"{len(wrong)} wrong: {'; '.join(wrong)}" if wrong else "all of it holds")
    sys.exit(bool(wrong))


main()
