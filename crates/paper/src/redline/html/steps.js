"use strict";
(() => {
  const changes = [...document.querySelectorAll(".change")];
  const position = document.getElementById("position");
  // A page in another language says how it is called there.
  const place = (at) => (position.dataset.of || "[at] of [all]").replace("[at]", at).replace("[all]", changes.length);
  let at = -1;
  const go = (to) => {
    if (!changes.length) return;
    at = (to + changes.length) % changes.length;
    const change = changes[at];
    change.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    change.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    position.textContent = place(at + 1);
  };
  const step = (by) => go(at < 0 && by < 0 ? -1 : at + by);
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("previous").addEventListener("click", () => step(-1));
  document.getElementById("only").addEventListener("change", (event) =>
    document.body.classList.toggle("only", event.target.checked));
  // Side by side: the old wording is the wording without what came, the new one without what is gone.
  const besides = () => {
    for (const words of document.querySelectorAll(".change .wording")) {
      const column = (gone, name) => {
        const copy = words.cloneNode(true);
        copy.classList.add("column");
        copy.setAttribute("aria-label", name);
        copy.querySelectorAll(gone).forEach((part) => part.remove());
        return copy;
      };
      const both = document.createElement("div");
      both.className = "beside";
      const { before, now } = document.getElementById("beside").dataset;
      both.append(column("ins", before || "before"), column("del", now || "now"));
      words.after(both);
    }
  };
  document.getElementById("beside").addEventListener("change", (event) => {
    if (!document.querySelector("div.beside")) besides();
    document.body.classList.toggle("side", event.target.checked);
  });
  // Whoever speaks to the computer, or presses keys without meaning to, turns the letters off.
  const letters = document.getElementById("letters");
  document.addEventListener("keydown", (event) => {
    if (letters && !letters.checked) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const by = { n: 1, j: 1, p: -1, k: -1 }[event.key];
    if (by) { event.preventDefault(); step(by); }
  });
  const meet = () => {
    const found = changes.findIndex((change) => "#" + change.id === location.hash);
    if (found >= 0) go(found);
  };
  addEventListener("hashchange", meet);
  changes.forEach((change, index) => change.addEventListener("focus", () => {
    at = index;
    position.textContent = place(at + 1);
  }));
  meet();
})();
