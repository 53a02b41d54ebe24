"""Walks the pages around the text in a browser: each is opened, in the light and in the dark, and its main act is done.

Called by workbench.py with a browser of the mediator and one of a party, who sit at their seats already."""
import json
import time

PAGES = [
    ("/course", "course"), ("/meetings", "meetings"), ("/meeting?id=visit", "meeting"),
    ("/mission?id=mission-tal-mirel", "mission"), ("/statements", "statements"), ("/statements/report", "report"),
    ("/understandings", "understandings"), ("/gates", "gates"), ("/briefing", "briefing"), ("/search?q=river", "search"),
    ("/packages", "packages"),
]
REPORT = ("TAL MIREL, 9 March 2031. Samira Tolan said on Sunday that the ridge of Torvik belongs to Sahrel. "
          "“We will not leave it,” Tolan said in an interview. Envoys of Helmark and Sahrel met in Irmal on Saturday.")
# The longest that a page may take to open, in seconds, however many were opened before it.
LONGEST = 5
# A form that names its parts; the button is pressed once everything else is filled in.
FILL = """
const form = [...document.forms].find(form => form.method === 'post' && form.getAttribute('action') === arguments_.action
  && (!arguments_.form || form.elements.form?.value === arguments_.form));
for (const [name, value] of Object.entries(arguments_.fields)) {
  const found = [...form.querySelectorAll(`[name="${name}"]`)];
  for (const field of found) {
    if (field.type === 'radio' || field.type === 'checkbox') { if ([].concat(value).includes(field.value)) field.checked = true; }
    else field.value = value;
  }
}
form.closest('details')?.setAttribute('open', '');
form.querySelector(arguments_.button).click();
"""


def fill(browser, action, fields, form="", button="button.main"):
    given = json.dumps({"action": action, "fields": fields, "form": form, "button": button})
    browser.run(f"const arguments_ = {given};" + FILL)


def says(walk, browser, words, what):
    walk.wait(browser, f"return document.body.textContent.includes({json.dumps(words)})", what)


def look_at_all(walk, browser, who, dark):
    for path, name in PAGES:
        walk.look(browser, path, f"{who}-{name}")
        dark(browser, "dark")
        walk.picture(browser, f"{who}-{name}-dark")
        dark(browser, "light")


def one_after_another(walk, browser):
    """Pages that were left keep no connection: a browser opens six to one place, and the seventh page would wait."""
    longest = 0.0
    for path, _ in PAGES:
        begun = time.monotonic()
        browser.open(walk.root + path)
        longest = max(longest, time.monotonic() - begun)
    walk.check(longest < LONGEST, f"pages opened one after another do not wait for each other ({longest:.1f} s at most)")


def rooms(walk, mediator, party, dark):
    one_after_another(walk, mediator)
    look_at_all(walk, mediator, "mediator", dark)

    mediator.open(walk.root + "/")
    walk.check(mediator.run("return document.querySelectorAll('[data-steps] input[type=range]').length === 1"),
               "the drafts are a range where scripts are on")
    mediator.run("const range = document.querySelector('[data-steps] input'); range.value = 0;"
                 "range.dispatchEvent(new Event('change'))")
    walk.wait(mediator, "return location.search.includes('at=2031-01-20')", "moving the range goes to the first draft")
    walk.picture(mediator, "mediator-state-first-draft")
    mediator.open(walk.root + "/?show=changed")
    mediator.run("document.querySelector('form[action=\"/looked\"] button').click()")
    walk.wait(mediator, "return location.pathname === '/' && !!document.querySelector('.matrix')", "a look is noted")

    party.open(walk.root + "/meeting?id=talks-in-irmal")
    fill(party, "/meeting", {"what": "note", "words": "we spoke of the weir"}, "words")
    says(walk, party, "we spoke of the weir", "a party reports what was said at a meeting")
    walk.picture(party, "party-meeting-told")
    mediator.open(walk.root + "/mission?id=mission-tal-mirel")
    fill(mediator, "/mission", {"state": "reported", "note": "they ask for water in dry years"}, "step")
    says(walk, mediator, "they ask for water in dry years", "a mission is reported")
    walk.picture(mediator, "mediator-mission-reported")
    party.open(walk.root + "/meetings")
    fill(party, "/meetings", {"state": "proposed", "format": "bilateral", "participants": ["sahrel", "helmark"],
                              "place": "Irmal Gate"}, "meeting")
    says(walk, party, "Irmal Gate", "a meeting is proposed")

    party.open(walk.root + "/statements")
    fill(party, "/statements/answer", {"of": "few-left", "what": "deny", "room": "public"})
    walk.wait(party, "return !!document.querySelector('#claim-few-left .denied')", "a claim is denied")
    walk.picture(party, "party-statements-denied")

    mediator.open(walk.root + "/statements/report")
    fill(mediator, "/statements/report", {"report": REPORT, "day": "2031-03-09"})
    walk.wait(mediator, "return document.querySelectorAll('.proposal').length > 1", "a report is read into proposals")
    walk.picture(mediator, "mediator-report-read")
    mediator.run("document.querySelector('button[name=put]').click()")
    walk.wait(mediator, "return !!document.querySelector('.proposal [role=status]')", "one proposal is put on record")
    walk.check(mediator.run("return document.querySelectorAll('.proposal [role=status]').length === 1"), "and that one alone")
    walk.picture(mediator, "mediator-report-recorded")

    mediator.open(walk.root + "/understandings")
    fill(mediator, "/understandings/assess", {"tenet": "ridge", "draft": "v3", "points": "6.b", "grade": "spirit",
                                              "verdict": "partly", "note": "the ridge, but not the valley"})
    says(walk, mediator, "the ridge, but not the valley", "a tenet is judged")
    walk.picture(mediator, "mediator-understandings-judged")

    mediator.open(walk.root + "/gates")
    fill(mediator, "/gates/override", {"reason": "the ferry cannot wait for the summer"}, "gate-ferry")
    says(walk, mediator, "the ferry cannot wait for the summer", "a condition is set aside")
    walk.picture(mediator, "mediator-gates-set-aside")

    mediator.open(walk.root + "/briefing?for=olm")
    fill(mediator, "/briefing", {"briefers": "the desk", "on": "2031-03-05"})
    walk.wait(mediator, "return location.search.includes('for=olm') && document.body.textContent.includes('2031-03-05')",
              "a briefing is put on record")
    walk.picture(mediator, "mediator-briefing-noted")

    party.open(walk.root + "/search")
    party.run("document.querySelector('[type=search]').value = 'ridge torvik'; document.querySelector('.ask button').click()")
    walk.wait(party, "return document.querySelectorAll('mark').length > 1", "words are found and marked")
    walk.picture(party, "party-search")

    for language, name in [("ar", "arabic"), ("uk", "ukrainian")]:
        mediator.open(walk.root + "/meetings")
        mediator.run(f"document.querySelector('form[action=\"/language\"] [name=language][value={language}]').click()")
        walk.wait(mediator, f"return document.documentElement.lang === '{language}'", f"the pages are in {name}")
        for path, page in [("/", "state"), *PAGES]:
            walk.look(mediator, path, f"{name}-{page}")
