// Light, dark, or as the system has it.
import { h } from "./dom.js";

const names = ["system", "light", "dark"];

export function themeButton() {
  let now = 0;
  const button = h("button", { type: "button", class: "quiet theme" }, "Colours: system");
  button.addEventListener("click", () => {
    now = (now + 1) % names.length;
    if (now === 0) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = names[now];
    button.textContent = `Colours: ${names[now]}`;
  });
  return button;
}
