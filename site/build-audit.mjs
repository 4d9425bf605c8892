// Builds the page of an audit: one file with its script and its style in it, which lacks only the facts. It is opened from
// a folder, so it asks nothing of anybody. The same source gives the same bytes.
//     node site/build-audit.mjs FILE
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const site = fileURLToPath(new URL('.', import.meta.url));
const root = join(site, '..');

/** Where the facts are to stand in the page. */
const FACTS = '{{facts}}';

/** Returns the page, with `{{facts}}` where they are to stand, and the paths of the modules in it. */
export async function auditPage() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const script = await bundled('src/audit/main.ts', /<\/script|<!--/i);
  const style = await bundled('style/audit-page.css', /<\/style/i);
  const values = {
    script: `<script type="module">${script.text}</script>`,
    scriptHash: hashOf(script.text),
    style: `<style>${style.text}</style>`,
    styleHash: hashOf(style.text),
    icon: `data:image/svg+xml;base64,${readFileSync(join(site, 'icon.svg')).toString('base64')}`,
    version: `effective-permissions ${version}`,
    facts: `<script type="application/json" id="facts">${FACTS}</script>`,
  };
  const html = readFileSync(join(site, 'audit.html'), 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]);
  return { html, modules: script.modules.map((path) => join(root, path)) };
}

/** Bundles one entry; `end` is what would end the element that it is to stand in. */
async function bundled(entry, end) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(site, entry)],
    write: false,
    bundle: true,
    minify: true,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    // Browsers of 2023: for them, nested rules of the style are written out.
    target: ['es2022', 'chrome110', 'firefox115', 'safari16.4'],
    charset: 'utf8',
    legalComments: 'none',
    define: { HOME: 'null' },
    logLevel: 'warning',
  });
  const text = outputFiles[0].text.trim();
  if (end.test(text)) throw new Error(`${entry} cannot stand in a page: ${end.exec(text)[0]}`);
  return { text, modules: Object.keys(metafile.inputs) };
}

function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { html } = await auditPage();
  writeFileSync(process.argv[2] ?? join(site, 'dist', 'audit.html'), html);
}
