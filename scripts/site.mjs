// Puts together what a browser loads, in target/site: the program (wasm-bindgen's output), the stylesheet bundled from
// style/main.css, and style/assets as it is. Names of the first three hold a hash of the content, so that a browser keeps them
// for ever. The server embeds the folder when it is compiled.
//
//   node scripts/site.mjs BINDGEN_FOLDER [--release]
//
// --release also writes each file compressed. A file that has not changed is left alone, and so is the server that holds it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { bundle } = createRequire(join(root, 'end2end/package.json'))('lightningcss');

// The oldest that municipalities still have: Edge and Chrome of 2022, the iPhone that iOS 15 ended with, Firefox ESR. As
// lightningcss writes versions: major << 16 | minor << 8.
const TARGETS = { chrome: 105 << 16, edge: 105 << 16, firefox: 115 << 16, safari: (15 << 16) | (6 << 8), ios_saf: (15 << 16) | (6 << 8) };

const NAME = 'kvalitetshjulet';
const [bindgen, mode] = process.argv.slice(2);
const site = join(root, 'target/site');

/** Everything in the site: path below it, and content. */
const files = new Map();
const hashed = (name, extension, content) => {
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 22);
  files.set(`pkg/${name}.${hash}.${extension}`, content);
};

hashed(NAME, 'css', bundle({ filename: join(root, 'style/main.css'), minify: true, targets: TARGETS }).code);
// one for every page, and one for those where much is entered
for (const name of [NAME, `${NAME}_entry`]) {
  hashed(`${name}_bg`, 'wasm', readFileSync(join(bindgen, `${name}_bg.wasm`)));
  hashed(name, 'js', readFileSync(join(bindgen, `${name}.js`)));
}

const everyFile = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
const assets = join(root, 'style/assets');
for (const path of everyFile(assets)) files.set(relative(assets, path), readFileSync(path));

if (mode === '--release') {
  for (const [path, content] of [...files]) {
    // fonts are compressed already
    if (!/\.(css|js|wasm|svg)$/.test(path)) continue;
    files.set(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
    files.set(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
}

mkdirSync(site, { recursive: true });
for (const path of everyFile(site)) if (!files.has(relative(site, path))) rmSync(path);
for (const [path, content] of files) {
  const target = join(site, path);
  if (existsSync(target) && readFileSync(target).equals(content)) continue;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}
