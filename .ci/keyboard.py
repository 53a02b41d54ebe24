#!/usr/bin/env python3
"""Paths through the workbench by keyboard alone, and again with scripts off.

usage: keyboard.py PROGRAM FOLDER

By keyboard, in three browsers: the mediator reads the state of play and a redline; a party takes a position, which comes to the
mediator's open page, and proposes words; the mediator takes them up, issues a draft, reads what each seat will see and delivers it;
another party acknowledges it and finds its acceptance lapsed. Then the main act of each page around the texts, and the account: a
person is invited, joins, changes the password, makes a token, and is shown out. Only Tab, Shift+Tab, Enter, Space, letters and
arrow keys are pressed. On every page once around: each stop is seen, and none is left out. With scripts off: read, and take a position."""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from demo import serving  # noqa: E402
from keys import DOWN, ENTER, LEFT, SPACE, TAB, Keys  # noqa: E402
from pages import Browser  # noqa: E402

MATRIX = "return !!document.querySelector('.matrix')"
REPORT = ("TAL MIREL, 9 March 2031. Samira Tolan said on Sunday that the ridge of Torvik belongs to Sahrel. "
          "“We will not leave it,” Tolan said in an interview. Envoys of Helmark and Sahrel met in Irmal on Saturday.")
PROPOSED, ISSUED = "Within ninety days: ", "At once and "
RECEIPT = "return [...document.querySelectorAll('tbody tr')].some(row => row.textContent.includes('v4') && row.textContent.includes('✓'))"
# The button at the end of a form, by the form's address.
END = "form[action='{}'] button.main"


def sit_down(browser, link, who):
    keys = Keys(browser, who)
    browser.open(link)
    keys.follow("main button", MATRIX, "sits down")
    return keys


def read(keys):
    """The state of play, its filters and its range; the redline of two drafts, and its letters."""
    keys.press(TAB)
    keys.check(keys.run("return document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().left >= 0"),
               "the first stop is the way past the head of the page, and is seen")
    keys.round()
    keys.follow(".filters .set a[href*='show=open']", "return location.search.includes('show=open') && !!document.querySelector('.matrix')",
                "chooses the open points")
    keys.to("[data-steps] input[type=range]")
    keys.press(LEFT)
    keys.wait("return /at=\\d/.test(location.search) && !!document.querySelector('.matrix')", "arrows on the range of drafts go to an earlier day")
    keys.follow("[data-steps] a:last-of-type", "return !/at=\\d/.test(location.search)", "and back to today")
    keys.page("a[href='/course']", "/course", "opens the course of the talks")
    keys.page("nav a[href='/']", "/", "back to the state of play")
    keys.to("form[action='/redline'] select[name=new]")
    keys.press(DOWN)
    keys.follow("form[action='/redline'] button", "return location.pathname.startsWith('/redline/') && !!document.querySelector('.pair')",
                "the redline is open")
    keys.round()
    at_change = "return document.activeElement.matches('.pair.change')"
    for on in (True, False):
        keys.run("document.activeElement.blur()")
        keys.press("n")
        keys.check(keys.run(at_change) == on, f"with letters {'on' if on else 'off'} n goes to {'a' if on else 'no'} change")
        if on:
            keys.to("#letters")
            keys.press(SPACE)
    keys.run("byKeys.left = true; location.reload()")
    keys.wait("return document.readyState === 'complete' && !byKeys.left && document.getElementById('letters')?.checked === false", "where the redline is opened again, the letters are still off")
    keys.page("nav a[href='/']", "/", "back to the state of play")


def take_a_position(keys, mediator):
    mediator.page("a[href='/point?subject=framework%236.b']", "/point", "opens a point")
    mediator.run("document.activeElement.blur()")
    keys.round()
    keys.page("a[href='/position?subject=framework%236.b']", "/position", "the form of a position is open")
    keys.choose("[name=stance]", "reserve")
    keys.check(keys.run("return document.querySelector('[name=stance]:checked').value") == "reserve", "arrows choose among the positions")
    keys.write("[name=interest]", "by keys alone")
    keys.follow("main button.main", "return location.pathname === '/point' && document.body.textContent.includes('by keys alone')",
                "the position is on record")
    mediator.says("by keys alone", "the open page shows it by itself")


def propose(keys):
    keys.page("nav a[href='/']", "/", "back to the state of play")
    # In the draft that it was last given the bridge is point 8.
    keys.page("a[href='/point?subject=framework%238']", "/point", "opens the point of the bridge")
    keys.page("a[href^='/proposal']", "/proposal", "the form of a proposal is open")
    keys.write("[name=wording]", PROPOSED)
    keys.wait("return [...document.querySelectorAll('#redline ins')].some(ins => /ninety/.test(ins.textContent))", "the redline follows what is typed")
    keys.write("[name=interest]", "The harvest comes first.")
    keys.choose("[name=release]", "use")
    keys.follow("main button.main", "return location.pathname === '/point' && document.body.textContent.includes('The harvest comes first.')",
                "the proposal is on record")


def merge(keys):
    keys.page("nav a[href='/merge']", "/merge", "opens the drafting")
    keys.follow(".outline a[href$='at=9']", "return location.search.endsWith('at=9') && !!document.querySelector(\"button[value^='take:']\")",
                "comes to the provision that waits")
    keys.round()
    keys.follow("button[value^='take:']", f"return document.querySelector('[name=wording]')?.value.includes({PROPOSED.strip()!r})", "the words proposed are taken")
    keys.write("[name=wording]", ISSUED)
    keys.wait("return !!document.querySelector('#redline .kept') && [...document.querySelectorAll('#redline ins')].some(ins => /once/.test(ins.textContent))",
              "what is typed is kept, and its redline shown")
    keys.to("[name=handled]")
    keys.press(SPACE)
    keys.follow("button[value=next]", "return location.search.includes('at=10')", "it is handled, and on to the next provision")


def issue(keys):
    keys.page("a.button[href^='/issue']", "/issue", "reads what the new draft does")
    keys.check(keys.run("return document.querySelector('.lapses table')?.textContent.includes('Karvonia')"), "whose acceptance will lapse is told")
    keys.follow("form.issue button.main", "return location.pathname === '/circulate' && location.search.includes('v4')", "the draft is issued")
    keys.round()


def circulate(keys):
    for to in ("karvonia helmark-karvonia", "sahrel helmark-sahrel"):
        keys.to(f"[name=to][value='{to}']")
        keys.press(SPACE)
    keys.follow("button[value=preview]", "return document.querySelectorAll('.preview').length === 2 && !document.querySelector('.preview .refused')",
                "what each seat will see is shown before anything is delivered")
    keys.round()
    keys.follow(END.format("/circulate"), "return [...document.querySelectorAll('tbody tr')].filter(row => row.textContent.includes('v4')).length === 2",
                "both were given the draft")


def lapsed(keys):
    keys.page("nav a[href='/circulate']", "/circulate", "opens what it was given")
    form = "form[action='/acknowledge']:has(option[value=v4])"
    keys.choose(f"{form} [name=draft]", "v4")
    keys.follow(f"{form} button", RECEIPT, "acknowledges the draft")
    keys.page("nav a[href='/']", "/", "back to the state of play")
    keys.page("a[href='/point?subject=framework%239']", "/point", "opens the point")
    keys.check(keys.run("return document.querySelector('.lapsed')?.textContent.includes('Karvonia') && !!document.querySelector('.lapsed ins')"),
               "sees that its acceptance lapsed, and by which words")


def receipt(keys):
    keys.page("nav a[href='/circulate']", "/circulate", "opens who was given what")
    keys.wait(RECEIPT, "sees the receipt")


def meetings(keys, mediator):
    keys.page("nav a[href='/meetings']", "/meetings", "opens the meetings")
    keys.to("details:has(form[action='/meetings']) > summary")
    keys.press(SPACE)
    keys.round()
    keys.choose("[name=format]", "bilateral")
    for who in ("sahrel", "helmark"):
        keys.to(f"[name=participants][value={who}]")
        keys.press(SPACE)
    keys.write("form[action='/meetings'] [name=place]", "Irmal Gate")
    keys.follow(END.format("/meetings"), "return document.body.textContent.includes('Irmal Gate')", "a meeting is proposed")
    keys.page("a[href='/meeting?id=talks-in-irmal']", "/meeting", "opens a meeting")
    keys.write("form[action='/meeting'] [name=words]", "we spoke of the weir")
    keys.follow("form[action='/meeting']:has([name=words]) button.main", "return document.body.textContent.includes('we spoke of the weir')",
                "reports what was said there")
    mediator.page("nav a[href='/meetings']", "/meetings", "opens the meetings")
    mediator.page("a[href='/mission?id=mission-tal-mirel']", "/mission", "opens a mission")
    mediator.choose("[name=state]", "reported")
    mediator.write("[name=note]", "they ask for water in dry years")
    mediator.follow("form[action='/mission']:has([name=state]) button.main", "return document.body.textContent.includes('they ask for water in dry years')",
                    "a mission is reported")


def statements(keys, mediator):
    keys.page("nav a[href='/statements']", "/statements", "opens what was said in public")
    keys.choose("form[action='/statements/answer'] [name=of]", "few-left")
    keys.choose("form[action='/statements/answer'] [name=what]", "deny")
    keys.choose("form[action='/statements/answer'] [name=room]", "public")
    keys.follow(END.format("/statements/answer"), "return document.getElementById('claim-few-left')?.textContent.includes('denied by')", "a claim is denied")
    mediator.page("nav a[href='/statements']", "/statements", "opens what was said in public")
    mediator.page("a[href='/statements/report']", "/statements/report", "opens the form for a report")
    mediator.write("[name=report]", REPORT)
    mediator.follow("button.main[name=read]", "return document.querySelectorAll('.proposal').length > 1", "a report is read into proposals")
    mediator.round()
    mediator.follow("button[name=put]", "return document.querySelectorAll('.proposal [role=status]').length === 1", "one of them is put on record")


def judge(keys):
    keys.page("nav a[href='/understandings']", "/understandings", "opens the earlier understandings")
    form = "form[action='/understandings/assess']"
    keys.to(f"details:has({form}) > summary")
    keys.press(SPACE)
    keys.round()
    for name, value in (("tenet", "ridge"), ("draft", "v3"), ("grade", "spirit"), ("verdict", "partly")):
        keys.choose(f"{form} [name={name}]", value)
    keys.write(f"{form} [name=points]", "6.b")
    keys.write(f"{form} [name=note]", "the ridge, but not the valley")
    keys.follow(f"{form} button.main", "return document.body.textContent.includes('the ridge, but not the valley')", "a tenet is judged")

    keys.page("nav a[href='/gates']", "/gates", "opens the conditions")
    form = "form[action='/gates/override']:has([value=gate-ferry])"
    keys.to("details:has([value=gate-ferry]) > summary")
    keys.press(SPACE)
    keys.round()
    keys.write(f"{form} [name=reason]", "the ferry cannot wait for the summer")
    keys.follow(f"{form} button.main", "return document.body.textContent.includes('the ferry cannot wait for the summer')", "a condition is set aside")


def brief(keys):
    keys.page("nav a[href='/briefing']", "/briefing", "opens the briefing")
    keys.choose("form[method=get] [name=for]", "olm")
    keys.follow("form[method=get][action='/briefing'] button", "return location.search.includes('for=olm')", "asks for that of one person")
    keys.write("form[method=post] [name=briefers]", "the desk")
    keys.follow("form[method=post][action='/briefing'] button.main", "return !document.querySelector('.refused') && !document.activeElement.matches('button.main')",
                "a briefing is put on record")


def search(keys):
    keys.page("nav a[href='/search']", "/search", "opens the search")
    keys.write("[type=search]", "ridge torvik")
    keys.press(ENTER)
    keys.wait("return document.querySelectorAll('mark').length > 1", "words are found and marked")
    keys.round()
    keys.page("nav a[href='/packages']", "/packages", "opens the packages")
    if keys.run("return !!document.querySelector('main details > summary')"):
        keys.to("main details > summary")
        keys.press(SPACE)
        keys.check(keys.run("return document.querySelector('main details').open"), "unfolds the whole frontier")
        keys.round()


def account(keys, guest):
    """The mediator's office invites a person, who joins in a browser of their own, and is shown out in the end."""
    keys.page("nav a[href='/account']", "/account", "opens the account")
    keys.follow("form[action='/account/invite'] button", "return !!document.querySelector('.card code')", "makes a link for one person")
    link = keys.run("return document.querySelector('.card code').textContent")
    person = Keys(guest, "a new person")
    guest.open(link)
    person.round()
    person.write("main [name=name]", "Berit")
    person.write("main [name=password]", "four words and a river")
    person.follow("main button.main", MATRIX, "joins by the link")
    person.page("nav a[href='/account']", "/account", "opens the account")
    person.page("a[href='/account/keys']", "/account/keys", "opens password and tokens")
    person.write("form[action='/account/password/change'] [name=password]", "four words and a river")
    person.write("form[action='/account/password/change'] [name=new]", "five words and a bridge")
    person.follow("form[action='/account/password/change'] button", "return !!document.querySelector('[role=status]:not(#news)')", "changes the password")
    person.write("form[action='/account/second/begin'] [name=password]", "five words and a bridge")
    person.follow("form[action='/account/second/begin'] button", "return !!document.querySelector('.square')", "begins a second factor")
    person.round()
    person.write("form[action='/account/tokens'] [name=name]", "a table of points")
    person.choose("form[action='/account/tokens'] [name=acts]", "yes")
    person.write("form[action='/account/tokens'] [name=password]", "five words and a bridge")
    person.follow("form[action='/account/tokens'] button", "return [...document.querySelectorAll('.card code')].some(code => code.textContent.startsWith('onetext_'))",
                  "makes a token")
    keys.page("nav a[href='/account']", "/account", "opens the account again")
    keys.to("details:has(form[action='/account/remove']) > summary")
    keys.press(SPACE)
    keys.round()
    keys.follow("form[action='/account/remove'] button", "return !document.querySelector('form[action=\"/account/remove\"]') && !!document.querySelector('table')",
                "shows the person out")
    person.to("nav a[href='/']")
    person.press(ENTER)
    person.wait("return location.pathname === '/enter'", "is out")
    person.round()
    return person


def by_keyboard(browsers, links):
    mediator = sit_down(browsers[0], links["helmark"], "the mediator")
    read(mediator)
    party = sit_down(browsers[1], links["sahrel"], "a party")
    take_a_position(party, mediator)
    propose(party)
    merge(mediator)
    issue(mediator)
    circulate(mediator)
    other = sit_down(browsers[2], links["karvonia"], "another party")
    lapsed(other)
    receipt(mediator)
    meetings(party, mediator)
    statements(party, mediator)
    judge(mediator)
    brief(mediator)
    search(party)
    person = account(mediator, browsers[3])
    return [fault for keys in (mediator, party, other, person) for fault in keys.done()]


def without_scripts(browser, link):
    """What is asked of the page here is asked by the driver: its own scripts do not run."""
    faults = []

    def find(selector):
        found = browser.send("POST", browser.session + "/element", {"using": "css selector", "value": selector})
        return browser.session + "/element/" + next(iter(found.values()))

    def click(selector):
        browser.send("POST", find(selector) + "/click", {})

    def wait(script, what, seconds=10):
        until, found = time.time() + seconds, False
        while not found and time.time() < until:
            try:
                found = browser.run(script)
            except OSError:
                pass
            time.sleep(0.1)
        print(f"{'ok' if found else 'FAILED'}: without scripts: {what}", flush=True)
        if not found:
            faults.append(what)

    browser.open(link)
    click("main button")
    wait(MATRIX, "the party sits down and reads the state of play")
    browser.open(link.split("/link/")[0] + "/redline/v1/v2")
    wait("return document.querySelectorAll('ins, del').length > 3", "a redline is read")
    click("nav a[href='/']")
    wait(MATRIX, "back to the state of play")
    click("a[href^='/position']")
    wait("return location.pathname === '/position'", "the form of a position is open")
    click("[name=stance][value=reserve]")
    browser.send("POST", find("[name=interest]") + "/value", {"text": "without a script"})
    click("main button.main")
    wait("return location.pathname === '/point' && document.body.textContent.includes('without a script')", "the position is on record")
    click(".languages button[value=uk]")
    wait("return document.documentElement.lang === 'uk' && location.pathname === '/point'", "the language changes, and the page stays")
    return faults


def main(program, folder):
    faults, begun = [], time.time()
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, count, walk in (("keys", 4, by_keyboard), ("no-scripts", 1, None)):
        with serving(program, folder / name) as (_, links):
            browsers = []
            try:
                for _ in range(count):
                    browsers.append(Browser("127.0.0.1", walk is not None))
                faults += walk(browsers, links) if walk else without_scripts(browsers[0], links["karvonia"])
            finally:
                for browser in browsers:
                    browser.close()
    print(f"by keyboard alone and without scripts: {len(faults)} faults, in {time.time() - begun:.0f} s")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
