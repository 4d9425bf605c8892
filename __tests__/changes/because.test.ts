import { expect, test } from '@jest/globals';

import { settingsOf } from '../helpers/checking.ts';
import { changesOf, changesUnder, stateOf } from '../helpers/comparing.ts';
import type { Texts } from '../helpers/comparing.ts';
import type { Settings } from '../../src/model/settings.ts';

const KNOWN = { default: 'read', visibility: 'public' } as const;
const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';

const steps = '    runs-on: x\n    steps:\n      - run: make\n';
const called = `on: workflow_call\njobs:\n  a:\n${steps}`;

function calling(block: string): Texts {
  return { [CI]: `on: push\njobs:\n  call:\n    permissions: ${block}\n    uses: ./${CALLED}\n`, [CALLED]: called };
}

function needing(condition: string): Texts {
  return {
    [CI]: `on: push\npermissions: { contents: read }\njobs:\n  first:\n${condition}${steps}  second:\n    needs: first\n${steps}`,
  };
}

/** What brought changes about, each once. */
function causes(base: Texts, head: Texts): readonly unknown[] {
  const told = changesOf(base, head, KNOWN).map(({ because: { path, line, message } }) => `${path}:${line} ${message}`);
  return [...new Set(told)];
}

/** The same for one state under two settings, or on two platforms. */
function causesUnder(text: Texts, before: Settings, after: Settings): readonly string[] {
  const changes = changesUnder(stateOf(text), stateOf(text), before, after);
  return [...new Set(changes.map(({ because }) => because.message))];
}

test('a block of the calling job, told at that job though the called file has the job', () => {
  expect(causes(calling('{ contents: read }'), calling('{ contents: write }'))).toEqual([
    `${CI}:4 The block of the job 'call' changed.`,
  ]);
});

test('the condition of a job that another one needs', () => {
  const never = needing("    if: github.event_name == 'schedule'\n");
  const first = `${CI}:4 \`if\` of the job 'first' was removed.`;
  expect(causes(never, needing(''))).toEqual([first]);
});

test('a permission that a newer server has', () => {
  const text = { [CI]: `on: push\npermissions: write-all\njobs:\n  a:\n${steps}` };
  const [older, newer] = (['3.2', '3.17'] as const).map((ghes) => settingsOf({ ...KNOWN, ghes }));
  expect(causesUnder(text, older!, newer!)).toEqual(['It is computed for 3.17, not for 3.2.']);
});

test('a block that a newer server takes for more, and that stands elsewhere', () => {
  const text = (line: string) => ({ [CI]: `on: push\n${line}permissions: write-all\njobs:\n  a:\n${steps}` });
  const [older, newer] = (['3.2', '3.17'] as const).map((ghes) => settingsOf({ ...KNOWN, ghes }));
  const changes = changesUnder(stateOf(text('')), stateOf(text('# What it does.\n')), older!, newer!);
  expect([...new Set(changes.map(({ because }) => because.message))]).toEqual([
    'It is computed for 3.17, not for 3.2.',
  ]);
});

test('a permission that was added to a table that had others', () => {
  const text = { [CI]: `on: push\npermissions: write-all\njobs:\n  a:\n${steps}` };
  const [before, after] = [['one'], ['one', 'other']].map((names) => {
    const settings = settingsOf(KNOWN);
    const newPermissions = names.map((name) => ({ name, levels: ['read', 'write'] as const }));
    return { ...settings, platform: { ...settings.platform, newPermissions } };
  });
  expect(causesUnder(text, before!, after!)).toEqual(['The table of permissions is another one.']);
});

test('a permission that was added to the table', () => {
  const text = { [CI]: `on: push\npermissions: write-all\njobs:\n  a:\n${steps}` };
  const before = settingsOf(KNOWN);
  const newPermissions = [{ name: 'brand-new', levels: ['read', 'write'] as const }];
  const after = { ...before, platform: { ...before.platform, newPermissions } };
  expect(causesUnder(text, before, after)).toEqual(['The table of permissions is another one.']);
});

test('the visibility, and what private repositories do with forks', () => {
  const text = { [CI]: `on: pull_request\npermissions: { contents: write }\njobs:\n  a:\n${steps}` };
  const off = settingsOf({ default: 'read', visibility: 'private', forks: 'off' });
  const open = settingsOf({ default: 'read', visibility: 'public' });
  const write = settingsOf({ default: 'read', visibility: 'private', forks: 'write' });
  expect(causesUnder(text, off, open)).toEqual(["The visibility is 'public', not 'private'."]);
  expect(causesUnder(text, off, write)).toEqual(["What pull requests from forks get is 'write', not 'off'."]);
});
