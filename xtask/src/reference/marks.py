"""Documents with tracked changes, looked at without our reader: by the Python library and expressions alone.

usage: marks.py list FILE            what is marked up, as JSON: author and date of every change and comment
       marks.py insert FILE OLD NEW  two copies of a document, the second with one more word in a paragraph that holds no
                                     mark; where every paragraph holds one, both copies get one more paragraph first
       marks.py kept NEW REDLINE AUTHOR
                                     whether a redline is that copy, but for one insertion of that author
"""

import json
import re
import sys
import zipfile

MAIN = "word/document.xml"
WORD = "quietly "
CHANGE = re.compile(r"<w:(ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|\w+Change)\b([^>]*)>")
PARAGRAPH = re.compile(r"<w:p(?: [^>]*[^/>])?>(?:(?!<w:p[ >]).)*?</w:p>", re.S)
MARKED = re.compile(r"<w:(?:ins|del|move|cell|\w+Change|sdt|fldChar|fldSimple|txbx)")
TEXT = re.compile(r"<w:t(?: [^>]*)?>[^<]*?\w[^<]*</w:t>")


def parts(file):
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def main_of(found):
    return next(name for name in found if name.endswith("document.xml") or name.endswith("document2.xml"))


def attribute(tag, name):
    found = re.search(rf'w:{name}="([^"]*)"', tag)
    return found and found[1]


def listed(file):
    found = parts(file)
    main = found[main_of(found)].decode()
    changes = [[attribute(tag, "author"), attribute(tag, "date")] for _, tag in CHANGE.findall(main)]
    comments = [[attribute(tag, "author"), attribute(tag, "date")]
                for name, part in found.items() if name.endswith("/comments.xml")
                for tag in re.findall(r"<w:comment\b([^>]*)>", part.decode())]
    key = lambda pair: [each or "" for each in pair]
    return {"changes": sorted(changes, key=key), "comments": sorted(comments, key=key)}


def write(file, found):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in found.items():
            package.writestr(name, part)


def free(main):
    """Where the words of a paragraph stand that holds no mark and ends no stretch of marks; none where there is none."""
    ended = 0
    for paragraph in PARAGRAPH.finditer(main):
        before = main[ended:paragraph.start()]
        ended = paragraph.end()
        text = TEXT.search(paragraph[0])
        # What stands before a paragraph can carry a mark into it.
        carried = re.findall(r"<w:pPr>.*?</w:pPr>", main[:paragraph.start()], re.S)[-1:]
        if text and not MARKED.search(paragraph[0]) and not MARKED.search(before) and not any(map(MARKED.search, carried)):
            return paragraph.start() + text.start()
    return None


def insert(file, old, new):
    found = parts(file)
    name = main_of(found)
    main = found[name].decode()
    at = free(main)
    if at is None:
        body = re.search(r"<w:body(?: [^>]*)?>", main).end()
        main = main[:body] + "<w:p><w:r><w:t>Nothing here is marked up.</w:t></w:r></w:p>" + main[body:]
        at = free(main)
    write(old, {**found, name: main.encode()})
    open_end = main.index(">", at) + 1
    word = main.index(" ", open_end) + 1 if " " in main[open_end:main.index("<", open_end)] else open_end
    write(new, {**found, name: (main[:word] + WORD + main[word:]).encode()})
    return {"at": at}


def kept(new, redline, author):
    before, after = parts(new), parts(redline)
    name = main_of(before)
    others = [part for part in before if part != name and before[part] != after.get(part)]
    others += [part for part in after if part not in before]
    one, two = before[name].decode(), after[name].decode()
    lead = next((at for at, pair in enumerate(zip(one, two)) if pair[0] != pair[1]), min(len(one), len(two)))
    trail = next((at for at, pair in enumerate(zip(reversed(one), reversed(two))) if pair[0] != pair[1]), 0)
    # What differs lies in one paragraph, and is that one insertion.
    changed = two[lead:len(two) - trail]
    ours = [tag for kind, tag in CHANGE.findall(two) if attribute(tag, "author") == author]
    marks = lambda text: sorted((kind, attribute(tag, "author") or "", attribute(tag, "date") or "")
                                for kind, tag in CHANGE.findall(text) if attribute(tag, "author") != author)
    inserted = re.findall(rf'<w:ins [^>]*w:author="{re.escape(author)}"[^>]*>.*?</w:ins>', two, re.S)
    return {"other_parts": others, "paragraphs": len(re.findall(r"<w:p[ >/]", changed)), "ours": len(ours),
            "inserted": ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", each)) for each in inserted],
            "marks_kept": marks(one) == marks(two)}


if __name__ == "__main__":
    verb = {"list": listed, "insert": insert, "kept": kept}[sys.argv[1]]
    print(json.dumps(verb(*sys.argv[2:])))
