#!/usr/bin/env python3
"""Redlines of real documents in LibreOffice: whoever accepts all has the new body, whoever rejects all the old one.

usage: office.py ONETEXT FOLDER DATA

DATA holds `docx-pairs` and `tracked-docx`: pairs of documents, sets of one document and two later ones, and documents with
tracked changes beside what they read accepted and rejected. Of each pair the redline is made both ways; LibreOffice opens it,
accepts or rejects every change, and what it then holds is compared, paragraph by paragraph and number by number, with what it
holds where it opens the document itself. The last line says how it went; the exit status is 1 where something does not hold.

Two things are LibreOffice's own, and each is shown before it is taken for that. Into the cells of an empty row that came or went
it writes a joiner (U+200D), in order to have something to mark: such a paragraph is empty where the redline holds no joiner. And of
some documents it reads no tracked change, whoever made it: where a redline fails, the old and the new document themselves each get
one paragraph more, inserted by this script alone, and where it reads that insertion in neither, the redline is told apart.
"""

import json
import pathlib
import subprocess
import sys
import time
import zipfile

ONETEXT = str(pathlib.Path(sys.argv[1]).resolve())
FOLDER = pathlib.Path(sys.argv[2]).resolve()
DATA = pathlib.Path(sys.argv[3]).resolve()

OFFICE = r'''
import json, sys, time, uno
from com.sun.star.beans import PropertyValue
def value(name, given):
    each = PropertyValue(); each.Name = name; each.Value = given; return each
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(240):
    try:
        context = resolver.resolve("uno:pipe,name=onetext-office;urp;StarOffice.ComponentContext"); break
    except Exception: time.sleep(0.5)
manager = context.ServiceManager
desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
def told(text):
    found = []
    for each in text:
        if each.supportsService("com.sun.star.text.TextTable"):
            for name in each.CellNames: found += told(each.getCellByName(name))
        elif each.supportsService("com.sun.star.text.Paragraph"):
            found.append([each.ListLabelString, " ".join(each.String.split())])
    return found
for path, verb in json.load(open(sys.argv[1])):
    said = None
    try:
        document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (value("Hidden", True),))
        if verb:
            frame = document.CurrentController.Frame
            dispatcher.executeDispatch(frame, f".uno:{verb}AllTrackedChanges", "", 0, ())
            left = len(list(document.Redlines))
            said = {"left": left, "paragraphs": told(document.Text)}
        else: said = {"left": 0, "changes": len(list(document.Redlines)), "paragraphs": told(document.Text)}
        document.close(True)
    except Exception as error: said = {"error": str(error)}
    print(json.dumps(said), flush=True)
try: desktop.terminate()
except Exception: pass
'''


def pairs():
    """Name, older and newer document."""
    folder = DATA / "docx-pairs"
    for each in json.loads((folder / "manifest.json").read_text()):
        if "before" in each:
            yield each["id"], folder / each["before"], folder / each["after"]
    sets = folder / "three-way"
    for old in sorted([*sets.glob("*-Before.docx"), *sets.glob("*-Base.docx")]):
        stem = old.name.rsplit("-", 1)[0]
        later = [each for each in sorted(sets.glob(f"{stem}-*.docx")) if each != old]
        for at, new in enumerate(later):
            yield f"{stem} {new.stem.rsplit('-', 1)[1]}", old, new
            for other in later[at + 1:]:
                yield f"{stem} {new.stem.rsplit('-', 1)[1]} {other.stem.rsplit('-', 1)[1]}", new, other
    folder = DATA / "tracked-docx"
    for each in json.loads((folder / "manifest.json").read_text()):
        files = each["files"]
        if "accepted" in files and "rejected" in files:
            yield each["id"], folder / files["rejected"], folder / files["accepted"]


def office(jobs):
    """What LibreOffice holds of each document; none where it is not installed."""
    python = next((each for each in ["/usr/bin/python3", sys.executable]
                   if subprocess.run([each, "-c", "import uno"], capture_output=True).returncode == 0), None)
    if python is None:
        return None
    try:
        server = subprocess.Popen(["soffice", "--headless", "--norestore", "--nologo",
                                   f"-env:UserInstallation=file://{FOLDER}/office-profile",
                                   "--accept=pipe,name=onetext-office;urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        return None
    try:
        (FOLDER / "office.py").write_text(OFFICE)
        (FOLDER / "jobs.json").write_text(json.dumps(jobs))
        done = subprocess.run([python, str(FOLDER / "office.py"), str(FOLDER / "jobs.json")], capture_output=True, text=True,
                              timeout=1500)
    finally:
        for _ in range(20):
            if server.poll() is not None:
                break
            time.sleep(0.5)
        server.kill()
    if done.returncode != 0:
        sys.exit(f"LibreOffice: {done.stderr.strip()[-500:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def parts(file):
    """The parts of a document, and the name of the main one."""
    with zipfile.ZipFile(file) as package:
        found = {name: package.read(name) for name in package.namelist()}
    return found, next(name for name in found if name.endswith(("document.xml", "document2.xml")))


def without_joiners(said, marked):
    """What LibreOffice holds, without the joiners that it wrote itself: where the document has none."""
    found, main = parts(marked)
    if any(joiner in found[main] for joiner in ["\u200d".encode(), b"&#x200D;", b"&#x200d;", b"&#8205;"]):
        return said
    paragraphs = [[number, "" if text == "\u200d" else text] for number, text in said.get("paragraphs", [])]
    return {**said, "paragraphs": paragraphs}


def with_insertion(file, to):
    """A copy of a document with one paragraph more at its end, inserted by nobody of ours."""
    found, main = parts(file)
    text = found[main].decode()
    mark = '<w:ins w:id="987654" w:author="Nobody" w:date="2031-03-06T10:00:00Z"'
    more = f"<w:p><w:pPr><w:rPr>{mark}/></w:rPr></w:pPr>{mark.replace('654', '655')}><w:r><w:t>one more</w:t></w:r></w:ins></w:p>"
    end = max(text.rfind("<w:sectPr"), 0)
    if end < max(text.rfind("</w:p>"), text.rfind("</w:tbl>"), 0):
        end = text.rindex("</w:body>")
    found[main] = (text[:end] + more + text[end:]).encode()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in found.items():
            package.writestr(name, part)
    return to


def reads_none(failed):
    """Those of the failed redlines of whose documents LibreOffice reads no change, whoever made it."""
    jobs = []
    for at, (_, old, new) in enumerate(failed):
        for what, file in [("old", old), ("new", new)]:
            jobs.append([str(with_insertion(file, FOLDER / f"probe-{at}-{what}.docx")), None])
    answers = office(jobs) if jobs else []
    changes = [answer.get("changes") for answer in answers]
    return {name for at, (name, _, _) in enumerate(failed) if changes[2 * at:2 * at + 2] == [0, 0]}


def words(said):
    """The paragraphs that say something."""
    return [text for _, text in said["paragraphs"] if text]


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    jobs, asked = [], []
    for name, before, after in pairs():
        for way, old, new in [("", before, after), (" back", after, before)]:
            marked = FOLDER / f"{name}{way}.docx"
            done = subprocess.run([ONETEXT, "redline", str(old), str(new), "--format", "docx", "-o", str(marked)],
                                  capture_output=True, text=True)
            if done.returncode != 0:
                sys.exit(f"onetext redline {old} {new}: {done.stderr}")
            jobs += [[str(old), None], [str(new), None], [str(marked), "Accept"], [str(marked), "Reject"]]
            asked.append((name + way, old, new, marked))
    answers = office(jobs)
    if answers is None:
        print("SKIPPED: LibreOffice with python3-uno is not installed")
        return
    good = unread = numbers = 0
    wrong, faults = [], {}
    for at, (name, before, after, marked) in enumerate(asked):
        old, new, accepted, rejected = answers[4 * at:4 * at + 4]
        accepted, rejected = without_joiners(accepted, marked), without_joiners(rejected, marked)
        if "error" in old or "error" in new:
            unread += 1
            print(f"{name}: LibreOffice does not open it itself")
            continue
        fault = None
        for said, wanted, verb in [(accepted, new, "accepted"), (rejected, old, "rejected")]:
            if "error" in said:
                fault = f"{verb}: {said['error']}"
            elif said["left"]:
                fault = f"{verb}: {said['left']} changes are left"
            elif words(said) != words(wanted):
                found = next((pair for pair in zip(words(said) + [None], words(wanted) + [None]) if pair[0] != pair[1]), None)
                fault = f"{verb}: {len(words(said))} paragraphs for {len(words(wanted))}; first {found}"
            elif [each for each in said["paragraphs"] if each[1]] != [each for each in wanted["paragraphs"] if each[1]]:
                numbers += 1
                pair = next((a, b) for a, b in zip([each for each in said["paragraphs"] if each[1]],
                                                   [each for each in wanted["paragraphs"] if each[1]]) if a != b)
                print(f"{name}: {verb}: a number differs: {pair}")
            if fault:
                break
        if fault:
            faults[name] = fault
            wrong.append((name, before, after))
        else:
            good += 1
    unmarked = reads_none(wrong)
    for name, fault in faults.items():
        if name in unmarked:
            print(f"{name}: LibreOffice reads no tracked change of these documents, not of others' making either")
        else:
            print(f"FAILED: {name}: {fault}")
    print(f"{good} of {len(asked)} redlines accept to the new body and reject to the old one in LibreOffice; "
          f"{unread} are not opened by it themselves, of {len(unmarked)} it reads no change of anybody's, "
          f"in {numbers} readings a number differs")
    sys.exit(len(wrong) > len(unmarked))


main()
