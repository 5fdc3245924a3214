// The section of one claim.
import { copyButton, h, lazyDetails } from "./dom.js";
import { figure } from "./figure.js";
import { math, matrixLatex, mixed, numberLatex, rationalLatex } from "./math.js";
import { brief, exactText, full } from "./numbers.js";
import { prose } from "./prose.js";
import { later } from "./queue.js";
import { certificateCounts, verdict } from "./table.js";

const headings = {
  violated: "Counterexample",
  tight: "Nearest to equality",
  excluded: "Where a hypothesis is false",
  "ill-defined": "Without a value",
  undecided: "Undecided",
};
const largest = 6; // of a problem that is written out
const mostOutcomes = 24; // of a table

const listed = (formulas) => formulas.flatMap((v, k) => [k ? ", " : "", math(v)]);

function statement(claim) {
  return h(
    "div",
    { class: "claim-statement", "data-claim": claim.claim },
    claim.setting.length > 0 && h("p", { class: "setting" }, mixed(claim.setting)),
    claim.variables.length > 0 && h("p", {}, claim.quantifier, listed(claim.variables), claim.tried.length > 0 && h("span", { class: "tried" }, "; tried at ", listed(claim.tried)), claim.hypotheses.length ? " with" : ":"),
    claim.hypotheses.map((f) => math(f.latex, true)),
    claim.hypotheses.length > 0 && h("p", {}, "it follows that"),
    claim.conclusions.map((f) => math(f.latex, true)),
    claim.definitions.length > 0 && h("p", {}, "where ", claim.definitions.flatMap((f, k) => [k ? ", " : "", math(f.latex)]), "."),
  );
}

/** Every outcome of a table with its probability. */
function outcomes(list) {
  const one = (o) => h("p", {}, "With probability ", math(rationalLatex(o.weight)), ": ", h("span", { class: "matrices" }, o.C.map((c, k) => math(`C_{${k + 1}} = ${matrixLatex(c)}`))));
  const more = list.length - mostOutcomes;
  return h("div", { class: "outcomes" }, list.slice(0, mostOutcomes).map(one), more > 0 && h("p", {}, `And ${more} more outcomes, in the case's file.`));
}

/** L_i and b_i of a small problem, and the outcomes of a table. */
export function problem(one) {
  const run = `${one.n} ${one.n === 1 ? "worker" : "workers"}, dimension ${one.d}, sketch ${one.sketch}, method ${one.method}${one.local_steps > 1 ? ` with ${one.local_steps} local steps` : ""}, `;
  const parts = [h("p", {}, run, math(`\\gamma = ${numberLatex(one.step)}`), ".")];
  if (one.n > largest || one.d > largest) return parts;
  return parts.concat(
    h("div", { class: "matrices" }, one.workers.map((w, k) => math(`L_{${k + 1}} = ${matrixLatex(w.L)},\\; b_{${k + 1}} = ${matrixLatex(w.b)}`))),
    one.outcomes ? outcomes(one.outcomes) : [],
  );
}

const truths = { true: "✓ true", false: "✗ false", undecided: "? undecided" };

function hypotheses(shown) {
  if (!shown.hypotheses.length) return null;
  const row = (x) => h("tr", {}, h("td", {}, math(x.formula.latex)), h("td", { class: `truth-${x.is}` }, truths[x.is]), h("td", {}, mixed(x.values)));
  return h(
    "div",
    { class: "scroll" },
    h("table", { class: "small" }, h("caption", {}, "Hypotheses there"), h("thead", {}, h("tr", {}, ["Hypothesis", "Truth", "Values"].map((t) => h("th", { scope: "col" }, t)))), h("tbody", {}, shown.hypotheses.map(row))),
  );
}

function shownCase(shown, cases) {
  const one = cases.get(shown.case);
  return h(
    "section",
    { class: `shown ${shown.why}` },
    h("h4", {}, headings[shown.why]),
    h("p", { class: "reason" }, mixed(shown.reason)),
    shown.why === "violated" && shown.statement && h("div", {}, h("p", {}, "What is false:"), math(shown.statement.latex, true)),
    one && problem(one),
    shown.values.length > 0 && h("p", {}, "At ", shown.values.flatMap((v, k) => [k ? ", " : "", math(v)]), "."),
    hypotheses(shown),
    (shown.margin || shown.tightness) && h("p", { class: "exact" }, shown.margin && `Margin ${full(shown.margin)}. `, shown.tightness && `Tightness ${full(shown.tightness)}.`),
    one && h("p", {}, h("a", { href: `#case-${one.case}` }, `The case ${one.case}`)),
  );
}

/** Margin and tightness of each of several conclusions. */
function bounds(claim) {
  if (claim.bounds.length < 2) return null;
  const row = (b) => h("tr", {}, h("td", {}, math(b.conclusion.latex)), h("td", { title: exactText(b.margin) }, brief(b.margin)), h("td", { title: exactText(b.tightness) }, brief(b.tightness)));
  return h(
    "div",
    { class: "scroll bounds", tabindex: "0" },
    h("table", { class: "small" }, h("caption", {}, "Each conclusion"), h("thead", {}, h("tr", {}, ["Conclusion", "Margin", "Tightness"].map((t) => h("th", { scope: "col" }, t)))), h("tbody", {}, claim.bounds.map(row))),
  );
}

function allCases(claim, cases) {
  const row = (c) =>
    h(
      "tr",
      {},
      h("td", {}, cases.has(c.case) ? h("a", { href: `#case-${c.case}` }, c.case) : c.case),
      h("td", {}, c.says),
      h("td", { title: exactText(c.margin) }, brief(c.margin)),
      h("td", { title: exactText(c.tightness) }, brief(c.tightness)),
      h("td", {}, c.values),
      h("td", {}, c.reason || c.sides),
    );
  const heads = ["Case", "Verdict", "Margin", "Tightness", "At", "Values"];
  return lazyDetails(`All cases: ${claim.on || "none"}`, () =>
    h("div", { class: "scroll" }, h("table", { class: "small" }, h("thead", {}, h("tr", {}, heads.map((t) => h("th", { scope: "col" }, t)))), h("tbody", {}, claim.cases.map(row)))),
  );
}

const command = (text) => h("p", { class: "command" }, h("code", {}, text), " ", copyButton(text));

/** What the checker said, the certificate of the first case shown, and how to check it again. */
function certificates(claim) {
  const list = claim.certificates;
  if (!list.length) return null;
  const row = (a) => h("tr", {}, h("td", {}, a.answer), h("td", {}, h("code", {}, a.file)), h("td", {}, a.summary), h("td", {}, h("code", {}, a.command)));
  const heads = ["Answer", "Certificate", "What was shown", "Check again"];
  const table = (some) => h("div", { class: "scroll", tabindex: "0" }, h("table", { class: "small" }, h("thead", {}, h("tr", {}, heads.map((t) => h("th", { scope: "col" }, t)))), h("tbody", {}, some.map(row))));
  const others = list.filter((a) => a.answer !== "accepted");
  return h(
    "div",
    { class: "certificates" },
    h("h4", {}, "Certificates"),
    h("p", {}, `Checked again for this report: ${certificateCounts(claim)}. The first: ${list[0].summary}. Check it with the separate program:`),
    command(list[0].command),
    others.length > 0 && h("p", { class: "error" }, "Not accepted:"),
    others.length > 0 && table(others),
    lazyDetails(`All certificates: ${list.length}`, () => table(list)),
  );
}

function searches(claim) {
  if (!claim.searches.length) return null;
  const one = (a) => [h("p", {}, h("strong", {}, a.answer), ": ", mixed(a.shown), "."), a.detail && lazyDetails("The case that it found", () => h("pre", {}, a.detail)), command(a.command)];
  return h("div", {}, h("h4", {}, "Searches for a counterexample"), claim.searches.map(one));
}

/** A sentence with code between backticks. */
const withCode = (text) => text.split("`").map((part, k) => (k % 2 ? h("code", {}, part) : part));

/** Each clause of the claim beside what says it in the statement of the theorem, and the statement. */
function reading(p) {
  if (!p.reading.length && !p.statement) return null;
  const row = (x) => h("tr", {}, h("td", {}, h("code", {}, x.claim)), h("td", {}, withCode(x.proof)));
  const list = (title, texts) => texts.length > 0 && [h("p", {}, title), h("ul", {}, texts.map((text) => h("li", {}, withCode(text))))];
  return lazyDetails("The claim and the statement side by side", () => [
    h("div", { class: "scroll", tabindex: "0" }, h("table", { class: "small reading" }, h("thead", {}, h("tr", {}, ["The claim", "The statement"].map((t) => h("th", { scope: "col" }, t)))), h("tbody", {}, p.reading.map(row)))),
    list("Not the claim:", p.differs),
    list("Beside the claim:", p.beside),
    p.statement && h("pre", { class: "coq" }, p.statement),
  ].flat().filter(Boolean));
}

function proof(claim) {
  if (!claim.proofs.length && !claim.row_proof) return null;
  const says = { proves: "Proved in Rocq/Coq", refutes: "Refuted in Rocq/Coq", part: "Proved in part in Rocq/Coq", related: "Related, in Rocq/Coq" };
  const row = claim.row_proof;
  return h(
    "div",
    {},
    h("h4", {}, "For all sizes"),
    claim.proofs.map((p) => [h("p", {}, `${says[p.word]}: `, h("code", {}, p.theorem), p.note && [" (", prose(p.note), ")"], "."), reading(p)]),
    row && !claim.proofs.length && h("p", {}, `What is proved about this row of the paper: ${row.status.replaceAll("-", " ")} (`, row.theorems.flatMap((t, k) => [k ? ", " : "", h("code", {}, t)]), ")", row.remark && ["; ", prose(row.remark)], "."),
  );
}

/** The heading at once; the rest when `fill` of queue.js comes to it. */
export function claimSection(claim, claims, cases) {
  const element = h(
    "section",
    { id: `claim-${claim.claim}`, class: "claim", "aria-labelledby": `title-${claim.claim}` },
    h("h3", { id: `title-${claim.claim}` }, prose(claim.title)),
    h("p", { class: "meta" }, verdict(claim), " · ", h("code", {}, claim.claim), ` · ${claim.paper} ${claim.equation}`),
    h("p", { class: "scope" }, claim.on ? `On the cases: ${claim.on}.` : "On no case."),
  );
  return later(element, () => content(claim, claims, cases));
}

function content(claim, claims, cases) {
  const other = claims.get(claim.repairs) ?? claims.get(claim.repaired_by[0]);
  const printed = claim.repairs ? other : claim;
  const repaired = claim.repairs ? claim : other;
  const both = other && printed && repaired;
  const side = (title, c) =>
    h("div", { class: "side" }, h("h4", {}, title, " ", c === claim ? null : h("a", { href: `#claim-${c.claim}` }, c.claim)), statement(c), h("p", {}, verdict(c), c.because && [": ", prose(c.because)]));
  return [
    claim.error && h("p", { class: "error" }, claim.error),
    claim.cases.filter((c) => c.contradiction).map((c) => h("p", { class: "error" }, `Engine and checker contradict each other; believe neither. ${c.case}: ${c.contradiction}.`)),
    claim.note && h("p", {}, prose(claim.note)),
    both ? h("div", { class: "sides" }, side("As printed", printed), side(printed.expect === "refuted" ? "Repaired" : "Sharpened", repaired)) : [statement(claim), claim.because && h("p", {}, "Refuted because ", prose(claim.because), ".")],
    claim.loose && h("p", {}, "No case is tight because ", prose(claim.loose), "."),
    claim.shown.map((s) => shownCase(s, cases)),
    bounds(claim),
    claim.figures.length > 0 && h("div", { class: "figures" }, claim.figures.map((f) => figure(f))),
    certificates(claim),
    searches(claim),
    proof(claim),
    allCases(claim, cases),
    lazyDetails("The claim as text", () => h("pre", {}, claim.source)),
    h("p", { class: "reproduce" }, "Reproduce: ", h("code", {}, claim.reproduce), " ", copyButton(claim.reproduce)),
  ];
}
