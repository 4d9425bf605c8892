// Bundles the page into site/dist, or into the folder that is given. The same source gives the same bytes.
// SITE_HOME is the address of the documents of this version, such as https://github.com/OWNER/NAME/blob/COMMIT: findings
// link to the pages of their rules there.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';

import { licenses } from '../scripts/licenses.mjs';

const site = fileURLToPath(new URL('.', import.meta.url));
const root = join(site, '..');
const target = resolve(process.argv[2] ?? join(site, 'dist'));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const home = homeIn(process.env.SITE_HOME ?? '');

/** What is put into the page is one of our own repositories, and never a script. */
function homeIn(address) {
  if (address === '') return null;
  if (!/^https:\/\/[\w.-]+(?:\/[\w.-]+)+$/.test(address)) throw new Error(`SITE_HOME is no such address: ${address}`);
  return address;
}

/** Bundles one entry with its chunks; returns the name of its file, and the paths of the modules in it. */
async function bundle(entry, define) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(site, entry)],
    outdir: target,
    bundle: true,
    minify: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    loader: { '.yml': 'text' },
    define,
    logLevel: 'warning',
  });
  const outputs = Object.entries(metafile.outputs);
  const [path] = outputs.find(([, { entryPoint }]) => entryPoint?.endsWith(entry)) ?? [];
  if (path === undefined) throw new Error(`${entry} gave no file`);
  return { name: basename(path), modules: Object.keys(metafile.inputs) };
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const facts = { VERSION: JSON.stringify(version), HOME: JSON.stringify(home) };
const worker = await bundle('src/worker.ts', facts);
const main = await bundle('src/main.ts', { ...facts, WORKER: JSON.stringify(worker.name) });
const style = await bundle('style/page.css', {});

// Once more, by what knows more ways: 12 kB less when it is compressed, which are the room for 300 more actions.
for (const name of readdirSync(target).filter((file) => file.endsWith('.js'))) {
  const file = join(target, name);
  const { code } = await minify(readFileSync(file, 'utf8'), { module: true, format: { comments: false } });
  writeFileSync(file, code);
}

const values = {
  main: main.name,
  style: style.name,
  version: `effective-permissions ${version}`,
  links: home === null ? '' : `<a href="${home}/README.md" rel="noreferrer">About this tool</a>`,
};
const html = readFileSync(join(site, 'index.html'), 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]);
writeFileSync(join(target, 'index.html'), html);
copyFileSync(join(site, 'icon.svg'), join(target, 'icon.svg'));
writeFileSync(
  join(target, 'licenses.txt'),
  licenses([...worker.modules, ...main.modules].map((path) => join(root, path))),
);
