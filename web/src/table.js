// The table of claims: filters, sorting, and a line that says how many are shown.
import { h } from "./dom.js";
import { breakable, math } from "./math.js";
import { approximate, brief, exactText } from "./numbers.js";
import { prose } from "./prose.js";

const marks = { expected: "✓", tried: "◦", unexpected: "✗", undecided: "?", unsupported: "∅", error: "!" };

/** A mark and words, so that colour is never alone in saying it. */
export function verdict(claim) {
  const refuted = claim.expect === "refuted" && claim.outcome === "expected";
  const tried = claim.outcome === "expected" && claim.scope === "tried";
  const word = refuted ? "refuted" : claim.scope === "tried" ? "holds at the values tried" : claim.scope === "all" ? "holds for all values" : claim.verdict;
  return h(
    "span",
    { class: `verdict ${refuted ? "refuted" : tried ? "tried" : claim.outcome}`, title: claim.on },
    h("span", { "aria-hidden": "true" }, marks[tried ? "tried" : claim.outcome]),
    ` ${word}`,
    claim.outcome === "expected" ? null : h("span", { class: "outcome" }, ` (${claim.outcome})`),
  );
}

/** Statements that cannot be broken are set smaller on paper, where their column is `room` em wide. */
export function fitStatements(room = 23) {
  for (const place of document.querySelectorAll("td .statement")) {
    const em = parseFloat(getComputedStyle(place).fontSize);
    const widest = Math.max(1, ...[...place.querySelectorAll(".katex-base")].map((part) => part.getBoundingClientRect().width));
    place.style.setProperty("--fit", Math.min(1, (room * em) / widest).toFixed(3));
  }
}

/** "12 accepted", "11 accepted, 1 rejected". */
export function certificateCounts(claim) {
  const counts = new Map();
  for (const { answer } of claim.certificates) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts].sort().map(([answer, count]) => `${count} ${answer}`).join(", ") || "–";
}

function number(value) {
  return h("span", { title: value ? exactText(value) : null }, brief(value));
}

const className = (column) => `col-${column.title.toLowerCase().replace(" ", "-")}`;

const columns = [
  { title: "Paper", value: (c) => c.order, cell: (c) => c.equation || "–" },
  {
    title: "Claim",
    value: (c) => c.title,
    cell: (c) => [h("a", { href: `#claim-${c.claim}` }, prose(c.title)), h("code", { class: "id" }, c.claim)],
  },
  { title: "Statement", cell: (c) => h("div", { class: "statement", tabindex: "0" }, math(breakable(c.conclusions[0]?.latex ?? ""))) },
  { title: "Verdict", value: (c) => `${c.outcome} ${c.verdict}`, cell: verdict },
  { title: "Margin", value: (c) => approximate(c.margin), cell: (c) => number(c.margin) },
  {
    title: "Tightness",
    value: (c) => approximate(c.tightness),
    cell: (c) => (c.loose ? h("abbr", { title: c.loose }, "loose") : number(c.tightness)),
  },
  { title: "Certificate", value: (c) => -c.certificates.length, cell: certificateCounts },
  { title: "General proof", value: (c) => (c.proof ? `0${c.proof}` : c.proofs.length ? "1" : "2"), cell: (c) => (c.proofs.length ? h("abbr", { title: `in Rocq/Coq: ${c.proofs.map((p) => `${p.word} ${p.theorem}`).join(", ")}` }, c.proof ? "✓ Rocq" : c.proofs[0].word) : "–") },
  { title: "Time", value: (c) => c.seconds, cell: (c) => `${c.seconds.toFixed(2)} s` },
];

const letters = { α: "alpha", β: "beta", γ: "gamma", δ: "delta", θ: "theta", λ: "lambda", μ: "mu", ρ: "rho", σ: "sigma", ω: "omega", "∞": "infinity" };

/** What a filter's words are looked for in: letters as they stand, and by name. */
function haystack(c) {
  const text = [c.claim, c.title, c.equation, c.paper, c.rows.join(" "), c.proof, c.note, c.because].join(" ").toLowerCase();
  const names = [...text].filter((letter) => letters[letter]).map((letter) => letters[letter]);
  return [text, ...new Set(names)].join(" ");
}

const verdictFilters = {
  "all verdicts": () => true,
  "holds for all values": (c) => c.scope === "all",
  "holds at the values tried": (c) => c.scope === "tried",
  "refuted, as expected": (c) => c.expect === "refuted" && c.outcome === "expected",
  "not as expected": (c) => c.outcome !== "expected",
};
const proofFilters = {
  "with and without proof": () => true,
  "general proof": (c) => c.proof !== "",
  "no general proof": (c) => c.proof === "",
};

function select(label, filters, changed) {
  return h(
    "label",
    {},
    `${label} `,
    h("select", { onchange: changed }, Object.keys(filters).map((name) => h("option", { value: name }, name))),
  );
}

export function claimsTable(claims) {
  claims.forEach((c, k) => (c.order = k));
  const lines = claims.map((claim) => ({ claim, row: row(claim), words: haystack(claim) }));
  const body = h("tbody", {}, lines.map((l) => l.row));
  const status = h("p", { role: "status", class: "status" });
  const search = h("input", { type: "search", id: "filter", oninput: () => update(), placeholder: "name, number, words" });
  const verdicts = select("Verdict", verdictFilters, () => update());
  const proofs = select("Proof", proofFilters, () => update());
  const papers = { "all papers": () => true };
  for (const name of new Set(claims.map((c) => c.paper))) papers[name || "no paper"] = (c) => c.paper === name;
  const paper = select("Source", papers, () => update());

  function update() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const tests = [
      verdictFilters[verdicts.querySelector("select").value],
      proofFilters[proofs.querySelector("select").value],
      papers[paper.querySelector("select").value],
    ];
    let shown = 0;
    for (const { claim, row, words: own } of lines) {
      row.hidden = !(words.every((w) => own.includes(w)) && tests.every((t) => t(claim)));
      shown += row.hidden ? 0 : 1;
    }
    status.textContent = `${shown} of ${claims.length} claims shown`;
  }

  const heads = columns.map((column) => {
    if (!column.value) return h("th", { scope: "col", class: className(column) }, column.title);
    const head = h("th", { scope: "col", "aria-sort": "none", class: className(column) });
    // Buttons are not printed again on every page, so paper has the title as text.
    head.append(h("button", { type: "button", onclick: () => sort(column, head) }, column.title, h("span", { class: "arrow", "aria-hidden": "true" })), h("span", { class: "printed", "aria-hidden": "true" }, column.title));
    return head;
  });
  heads[0].setAttribute("aria-sort", "ascending");

  function sort(column, head) {
    const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    for (const other of heads) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", direction);
    const sign = direction === "ascending" ? 1 : -1;
    // Claims without the value come last in both directions.
    const missing = (v) => v === null || v === undefined || Number.isNaN(v);
    lines.sort(({ claim: a }, { claim: b }) => {
      const [x, y] = [column.value(a), column.value(b)];
      if (missing(x) || missing(y)) return missing(x) - missing(y) || a.order - b.order;
      return sign * (x < y ? -1 : x > y ? 1 : 0) || a.order - b.order;
    });
    body.append(...lines.map((l) => l.row));
  }

  function row(claim) {
    return h(
      "tr",
      { "data-claim": claim.claim },
      columns.map((column) => h("td", { "data-label": column.title, class: className(column) }, h("div", {}, column.cell(claim)))),
    );
  }

  update();
  return [
    h("form", { class: "filters", role: "search", onsubmit: (e) => e.preventDefault() }, h("label", {}, "Find ", search), verdicts, proofs, paper),
    status,
    h("div", { class: "scroll" }, h("table", { class: "claims" }, h("caption", {}, "Claims and what was found"), h("thead", {}, h("tr", {}, heads)), body)),
  ];
}
