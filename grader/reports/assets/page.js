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

function showTheme(theme) {
  root.dataset.theme = theme;
  themeButton.setAttribute("aria-pressed", String(theme === "dark"));
  document.dispatchEvent(new Event("themechange"));
}

themeButton.addEventListener("click", () => {
  const theme = root.dataset.theme === "dark" ? "light" : "dark";
  showTheme(theme);
  try {
    localStorage.setItem("convgrade-theme", theme);
  } catch {
    // the choice then lasts as long as the page
  }
});
themeButton.hidden = false;
showTheme(storedTheme() ?? (systemIsDark.matches ? "dark" : "light"));

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
