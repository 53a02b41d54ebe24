#!/usr/bin/env python3
"""A path through the workbench by keyboard alone, and again with scripts off.

usage: keyboard.py PROGRAM FOLDER

By keyboard: the mediator sits down, chooses two drafts, opens their redline, steps through it and goes back; a party sits down and
takes a position. Only Tab, Enter, Space, letters and arrow keys are pressed, and at every stop the focus must be seen. With scripts off: read, and take a position."""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from demo import serving  # noqa: E402
from pages import Browser  # noqa: E402

TAB, ENTER, DOWN, RIGHT, SPACE = "\ue004", "\ue007", "\ue015", "\ue014", " "
# So many stops a page may have before what is looked for.
STOPS = 250

# What has the focus, and whether one sees that it has: an outline or a ring that it does not have without it, inside the window.
STOP = """
const at = document.activeElement;
if (!at || at === document.body) return null;
const style = getComputedStyle(at), box = at.getBoundingClientRect();
const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none';
const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0;
return {what: at.outerHTML.slice(0, 90), matches: at.matches(%r), seen: ring && inside};"""


class Keys:
    def __init__(self, browser):
        self.browser, self.faults, self.unseen = browser, [], set()

    def check(self, holds, what):
        print(f"{'ok' if holds else 'FAILED'}: {what}", flush=True)
        if not holds:
            self.faults.append(what)

    def key(self, key):
        keys = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        body = {"actions": [{"type": "key", "id": "keys", "actions": keys}]}
        self.browser.send("POST", self.browser.session + "/actions", body)

    def type(self, words):
        for letter in words:
            self.key(letter)

    def to(self, selector):
        """Goes on by Tab until what is looked for has the focus."""
        for _ in range(STOPS):
            self.key(TAB)
            stop = self.browser.run(STOP % selector)
            if stop and not stop["seen"]:
                self.unseen.add(stop["what"])
            if stop and stop["matches"]:
                return True
        self.check(False, f"Tab comes to {selector}")
        return False

    def seen(self):
        self.check(not self.unseen, f"at every stop the focus is seen {sorted(self.unseen)[:6]}")
        return self.faults

    def wait(self, script, what, seconds=10):
        until, found = time.time() + seconds, False
        while not found and time.time() < until:
            try:
                found = self.browser.run(script)
            except OSError:
                pass
            time.sleep(0.1)
        self.check(found, what)


def reading_by_keyboard(browser, link):
    keys = Keys(browser)
    browser.open(link)
    keys.to("main button")
    keys.key(ENTER)
    keys.wait("return !!document.querySelector('.matrix')", "by keyboard: the mediator sits down")
    keys.key(TAB)
    keys.check(browser.run("return document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().left >= 0"),
               "the first stop is the way past the head of the page, and is seen")
    keys.to("form[action='/redline'] select[name=new]")
    keys.key(DOWN)
    keys.to("form[action='/redline'] button")
    keys.key(ENTER)
    keys.wait("return location.pathname.startsWith('/redline/') && !!document.querySelector('.pair')", "by keyboard: the redline is open")
    keys.key("n")
    keys.wait("return document.activeElement.matches('.pair.change')", "by keyboard: n goes to a change")
    browser.run("document.activeElement.blur(); scrollTo(0, 0)")
    keys.to("nav a[href='/']")
    keys.key(ENTER)
    keys.wait("return !!document.querySelector('.matrix')", "by keyboard: back to the state of play")
    return keys.seen()


def acting_by_keyboard(browser, link):
    keys = Keys(browser)
    browser.open(link)
    keys.to("main button")
    keys.key(ENTER)
    keys.wait("return !!document.querySelector('.matrix')", "by keyboard: the party sits down")
    keys.to("a[href^='/position']")
    keys.key(ENTER)
    keys.wait("return location.pathname === '/position'", "by keyboard: the form of a position is open")
    keys.to("[name=stance]")
    keys.key(SPACE)
    for _ in range(8):
        if browser.run("return document.activeElement.value") == "reserve":
            break
        keys.key(DOWN)
    keys.check(browser.run("return document.querySelector('[name=stance]:checked').value") == "reserve",
               "by keyboard: arrows choose among the positions")
    keys.to("[name=interest]")
    keys.type("by keys alone")
    keys.to("main button.main")
    keys.key(ENTER)
    keys.wait("return location.pathname === '/point' && document.body.textContent.includes('by keys alone')",
              "by keyboard: the position is on record")
    return keys.seen()


def without_scripts(browser, link):
    """What is asked of the page here is asked by the driver: its own scripts do not run."""
    keys = Keys(browser)

    def find(selector):
        found = browser.send("POST", browser.session + "/element", {"using": "css selector", "value": selector})
        return browser.session + "/element/" + next(iter(found.values()))

    def click(selector):
        browser.send("POST", find(selector) + "/click", {})

    browser.open(link)
    click("main button")
    keys.wait("return !!document.querySelector('.matrix')", "without scripts: the party sits down and reads the state of play")
    browser.open(link.split("/link/")[0] + "/redline/v1/v2")
    keys.wait("return document.querySelectorAll('ins, del').length > 3", "without scripts: a redline is read")
    click("nav a[href='/']")
    keys.wait("return !!document.querySelector('.matrix')", "without scripts: back to the state of play")
    click("a[href^='/position']")
    keys.wait("return location.pathname === '/position'", "without scripts: the form of a position is open")
    click("[name=stance][value=reserve]")
    browser.send("POST", find("[name=interest]") + "/value", {"text": "without a script"})
    click("main button.main")
    keys.wait("return location.pathname === '/point' && document.body.textContent.includes('without a script')",
              "without scripts: the position is on record")
    click(".languages button[value=uk]")
    keys.wait("return document.documentElement.lang === 'uk' && location.pathname === '/point'",
              "without scripts: the language changes, and the page stays")
    return keys.faults


def main(program, folder):
    faults = []
    with serving(program, folder) as (_, links):
        for walk, seat, scripts in ((reading_by_keyboard, "helmark", True), (acting_by_keyboard, "sahrel", True), (without_scripts, "karvonia", False)):
            browser = Browser("127.0.0.1", scripts)
            try:
                faults += walk(browser, links[seat])
            finally:
                browser.close()
    print(f"by keyboard alone and without scripts: {len(faults)} faults")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
