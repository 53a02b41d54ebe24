#!/usr/bin/env python3
"""Holds every page of the workbench against WCAG 2.2 AA, in a real browser, with axe-core.

usage: axe.py PROGRAM FOLDER

The pages are found, not listed: from the state of play on, every link and every form that asks is followed, as the mediator and
as a party; then come the pages that answer their forms, and those of somebody who was invited. Then the program's own table of
routes is asked: a page to which nothing leads fails the run. Each page is looked at light and dark, from left to right (English)
and from right to left (Arabic), on a wide and on a narrow screen."""
import base64
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from axe_answers import of_a_guest, of_the_mediator, of_the_party  # noqa: E402
from demo import routes, serving  # noqa: E402
from pages import Browser  # noqa: E402

# MPL-2.0; used here and passed on to nobody. The digest is npm's `integrity` of the package.
AXE = "axe-core"
VERSION = "4.14.1"
INTEGRITY = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# What is no page: files, the stream of events, and addresses that only lead on to another page.
NO_PAGES = ("/assets/", "/live", "/api/", "/healthz", "/metrics")
LEADS_ON = {"/redline"}
# The rules that colours bear on.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
# To these nothing leads from inside: they are opened before anybody sits down.
OUTSIDE = {"/enter", "/first", "/link/{secret}"}
# Of the addresses of one route, and of one set of questions asked of it, so many are looked at.
EACH = 1
# The most pages of one seat.
MOST = 150

LINKS = """
const here = location.href.split('#')[0], found = [];
for (const link of document.querySelectorAll('a[href]')) found.push(link.href);
for (const form of document.querySelectorAll('form'))
  if (form.method === 'get') found.push(form.action.split('?')[0] + '?' + new URLSearchParams(new FormData(form)));
return found.map(url => url.split('#')[0]).filter(url => url !== here);"""

RUN = """
const done = arguments[arguments.length - 1];
const [tags, rules] = [%s, arguments[0]];
const only = rules.length ? {type: 'rule', values: rules} : {type: 'tag', values: tags};
axe.run(document, {runOnly: only, resultTypes: ['violations']}).then(
  found => done(found.violations.map(each => ({
    id: each.id, help: each.help,
    at: each.nodes.slice(0, 4).map(node => node.target.join(' ') + ' — ' + node.html.slice(0, 160)
      + ' — ' + (node.any.concat(node.all)[0] || {message: ''}).message),
    count: each.nodes.length }))),
  error => done([{id: 'axe', help: String(error), at: [], count: 1}]));""" % json.dumps(TAGS)


def axe():
    """The source of axe-core, kept in the cache of this machine and checked each time."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "onetext"
    cache.mkdir(parents=True, exist_ok=True)
    package = cache / f"{AXE}-{VERSION}.tgz"
    if not package.exists():
        command = ["npm", "pack", "--silent", f"{AXE}@{VERSION}", "--pack-destination", str(cache)]
        try:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=cache, timeout=180)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"{AXE} {VERSION} could not be fetched: {error}")
            raise SystemExit(3)
    digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if digest != INTEGRITY:
        package.unlink()
        raise SystemExit(f"{AXE} {VERSION} is not what it should be: sha512-{digest}")
    with tarfile.open(package) as files:
        return files.extractfile("package/axe.min.js").read().decode()


def pattern(route):
    return re.compile("^" + re.sub(r"\\{[^/]*\\}", "[^/]+", re.escape(route)) + "$")


class Walk:
    def __init__(self, root, source, table):
        self.root, self.source = root, source
        self.table = {route: pattern(route) for route in table}
        self.seen, self.faults, self.looks = set(), {}, []

    def route(self, url):
        path = urllib.parse.urlsplit(url).path
        exact = [route for route in self.table if route == path]
        return next(iter(exact + [route for route, fits in self.table.items() if fits.match(path)]), None)

    def held(self, browser, name, rules=()):
        """Holds the page that is open against the rules: all of them, or these."""
        self.looks.append(name)
        # Once a document: its source is half a megabyte, and takes as long to bring there as a small page to hold.
        if not browser.run("return typeof axe === 'object'"):
            browser.send("POST", browser.session + "/execute/sync", {"script": self.source, "args": []})
        found = browser.send("POST", browser.session + "/execute/async", {"script": RUN, "args": [list(rules)]})
        for fault in found:
            told = self.faults.setdefault((fault["id"], fault["help"]), {})
            told.setdefault(tuple(fault["at"][:4]), []).append(name)

    def from_all_sides(self, browser, name, come):
        """A page light and dark, from either side, wide and narrow; `come` opens it, and says nothing where it is none."""
        for language in ("en", "ar"):
            browser.keep("onetext-language", language)
            come()
            at = browser.run("return [document.documentElement.lang, document.contentType, location.href]")
            if at[1] != "text/html":
                return
            if at[0] != language:
                self.faults.setdefault(("lang", "the page is in the language that was chosen"), {}).setdefault((str(at),), []).append(name)
            self.seen.add(self.route(at[2]))
            self.held(browser, f"{name} ({language}, light)")
            if language == "en":
                self.held_dark(browser, f"{name} ({language}, dark)")
        size(browser, 400)
        self.held(browser, f"{name} (ar, narrow)")
        size(browser, 1200)

    def held_dark(self, browser, name):
        # Light and dark differ in their colours alone, and the languages do not differ in theirs.
        browser.prefer("dark")
        self.held(browser, name, OF_COLOUR)
        browser.prefer("light")

    def held_open(self, browser, name):
        """A page that comes once: as it is open."""
        self.held(browser, f"{name} (light)")
        self.held_dark(browser, f"{name} (dark)")
        size(browser, 400)
        self.held(browser, f"{name} (narrow)")
        size(browser, 1200)

    def looked_at(self, browser, url):
        """A page with an address, from all sides; and where it leads."""
        links = []

        def come():
            browser.open(url)
            if not links:
                links.extend(browser.run(LINKS))
        self.from_all_sides(browser, url[len(self.root):], come)
        return links

    def everywhere(self, browser, seat):
        """Every page to which something leads, from the state of play on."""
        waiting, known, of_a_kind, looked = [self.root + "/"], set(), {}, 0
        while waiting and looked < MOST:
            url = waiting.pop(0)
            split = urllib.parse.urlsplit(url)
            if url in known or not url.startswith(self.root + "/") or split.path.startswith(NO_PAGES):
                continue
            known.add(url)
            asked = sorted(urllib.parse.parse_qs(split.query))
            kind = (self.route(url), tuple(asked))
            if of_a_kind.get(kind, 0) >= EACH:
                continue
            of_a_kind[kind] = of_a_kind.get(kind, 0) + 1
            looked += 1
            waiting += self.looked_at(browser, url)
        print(f"as {seat}: {looked} pages", flush=True)

    def outside(self, browser, link):
        for url in (link, self.root + "/enter", self.root + "/first", self.root + "/link/none"):
            self.looked_at(browser, url)

    def wrong(self, browser):
        """What is said when something goes wrong."""
        for path in ("/nowhere", "/point?subject=none", "/?at=none", "/point"):
            self.looked_at(browser, self.root + path)


def size(browser, width):
    browser.send("POST", browser.session + "/window/rect", {"width": width, "height": 900})


def as_seat(walk, seat, link):
    """Everything that one seat can come to."""
    browser = Browser("127.0.0.1")
    try:
        browser.open(walk.root + "/assets/icon.svg")
        if seat == "helmark":
            walk.outside(browser, link)
        browser.open(link)
        browser.run("document.querySelector('main form button').click()")
        while not browser.run("return !!document.querySelector('.matrix')"):
            time.sleep(0.1)
        walk.everywhere(browser, seat)
        if seat == "sahrel":
            walk.wrong(browser)
            invitation = of_the_party(walk, browser)
        else:
            of_the_mediator(walk, browser)
    finally:
        browser.close()
    if seat == "sahrel":
        of_a_guest(walk, invitation)


def walk(program, root, links):
    table = routes(program)
    walk = Walk(root, axe(), table)
    # Side by side: a browser keeps one core busy.
    with ThreadPoolExecutor() as both:
        for done in [both.submit(as_seat, walk, seat, links[seat]) for seat in ("helmark", "sahrel")]:
            done.result()
    unseen = [route for route in table if route not in walk.seen | LEADS_ON and not route.startswith(NO_PAGES)]
    for route in unseen:
        print(f"FAILED: nothing leads to {route}, so it was not looked at")
    for (rule, help), places in walk.faults.items():
        print(f"FAILED: {rule}: {help}")
        for at, names in places.items():
            print(f"  {len(names)} looks, first {names[0]}")
            for each in at:
                print(f"    {each}")
    print(f"axe-core {VERSION}: {len(walk.looks)} looks at {len(walk.seen)} routes, {len(walk.faults)} rules broken, {len(unseen)} routes not found")
    return bool(unseen or walk.faults)


def main(program, folder):
    with serving(program, folder) as (root, links):
        failed = walk(program, root, links)
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
