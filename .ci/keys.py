"""A browser in which keys are pressed and nothing else, and what is looked at at every stop that they come to."""
import time

TAB, ENTER, SPACE, SHIFT = "\ue004", "\ue007", " ", "\ue008"
UP, LEFT, DOWN, RIGHT = "\ue013", "\ue012", "\ue015", "\ue014"
# So many times Tab is pressed before what is looked for is given up, and so many times between two questions to the page.
STOPS, AT_ONCE = 400, 12
# The longest list that is gone through with arrows.
CHOICES = 40

# In each page: when Tab is pressed, what has the focus is noted, with whether one saw that it had. A ring is an outline or a
# shadow; it is seen inside the window, and where nothing that stays (a bar, the head of a table) lies over all of it.
WATCH = """
(() => {
  const seen = (at) => {
    const style = getComputedStyle(at);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none';
    if (!ring) return 'no ring';
    const boxes = [...at.getClientRects()].filter((box) => box.width > 0 && box.height > 0
      && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
    if (!boxes.length) return 'not in the window';
    const shown = boxes.some((box) => {
      const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
      const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
      return [.02, .25, .5, .75, .98].some((x) => [.05, .5, .95].some((y) => {
        const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
        return hit && (at.contains(hit) || hit.contains(at) && hit.matches('label, summary, a'));
      }));
    });
    return shown ? '' : 'covered';
  };
  const keys = window.byKeys = {
    stops: [], met: new Set(), first: null,
    note() {
      const at = document.activeElement;
      if (!at || at === document.body) { keys.stops.push([null, '']); return; }
      keys.met.add(at);
      keys.stops.push([at, seen(at)]);
    },
    // What came since the last question: how many stops ago, if it did, came what is looked for; what was not seen; and whether
    // the first stop of the round came again.
    told(selector) {
      keys.note();
      const stops = keys.stops;
      keys.stops = [];
      const place = stops.findLastIndex(([at], place) => place > 0 && at && at.matches(selector));
      const faults = stops.filter(([, why]) => why).map(([at, why]) => why + ': ' + at.outerHTML.slice(0, 90));
      let round = false;
      for (const [at] of stops.slice(1)) {
        if (at && at === keys.first) round = true;
        keys.first ??= at;
      }
      return { past: place < 0 ? -1 : stops.length - 1 - place, faults, round };
    },
    // What can be worked and no Tab came to. Of radio buttons of one name one is come to.
    missed() {
      const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
      const radio = (at) => at.type === 'radio' && [...keys.met].some((met) => met.type === 'radio' && met.name === at.name && met.form === at.form);
      const open = (at) => at.checkVisibility({ visibilityProperty: true }) && !at.disabled && at.tabIndex >= 0;
      return [...document.querySelectorAll(all)].filter((at) => open(at) && !keys.met.has(at) && !radio(at)).map((at) => at.outerHTML.slice(0, 90));
    },
  };
  addEventListener('keydown', (event) => { if (event.key === 'Tab') keys.note(); }, true);
})();"""


class Keys:
    def __init__(self, browser, who):
        self.browser, self.who, self.faults = browser, who, []
        self.unseen, self.missed, self.rounds = set(), set(), 0
        self.devtools("Page.enable")
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source=WATCH)

    def devtools(self, command, **parameters):
        self.browser.send("POST", self.browser.session + "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def check(self, holds, what):
        print(f"{'ok' if holds else 'FAILED'}: {self.who}: {what}", flush=True)
        if not holds:
            self.faults.append(f"{self.who}: {what}")
        return holds

    def press(self, *keys):
        """Keys one after the other."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.act(actions)

    def back(self, times):
        tab = [{"type": "keyDown", "value": TAB}, {"type": "keyUp", "value": TAB}] * times
        self.act([{"type": "keyDown", "value": SHIFT}, *tab, {"type": "keyUp", "value": SHIFT}])

    def act(self, actions):
        body = {"actions": [{"type": "key", "id": "keys", "actions": actions}]}
        self.browser.send("POST", self.browser.session + "/actions", body)

    def type(self, words):
        self.press(*words)

    def run(self, script):
        return self.browser.run(script)

    def told(self, selector):
        told = self.run(f"return Object.assign(byKeys.told({selector!r}), {{ where: location.pathname }})")
        self.unseen.update(f"{told['where']}: {fault}" for fault in told["faults"])
        return told

    def to(self, selector):
        """Goes on by Tab until what is looked for has the focus, and back with Shift where it went too far."""
        for _ in range(STOPS // AT_ONCE):
            self.press(*[TAB] * AT_ONCE)
            past = self.told(selector)["past"]
            if past < 0:
                continue
            # At the end of a page a stop may be its frame one way and not the other, and on a machine that is busy keys may arrive
            # after they were counted: so not all at once, and on until it is there.
            here = f"return document.activeElement.matches({selector!r})"
            if past > 1:
                self.back(past - 1)
            for _ in range(AT_ONCE + 4):
                if self.run(here):
                    self.told(selector)
                    return True
                self.back(1)
            return self.check(False, f"Shift+Tab goes back to {selector}")
        return self.check(False, f"Tab comes to {selector}")

    def round(self):
        """Once through all stops of the page, until the first comes again: each is seen, and none is left out."""
        self.rounds += 1
        self.run("byKeys.stops = []; byKeys.first = null")
        for _ in range(STOPS // AT_ONCE):
            self.press(*[TAB] * AT_ONCE)
            if self.told(".skip")["round"]:
                break
        else:
            self.check(False, f"Tab comes round on {self.run('return location.pathname')}")
        where = self.run("return location.pathname")
        self.missed.update(f"{where}: {one}" for one in self.run("return byKeys.missed()"))

    def follow(self, selector, script, what):
        """Goes to what is looked for, presses Enter, and waits for what is to come."""
        self.to(selector)
        self.press(ENTER)
        return self.wait(script, what)

    def page(self, selector, path, what):
        """Follows a link to a page, and goes once around there."""
        self.to(selector)
        self.run("byKeys.left = true")
        self.press(ENTER)
        found = self.wait(f"return location.pathname === {path!r} && document.readyState === 'complete' && !byKeys.left", what)
        if found:
            self.round()
        return found

    def choose(self, selector, value):
        """Goes to a list, or to one of a row of radio buttons, and on by arrows to a value."""
        self.to(selector)
        for key in [None] + [DOWN] * CHOICES + [UP] * CHOICES:
            if key:
                self.press(key)
            if self.run("return document.activeElement.value") == value:
                # The first of a row of which none was chosen has the value, and is not chosen yet.
                if self.run("const at = document.activeElement; return at.type === 'radio' && !at.checked"):
                    self.press(SPACE)
                return True
        return self.check(False, f"arrows come to {value} in {selector}")

    def write(self, selector, words):
        self.to(selector)
        self.type(words)

    def wait(self, script, what, seconds=15):
        until, found = time.time() + seconds, False
        while not found and time.time() < until:
            try:
                found = self.browser.run(script)
            except OSError:
                pass
            if not found:
                time.sleep(0.1)
        return self.check(found, what)

    def says(self, words, what):
        return self.wait(f"return document.readyState === 'complete' && document.body.textContent.includes({words!r})", what)

    def done(self):
        self.check(not self.unseen, f"at every stop the focus is seen {sorted(self.unseen)[:6]}")
        self.check(not self.missed, f"Tab comes to all that can be worked, on {self.rounds} pages {sorted(self.missed)[:6]}")
        return self.faults
