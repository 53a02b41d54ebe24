#!/usr/bin/env python3
"""Walks the workbench of the sample process in a browser, as a mediator and as a party.

usage: workbench.py ONETEXT FOLDER

The mediator opens a one-time link, the state of play and a redline; a party takes a position; the mediator's open page shows it
within a few seconds. Pictures of every page stay in FOLDER, light and dark. A page fails when the browser reports an error or
the page asks for anything that is not served with it."""
import base64
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from pages import Browser, free_port  # noqa: E402
from workbench_rooms import rooms  # noqa: E402

ASKED = "return performance.getEntriesByType('resource').map(entry => entry.name);"


class Walk:
    def __init__(self, root, folder):
        self.root, self.folder, self.faults = root, folder, []

    def check(self, holds, what):
        print(f"{'ok' if holds else 'FAILED'}: {what}")
        if not holds:
            self.faults.append(what)

    def picture(self, browser, name):
        shot = browser.send("GET", browser.session + "/screenshot")
        (self.folder / f"{name}.png").write_bytes(base64.b64decode(shot))

    def look(self, browser, path, name):
        browser.open(path if path.startswith("http") else self.root + path)
        foreign = [url for url in browser.run(ASKED) if not url.startswith(self.root)]
        self.check(not foreign, f"{name} asks for nothing from elsewhere {foreign}")
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


def walk(root, links, folder):
    walk = Walk(root, folder)
    mediator, party = Browser("127.0.0.1"), Browser("127.0.0.1")
    try:
        walk.sit_down(mediator, links["helmark"], "mediator")
        for path, name in [("/", "state"), ("/draft/v3", "draft"), ("/redline/v2/v3", "redline"), ("/account", "account")]:
            walk.look(mediator, path, f"mediator-{name}")
            dark(mediator, "dark")
            walk.picture(mediator, f"mediator-{name}-dark")
            dark(mediator, "light")
        mediator.open(root + "/point?subject=framework%236.b")
        walk.picture(mediator, "mediator-point")
        walk.sit_down(party, links["sahrel"], "party")
        walk.look(party, "/", "party-state")
        walk.look(party, "/position?subject=framework%236.b", "party-position")
        party.run("document.querySelector('[name=stance][value=reserve]').click();"
                  "document.querySelector('[name=interest]').value = 'نريد كلمات أخرى';"
                  "document.querySelector('button.main').click()")
        walk.wait(party, "return location.pathname === '/point' && document.body.textContent.includes('نريد كلمات أخرى')",
                  "the party's position is on record")
        walk.check(party.run("return [...document.querySelectorAll('td.bad')].some(cell => cell.textContent.startsWith('reserved'))"),
                   "and it holds over the one before")
        walk.picture(party, "party-point")
        walk.wait(mediator, "return document.body.textContent.includes('نريد كلمات أخرى')",
                  "the mediator's open page shows it by itself")
        party.open(links["sahrel"])
        walk.picture(party, "party-link-again")
        walk.check(party.run("return document.body.textContent.includes('does not hold')"), "a link opens once")
        rooms(walk, mediator, party, dark)
    finally:
        mediator.close()
        party.close()
    return walk.faults


def main(program, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [program, "demo", str(folder / "demo"), "--serve", "--listen", f"127.0.0.1:{port}"]
    served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    links = {}
    try:
        for line in served.stdout:
            words = line.split()
            if len(words) == 2 and "/link/" in words[1]:
                links[words[0]] = words[1]
            if line.startswith("Ctrl-C"):
                break
        faults = walk(f"http://127.0.0.1:{port}", links, folder)
    finally:
        served.terminate()
        served.wait()
    print(f"the workbench in a browser: {len(faults)} faults")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
