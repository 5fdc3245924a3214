// Bundles the report into one HTML file: scripts, styles and fonts inside, no network.
//
//   node build.mjs OUT.html            the template; the program puts the document in the place of REPORT_JSON
//   node build.mjs --third-party       prints docs/third-party.md
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

// KaTeX offers every font in three formats; every browser that runs the report reads WOFF2.
const onlyWoff2 = {
  name: "only-woff2",
  setup(build) {
    build.onLoad({ filter: /katex(\.min)?\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/,\s*url\([^)]*\)\s*format\(["']?(woff|truetype)["']?\)/g, ""),
      loader: "css",
    }));
  },
};

async function bundle(define) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: ["src/main.js", "src/style.css"],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: "out",
    format: "iife",
    target: ["es2020"],
    charset: "utf8",
    legalComments: "none",
    loader: { ".woff2": "dataurl" },
    plugins: [onlyWoff2],
    define,
  });
  const text = (ending) => result.outputFiles.find((f) => f.path.endsWith(ending)).text;
  return { script: text(".js"), style: text(".css"), inputs: contained(result.metafile) };
}

/** The files of which something is left in the bundle. */
function contained(metafile) {
  return Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs)
      .filter(([, part]) => part.bytesInOutput > 0)
      .map(([file]) => file),
  );
}

/** The packages that files of node_modules come from: what is really inside the bundle. */
function packagesOf(inputs) {
  const names = new Set();
  for (const input of inputs) {
    const match = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (match) names.add(match[1]);
  }
  return [...names].sort().map((name) => {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { name, version: about.version, license: about.license, text: licenseText(folder) };
  });
}

function licenseText(folder) {
  for (const file of ["LICENSE", "LICENSE.md", "LICENSE.txt", "license"]) {
    try {
      return readFileSync(join(folder, file), "utf8").trim();
    } catch {
      // The next spelling.
    }
  }
  throw new Error(`${folder} has no licence file`);
}

// Inside a script element only "</script" and "<!--" end or change anything.
const insideScript = (text) => text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");

function thirdPartyTable(libraries) {
  const lines = libraries.map((l) => `| ${l.name} | ${l.version} | ${l.license} |`);
  return `# Libraries inside the HTML report

Made by \`node web/build.mjs --third-party\`; a test compares it with what the bundle contains. The texts of the
licences are at the end of every report. The typefaces are KaTeX's (SIL Open Font License 1.1).

| library | version | licence |
|---|---|---|
${lines.join("\n")}
`;
}

const first = await bundle({ LIBRARIES: "[]" });
const libraries = packagesOf(first.inputs);
const argument = process.argv[2];
if (argument === "--third-party") {
  process.stdout.write(thirdPartyTable(libraries));
} else if (argument) {
  const { script, style } = await bundle({ LIBRARIES: JSON.stringify(libraries) });
  const template = readFileSync(join(here, "src/index.html"), "utf8")
    .replace("REPORT_STYLE", () => style.replaceAll("</style", "<\\/style"))
    .replace("REPORT_SCRIPT", () => insideScript(script));
  mkdirSync(dirname(argument), { recursive: true });
  writeFileSync(argument, template);
} else {
  console.error("usage: node build.mjs OUT.html | --third-party");
  process.exit(2);
}
