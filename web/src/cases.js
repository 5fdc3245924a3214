// The sections of the cases: the problem, its analysis, advice, and curves.
import { h, lazyDetails } from "./dom.js";
import { figure } from "./figure.js";
import { problem } from "./claim.js";
import { full } from "./numbers.js";
import { prose } from "./prose.js";

function findings(title, list) {
  if (!list.length) return null;
  const row = (f) => h("tr", {}, h("th", { scope: "row" }, prose(f.name)), h("td", {}, f.value && full(f.value)), h("td", {}, prose(f.text)));
  return h("div", { class: "scroll" }, h("table", { class: "small findings" }, h("caption", {}, title), h("tbody", {}, list.map(row))));
}

export function caseSection(one) {
  const details = lazyDetails(
    h("span", {}, one.case, h("span", { class: "meta" }, ` ${one.sketch}, ${one.method}, n = ${one.n}, d = ${one.d}`)),
    () => [
      ...problem(one),
      one.path && h("p", {}, "File: ", h("code", {}, one.path)),
      findings("What to do with it", one.advice),
      findings("Analysis", one.analysis),
      h("div", { class: "figures" }, one.figures.map((f) => figure(f))),
    ].filter(Boolean),
    { id: `case-${one.case}`, class: "case" },
  );
  return details;
}
