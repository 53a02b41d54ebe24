"use strict";
// Follows what is typed: sends the form a moment after the last key, one sending after the other, and shows what comes back. Each
// says of which page it is and the how many, so that none that comes late takes anything back. Without it the buttons do the same.
(() => {
  const form = document.querySelector("form[data-follow]");
  if (!form) return;
  const shown = document.getElementById(form.dataset.shows);
  const field = (name) => form.elements.namedItem(name);
  const page = field("page"), count = field("count");
  let waiting, running = false, again = false, behind = false, ended = false, sent = 0;
  if (page) page.value = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const number = () => { sent += 1; if (count) count.value = sent; return sent; };
  const lost = () => {
    behind = true;
    let told = document.getElementById("not-kept");
    if (!told) {
      told = document.createElement("p");
      told.id = "not-kept";
      told.className = "refused";
      told.setAttribute("role", "alert");
    }
    told.textContent = form.dataset.lost;
    shown.prepend(told);
  };
  const follow = async (leaving) => {
    if (ended) return;
    if (running && !leaving) { again = true; return; }
    running = true;
    again = behind = false;
    const mine = number();
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.follow, { method: "POST", body, keepalive: leaving, redirect: "error" });
      const words = await answer.text();
      // Somebody else wrote here: the button shows both.
      if (answer.status === 409) { ended = true; shown.innerHTML = words; return; }
      if (!answer.ok) throw new Error(answer.status);
      if (mine === sent) shown.innerHTML = words;
    } catch {
      if (mine === sent) lost();
    } finally {
      running = false;
      if (again) follow(false);
    }
  };
  form.addEventListener("input", () => {
    behind = true;
    clearTimeout(waiting);
    waiting = setTimeout(follow, 350, false);
  });
  // The button sends everything: what waits is not sent after it.
  form.addEventListener("submit", () => { clearTimeout(waiting); again = behind = false; number(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && behind) { clearTimeout(waiting); follow(true); }
  });
})();
