// Exact numbers as the report's JSON writes them (docs/report.schema.json), shown and compared.

const minus = (text) => text.replaceAll("-", "−");

/** The terms of a sum, each given as [rational factor, what it multiplies]. */
function sum(terms) {
  return terms
    .map(([factor, rest], k) => {
      const negative = factor.startsWith("-");
      const size = negative ? factor.slice(1) : factor;
      const body = !rest ? size : size === "1" ? rest : `${size}·${rest}`;
      return (k === 0 ? (negative ? "−" : "") : negative ? " − " : " + ") + body;
    })
    .join("");
}

const power = (k) => (k === 0 ? "" : k === 1 ? "x" : `x^${k}`);

/** All of an exact number as text: "−3/7", "1/2·√3 − 1", "root of x^3 − 2 near 1.2599". */
export function exactText(number) {
  if (!number) return "";
  const { exact, decimal } = number;
  if (exact === null) return `${minus(decimal)}…`;
  if (typeof exact === "string") return minus(exact);
  if (exact.surd) return sum(exact.surd.map(([factor, radicand]) => [factor, radicand === 1 ? "" : `√${radicand}`]));
  const terms = exact.poly.map((factor, k) => [factor, power(k)]).filter(([factor]) => factor !== "0");
  return `root of ${sum(terms.reverse())} near ${minus(decimal)}`;
}

/** Short for a table: exact when that is short, otherwise a decimal that says whether it is rounded. */
export function brief(number) {
  if (!number) return "–";
  const text = exactText(number);
  return text.length <= 14 ? text : minus(number.short);
}

/** Exact and decimal, the exact part cut where it would fill the screen. */
export function full(number, most = 90) {
  const text = exactText(number);
  const decimal = minus(number.decimal);
  if (text === decimal) return text;
  if (text.includes(decimal)) return text;
  return `${text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`} ${number.rounded ? "≈" : "="} ${decimal}`;
}

/** A decimal to fewer significant digits; a float may round what is only shown. */
export function rounded(decimal, digits) {
  return Number(Number(decimal).toPrecision(digits)).toString();
}

/** For drawing and sorting only. */
export const approximate = (number) => (number ? Number(number.decimal) : NaN);
