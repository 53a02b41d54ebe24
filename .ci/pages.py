#!/usr/bin/env python3
"""Opens the pages of a folder as a reader does, in a browser without a network, and has HTML Tidy read them.

usage: pages.py FOLDER

A page fails when the browser reports an error, when it asks for anything but itself, when it has no language or title,
when HTML Tidy finds an error, or, for a redline, when the keys for the next and the previous change do not work."""
import json
import pathlib
import socket
import subprocess
import sys
import time
import urllib.request

KEYS = {"next": "n", "previous": "p"}

LOOK = """
return {
  lang: document.documentElement.lang,
  title: document.title,
  asked: performance.getEntriesByType('resource').map(entry => entry.name),
  marks: document.querySelectorAll('ins, del').length,
};"""

PLACE = """
const at = document.activeElement, told = document.getElementById('position');
return [location.hash, at ? at.tagName + '#' + at.id : '', told ? told.textContent : ''];"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Browser:
    """A WebDriver session, spoken in plain HTTP so that nothing needs to be installed for Python."""

    def __init__(self, reach="", scripts=True):
        """`reach` names the one host that may be asked; by default none. `scripts` is whether those of pages run."""
        rules = "MAP * ~NOTFOUND" + (f", EXCLUDE {reach}" if reach else "")
        port = free_port()
        self.root = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.wait()
        options = {
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                f"--host-resolver-rules={rules}", "--window-size=1200,900",
            ]
        }
        if not scripts:
            options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        opened = self.send("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"/session/{opened['sessionId']}"

    def wait(self):
        for _ in range(100):
            try:
                if self.send("GET", "/status")["ready"]:
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("chromedriver does not answer")

    def send(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.root + path, data=data, method=method)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def open(self, url):
        self.send("POST", self.session + "/url", {"url": url})

    def run(self, script):
        return self.send("POST", self.session + "/execute/sync", {"script": script, "args": []})

    def keep(self, name, value):
        """A cookie of the site that is open."""
        self.send("POST", self.session + "/cookie", {"cookie": {"name": name, "value": value, "path": "/"}})

    def prefer(self, mode):
        """Light or dark, as a reader's system says."""
        features = [{"name": "prefers-color-scheme", "value": mode}]
        body = {"cmd": "Emulation.setEmulatedMedia", "params": {"features": features}}
        self.send("POST", self.session + "/goog/cdp/execute", body)

    def press(self, key):
        keys = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.send("POST", self.session + "/actions", {"actions": [{"type": "key", "id": "keys", "actions": keys}]})
        time.sleep(0.2)

    def errors(self):
        entries = self.send("POST", self.session + "/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]

    def close(self):
        try:
            self.send("DELETE", self.session)
        finally:
            self.driver.terminate()
            self.driver.wait()


def steps(browser):
    """Whether one key goes from change to change and the other back again."""
    places = [browser.run(PLACE)]
    for key in (KEYS["next"], KEYS["next"], KEYS["previous"]):
        browser.press(key)
        places.append(browser.run(PLACE))
    start, first, second, back = places
    if first == start:
        return [f"the key {KEYS['next']} goes nowhere"]
    if second != first and back != first:
        return [f"the key {KEYS['previous']} does not go back: {first} {second} {back}"]
    return []


def markup(path):
    """The errors that HTML Tidy finds."""
    found = subprocess.run(["tidy", "-quiet", "-errors", "-utf8", path], capture_output=True, text=True)
    return [line for line in found.stderr.splitlines() if " - Error: " in line]


def look(browser, path):
    browser.open(path.resolve().as_uri())
    page = browser.run(LOOK)
    faults = markup(path) + [f"asks for {url}" for url in page["asked"]]
    faults += [f"has no {name}" for name in ("lang", "title") if not page[name]]
    if "redline" in path.name and page["marks"]:
        faults += steps(browser)
    return faults + browser.errors()


def main(folder):
    pages = sorted(pathlib.Path(folder).rglob("*.html"))
    if not pages:
        raise SystemExit(f"no pages in {folder}")
    browser, failed = Browser(), 0
    try:
        for path in pages:
            faults = look(browser, path)
            failed += bool(faults)
            print(f"page {path.name}: {'FAILED' if faults else 'ok'}")
            for fault in faults:
                print(f"  {fault}")
    finally:
        browser.close()
    print(f"{len(pages) - failed} pages passed, {failed} failed")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
