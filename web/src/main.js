// Draws the report from the document inside the page.
/* global LIBRARIES */
import { caseSection } from "./cases.js";
import { claimSection } from "./claim.js";
import { h, lazyDetails } from "./dom.js";
import { draw, drawForPaper, drawForScreen, figure, standalone } from "./figure.js";
import { fillAll, fillAround, fillWhenIdle } from "./queue.js";
import { claimsTable, fitStatements } from "./table.js";
import { themeButton } from "./theme.js";

const report = JSON.parse(document.getElementById("report-data").textContent);

function summary() {
  const refuted = report.claims.filter((c) => c.expect === "refuted" && c.outcome === "expected").length;
  const holding = (scope) => report.claims.filter((c) => c.expect === "holds" && c.outcome === "expected" && c.scope === scope).length;
  /** Claims by the best that a theorem does for them. */
  const best = (c) => ["proves", "refutes", "part"].find((word) => c.proofs.some((p) => p.word === word));
  const proofs = (word) => report.claims.filter((c) => best(c) === word).length;
  const card = (count, text, kind) => h("li", { class: `card ${kind}` }, h("strong", {}, String(count)), ` ${text}`);
  const others = Object.entries(report.outcomes).filter(([word]) => word !== "expected");
  return h(
    "ul",
    { class: "cards", "aria-label": "Verdicts" },
    card(report.claims.length, report.claims.length === 1 ? "claim" : "claims", "all"),
    card(holding("all"), "hold for all values", "expected"),
    card(holding("tried"), "hold at the values tried", "tried"),
    card(refuted, "refuted, as expected", "refuted"),
    others.length ? others.map(([word, count]) => card(count, word, word.replaceAll(" ", "-"))) : card(0, "not as expected", "none"),
    card(proofs("proves"), "proved for all sizes", "proof"),
    card(proofs("refutes"), "refuted for all sizes", "proof"),
    card(proofs("part"), "in part", "proof"),
  );
}

function footer() {
  const licences = lazyDetails(`The ${LIBRARIES.length} libraries inside this file, with versions and licences`, () =>
    LIBRARIES.map((l) => h("section", {}, h("h4", {}, `${l.name} ${l.version} (${l.license})`), h("pre", {}, l.text))),
  );
  const direct = LIBRARIES.filter((l) => l.name === "katex" || l.name === "@observablehq/plot");
  return h(
    "footer",
    {},
    h("p", {}, `Made by istcheck ${report.version}. Every number was computed exactly; decimals are rounded to nearest. Typeset and drawn with ${direct.map((l) => `${l.name} ${l.version} (${l.license})`).join(" and ")}.`),
    licences,
  );
}

function page() {
  const claims = new Map(report.claims.map((c) => [c.claim, c]));
  const cases = new Map(report.cases.map((c) => [c.case, c]));
  const section = (id, title, content) => h("section", { id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title), content);
  const parts = [
    ["claims", "Claims", claimsTable(report.claims)],
    report.figures.length && ["experiments", "Experiments", h("div", { class: "figures" }, report.figures.map((f) => figure(f)))],
    ["details", "Claim by claim", report.claims.map((c) => claimSection(c, claims, cases))],
    report.cases.length && ["cases", "Cases", report.cases.map(caseSection)],
  ].filter(Boolean);
  document.body.append(
    h("a", { class: "skip", href: "#claims" }, "Skip to the claims"),
    h("header", {}, h("div", { class: "title" }, h("h1", {}, report.title), themeButton()), report.partial && h("p", { class: "partial", role: "alert" }, h("strong", {}, "Partial report: "), report.partial), report.opening.length > 0 && h("p", { class: "opening" }, report.opening.join(" ")), summary(), h("nav", { "aria-label": "Parts" }, parts.map(([id, title]) => h("a", { href: `#${id}` }, title)))),
    h("main", {}, parts.map(([id, title, content]) => section(id, title, content))),
    footer(),
  );
}

const allFigures = () => [...report.figures, ...report.claims.flatMap((c) => c.figures), ...report.cases.flatMap((c) => c.figures)];

/** #figure=ID alone on the page, for a picture of it; &relative is its other scaling, &svg the SVG's text. */
function singleFigure() {
  const match = location.hash.match(/^#figure=([a-z0-9-]+?)(&relative)?(&svg)?$/);
  if (!match) return false;
  const data = allFigures().find((f) => f.id === match[1]);
  if (!data) return false;
  document.documentElement.dataset.theme = "light";
  const svg = standalone(data, draw(data, match[2] ? "relative" : "absolute"));
  document.body.replaceChildren(match[3] ? h("pre", { id: "svg" }, svg) : h("div", { class: "single" }));
  if (!match[3]) document.querySelector(".single").innerHTML = svg.replace(/^<\?xml[^>]*>\s*/, "");
  const box = document.querySelector(".single svg")?.viewBox.baseVal;
  if (box) document.head.append(h("style", {}, `@page { size: ${box.width}px ${box.height}px; margin: 0 }`));
  return true;
}

/** A link to a case opens it. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
  fillAround(target);
  target?.scrollIntoView();
}

if (!singleFigure()) {
  page();
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", () => {
    fillAll();
    drawForPaper();
    fitStatements();
  });
  addEventListener("afterprint", drawForScreen);
  openTarget();
  fillWhenIdle(() => (document.documentElement.dataset.complete = "yes"));
}
document.documentElement.dataset.ready = "yes";
