import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const ROOT = new URL('../../', import.meta.url);

interface ActionFile {
  readonly runs: { readonly using: string; readonly main: string };
}

function actionFile(path: string): ActionFile {
  return parse(readFileSync(new URL(path, ROOT), 'utf8')) as ActionFile;
}

describe('node20/action.yml', () => {
  const { runs, ...described } = actionFile('node20/action.yml');
  const { runs: newest, ...expected } = actionFile('action.yml');

  test('is the action for another runtime', () => {
    expect(described).toEqual(expected);
    expect(runs).toEqual({ using: 'node20', main: '../dist/index.js' });
  });

  test('runs the same bundle', () => {
    const main = new URL(runs.main, new URL('node20/', ROOT));
    expect(main.href).toBe(new URL(newest.main, ROOT).href);
    expect(existsSync(fileURLToPath(main))).toBe(true);
  });

  test('is a runtime that the package supports', () => {
    const { engines } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
    expect(engines).toEqual({ node: '>=20' });
  });
});
