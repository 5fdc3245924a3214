// Formulas, by KaTeX: HTML for the eye and MathML for screen readers.
import katex from "katex";
import { h } from "./dom.js";

/** A formula in a line of text, or in lines of its own: in the size of those, and yet broken where it is too wide. */
export function math(latex, display = false) {
  const element = h(display ? "div" : "span", { class: display ? "formula" : "math", tabindex: display ? "0" : null });
  katex.render(display ? `\\displaystyle ${latex}` : latex, element, { throwOnError: false, strict: "ignore", macros: { "\\arraystretch": "1.25" }, output: "htmlAndMathml" });
  return element;
}

/** The same formula with long outermost brackets in one size, because a line cannot break between \left and \right. */
export function breakable(latex, long = 60) {
  const open = []; // what encloses the place: where \left( or another \left begins, or a brace
  const pairs = [];
  for (const { 0: token, index } of latex.matchAll(/\\left.|\\right.|[{}]/g)) {
    if (token === "{" || token.startsWith("\\left")) {
      open.push({ token, index });
      continue;
    }
    const begin = open.pop();
    if (open.length === 0 && begin?.token === "\\left(" && token === "\\right)" && index - begin.index > long) pairs.push([begin.index, index]);
  }
  let text = latex;
  for (const [begin, end] of pairs.reverse()) text = `${text.slice(0, begin)}\\bigl(${text.slice(begin + 6, end)}\\bigr)${text.slice(end + 7)}`;
  return text;
}

/** Words and formulas in turn, as the JSON writes sentences. */
export const mixed = (parts) => parts.map((p) => (p.math === undefined ? p.text : math(p.math)));

/** "3/7" as \tfrac{3}{7}. */
export function rationalLatex(text) {
  const [top, bottom] = text.split("/");
  if (!bottom) return top;
  return top.startsWith("-") ? `-\\tfrac{${top.slice(1)}}{${bottom}}` : `\\tfrac{${top}}{${bottom}}`;
}

/** A number as the JSON writes it: a rational, a sum of square roots, or, of another algebraic number, its decimal. */
export function numberLatex(x) {
  if (typeof x === "string") return rationalLatex(x);
  if (!x.surd) return `${x.decimal}\\ldots`;
  const term = ([q, r]) => (r === 1 ? rationalLatex(q) : `${q === "1" ? "" : q === "-1" ? "-" : rationalLatex(q)}\\sqrt{${r}}`);
  return x.surd.map(term).join(" + ").replaceAll("+ -", "- ");
}

export function matrixLatex(rows) {
  const lines = rows.map((row) => (Array.isArray(row) ? row : [row]).map(numberLatex).join(" & "));
  return `\\begin{pmatrix}${lines.join(" \\\\ ")}\\end{pmatrix}`;
}
