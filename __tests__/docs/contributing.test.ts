import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** A folder of src, and what it may import beside `model` and `words`, which goes without saying. */
type Layer = readonly [folder: string, ...imports: string[]];

function layer(folder: string, imports: readonly string[]): Layer {
  return [folder, ...imports.filter((other) => other !== 'model' && other !== 'words')];
}

function layersOfEslint(): readonly Layer[] {
  const [, layers = ''] = /const layers = \{(.*?)\};/s.exec(read('eslint.config.mjs')) ?? [];
  return [...layers.matchAll(/^ +'?([\w-]+)'?: \[(.*)\],$/gm)].map(([, folder = '', imports = '']) =>
    layer(folder, imports.match(/[\w-]+/g) ?? []),
  );
}

function layersOfTable(): readonly Layer[] {
  const rows = [...read('CONTRIBUTING.md').matchAll(/^\| `src\/([\w-]+)` +\|[^|]*\|([^|]*)\|$/gm)];
  const folders = rows.map(([, folder = '']) => folder);
  return rows.map(([, folder = '', imports = '']) =>
    layer(folder, imports.trim() === 'all of them' ? folders.slice(0, -1) : (imports.match(/[\w-]+/g) ?? [])),
  );
}

test('CONTRIBUTING.md lists the folders of src in their order, with what each may import', () => {
  expect(layersOfEslint().length).toBeGreaterThan(8);
  expect(layersOfTable()).toEqual(layersOfEslint());
});
