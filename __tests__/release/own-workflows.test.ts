import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from '@jest/globals';

import { runCommandLine } from '../../src/edge/command-line/run-command-line.ts';
import { RULES } from '../../src/policy/rule-table.ts';
import { temporaryFolder } from '../edge/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = path.join(ROOT, '.github', 'workflows');
const texts = readdirSync(FOLDER).map((name) => [name, readFileSync(path.join(FOLDER, name), 'utf8')] as const);

/** Checks a folder with every rule as an error. */
async function strictly(folder: string): Promise<readonly { readonly rule: string; readonly message: string }[]> {
  const rules = Object.keys(RULES).filter((rule) => rule !== 'other-credentials');
  const policy = `version: 1\nrules:\n${rules.map((rule) => `  ${rule}: error\n`).join('')}`;
  const file = path.join(temporaryFolder({ 'policy.yml': policy }), 'policy.yml');
  let printed = '';
  const stream = {
    write: (text: string, done: () => void) => {
      printed += text;
      done();
    },
  };
  const args = [folder, '--offline', '--default-permissions', 'read', '--visibility', 'public', '--policy', file];
  await runCommandLine({ args: [...args, '--format', 'json'], env: {}, stdout: stream, stderr: stream });
  return JSON.parse(printed).findings;
}

describe('our own workflows', () => {
  test('pass every rule of ours, as errors', async () => {
    expect((await strictly(ROOT)).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
    const broken = Object.fromEntries(
      texts.map(([name, text]) => [`.github/workflows/${name}`, text.replaceAll(/permissions: \{\}/g, '')]),
    );
    const loose = Object.entries(broken).map(([name, text]) => [name, text.replaceAll(/ # gh release.*/g, '')]);
    expect((await strictly(temporaryFolder(Object.fromEntries(loose)))).map(({ rule }) => rule)).toContain(
      'undocumented-permission',
    );
  });

  test('name each action by its full commit, with its version, and the same everywhere', () => {
    const uses = texts
      .flatMap(([, text]) => [...text.matchAll(/uses: (\S+)(.*)/g)])
      .map(([, what, rest]) => [what, rest]);
    const others = uses.filter(([what]) => what?.startsWith('./') !== true);
    expect(
      others.filter(([what, rest]) => !/@[0-9a-f]{40}$/.test(`${what}`) || !/^ # v\d+\.\d+\.\d+$/.test(`${rest}`)),
    ).toEqual([]);
    const names = new Set(others.map(([what]) => what?.split('@')[0]));
    expect(new Set(others.map(([what]) => what)).size).toBe(names.size);
  });

  test('leave no credentials behind a checkout', () => {
    for (const [, text] of texts) {
      const checkouts = text.split('uses: actions/checkout@').slice(1);
      for (const one of checkouts) expect(one.split('- ')[0]).toContain('persist-credentials: false');
    }
  });
});
