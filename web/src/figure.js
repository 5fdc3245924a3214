// Plots, by Observable Plot: always SVG, with the exact number under the pointer and in a table below.
import * as Plot from "@observablehq/plot";
import { h, lazyDetails, save } from "./dom.js";
import { math } from "./math.js";
import { approximate, exactText, full, rounded } from "./numbers.js";
import { prose, scriptsInSvg } from "./prose.js";

const dashes = { line: null, dashed: "6 4", level: "2 3", points: null };
const strokes = { dashed: " (dashed)", level: " (dotted)" };

/** Colours for a light ground that differ from it, and from each other, enough; style.css has those for a dark one. */
const palette = ["#1f5fc4", "#b35c00", "#0b7a75", "#7b3fe4", "#c0272d", "#2f7d32", "#b0307d", "#6b5344"];

/** What the legend says of a series: its name and how its line is drawn. */
const legendText = (data) => (name) => name + (strokes[data.series.find((s) => s.name === name)?.style] ?? "");

/** The scalings that a figure is drawn in. */
export function scalings(data) {
  const start = data.series[0]?.points[0]?.[1];
  return data.relative && approximate(start) > 0 ? ["absolute", "relative"] : ["absolute"];
}

const yLabel = (data, scaling) => (scaling === "relative" ? `${data.y.label}, relative to k = 0` : data.y.label);

/** One row for each point that can be drawn; a logarithmic axis has no place for zero. */
function rows(data, scaling) {
  const start = scaling === "relative" ? data.series[0].points[0][1] : null;
  const unit = start ? approximate(start) : 1;
  return data.series.flatMap((s) =>
    s.points
      .map(([x, y]) => ({ series: s.name, style: s.style, x: approximate(x), y: approximate(y) / unit, exactX: x, exactY: y, start }))
      .filter((p) => (!data.x.log || p.x > 0) && (!data.y.log || p.y > 0)),
  );
}

const tipText = (data) => (p) =>
  [
    p.series,
    `${data.x.label} = ${full(p.exactX, 40)}`,
    p.start ? `${data.y.label}, relative ≈ ${rounded(p.y, 9)}, which is the quotient of` : null,
    `${data.y.label} = ${full(p.exactY, 60)}`,
    p.start ? `and, at the start, ${full(p.start, 60)}` : null,
  ]
    .filter(Boolean)
    .join("\n");

function lines(data, points) {
  const marks = [];
  for (const s of data.series) {
    const own = points.filter((p) => p.series === s.name);
    if (s.style === "points") {
      marks.push(Plot.dot(own, { x: "x", y: "y", stroke: "series", r: 3 }));
    } else {
      marks.push(Plot.line(own, { x: "x", y: "y", stroke: "series", strokeDasharray: dashes[s.style], strokeWidth: 1.8 }));
    }
  }
  marks.push(Plot.tip(points, Plot.pointer({ x: "x", y: "y", title: tipText(data), ariaHidden: "true", maxRadius: 100 })));
  return marks;
}

function cells(data, points) {
  const filled = data.series.filter((s) => s.style === "points").map((s) => s.name);
  const inside = points.filter((p) => filled.includes(p.series));
  return [
    Plot.dot(inside, { x: "x", y: "y", fill: "series", r: 3, symbol: "square" }),
    ...data.series
      .filter((s) => s.style !== "points")
      .map((s) => Plot.line(points.filter((p) => p.series === s.name), { x: "x", y: "y", stroke: "series", strokeDasharray: dashes[s.style], strokeWidth: 1.8 })),
    Plot.tip(points, Plot.pointer({ x: "x", y: "y", title: tipText(data), ariaHidden: "true", maxRadius: 30 })),
  ];
}

/** Powers of ten as such; what d3 writes for them by default are prefixes of units. */
function ticks(log) {
  if (!log) return {};
  const digits = { 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹", "-": "⁻" };
  const power = (v) => `10${[...String(Math.round(Math.log10(v)))].map((c) => digits[c]).join("")}`;
  const format = (v) => (v >= 1e-3 && v < 1e4 ? String(Number(v.toPrecision(3))) : /^1e|^1$/.test(v.toExponential()) ? power(v) : v.toExponential(0));
  return { ticks: 6, tickFormat: format };
}

/** The plot with its legend: what Plot makes of the data. Inside the page its colours follow the theme. */
export function draw(data, scaling = "absolute", { width = 640, inPage = false } = {}) {
  const points = rows(data, scaling);
  const drawn = data.series.filter((s) => points.some((p) => p.series === s.name));
  const colour = (k) => (inPage ? `var(--series-${k + 1}, ${palette[k]})` : palette[k]);
  // A limit has the colour of the curve before it.
  let curves = 0;
  const colours = drawn.map((s) => colour((s.style === "level" && curves > 0 ? curves - 1 : curves++) % palette.length));
  return accessible(Plot.plot({
    width,
    height: Math.round(width * 0.6),
    marginLeft: 64,
    marginRight: 24,
    marginBottom: 44,
    grid: true,
    ariaLabel: `${data.title}, ${scaling}`,
    ariaDescription: data.caption || null,
    style: { fontSize: "13px", background: "transparent", overflow: "visible" },
    x: { label: data.x.label, type: data.x.log ? "log" : "linear", ...ticks(data.x.log) },
    y: { label: yLabel(data, scaling), type: data.y.log ? "log" : "linear", ...ticks(data.y.log) },
    color: { legend: true, domain: drawn.map((s) => s.name), range: colours, tickFormat: legendText(data) },
    marks: data.kind === "cells" ? cells(data, points) : lines(data, points),
  }));
}

/** One picture with a name; the exact data stand in a table below, so its parts need none. */
function accessible(plot) {
  const svg = svgOf(plot);
  svg.setAttribute("role", "img");
  scriptsInSvg(svg);
  svg.querySelectorAll("g[aria-label]").forEach((g) => g.removeAttribute("aria-label"));
  plot.querySelectorAll("[class*=swatch] svg").forEach((s) => s.setAttribute("aria-hidden", "true"));
  return plot;
}

/** The plot's own <svg>, not the small ones of its legend. */
const svgOf = (plot) => (plot.tagName.toLowerCase() === "svg" ? plot : [...plot.querySelectorAll("svg")].at(-1));

/** The SVG as a file of its own, with a legend and colours that do not depend on the page. */
export function standalone(data, plot) {
  const svg = svgOf(plot).cloneNode(true);
  const colour = plot.scale("color");
  const names = colour.domain;
  const height = Number(svg.getAttribute("height")) + 20 * names.length;
  svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${height}`);
  svg.setAttribute("height", height);
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("color", "#111");
  svg.setAttribute("font-family", "sans-serif");
  const bottom = Number(svgOf(plot).getAttribute("height"));
  names.forEach((name, k) => {
    const y = bottom + 20 * k + 12;
    const label = `<g font-size="13" text-anchor="start"><rect x="64" y="${y - 10}" width="12" height="12"></rect><text x="84" y="${y}" fill="currentColor"></text></g>`;
    const group = new DOMParser().parseFromString(`<svg xmlns="http://www.w3.org/2000/svg">${label}</svg>`, "image/svg+xml").querySelector("g");
    group.querySelector("rect").setAttribute("fill", colour.apply(name));
    group.querySelector("text").textContent = legendText(data)(name);
    svg.append(document.importNode(group, true));
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

function dataTable(data) {
  const body = data.series.flatMap((s) =>
    s.points.map(([x, y]) => h("tr", {}, h("td", {}, s.name), h("td", {}, exactText(x)), h("td", { class: "long" }, exactText(y)), h("td", {}, y.decimal))),
  );
  const heads = ["Series", data.x.label, `${data.y.label}, exact`, "Decimal"];
  return h("div", { class: "scroll tall", tabindex: "0" }, h("table", { class: "small" }, h("thead", {}, h("tr", {}, heads.map((t) => h("th", { scope: "col" }, t)))), h("tbody", {}, body)));
}

/** Which lines are missing: those without a positive value on a logarithmic axis. */
function notDrawn(data) {
  const points = rows(data, "absolute");
  const missing = data.series.filter((s) => s.points.length && !points.some((p) => p.series === s.name));
  return missing.length > 0 && ` Not drawn, because nowhere positive: ${missing.map((s) => s.name).join(", ")}.`;
}

/** A figure that draws itself when it comes near the screen, or when the page is printed. */
export function figure(data) {
  const places = scalings(data).map((scaling) => ({ scaling, place: h("div", { class: "plot" }) }));
  const saveButton = ({ scaling }) => {
    const name = `${data.id}${scaling === "relative" ? "-relative" : ""}.svg`;
    return h("button", { type: "button", class: "quiet", onclick: () => save(name, "image/svg+xml", standalone(data, draw(data, scaling))) }, places.length > 1 ? `Save ${scaling} as SVG` : "Save as SVG");
  };
  const element = h(
    "figure",
    { id: `figure-${data.id}`, "data-figure": data.id, class: places.length > 1 ? "wide" : null },
    h("figcaption", {}, h("strong", {}, prose(data.title)), " ", prose(data.caption), data.left && ["Left side: ", math(data.left), "."], notDrawn(data)),
    h("div", { class: "plots" }, places.map((p) => p.place)),
    h("p", { class: "tools" }, places.map(saveButton)),
    lazyDetails("Exact data", () => dataTable(data)),
  );
  element.drawNow = (width) => {
    for (const { scaling, place } of places) {
      if (place.hasChildNodes() && !width) continue;
      place.replaceChildren(draw(data, scaling, { width: width ?? Math.max(320, Math.min(600, place.clientWidth || 600)), inPage: true }));
    }
  };
  element.forget = () => {
    for (const { place } of places) place.replaceChildren();
    observer.observe(element);
  };
  observer.observe(element);
  return element;
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      observer.unobserve(entry.target);
      entry.target.drawNow();
    }
  },
  { rootMargin: "600px" },
);

const drawnFigures = () => [...document.querySelectorAll("figure[data-figure]")].filter((f) => f.drawNow);

/** Half a page wide, so that the letters are as large as those of the text. */
export const drawForPaper = () => drawnFigures().forEach((f) => f.drawNow(400));

/** After printing: for the screen again, when they come near it. */
export const drawForScreen = () => drawnFigures().forEach((f) => f.forget());
