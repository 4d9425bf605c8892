import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILD = fileURLToPath(new URL('../../site/build.mjs', import.meta.url));

/** The page, built into a folder of its own. */
export interface BuiltPage {
  readonly folder: string;
  /** By name, as a server would send them. */
  readonly files: ReadonlyMap<string, Buffer>;
  remove(): void;
}

/** Builds the page; `home` is where its documents would be read. */
export function buildPage(home = ''): BuiltPage {
  const folder = mkdtempSync(path.join(tmpdir(), 'site-'));
  execFileSync(process.execPath, [BUILD, folder], { env: { ...process.env, SITE_HOME: home }, stdio: 'pipe' });
  const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name))]));
  return { folder, files, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const BUILD_AUDIT = fileURLToPath(new URL('../../site/build-audit.mjs', import.meta.url));

/** Builds the page of an audit, which lacks the facts. */
export function buildAuditPage(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'audit-page-'));
  const file = path.join(folder, 'audit.html');
  execFileSync(process.execPath, [BUILD_AUDIT, file], { stdio: 'pipe' });
  const html = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  return html;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** Serves a page on loopback, as GitHub Pages does: without any header about what it may do. */
export async function servePage({ files }: BuiltPage): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(({ url = '/' }, response) => {
    const name = url === '/' ? 'index.html' : url.slice(1).replace(/[?#].*$/, '');
    const body = files.get(name);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': TYPES[path.extname(name)] ?? 'text/plain' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/`, close };
}
