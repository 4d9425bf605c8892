import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { readAll } from '../../src/edge/reading/read-all.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import { readFiles } from '../../src/workflow/read-files.ts';

const BUNDLE = path.resolve('dist/cli/index.js');

/** Three megabytes in 300 files: half of them differ, some are broken, one could not be read. */
const SOURCES: readonly WorkflowSource[] = [
  ...Array.from({ length: 300 }, (_, index): WorkflowSource => {
    const job = index % 7 === 0 ? 'steps: {' : 'runs-on: ubuntu-latest';
    const text = `on: push\npermissions: { contents: read }\njobs:\n  job-${index % 150}:\n    ${job}\n# ${'x'.repeat(10_000)}\n`;
    return { path: `.github/workflows/${index}.yml`, bytes: new TextEncoder().encode(text) };
  }),
  { path: '.github/workflows/link.yml', error: 'This symbolic link leads nowhere.' },
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'threads-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(text: string): string {
  const file = path.join(folder, 'thread.mjs');
  writeFileSync(file, text);
  return file;
}

describe('many files are read as one by one', () => {
  test('with a second thread of the bundle', async () => {
    expect(await readAll(SOURCES, BUNDLE)).toEqual(readFiles(SOURCES));
  });

  test('when the thread fails', async () => {
    expect(await readAll(SOURCES, script('throw new Error("no");'))).toEqual(readFiles(SOURCES));
  });

  test('when the thread ends without an answer', async () => {
    expect(await readAll(SOURCES, script(''))).toEqual(readFiles(SOURCES));
  });

  test('without a thread', async () => {
    expect(await readAll(SOURCES, null)).toEqual(readFiles(SOURCES));
  });
});

test('few files are not worth a thread', async () => {
  const few = SOURCES.slice(0, 5);
  expect(await readAll(few, path.join(folder, 'not-there.mjs'))).toEqual(readFiles(few));
});
