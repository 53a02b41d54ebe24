"use strict";
// Tells an open page what came to its seat's rooms. A page that is only read shows it by itself; one with a form that was begun
// says so and waits.
(() => {
  const body = document.body;
  const news = document.getElementById("news");
  let mark = body.dataset.mark;
  const begun = () => body.dataset.live !== "yes" || (document.activeElement && document.activeElement.matches("input, textarea, select"));
  const show = async () => {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok || answer.redirected) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const open = [...document.querySelectorAll("details")].map((each) => each.open);
    document.getElementById("content").replaceWith(page.getElementById("content"));
    document.querySelectorAll("details").forEach((each, place) => { each.open = open[place] ?? each.open; });
    body.dataset.mark = mark = page.body.dataset.mark;
  };
  const source = new EventSource("/live");
  source.addEventListener("state", (event) => {
    if (event.data === mark) return;
    if (begun()) { news.hidden = false; return; }
    show().catch(() => { news.hidden = false; });
  });
})();
