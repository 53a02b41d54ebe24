"use strict";
// Follows what is typed: sends the form a moment after the last key, and shows what comes back. Without it the buttons do the same.
(() => {
  const form = document.querySelector("form[data-follow]");
  if (!form) return;
  const shown = document.getElementById(form.dataset.shows);
  let waiting, running, behind = false;
  const follow = async (keepalive) => {
    running?.abort();
    const mine = running = new AbortController();
    behind = false;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.follow, { method: "POST", body, keepalive, signal: mine.signal, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const words = await answer.text();
      if (mine === running) shown.innerHTML = words;
    } catch (error) {
      if (error.name === "AbortError") return;
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
    }
  };
  form.addEventListener("input", () => {
    behind = true;
    clearTimeout(waiting);
    waiting = setTimeout(follow, 350);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && behind) { clearTimeout(waiting); follow(true); }
  });
})();
