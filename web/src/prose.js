// Indices and exponents in sentences: "L_i", "x^∞", "D^(-1/2)".
import { h } from "./dom.js";

// After a single letter, max, min or a bracket; names such as perm1_rates or no_theta_instance have none.
const scripts = /((?<![\p{L}\p{N}_.])(?:\p{L}|max|min)|[)\]])((?:[_^](?:\([^()]*\)|[\p{L}\p{Nd}∞]+))+)/gu;
const script = /([_^])(\([^()]*\)|[\p{L}\p{Nd}∞]+)/gu;

/** The text in parts: { text }, or { text, sub: true } or { text, sup: true } for what is set lower or higher. */
function parts(text) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(scripts)) {
    found.push({ text: text.slice(from, match.index) + match[1] });
    for (const [, sign, body] of match[2].matchAll(script)) found.push({ text: body.replace(/^\((.*)\)$/, "$1").replaceAll("-", "−"), [sign === "_" ? "sub" : "sup"]: true });
    from = match.index + match[0].length;
  }
  return [...found, { text: text.slice(from) }];
}

/** For HTML. */
export const prose = (text) => parts(text ?? "").map((p) => (p.sub ? h("sub", {}, p.text) : p.sup ? h("sup", {}, p.text) : p.text));

/** The same inside of an SVG, for its <text> elements. */
export function scriptsInSvg(svg) {
  for (const element of svg.querySelectorAll("text")) {
    const own = parts(element.textContent);
    if (own.length < 2 || element.childElementCount) continue;
    let shift = 0;
    const spans = own.filter((p) => p.text).map((p) => {
      const span = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
      const height = p.sup ? -0.4 : p.sub ? 0.25 : 0;
      span.setAttribute("dy", `${((height - shift) * 13).toFixed(1)}`);
      if (height) span.setAttribute("font-size", "75%");
      span.textContent = p.text;
      shift = height;
      return span;
    });
    element.replaceChildren(...spans);
  }
}
