"use strict";
// The theme and the copy buttons; the page is complete without either.

const root = document.documentElement;
const themeButton = document.getElementById("theme");
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

function storedTheme() {
  try {
    return localStorage.getItem("convgrade-theme");
  } catch {
    return null; // a browser may refuse storage to a local file
  }
}

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : systemIsDark.matches;
}

function themeChanged() {
  themeButton.setAttribute("aria-pressed", String(isDark()));
  document.dispatchEvent(new Event("themechange"));
}

themeButton.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("convgrade-theme", root.dataset.theme);
  } catch {
    // the choice then lasts as long as the page
  }
  themeChanged();
});
systemIsDark.addEventListener("change", themeChanged);
if (storedTheme()) root.dataset.theme = storedTheme();
themeButton.hidden = false;
themeChanged();

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copies);
    select(source);
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = button.dataset.done;
    } catch {
      button.textContent = button.dataset.manual; // it is selected: Ctrl+C copies it
    }
  });
}
