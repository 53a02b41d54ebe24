"""The pages to which no link leads, for axe.py: what answers a form, what a guest sees, and the door of a person with a password."""
import base64
import hashlib
import hmac
import json
import struct
import time
import urllib.parse

from pages import Browser
from workbench_rooms import REPORT

# Fills a form in and sends it as its button does; what a browser would refuse by itself is sent all the same.
SEND = """
const given = %s;
const form = [...document.forms].find(form => form.method === 'post' && form.getAttribute('action') === given.action);
for (const [name, value] of Object.entries(given.fields)) form.elements[name].value = value;
form.noValidate = true;
window.sent = true;
form.requestSubmit(given.button ? form.querySelector(given.button) : form.querySelector('button.main, button'));"""
COME = "return !window.sent && document.readyState === 'complete'"

NAME, PASSWORD = "Axe of Sahrel", "four words and a river"
WORDING = "The bridge of Brenik is opened to all traffic within ninety days."


def send(browser, action, fields, button=""):
    browser.run(SEND % json.dumps({"action": action, "fields": fields, "button": button}))
    until = time.time() + 20
    while time.time() < until:
        try:
            if browser.run(COME):
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise SystemExit(f"nothing came of the form {action}")


def answer(walk, browser, page, action, fields, button=""):
    """The page that answers a form, from all sides."""
    def come():
        browser.open(walk.root + page)
        send(browser, action, fields, button)
    walk.from_all_sides(browser, f"{page}, answered by {action}", come)


def of_the_mediator(walk, browser):
    answer(walk, browser, "/account", "/account/invite", {})
    answer(walk, browser, "/statements/report", "/statements/report", {"report": REPORT, "day": "2031-03-09"}, "button.main")
    preview = [("draft", "v3"), ("to", "karvonia helmark-karvonia"), ("channel", "official"), ("by", "helmark"),
               ("on", "2031-03-09"), ("do", "preview")]
    walk.looked_at(browser, walk.root + "/circulate?" + urllib.parse.urlencode(preview))
    # Words that nobody has agreed to: the redline beside them, and what they would make lapse.
    browser.open(walk.root + "/merge?text=framework&at=9")
    send(browser, "/merge", {"wording": WORDING}, "button[value=save]:not(.aloud)")
    for path in ("/merge?text=framework&at=9", "/issue?text=framework"):
        walk.looked_at(browser, walk.root + path)
    # What cannot be issued so, with what was typed.
    answer(walk, browser, "/issue?text=framework", "/issue", {"id": "v 4#", "on": "whenever"})


def of_the_party(walk, browser):
    """Ends with the link of an invitation."""
    answer(walk, browser, "/position?subject=framework%236.b", "/position", {"on": "whenever"})
    answer(walk, browser, "/proposal?subject=framework%238", "/proposal", {"wording": WORDING}, "button[value=look]")
    answer(walk, browser, "/proposal?subject=framework%238", "/proposal", {"wording": WORDING, "on": "whenever"}, "button.main")
    browser.open(walk.root + "/account")
    send(browser, "/account/invite", {"to": "sahrel#"})
    return browser.run("return [...document.querySelectorAll('code')].map(code => code.textContent).find(words => words.includes('/link/'))")


def of_a_guest(walk, link):
    """Who was invited looks around, makes a password, a second factor and a token, and comes in by them."""
    browser = Browser("127.0.0.1")
    try:
        browser.open(walk.root + "/assets/icon.svg")
        walk.looked_at(browser, link)
        browser.open(link)
        browser.run("document.querySelector('form:has([name=look]) button').click()")
        while not browser.run("return !!document.querySelector('.matrix')"):
            time.sleep(0.1)
        for path in ("/", "/account", "/account/password", "/point?subject=framework%238"):
            walk.looked_at(browser, walk.root + path)
        answer(walk, browser, "/account/password", "/account/password", {"name": NAME, "password": "short"})
        browser.open(walk.root + "/account/password")
        send(browser, "/account/password", {"name": NAME, "password": PASSWORD})
        walk.looked_at(browser, walk.root + "/account/keys")
        answer(walk, browser, "/account/keys", "/account/tokens", {"name": "a reader", "password": PASSWORD})
        browser.open(walk.root + "/account/keys")
        send(browser, "/account/second/begin", {"password": PASSWORD})
        walk.looked_at(browser, walk.root + "/account/keys")
        answer(walk, browser, "/account/keys", "/account/second/on", {"code": "none"})
        browser.open(walk.root + "/account/keys")
        letters = browser.run("return document.querySelector('.enrol code').textContent")
        send(browser, "/account/second/on", {"code": code(letters)})
        walk.held_open(browser, "/account/keys, with codes on paper")
        walk.looked_at(browser, walk.root + "/account/keys")
        browser.open(walk.root + "/")
        send(browser, "/leave", {})
        answer(walk, browser, "/enter", "/enter", {"name": NAME, "password": "not the one"})
        answer(walk, browser, "/enter", "/enter", {"name": NAME, "password": PASSWORD})
    finally:
        browser.close()


def code(letters):
    """The six digits of now (RFC 6238)."""
    letters = letters.replace(" ", "").upper()
    key = base64.b32decode(letters + "=" * (-len(letters) % 8))
    told = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = told[-1] & 15
    return f"{(struct.unpack('>I', told[at:at + 4])[0] & 0x7fffffff) % 1000000:06}"
