// Bundles the browser parts into server/twinpane/assets: the loader (classic script), the core and the watch page (modules).
// `--check-size` fails when a bundle is over its budget (gzip). `--only NAME` builds one, `--out DIR` puts it elsewhere.
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const option = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const OUT = option("--out") ?? "server/twinpane/assets";
const BUDGET_KB = { loader: 8, core: 30, watch: 45, shim: 15, worker: 15 };
const ENTRIES = [
  { name: "loader", entry: "sdk/loader.ts", format: "iife" },
  { name: "core", entry: "sdk/core.ts", format: "esm" },
  { name: "shim", entry: "shim/shim.ts", format: "iife" },
  { name: "worker", entry: "shim/worker.ts", format: "iife" },
  { name: "watch", entry: "console/watch/main.tsx", format: "esm" },
];

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const manifest = {};
let over = false;
for (const { name, entry, format } of ENTRIES.filter(({ name }) => [name, undefined].includes(option("--only")))) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format,
    target: "es2022",
    write: false,
    outdir: OUT,
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".svg": "text" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  for (const file of result.outputFiles) {
    const extension = basename(file.path).split(".").pop();
    const digest = createHash("sha256").update(file.contents).digest("hex").slice(0, 10);
    const target = `${name}-${digest}.${extension}`;
    writeFileSync(`${OUT}/${target}`, file.contents);
    manifest[`${name}.${extension}`] = target;
    const kb = gzipSync(file.contents, { level: 9 }).length / 1024;
    const budget = extension === "js" ? BUDGET_KB[name] : undefined;
    console.log(`${target}: ${kb.toFixed(1)} KB gzip${budget ? ` of ${budget}` : ""}`);
    if (budget && kb > budget) over = true;
  }
}
writeFileSync(`${OUT}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
if (over && process.argv.includes("--check-size")) {
  console.error("a bundle is over its budget");
  process.exit(1);
}
