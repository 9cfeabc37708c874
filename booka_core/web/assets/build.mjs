// Bundles src/ into <outdir>: content-hashed names, a manifest that maps source names to them, and copies
// compressed ahead of time, so that the server never spends time on it.
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const outdir = process.argv[2] ?? "dist";

// A strict content security policy forbids style attributes, so a position on the day grid, a hue or a
// share of a meter travels as a data attribute and these generated rules turn it into style.
function scale() {
  const rules = [];
  const every = (from, to, step, rule) => {
    for (let n = from; n <= to; n += step) rules.push(rule(n));
  };
  every(0, 288, 1, (n) => `[data-at="${n}"]{grid-row-start:${n + 2}}`);
  every(1, 288, 1, (n) => `[data-len="${n}"]{grid-row-end:span ${n}}`);
  every(12, 288, 12, (n) => `[data-rows="${n}"]{--rows:${n}}`);
  every(1, 40, 1, (n) => `[data-col="${n}"]{grid-column:${n + 1}}[data-cols="${n}"]{--cols:${n}}`);
  every(0, 355, 5, (n) => `[data-hue="${n}"]{--h:${n}}`);
  return rules.join("\n");
}

const generated = {
  name: "generated",
  setup(bundle) {
    bundle.onResolve({ filter: /^generated:/ }, ({ path }) => ({ path, namespace: "generated" }));
    bundle.onLoad({ filter: /scale$/, namespace: "generated" }, () => ({ contents: scale(), loader: "css" }));
  },
};

const { metafile } = await build({
  entryPoints: { booka: "src/booka.js", style: "src/booka.css", theme: "src/theme.js" },
  outdir,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  metafile: true,
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "dataurl" },
  legalComments: "linked",
  logLevel: "warning",
  plugins: [generated],
}).catch(() => process.exit(1)); // what is wrong was already printed, with file and line

const manifest = {};
for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
  if (entryPoint) manifest[entryPoint.replace(/^src\//, "")] = file.slice(outdir.length + 1);
}
for (const name of readdirSync(outdir).filter((file) => /\.(js|css)$/.test(file))) {
  const raw = readFileSync(join(outdir, name));
  writeFileSync(join(outdir, `${name}.br`), brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
  writeFileSync(join(outdir, `${name}.gz`), gzipSync(raw, { level: 9 }));
}
writeFileSync(join(outdir, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
