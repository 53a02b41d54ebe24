"use strict";
// Where scripts are on, the drafts as steps are a range too: moving it goes to the state of play as of that step.
(() => {
  for (const steps of document.querySelectorAll("[data-steps]")) {
    const links = [...steps.querySelectorAll("a")];
    if (links.length < 2) continue;
    const range = document.createElement("input");
    const at = links.findIndex((link) => link.hasAttribute("aria-current"));
    range.type = "range";
    range.min = 0;
    range.max = links.length - 1;
    range.value = at < 0 ? links.length - 1 : at;
    range.setAttribute("aria-label", steps.getAttribute("aria-label"));
    const told = () => range.setAttribute("aria-valuetext", links[range.value].textContent.trim());
    told();
    range.addEventListener("input", told);
    range.addEventListener("change", () => { location.href = links[range.value].href; });
    steps.append(range);
  }
})();
