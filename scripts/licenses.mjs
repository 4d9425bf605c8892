import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes the paths of the modules in a bundle and returns the licences of their packages. ncc has a licenses file too, but it
 * lacks the packages whose modules webpack joins, `yaml` among them.
 */
export function licenses(paths) {
  const folders = new Set(
    paths.map((path) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path ?? '')?.[0]).filter(Boolean),
  );
  const texts = new Set([...folders].map(license));
  return [...texts].sort().join(`\n${'-'.repeat(80)}\n\n`);
}

function license(folder) {
  const { name, version, license: id } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((file) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(file));
  if (file === undefined) throw new Error(`${name} ${version} comes without the text of its license`);
  const text = readFileSync(join(folder, file), 'utf8').replace(/[ \t]*\r?\n/g, '\n');
  return `${name} ${version} (${id})\n\n${text.trim()}\n`;
}
