// Builds web/dist/: one style sheet, one script, the font, the icon sprite and the pictures, each with a hash of its
// content in its name, a .gz twin of each text file, and manifest.json from plain names to hashed ones.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import postcss from 'postcss';
import { PurgeCSS } from 'purgecss';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const read = (...path) => readFileSync(join(here, ...path), 'utf8');
const words = (file) => read(file).split('\n').filter((line) => !line.startsWith('#')).join(' ').split(/\s+/).filter(Boolean);
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 8);

/// Tabler's rules for what safelist.txt names, without the variables nobody reads and without data: pictures.
async function tablerKept() {
  const ours = readdirSync(join(here, 'styles')).map((file) => read('styles', file)).join('\n');
  const used = [...new Set(ours.match(/--tblr-[\w-]+/g))];
  const [{ css }] = await new PurgeCSS().purge({
    content: [{ raw: words('safelist.txt').join(' '), extension: 'txt' }],
    css: [{ raw: read('node_modules/@tabler/core/dist/css/tabler.css') }],
    variables: true, keyframes: true, fontFace: true,
    safelist: { variables: used },
  });
  const sheet = postcss.parse(css);
  // A strict content policy refuses data: pictures, and our own marks replace them.
  sheet.walkDecls((decl) => { if (/url\(\s*["']?data:/.test(decl.value)) decl.remove(); });
  sheet.walkRules((rule) => { if (rule.nodes.length === 0) rule.remove(); });
  sheet.walkComments((comment) => { comment.remove(); });
  return sheet.toString();
}

const tabler = {
  name: 'tabler-kept',
  setup(build) {
    build.onResolve({ filter: /^tabler-kept$/ }, () => ({ path: 'tabler-kept', namespace: 'tabler' }));
    build.onLoad({ filter: /.*/, namespace: 'tabler' }, async () => ({ contents: await tablerKept(), loader: 'css' }));
  },
};

/// One sprite of the icons named in icons.txt; colour and stroke come from the page's .icon class.
function sprite() {
  const names = read('icons.txt').split('\n').filter((line) => line && !line.startsWith('#'));
  const symbols = names.map((name) => {
    const drawing = read('node_modules/@tabler/icons/icons/outline', `${name}.svg`);
    const body = drawing.replace(/<!--[\s\S]*?-->/g, '').replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, '')
      .replace(/<path stroke="none"[^>]*\/>/g, '').replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>');
    return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`;
}

const manifest = {};
function put(plain, bytes, hashed) {
  const extension = extname(plain);
  const name = hashed ?? `${basename(plain, extension)}.${hash(bytes)}${extension}`;
  writeFileSync(join(dist, name), bytes);
  if (!['.woff2', '.png', '.ico'].includes(extension)) writeFileSync(join(dist, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  manifest[plain] = name;
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const result = await esbuild.build({
  absWorkingDir: here,
  entryPoints: { app: 'src/app.ts', 'app-style': 'styles/app.css' },
  bundle: true, minify: true, format: 'esm', splitting: true, write: false, metafile: true,
  outdir: 'dist', entryNames: '[name].[hash]', assetNames: '[name].[hash]', chunkNames: '[name].[hash]',
  loader: { '.woff2': 'file', '.txt': 'text' }, charset: 'utf8', legalComments: 'none', logLevel: 'warning',
  // The first versions that know light-dark(), popover and :has().
  target: ['chrome123', 'firefox125', 'safari17.5'],
  plugins: [tabler],
});
for (const file of result.outputFiles) {
  const name = basename(file.path).replace(/^app-style\./, 'app.');
  put(name.replace(/\.[A-Z0-9]{8}(?=\.\w+$)/, ''), file.contents, name);
}
put('icons.svg', sprite());
for (const picture of readdirSync(join(here, 'images'))) put(picture, readFileSync(join(here, 'images', picture)));
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(dist, 'manifest.json'), `${JSON.stringify(sorted, null, 2)}\n`);

for (const [plain, name] of Object.entries(sorted)) {
  const bytes = readFileSync(join(dist, name));
  const packed = extname(name) === '.woff2' ? bytes.length : gzipSync(bytes, { level: 9 }).length;
  console.log(`${plain.padEnd(36)} ${String(bytes.length).padStart(8)} B ${String(packed).padStart(8)} B compressed`);
}
