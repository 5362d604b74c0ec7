// Serves the samples as the program would: same addresses, same content policy. And the browser to see them with.
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.ico': 'image/x-icon' };
const policy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'";

function fileOf(path) {
  const safe = normalize(path);
  if (safe.startsWith('/static/')) return join(here, '..', 'dist', safe.slice(8));
  return join(here, 'out', safe === '/' ? 'list.html' : safe);
}

function answer(request, response) {
  const url = new URL(request.url, 'http://127.0.0.1');
  const send = (status, type, body) => {
    response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff' });
    response.end(body);
  };
  if (url.pathname === '/organisations/search') {
    const q = url.searchParams.get('q');
    return send(200, types['.html'], `<li class="g-org-2"><a href="#m"><span class="g-mark g-mark--s" aria-hidden="true">MA</span>Marsange ${q.replace(/[<&]/g, '')}</a></li>`);
  }
  if (request.method === 'POST') {
    const place = url.pathname === '/expired' ? '/sign-in.html' : '/record.html';
    response.writeHead(303, { Location: place });
    return response.end();
  }
  const file = fileOf(url.pathname);
  if (!existsSync(file)) return send(404, 'text/plain', 'no such page');
  return send(200, types[extname(file)] ?? 'application/octet-stream', readFileSync(file));
}

export function startServer() {
  const server = createServer(answer);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ server, address: `http://127.0.0.1:${server.address().port}` }));
  });
}

export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', `--disk-cache-dir=${mkdtempSync(join(tmpdir(), 'greffier-web-'))}`],
  });
}
