"use strict";
// Tells an open page what came to its seat's rooms. A page that is only read shows it by itself; where something was typed, is being
// typed or was unfolded it says so and waits. Only a page that is in sight listens: a browser opens six connections to one place, and pages
// that were left or lie in other tabs would keep the next one waiting.
(() => {
  const page = document.body.dataset;
  let typed = false;
  document.addEventListener("input", (event) => { typed ||= Boolean(event.target.closest("#content form")); });
  const busy = () => page.live !== "yes" || typed
    || document.activeElement.matches("input, textarea, select")
    || document.querySelector("#content details[open]");
  let stream;
  const leave = () => { stream?.close(); stream = undefined; };
  const listen = () => {
    if (document.visibilityState === "hidden") return leave();
    if (stream) return;
    stream = new EventSource("/live");
    stream.addEventListener("state", (event) => {
      if (event.data === page.mark) return;
      if (busy()) document.getElementById("news").hidden = false;
      else location.reload();
    });
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
  // Whether the letters of a redline step through it is remembered.
  const letters = document.querySelector("#letters[data-keep]");
  letters?.addEventListener("change", () => {
    const body = new URLSearchParams({ letters: letters.checked ? "on" : "off" });
    fetch(letters.dataset.keep, { method: "POST", keepalive: true, body });
  });
})();
