"use strict";
// Tells an open page what came to its seat's rooms. A page that is only read shows it by itself; where something was typed, is being
// typed or was unfolded it says so and waits.
(() => {
  const page = document.body.dataset;
  let typed = false;
  document.addEventListener("input", (event) => { typed ||= Boolean(event.target.closest("#content form")); });
  const busy = () => page.live !== "yes" || typed
    || document.activeElement.matches("input, textarea, select")
    || document.querySelector("#content details[open]");
  new EventSource("/live").addEventListener("state", (event) => {
    if (event.data === page.mark) return;
    if (busy()) document.getElementById("news").hidden = false;
    else location.reload();
  });
})();
