// Opens a report from disk in headless Chromium and looks at it as readers do.
//   node report.mjs INDEX.html ROWS.tsv [FIGURES]
// ROWS.tsv lists the claims that must be shown; FIGURES is the least number of figures outside the cases.
import { strict as assert } from "node:assert";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file, rowsFile, leastFigures = "0"] = process.argv.slice(2);
const url = pathToFileURL(resolve(file)).href;
const minute = 60_000;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid() === 0 ? ["--no-sandbox"] : [],
  timeout: 5 * minute,
});
const problems = [];

async function open(options, hash = "") {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.setDefaultTimeout(2 * minute);
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && problems.push(m.text()));
  page.on("pageerror", (e) => problems.push(e.message));
  page.on("request", (r) => /^(file|data|blob):/.test(r.url()) || problems.push(`network: ${r.url()}`));
  await page.goto(url + hash);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  if (!hash.startsWith("#figure=")) await page.waitForSelector("html[data-complete]", { state: "attached" });
  return page;
}

const tests = {
  async "every claim is in the table and has a section"(page) {
    const wanted = readFileSync(rowsFile, "utf8").split("\n").filter((l) => l && !l.startsWith("#")).flatMap((l) => l.split("\t")[1].split(" "));
    assert(wanted.length >= 49);
    const missing = await page.evaluate(
      (ids) => ids.filter((id) => !document.querySelector(`tr[data-claim="${id}"]`) || document.querySelectorAll(`#claim-${id} .reproduce`).length !== 1),
      wanted,
    );
    assert.deepEqual(missing, []);
  },

  async "every claim's section has its setting, its scope, and the values where they were tried"(page) {
    const found = await page.evaluate(() =>
      JSON.parse(document.getElementById("report-data").textContent).claims.map((c) => {
        const section = document.getElementById(`claim-${c.claim}`);
        const statement = section.querySelector(`.claim-statement[data-claim="${c.claim}"]`);
        const setting = statement.querySelector(".setting"), tried = statement.querySelector(".tried");
        const formulas = (place) => place?.querySelectorAll(".katex").length ?? 0;
        return {
          claim: c.claim,
          scope: section.querySelector(".scope").textContent === `On the cases: ${c.on}.` && c.on.length > 0,
          setting: c.settings.length === 0 ? setting === null : c.setting.every((p) => !p.text || setting.textContent.includes(p.text)) && formulas(setting) === c.setting.filter((p) => p.math).length,
          tried: c.scope === "tried" ? c.tried.length === c.variables.length && formulas(tried) === c.tried.length && c.tried.length > 0 : tried === null,
          forAll: statement.textContent.includes("For all") === (c.scope === "all" && c.variables.length > 0),
        };
      }),
    );
    assert(found.length > 0);
    assert.deepEqual(found.filter((f) => !(f.scope && f.setting && f.tried && f.forAll)), []);
  },

  async "every formula is typeset"(page) {
    const found = await page.evaluate(() => ({
      errors: [...document.querySelectorAll(".katex-error")].map((e) => e.title),
      statements: document.querySelectorAll("td .statement").length,
      typeset: document.querySelectorAll("td .statement .katex-mathml math").length,
      raw: [...document.querySelectorAll("section.claim")].filter((s) => !s.querySelector(".katex")).map((s) => s.id),
      font: document.fonts.check("16px KaTeX_Main") && [...document.fonts].some((f) => f.family.includes("KaTeX_Main") && f.status === "loaded"),
    }));
    assert.deepEqual(found.errors, []);
    assert.equal(found.typeset, found.statements);
    assert(found.statements > 0 && found.font);
    assert.deepEqual(found.raw, []);
  },

  async "filters"(page) {
    const visible = () => page.$$eval("tr[data-claim]", (rows) => rows.filter((r) => !r.hidden).map((r) => r.dataset.claim));
    const all = await visible();
    await page.fill("#filter", "remark1");
    const some = await visible();
    assert(some.length > 2 && some.length < all.length && some.every((id) => id.startsWith("remark1")), some.join());
    assert.equal(await page.textContent("[role=status]"), `${some.length} of ${all.length} claims shown`);
    await page.selectOption("select >> nth=0", "refuted, as expected");
    const refuted = await visible();
    assert(refuted.includes("remark1-value") && !refuted.includes("remark1-sign"), refuted.join());
    // Greek letters are found by name, and letter by letter.
    await page.fill("#filter", "θ");
    const letter = await visible();
    await page.fill("#filter", "theta");
    const byName = await visible();
    assert.ok(letter.length > 0 && letter.every((id) => byName.includes(id)), "theta does not find θ");
    await page.fill("#filter", "no such words");
    assert.deepEqual(await visible(), []);
    await page.fill("#filter", "");
    await page.selectOption("select >> nth=0", "all verdicts");
    assert.deepEqual(await visible(), all);
  },

  async "sorting, by keyboard"(page) {
    const values = () => page.$$eval("tr[data-claim] .col-margin span", (cells) => cells.map((c) => c.title || c.textContent));
    const before = await values();
    const head = page.locator("th.col-margin");
    await head.locator("button").focus();
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    const ascending = await values();
    assert(ascending[0].startsWith("−"), `the most negative margin comes first, not ${ascending[0]}`);
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    assert.notDeepEqual(await values(), ascending);
    await page.locator("th.col-paper button").click();
    assert.deepEqual(await values(), before);
  },

  async "a counterexample is shown in small matrices with its reason"(page) {
    const text = await page.textContent("#claim-remark1-value .shown.violated");
    assert(text.includes("the conclusion is false"));
    assert((await page.locator("#claim-remark1-value .shown.violated .matrices .katex").count()) >= 2);
    assert.equal(await page.locator("#claim-remark1-value .sides .side").count(), 2);
  },

  async "every claim has certificates that were accepted, and the command to check the first"(page) {
    const cells = await page.$$eval("td.col-certificate", (cells) => cells.map((c) => c.textContent));
    assert.deepEqual(cells.filter((t) => !/^[1-9][0-9]* accepted$/.test(t)), []);
    const command = await page.textContent("#claim-remark1-value .certificates .command code");
    assert(/^istcheck-check cases\/paper\/\S+\.toml proofs\/claims\/\S+\.claim \S+\.cert$/.test(command), command);
  },

  async "each claim stands beside the statement of its theorem, on demand"(page) {
    const claim = await page.evaluate(() => JSON.parse(document.getElementById("report-data").textContent).claims.find((c) => c.claim === "remark1-value"));
    const place = page.locator("#claim-remark1-value details", { hasText: "side by side" });
    assert.equal(await place.locator("table").count(), 0);
    await place.locator("summary").click();
    assert.deepEqual(await place.locator("tbody td:first-child").allTextContents(), claim.proofs[0].reading.map((r) => r.claim));
    assert.equal(await place.locator("tbody td:last-child").first().textContent(), claim.proofs[0].reading[0].proof.replaceAll("`", ""));
    assert.equal(await place.locator("pre").textContent(), claim.proofs[0].statement);
  },

  async "no formula is wider than its place"(page) {
    const wide = await page.$$eval(".claim-statement .formula", (all) => all.filter((f) => f.scrollWidth > f.clientWidth + 1).map((f) => `${f.closest("section.claim").id}: ${f.scrollWidth - f.clientWidth}`));
    assert.deepEqual(wide, []);
  },

  async "figures are drawn and have exact data"(page) {
    const ids = await page.$$eval("figure[data-figure]", (figures) => figures.map((f) => f.id));
    assert(ids.length >= Number(leastFigures), `${ids.length} figures`);
    for (const id of ids) {
      const element = page.locator(`[id="${id}"]`);
      await element.scrollIntoViewIfNeeded();
      await page.waitForSelector(`[id="${id}"] .plot svg`);
      const drawn = await element.evaluate((f) => ({
        bad: [...f.querySelectorAll("svg path")].filter((p) => /NaN|Infinity/.test(p.getAttribute("d") ?? "")).length,
        marks: [...f.querySelectorAll("svg path, svg circle, svg rect")].filter((m) => (m.getAttribute("d") ?? "x").length > 0).length,
        name: f.querySelector("svg[aria-label]")?.getAttribute("aria-label"),
      }));
      assert(drawn.marks > 2 && drawn.bad === 0 && drawn.name, `${id}: ${JSON.stringify(drawn)}`);
    }
    if (!ids.length) return;
    const first = page.locator(`[id="${ids[0]}"]`);
    await first.locator("details summary").click();
    const exact = await first.locator("td.long").allTextContents();
    assert(exact.length > 2 && exact.every((t) => t.length > 0));
    await first.scrollIntoViewIfNeeded();
    const box = await first.locator(".plot svg[aria-label]").first().boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.5, { steps: 5 });
    await page.waitForFunction((id) => [...document.querySelectorAll(`[id="${id}"] svg text`)].some((t) => / = /.test(t.textContent)), ids[0]);
  },

  async "a case opens from a link, with its figures"(page) {
    const id = await page.$eval("details.case", (d) => d.id);
    await page.evaluate((id) => (location.hash = id), id);
    await page.waitForFunction((id) => document.getElementById(id).open && document.querySelector(`#${id} table, #${id} .katex`), id);
  },

  async "a table is shown with its outcomes"(page) {
    if (!(await page.$("#case-table"))) return;
    await page.evaluate(() => (location.hash = "case-table"));
    await page.waitForSelector("#case-table .outcomes p");
    const shown = await page.$$eval("#case-table .outcomes p", (list) => list.map((p) => p.querySelectorAll(".katex-mathml math").length));
    assert.deepEqual(shown, [3, 3]); // a probability and two matrices
  },

  async "readable without sight: axe finds nothing"(page) {
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
    const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"], iframes: false }));
    assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.length} such as ${v.nodes[0].html.slice(0, 160)}`), []);
  },
};

const page = await open({});
for (const [name, test] of Object.entries(tests)) {
  try {
    await test(page);
    console.log(`ok   ${name}`);
  } catch (error) {
    problems.push(`${name}: ${error.message}`);
    console.log(`FAIL ${name}`);
  }
}
await page.close();

const wide = (p) => p.evaluate(() => document.documentElement.scrollWidth - innerWidth);
// One page for the narrow window, the dark one and paper: to typeset the report takes far longer than to look at it.
const dark = await open({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });
if ((await wide(dark)) > 0) problems.push(`a narrow window scrolls sideways by ${await wide(dark)}`);
await dark.setViewportSize({ width: 1280, height: 900 });
const luminance = () => dark.evaluate(() => Number(getComputedStyle(document.body).backgroundColor.match(/\d+/)[0]));
if ((await luminance()) > 60) problems.push("dark is not dark");
await dark.click(".theme");
if ((await luminance()) < 200) problems.push("the button does not make it light");
await dark.emulateMedia({ media: "print" });
if (await dark.isVisible(".filters")) problems.push("filters are printed");
await dark.setViewportSize({ width: 703, height: 1000 }); // A4 without its margins
const cut = await dark.$$eval("table.claims tr, .claim-statement .formula", (all) => all.filter((e) => e.getBoundingClientRect().right > innerWidth + 1).length);
if (cut > 0) problems.push(`${cut} lines of the table and formulas do not fit on paper`);
await dark.evaluate(() => dispatchEvent(new Event("beforeprint")));
const over = await dark.$$eval("td .statement .katex-base", (all) => all.filter((e) => e.getBoundingClientRect().right > e.closest("td").getBoundingClientRect().right + 1).map((e) => e.closest("tr").dataset.claim));
if (over.length > 0) problems.push(`on paper statements lie over their neighbours: ${over.join()}`);
const small = await dark.$$eval("figure[data-figure] .plot > figure > svg", (all) => all.filter((e) => e.getBoundingClientRect().width < 250).length);
if (small > 0) problems.push(`${small} plots are small on paper`);
if (await dark.isVisible("#cases")) problems.push("closed cases leave an empty heading on paper");
await dark.close();

await browser.close();
if (problems.length) console.error(problems.join("\n"));
process.exit(problems.length ? 1 : 0);
