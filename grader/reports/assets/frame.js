"use strict";
// Inside a notebook's output: as high as the page is, in the colours of the notebook.

const frame = frameElement; // null where the notebook keeps the two apart

function isOpaque(colour) {
  return !/^(transparent|rgba\(.*, 0\))$/.test(colour);
}

function notebookIsDark() {
  for (let at = frame.parentElement; at; at = at.parentElement) {
    const colour = frame.ownerDocument.defaultView.getComputedStyle(at).backgroundColor;
    if (isOpaque(colour)) {
      const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
      return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
    }
  }
  return systemIsDark.matches;
}

function follow() {
  root.dataset.theme = notebookIsDark() ? "dark" : "light";
}

function fit() {
  frame.style.height = `${Math.ceil(document.body.getBoundingClientRect().height)}px`;
}

root.classList.add("framed");
if (frame) {
  for (const text of frame.parentElement.querySelectorAll("details")) text.hidden = true;
  new ResizeObserver(fit).observe(document.body);
  const outside = frame.ownerDocument;
  const watch = new MutationObserver(follow);
  for (const at of [outside.documentElement, outside.body]) {
    watch.observe(at, { attributes: true });
  }
  systemIsDark.addEventListener("change", follow);
  follow();
  fit();
}
