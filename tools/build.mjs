// Bundles the browser parts into server/twinpane/assets: the loader (classic script), the core, the watch and the replay page (modules).
// `--package` builds the npm packages instead (dist of sdk/package, sdk/react, console/viewer). `--check-size` writes nothing and fails when a bundle is over its budget (gzip). `--only NAME` builds one, `--out DIR` puts it elsewhere.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const option = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const OUT = option("--out") ?? "server/twinpane/assets";
const BUDGET_KB = {
  loader: 8,
  core: 30,
  surface: 12,
  insight: 8,
  seen: 45,
  kinds: 20,
  hands: 10,
  guide: 6,
  log: 8,
  watch: 45,
  cockpit: 10,
  over: 8,
  embed: 4,
  replay: 38,
  // The team console: what each of its pages begins with. A page's own part comes when it is opened, and counts for itself.
  team: 41,
  settings: 8,
  members: 6,
  visitor: 6,
  shim: 15,
  worker: 15,
};
// Members of the shim's own objects, which no object of a browser or page has: they get short names.
const OWN =
  /^(addresses|block|config|encodePlace|entryName|holds|kind|labelOf|natives|originOf|prelude|reach|renew|rewrite|settle|snapshot|suffix|view)$/;
// Members of objects that never leave the loader.
const OWN_OF_LOADER =
  /^(acknowledge|addFrame|drop|put|take|bytes|callSurface|credentials|delayMs|failCall|isBusy|isFrame|leave|limitFrameBytes|limitMs|moveTo|newest|onBack|onFrame|onIdle|onMessage|onOverflow|onRefused|onStatus|onWelcome|retake|rewind|setActive|takeWaiting|told|forget|chance|update)$/;
const LANGUAGES = readdirSync("sdk/consent/languages").map((file) => basename(file, ".ts"));
const ENTRIES = [
  { name: "loader", entry: "sdk/loader.ts", format: "iife", own: OWN_OF_LOADER },
  // Before the core, which knows them by their names.
  { name: "kinds", entry: "sdk/kinds.ts", format: "esm" },
  { name: "hands", entry: "sdk/control/hands.ts", format: "esm" },
  { name: "guide", entry: "sdk/guide/guide.ts", format: "esm" },
  { name: "log", entry: "sdk/log/log.ts", format: "esm" },
  { name: "core", entry: "sdk/core.ts", format: "esm" },
  // Before the surface, which knows them by their names.
  ...LANGUAGES.map((tag) => ({ name: `words-${tag}`, entry: `sdk/consent/languages/${tag}.ts`, format: "esm" })),
  { name: "insight", entry: "sdk/insight/insight.ts", format: "esm" },
  { name: "surface", entry: "sdk/surface/surface.ts", format: "esm" },
  { name: "shim", entry: "shim/shim.ts", format: "iife", own: OWN },
  { name: "worker", entry: "shim/worker.ts", format: "iife", own: OWN },
  // What it imports when it is needed goes into files of its own, and so does what those share with it.
  { name: "watch", entry: "console/watch/main.tsx", format: "esm", splitting: true },
  { name: "seen", entry: "console/seen/main.ts", format: "esm" },
  { name: "replay", entry: "console/replay/main.tsx", format: "esm", splitting: true },
  { name: "team", entry: "console/team/main.tsx", format: "esm", splitting: true },
];

if (process.argv.includes("--package")) {
  for (const folder of ["sdk/package", "sdk/react", "console/viewer"]) {
    execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", folder], { stdio: "inherit" });
  }
  process.exit(0);
}
/** Icons without what nobody sees in them: names for style sheets, sizes (ours come from CSS), line breaks. Their notice stays. */
const icons = {
  name: "icons",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.svg$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replace(/\s(class|xmlns|width|height)="[^"]*"(?=[^>]*\sviewBox)/g, "").replace(/\s+/g, " ");
      return { contents: contents.trim(), loader: "text" };
    }),
};

/** The files that an output needs at once, itself left out. */
function closure(path, outputs, found = new Set()) {
  for (const { path: next, kind } of outputs[path].imports) {
    if (kind !== "import-statement" || found.has(next)) continue;
    found.add(next);
    closure(next, outputs, found);
  }
  return [...found];
}

function report(part, files) {
  const kb = files.reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0) / 1024;
  const budget = BUDGET_KB[part];
  console.log(`${part}: ${kb.toFixed(1)} KB gzip${budget ? ` of ${budget}` : ""}`);
  if (budget && kb > budget) over = true;
}

const CHECK = process.argv.includes("--check-size");
const written = new Map();
const manifest = {};
let over = false;
const WITH = {
  surface: [...LANGUAGES.map((tag) => `words-${tag}`), "insight", "surface"],
  core: ["kinds", "hands", "guide", "log", "core"],
};
const ONLY = WITH[option("--only")] ?? [option("--only") ?? ENTRIES.map(({ name }) => name)].flat();
for (const { name, entry, format, own, splitting } of ENTRIES.filter(({ name }) => ONLY.includes(name))) {
  const result = await build({
    entryPoints: { [name]: entry },
    bundle: true,
    minify: true,
    format,
    splitting,
    metafile: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    target: "es2022",
    write: false,
    outdir: OUT,
    legalComments: "none",
    ...(own && { mangleProps: own }),
    jsx: "automatic",
    jsxImportSource: "preact",
    plugins: [icons],
    define: {
      "process.env.NODE_ENV": '"production"',
      WORDS_FILES: JSON.stringify(Object.fromEntries(LANGUAGES.map((tag) => [tag, manifest[`words-${tag}.js`] ?? ""]))),
      KINDS_FILE: JSON.stringify(manifest["kinds.js"] ?? ""),
      HANDS_FILE: JSON.stringify(manifest["hands.js"] ?? ""),
      INSIGHT_FILE: JSON.stringify(manifest["insight.js"] ?? ""),
      LOG_FILE: JSON.stringify(manifest["log.js"] ?? ""),
      GUIDE_FILE: JSON.stringify(manifest["guide.js"] ?? ""),
    },
  });
  const outputs = Object.entries(result.metafile.outputs);
  const contents = new Map(result.outputFiles.map((file) => [basename(file.path), file.contents]));
  for (const [file, bytes] of contents) written.set(file, bytes);
  for (const [path, { entryPoint }] of outputs) {
    const file = basename(path);
    const extension = file.split(".").pop();
    if (entryPoint === entry || extension === "css") manifest[`${name}.${extension}`] = file;
    else if (entryPoint?.includes("/languages/")) manifest[`${name}-words-${basename(entryPoint, ".ts")}.js`] = file;
    // Shared parts count with the entry, which cannot begin without them; what comes later counts for itself.
    const part = entryPoint === entry ? name : entryPoint && basename(entryPoint).split(".")[0];
    if (extension !== "js" || !part) continue;
    const shared = entryPoint === entry ? closure(path, result.metafile.outputs).map((one) => basename(one)) : [];
    if (shared.length > 0) manifest[`${name}.js.chunks`] = shared.join(" ");
    report(
      part,
      [file, ...shared].map((one) => contents.get(one)),
    );
  }
}
if (CHECK) {
  if (over) console.error("a bundle is over its budget");
  process.exit(over ? 1 : 0);
}

// The manifest comes after what it names, and what it no longer names goes last: a server that runs meanwhile misses nothing.
written.set("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
mkdirSync(OUT, { recursive: true });
for (const [name, contents] of written) writeFileSync(`${OUT}/${name}`, contents);
for (const name of readdirSync(OUT)) if (!written.has(name)) rmSync(`${OUT}/${name}`, { recursive: true });
