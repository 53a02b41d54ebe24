"use strict";
// Tells an open page what came to its seat's rooms. A page that is only read shows it by itself; where something is being typed or
// was unfolded it says so and waits.
(() => {
  const page = document.body.dataset;
  const busy = () => page.live !== "yes"
    || document.activeElement.matches("input, textarea, select")
    || document.querySelector("#content details[open]");
  const told = (event) => {
    if (event.data === page.mark) return;
    if (busy()) document.getElementById("news").hidden = false;
    else location.reload();
  };
  // A page that was left keeps no stream: a browser has six connections to a host, and keeps pages to go back to.
  let stream;
  const listen = () => {
    stream = new EventSource("/live");
    stream.addEventListener("state", told);
  };
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  listen();
})();
