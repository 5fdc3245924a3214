// Small helpers that make elements.

/** h("a", { href: "#x", onclick: f }, "text", child, …): an element. False and null children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

/** A <details> whose content is made when it is opened for the first time, or printed. */
export function lazyDetails(summary, make, attributes = {}) {
  const details = h("details", attributes, h("summary", {}, summary));
  const fill = () => {
    if (details.dataset.filled) return;
    details.dataset.filled = "yes";
    details.append(...[make()].flat());
  };
  details.addEventListener("toggle", () => details.open && fill());
  return details;
}

/** A button that copies a text, and says so. */
export function copyButton(text) {
  const button = h("button", { type: "button", class: "quiet" }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select and copy by hand";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  return button;
}

/** Offers a text as a file to save. */
export function save(name, type, text) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
