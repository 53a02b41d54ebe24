#!/usr/bin/env python3
"""Walks the workbench of the sample process in a browser, as a mediator and as two parties, once in each language given.

usage: workbench.py ONETEXT FOLDER [LANGUAGE…]

The mediator opens a one-time link, the state of play and a redline; a party takes a position, and the mediator's open page shows
it within a few seconds. Another party proposes words and sees the redline as it types; the mediator takes them up, reads what the
new draft makes lapse, issues it, sees what each seat will see, and delivers it; both find the acceptance lapsed, and why. Then the
pages around the texts are walked (workbench_rooms.py). Pictures of every page stay in FOLDER, light and dark. A page fails when the
browser reports an error, when it is wider than the window, or when it asks for anything that is not served with it."""
import base64
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from pages import Browser, free_port  # noqa: E402
from workbench_rooms import rooms  # noqa: E402

WIDE = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1"
ASKED = "return performance.getEntriesByType('resource').map(entry => entry.name);"


ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Walk:
    def __init__(self, root, folder, language):
        self.root, self.folder, self.language, self.faults = root, folder, language, []

    def check(self, holds, what):
        print(f"{'ok' if holds else 'FAILED'} ({self.language}): {what}")
        if not holds:
            self.faults.append(what)

    def picture(self, browser, name):
        shot = browser.send("GET", browser.session + "/screenshot")
        (self.folder / f"{self.language}-{name}.png").write_bytes(base64.b64decode(shot))

    def fits(self, browser, name):
        self.check(browser.run(WIDE), f"{name} fits the window")

    def both(self, browser, name):
        """A picture in light and in dark."""
        self.fits(browser, name)
        self.picture(browser, name)
        dark(browser, "dark")
        self.picture(browser, f"{name}-dark")
        dark(browser, "light")

    def find(self, browser, selector):
        wanted = {"using": "css selector", "value": selector}
        return browser.session + "/element/" + browser.send("POST", browser.session + "/element", wanted)[ELEMENT]

    def click(self, browser, selector):
        # In the middle of the window, where no bar that stays lies over it.
        browser.run(f"document.querySelector({selector!r})?.scrollIntoView({{ block: 'center' }})")
        browser.send("POST", self.find(browser, selector) + "/click", {})

    def type(self, browser, selector, words):
        field = self.find(browser, selector)
        browser.send("POST", field + "/clear", {})
        browser.send("POST", field + "/value", {"text": words})

    def speak(self, browser):
        """Chooses the language of the interface, and looks whether the page is in it."""
        browser.run(f"return fetch('/language', {{method: 'POST', body: new URLSearchParams({{language: '{self.language}'}})}}).then(() => true)")
        browser.open(self.root + "/")
        told = browser.run("return [document.documentElement.lang, document.documentElement.dir]")
        wanted = [self.language, "rtl" if self.language == "ar" else "ltr"]
        self.check(told == wanted, f"the pages are in the language that was chosen {told}")

    def look(self, browser, path, name):
        browser.open(path if path.startswith("http") else self.root + path)
        foreign = [url for url in browser.run(ASKED) if not url.startswith(self.root)]
        self.check(not foreign, f"{name} asks for nothing from elsewhere {foreign}")
        self.fits(browser, name)
        self.picture(browser, name)
        errors = browser.errors()
        self.check(not errors, f"{name} without errors {errors}")

    def sit_down(self, browser, link, name):
        self.look(browser, link, f"{name}-link")
        browser.run("document.querySelector('button').click()")
        self.wait(browser, "return !!document.querySelector('.matrix')", f"{name} sits down and sees the state of play")

    def wait(self, browser, script, what, seconds=8):
        until = time.time() + seconds
        found = False
        while not found and time.time() < until:
            try:
                found = browser.run(script)
            except OSError:
                pass
            time.sleep(0.2)
        self.check(found, what)


def dark(browser, mode):
    body = {"cmd": "Emulation.setEmulatedMedia", "params": {"features": [{"name": "prefers-color-scheme", "value": mode}]}}
    browser.send("POST", browser.session + "/goog/cdp/execute", body)


PROPOSED = "The bridge of Brenik is opened to traffic within ninety days."
ISSUED = "The bridge of Brenik is opened to all traffic within ninety days."


def walk(root, links, folder, language):
    walk = Walk(root, folder, language)
    mediator, party, other = Browser("127.0.0.1"), Browser("127.0.0.1"), Browser("127.0.0.1")
    try:
        walk.sit_down(mediator, links["helmark"], "mediator")
        walk.speak(mediator)
        for path, name in [("/", "state"), ("/draft/v3", "draft"), ("/redline/v2/v3", "redline"), ("/account", "account")]:
            walk.look(mediator, path, f"mediator-{name}")
            walk.both(mediator, f"mediator-{name}")
        take_a_position(walk, mediator, party, links["sahrel"])
        propose(walk, party)
        merge(walk, mediator)
        issue(walk, mediator)
        circulate(walk, mediator)
        walk.sit_down(other, links["karvonia"], "accepter")
        walk.speak(other)
        lapsed(walk, mediator, other)
        party.open(links["sahrel"])
        walk.picture(party, "party-link-again")
        walk.check(party.run("return !document.querySelector('form[action^=\"/link\"]')"), "a link opens once")
        rooms(walk, mediator, party, dark)
    finally:
        for browser in (mediator, party, other):
            browser.close()
    return walk.faults


def take_a_position(walk, mediator, party, link):
    mediator.open(walk.root + "/point?subject=framework%236.b")
    walk.picture(mediator, "mediator-point")
    walk.sit_down(party, link, "party")
    walk.speak(party)
    walk.look(party, "/", "party-state")
    walk.look(party, "/position?subject=framework%236.b", "party-position")
    walk.click(party, "[name=stance][value=reserve]")
    walk.type(party, "[name=interest]", "نريد كلمات أخرى")
    walk.click(party, "form[action='/position'] button.main")
    walk.wait(party, "return location.pathname === '/point' && document.body.textContent.includes('نريد كلمات أخرى')",
              "the party's position is on record")
    walk.picture(party, "party-point")
    walk.wait(mediator, "return document.body.textContent.includes('نريد كلمات أخرى')",
              "the mediator's open page shows it by itself")


def propose(walk, party):
    # In the draft that it was last given the bridge is point 8.
    walk.speak(party)
    walk.look(party, "/point?subject=framework%238", "proposer-point")
    walk.click(party, "a[href^='/proposal']")
    walk.type(party, "[name=wording]", PROPOSED)
    walk.wait(party, "return [...document.querySelectorAll('#redline del')].some(gone => /hundred/.test(gone.textContent))",
              "the redline follows what is typed")
    walk.type(party, "[name=interest]", "The harvest comes first.")
    walk.click(party, "[name=release][value=use]")
    walk.both(party, "proposer-proposal")
    walk.click(party, "form[action='/proposal'] button.main")
    walk.wait(party, f"return location.pathname === '/point' && document.body.textContent.includes('The harvest comes first.')",
              "the proposal is on record")
    walk.picture(party, "proposer-point-after")


def merge(walk, mediator):
    walk.look(mediator, "/merge?text=framework&at=9", "mediator-merge")
    walk.check(mediator.run("return document.body.textContent.includes('The harvest comes first.')"), "the mediator reads the proposal where it works")
    walk.click(mediator, "button[value^='take:']")
    walk.wait(mediator, f"return document.querySelector('[name=wording]')?.value === {PROPOSED!r}", "the words proposed are taken")
    walk.type(mediator, "[name=wording]", ISSUED)
    walk.wait(mediator, "return !!document.querySelector('#redline .kept') && /all/.test(document.querySelector('#redline ins').textContent)",
              "what is typed is kept, and its redline shown")
    mediator.open(walk.root + "/merge?text=framework&at=9")
    walk.check(mediator.run(f"return document.querySelector('[name=wording]').value === {ISSUED!r}"), "what was kept comes back")
    walk.click(mediator, "[name=handled]")
    walk.both(mediator, "mediator-merge")
    walk.click(mediator, "button[value=next]")
    walk.wait(mediator, "return location.search.includes('at=10')", "and on to the next provision")


def issue(walk, mediator):
    walk.look(mediator, "/issue?text=framework", "mediator-issue")
    walk.check(mediator.run("const told = document.querySelector('.lapses table')?.textContent ?? ''; return told.includes('Karvonia') && told.includes('helmark-karvonia')"),
               "the acceptance that will lapse is named, and whose it is")
    walk.both(mediator, "mediator-issue")
    walk.click(mediator, "form.issue button.main")
    walk.wait(mediator, "return location.pathname === '/circulate' && location.search.includes('v4')", "the draft is issued")


def circulate(walk, mediator):
    walk.both(mediator, "mediator-circulate")
    for to in ("karvonia helmark-karvonia", "sahrel helmark-sahrel"):
        walk.click(mediator, f"[name=to][value='{to}']")
    walk.click(mediator, "button[value=preview]")
    walk.wait(mediator, "return document.querySelectorAll('.preview').length === 2 && !document.querySelector('.preview .refused')",
              "what each seat will see is shown before anything is delivered")
    walk.both(mediator, "mediator-preview")
    walk.click(mediator, "form[action='/circulate'] button.main")
    walk.wait(mediator, "return [...document.querySelectorAll('tbody tr')].filter(row => row.textContent.includes('v4')).length === 2",
              "both were given the draft")
    walk.picture(mediator, "mediator-delivered")


def lapsed(walk, mediator, party):
    walk.look(party, "/", "accepter-state-after")
    walk.both(party, "accepter-state-after")
    walk.look(party, "/circulate", "accepter-circulation")
    received = party.run("return document.querySelector(\"form[action='/acknowledge'] [name=draft]\").value")
    walk.click(party, "form[action='/acknowledge'] button")
    walk.wait(party, "return document.body.textContent.includes('✓')", "the party acknowledges receipt")
    for browser, name in ((party, "accepter"), (mediator, "mediator")):
        walk.look(browser, "/point?subject=framework%239", f"{name}-lapsed")
        walk.check(browser.run("return document.querySelector('.lapsed')?.textContent.includes('Karvonia') && !!document.querySelector('.lapsed ins')"),
                   f"the {name} sees that the acceptance lapsed, and by which words")
        walk.both(browser, f"{name}-lapsed")
    walk.look(mediator, f"/circulate?draft={received}", "mediator-receipts")
    walk.wait(mediator, "return document.body.textContent.includes('✓')", "the mediator sees the receipt")


def main(program, folder, *languages):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    faults = []
    for language in languages or ("en", "ar"):
        port = free_port()
        command = [program, "demo", str(folder / f"demo-{language}"), "--serve", "--listen", f"127.0.0.1:{port}"]
        served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        links = {}
        try:
            for line in served.stdout:
                words = line.split()
                if len(words) == 2 and "/link/" in words[1]:
                    links[words[0]] = words[1]
                if line.startswith("Ctrl-C"):
                    break
            faults += walk(f"http://127.0.0.1:{port}", links, folder, language)
        finally:
            served.terminate()
            served.wait()
    print(f"the workbench in a browser: {len(faults)} faults")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
