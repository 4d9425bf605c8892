import { describe, expect, test } from '@jest/globals';

import { bytesOf, settingsOf } from '../helpers/checking.ts';
import { judgementOf, judgementWithCalls } from '../helpers/judging.ts';
import { policyOf } from './file/reading-policy.ts';
import { findingsOf, findingsWithCalls } from './rule-findings.ts';

const RULE = 'startup-failure';
const FOLDER = '.github/workflows/';
const ONLY_READ = "It fails only if the repository's default is 'read'.";

const job = (id: string, block = '') =>
  `  ${id}:\n${block === '' ? '' : `    permissions: ${block}\n`}    runs-on: x\n    steps: [{ run: make }]\n`;
const call = (id: string, name: string) => `  ${id}:\n    uses: ./${FOLDER}${name}\n`;
const file = (on: string, block: string, ...jobs: readonly string[]) =>
  `on: ${on}\n${block === '' ? '' : `permissions: ${block}\n`}jobs:\n${jobs.join('')}`;
const caller = (block: string) => file('push', block, call('use', 'leaf.yml'));
const leaf = (block: string, ...jobs: readonly string[]) => file('workflow_call', block, ...jobs);

function found(texts: Readonly<Record<string, string>>) {
  return findingsOf(RULE, Object.fromEntries(Object.entries(texts).map(([name, text]) => [FOLDER + name, text])));
}

describe('under which value of the default it fails', () => {
  const asking = { 'leaf.yml': leaf('{ issues: read }', job('j')) };
  const three = (...blocks: readonly string[]) =>
    found({ ...Object.fromEntries(blocks.map((block, index) => [`${'abc'[index]}.yml`, caller(block)])), ...asking });

  test('a block that breaks three callers under one value alone', () => {
    expect(three('', '', '')).toMatchObject([{ level: 'warning', hint: ONLY_READ, defaultPermissions: 'read' }]);
  });

  test('one that breaks some of them whatever the value is', () => {
    for (const blocks of [
      ['', '{}', '{}'],
      ['{}', '', '{}'],
    ]) {
      const [finding, ...others] = three(...blocks);
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ level: 'error', path: `${FOLDER}leaf.yml` });
      expect(finding).not.toHaveProperty('hint');
      expect(finding).not.toHaveProperty('defaultPermissions');
    }
  });

  test('a call that fails for its own events under one value, and for a caller under each', () => {
    const both = file('[push, workflow_call]', '', call('deep', 'leaf.yml'));
    const [finding, ...others] = found({
      'both.yml': both,
      'ci.yml': file('push', '{}', call('use', 'both.yml')),
      ...asking,
    });
    expect(others).toEqual([]);
    expect(finding?.level).toBe('error');
    expect(finding?.message).toMatch(/^If the default is 'read': Error calling/);
    expect(finding?.hint).toBe(
      `It fails when it is started by its own events, or called from ${FOLDER}ci.yml:4 (job 'use').`,
    );
  });

  test('a caller whose file GitHub refuses is none', () => {
    const both = file('[push, workflow_call]', '', call('deep', 'leaf.yml'));
    const refused = `${file('push', '{ issues: read }', call('use', 'both.yml'))}foo: 1\n`;
    expect(found({ 'both.yml': both, 'ci.yml': refused, ...asking })).toMatchObject([{ hint: ONLY_READ }]);
  });

  test('one that is only called itself counts by its block', () => {
    const both = file('[push, workflow_call]', '', call('deep', 'leaf.yml'));
    const lib = file('workflow_call', '{ issues: read }', call('use', 'both.yml'));
    expect(found({ 'both.yml': both, 'lib.yml': lib, ...asking })).toMatchObject([
      { hint: `${ONLY_READ} It fails when it is started by its own events. Otherwise it has enough.` },
    ]);
  });

  test('a file that may be another one, once', async () => {
    const remote = 'octo/x/.github/workflows/leaf.yml@v1';
    const texts = {
      'both.yml': file('[push, workflow_call]', '', `  deep:\n    uses: ${remote}\n`),
      'ci.yml': file('push', '{}', call('use', 'both.yml')),
    };
    const { findings } = await judgementWithCalls(
      Object.entries(texts).map(([name, text]) => ({ path: FOLDER + name, bytes: bytesOf(text) })),
      settingsOf({}),
      () => Promise.resolve({ kind: 'found', bytes: bytesOf(asking['leaf.yml']), commit: null, anyRef: true }),
      [],
    );
    expect(findings.filter(({ rule }) => rule === RULE).map(({ hint }) => hint)).toEqual([
      `The called file was read from a checkout that stands for any ref. At the ref that is called it may be different. It fails when it is started by its own events, or called from ${FOLDER}ci.yml:4 (job 'use').`,
    ]);
  });
});

describe('what GitHub says', () => {
  const refuses = (who: string, asked: string) =>
    `Error calling workflow './${FOLDER}leaf.yml'. ${who} is requesting '${asked}', but is only allowed '${asked.replaceAll(/read/g, 'none')}'.`;

  test('of a call, all sentences', () => {
    const called = leaf('{ issues: read }', job('a'), job('b', '{ checks: read }'));
    expect(found({ 'ci.yml': caller('{}'), 'leaf.yml': called }).map(({ message }) => message)).toEqual([
      `${refuses('The workflow', 'issues: read')} ${refuses("The nested job 'b'", 'checks: read')}`,
    ]);
  });

  test('of a block that breaks three callers, the first', () => {
    const texts = { 'a.yml': caller('{}'), 'b.yml': caller(''), 'c.yml': caller('{}') };
    const called = leaf('{ issues: read, checks: read }', job('j'));
    const at = (name: string, line: number, more = '') => `${FOLDER}${name}:${line} (job 'use'${more})`;
    expect(found({ ...texts, 'leaf.yml': called }).map(({ message }) => message)).toEqual([
      `This block is requesting 'checks: read, issues: read', which 3 callers do not allow, so they do not start: ${at('a.yml', 4)}, ${at('b.yml', 3, ", only if the default is 'read'")}, ${at('c.yml', 4)}. The first of them: ${refuses('The workflow', 'checks: read, issues: read')}`,
    ]);
  });
});

describe('what is the same finding', () => {
  const idOf = (called: string) => {
    const [finding, ...others] = found({ 'ci.yml': caller('{}'), 'leaf.yml': called });
    expect(others).toEqual([]);
    return finding?.id;
  };

  test('not another level, another job or the block of the workflow', () => {
    const ids = [
      leaf('{ issues: read }', job('a'), job('b')),
      leaf('{ issues: write }', job('a'), job('b')),
      leaf('', job('a', '{ issues: read }'), job('b')),
      leaf('', job('a'), job('b', '{ issues: read }')),
      leaf('', job('a'), job('b', '{ checks: read }')),
    ].map(idOf);
    expect(new Set(ids).size).toBe(5);
  });

  test('an ignore comment may stand at the calling job', () => {
    const gone = file('push', '', call('use', 'gone.yml'));
    expect(found({ 'ci.yml': gone })).toMatchObject([{ line: 4, column: 11 }]);
    expect(found({ 'ci.yml': gone.replace('  use:', `  use: # effective-permissions: ignore[${RULE}] soon`) })).toEqual(
      [],
    );
  });

  test('also where the finding stands at the block that breaks three of them', () => {
    const ignored = caller('{}').replace('  use:', `  use: # effective-permissions: ignore[${RULE}] soon`);
    const asking = { 'leaf.yml': leaf('{ issues: read }', job('j')) };
    expect(found({ 'a.yml': ignored, 'b.yml': ignored, 'c.yml': caller('{}'), ...asking })).toHaveLength(1);
    expect(found({ 'a.yml': ignored, 'b.yml': ignored, 'c.yml': ignored, ...asking })).toEqual([]);
  });

  test('what is excused in part is told whole', () => {
    const texts = {
      [`${FOLDER}ci.yml`]: caller('{}'),
      [`${FOLDER}leaf.yml`]: leaf('{ issues: read, checks: read }', job('a')),
    };
    const exception = `exceptions: [{ rule: ${RULE}, permissions: [issues], reason: known }]`;
    const { findings } = judgementOf(texts, { policy: [policyOf(`version: 1\n${exception}\n`)] });
    expect(findings.filter(({ rule }) => rule === RULE).map(({ subjects }) => subjects.length)).toEqual([2]);
  });

  test('the same mistake in another commit of the called file', async () => {
    const idAt = async (commit: string) => {
      const remote = `octo/x/.github/workflows/leaf.yml@${commit}`;
      const files = { [`${FOLDER}ci.yml`]: file('push', '{}', `  use:\n    uses: ${remote}\n`) };
      const findings = await findingsWithCalls(RULE, files, { [remote]: file('push', '', job('a')) });
      return findings.map(({ id }) => id);
    };
    const first = await idAt('0123456789abcdef0123456789abcdef01234567');
    expect(first).toHaveLength(1);
    expect(await idAt('89abcdef0123456789abcdef0123456789abcdef')).toEqual(first);
    expect(await idAt('v1')).not.toEqual(first);
  });

  test('it is told whole, or not at all', () => {
    const ignored = caller('{}').replace('  use:', `  use: # effective-permissions: ignore[${RULE}] soon`);
    const called = leaf('{ issues: read, checks: read }', job('a'));
    expect(found({ 'ci.yml': ignored, 'leaf.yml': called })).toEqual([]);
    const [finding] = found({ 'ci.yml': caller('{}'), 'leaf.yml': called });
    expect(finding?.subjects.map(({ permission }) => permission)).toEqual(['checks', 'issues']);
  });
});

test('what to change in the called workflow is told of each of its blocks', () => {
  const called = leaf('{ contents: read }', job('a'), job('b', '{ issues: write }'));
  const [finding] = found({ 'ci.yml': caller('{}'), 'leaf.yml': called });
  const inLeaf = finding?.advice?.filter(({ path }) => path === `${FOLDER}leaf.yml`) ?? [];
  expect(inLeaf.map(({ line, text }) => [line, /`[\w-]+: \w+` to/.exec(text)?.[0] ?? text.slice(0, 20)])).toEqual([
    [2, '`contents: read` to'],
    [2, 'Or remove this block'],
    [8, '`issues: write` to'],
    [8, 'Or remove this block'],
    [7, "Or move the job 'b' "],
  ]);
});
