// Makes static/dist: one stylesheet, three scripts, a sprite of the icons in use, fonts, and a manifest
// that says under which hashed name each of them lies. `npm run build` in this folder.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import * as esbuild from 'esbuild';
import { iconsInUse, sprite } from './src/build/icons.mjs';
import { notice } from './src/build/notice.mjs';
import { stylesheet } from './src/build/stylesheet.mjs';

const HERE = import.meta.dirname;
const TEMPLATES = path.join(HERE, '..', 'templates');
const DIST = path.join(HERE, '..', 'static', 'dist');
const BUDGET = 60_000; // bytes of CSS and JS together, after gzip

const read = (name) => fs.readFileSync(path.join(HERE, name));
const npm = (name) => read(path.join('node_modules', name));
const manifest = {};

/** Write a file under a name that changes with its content; returns that name. */
function put(name, content, { hashed = true } = {}) {
  const { dir, name: stem, ext } = path.parse(name);
  const digest = crypto.createHash('sha256').update(content).digest('hex').slice(0, 10);
  const target = hashed ? path.posix.join(dir, `${stem}.${digest}${ext}`) : name;
  fs.mkdirSync(path.join(DIST, dir), { recursive: true });
  fs.writeFileSync(path.join(DIST, target), content);
  manifest[name] = target;
  return target;
}

const font = put('fonts/public-sans-latin.woff2',
  npm('@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2'));
const tick = put('tick.svg', read('src/tick.svg'));
const dash = put('dash.svg', read('src/dash.svg'));
put('favicon.svg', read('src/favicon.svg'));
const css = put('app.css', stylesheet({ font, tick, dash }));

/** Bundle one script with all that it imports. */
async function bundled(name, format = 'esm') {
  const { outputFiles: [script] } = await esbuild.build({
    entryPoints: [path.join(HERE, `src/js/${name}`)],
    bundle: true, minify: true, format, target: 'es2022', write: false,
  });
  return put(name, script.contents);
}
// what each page has, the score desk, and what runs beside it; Firefox has no modules for the last
const scripts = [await bundled('app.js'), await bundled('score.js'), await bundled('worker.js', 'iife')];

put('icons.svg', sprite(iconsInUse(TEMPLATES)));
put('NOTICE.txt', notice(), { hashed: false });

// for the press: Typst reads no woff2; these keep their own names
for (const file of [
  '@expo-google-fonts/public-sans/400Regular/PublicSans_400Regular.ttf',
  '@expo-google-fonts/public-sans/400Regular_Italic/PublicSans_400Regular_Italic.ttf',
  '@expo-google-fonts/public-sans/700Bold/PublicSans_700Bold.ttf',
  '@expo-google-fonts/public-sans/700Bold_Italic/PublicSans_700Bold_Italic.ttf',
  '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
]) put(`fonts/pdf/${path.basename(file)}`, npm(file), { hashed: false });

const weight = [css, ...scripts]
  .map((name) => zlib.gzipSync(fs.readFileSync(path.join(DIST, name)), { level: 9 }).length)
  .reduce((sum, size) => sum + size, 0);
if (weight > BUDGET) throw new Error(`CSS and JS weigh ${weight} bytes after gzip; the budget is ${BUDGET}.`);

fs.writeFileSync(path.join(DIST, 'manifest.json'), JSON.stringify(manifest, null, 1));
sweep();
console.log(`static/dist: CSS and JS weigh ${(weight / 1000).toFixed(1)} of ${BUDGET / 1000} kB after gzip`);

/** Remove what an earlier build left behind. */
function sweep() {
  const kept = new Set([...Object.values(manifest), 'manifest.json']);
  for (const entry of fs.readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(path.relative(DIST, file).split(path.sep).join('/'))) fs.rmSync(file);
  }
}
