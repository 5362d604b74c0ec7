// Writes samples/out/: the sample pages (pages/*.html) in the skeleton the server emits, with the built assets.
// First line of a page: <!-- app|bare | body classes | title -->. `<i:name>` is an icon of the sprite.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const manifest = JSON.parse(readFileSync(join(here, '..', 'dist', 'manifest.json'), 'utf8'));
const asset = (name) => `/static/${manifest[name]}`;
const frame = readFileSync(join(here, 'frame.html'), 'utf8');

const expand = (html) => html
  .replace(/<i:([a-z0-9-]+)>/g, '<svg class="icon" aria-hidden="true"><use href="{icons}#$1"/></svg>')
  .replaceAll('{icons}', asset('icons.svg'));

function page(source) {
  const [, layout, classes, title] = /^<!-- (\w+) \| (.*?) \| (.*?) -->/.exec(source);
  const content = source.slice(source.indexOf('\n') + 1);
  const body = layout === 'app' ? frame.replace('{content}', () => content) : `<a class="g-skip" href="#contenu">Aller au contenu</a>\n${content}`;
  return expand(`<!doctype html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title}</title>
  <link rel="icon" href="${asset('favicon.svg')}" type="image/svg+xml">
  <link rel="preload" href="${asset('inter-latin-wght-normal.woff2')}" as="font" type="font/woff2" crossorigin>
  <link rel="stylesheet" href="${asset('app.css')}">
  <script type="module" src="${asset('app.js')}"></script>
</head>
<body class="${classes}" data-person="p1">
${body}</body>
</html>
`);
}

const out = join(here, 'out');
rmSync(out, { recursive: true, force: true });
mkdirSync(out);
for (const name of readdirSync(join(here, 'pages'))) {
  writeFileSync(join(out, name), page(readFileSync(join(here, 'pages', name), 'utf8')));
}
