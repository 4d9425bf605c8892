import { describe, expect, test } from '@jest/globals';

import type { Grant } from '../../src/model/grant.ts';
import { textReport } from '../../src/report/text/text.ts';
import { call, FOLDER, job, jobIn, reportOf, workflow } from './report-of.ts';

const OTHER = `octo/lib/${FOLDER}build.yml@v1`;
const MOST =
  "Whether the permissive default lets a called workflow ask for 'code-quality', 'copilot-requests' or 'drives' was not verified.";

function toldOf(grants: readonly Grant[]): readonly (readonly [string, readonly string[] | undefined])[] {
  return grants.map(({ actor, defaultPermissions, confidence, doubts }) => [
    [actor, defaultPermissions, confidence].filter((word) => word !== undefined).join(' '),
    doubts,
  ]);
}

describe('the most that a called workflow can get which was not read', () => {
  const files = (block?: string) => ({ 'ci.yml': workflow('push', block, call('x', OTHER)) });

  test('is not certain by the permissive default, and certain by the other one', async () => {
    const report = await reportOf(files());
    expect(toldOf(jobIn(report, 'ci.yml', 'x').grants)).toEqual([
      ['repository read high', undefined],
      ['repository write medium', [MOST]],
    ]);
  });

  test('is certain where a block says it, and on a server', async () => {
    const withBlock = await reportOf(files('{drives: write}'), { defaultPermissions: 'write' });
    expect(toldOf(jobIn(withBlock, 'ci.yml', 'x').grants)).toEqual([['repository high', undefined]]);
    const server = {
      platform: { kind: 'ghes', version: { major: 3, minor: 17 } },
      defaultPermissions: 'write',
    } as const;
    expect(toldOf(jobIn(await reportOf(files(), server), 'ci.yml', 'x').grants)).toEqual([
      ['repository high', undefined],
    ]);
  });
});

test('each row of the text refers to its own doubts', async () => {
  const files = {
    'ci.yml': workflow('push', undefined, call('x', 'third/lib/.github/workflows/x.yml@v1'), job('own')),
  };
  const shown = textReport(await reportOf(files, { defaultPermissions: 'write' }), { width: 120, color: false });
  const notes = [...shown.matchAll(/^note (\d): Whether (.*)$/gm)].map(([, note, about = '']) => [
    note,
    about.slice(0, 22),
  ]);
  expect(notes).toEqual([
    ['1', 'the permissive default'],
    ['2', "'code-quality', 'copil"],
  ]);
  expect(shown).toMatch(/at most vulnerability-alerts, models {2}\(the repository's default; not certain: note 1\)/);
  expect(shown).toMatch(
    / {2}read {3}vulnerability-alerts, models {2}\(the repository's default; not certain: note 2\)/,
  );
});

describe('a called job that asks for one of the newest permissions', () => {
  const files = (block?: string) => ({
    'ci.yml': workflow('[push, workflow_call]', block, job('own', '{}'), call('x', 'called.yml')),
    'called.yml': workflow('workflow_call', undefined, job('a', '{drives: read, contents: read}'), job('b')),
  });
  const DOUBT =
    "Whether the permissive default lets a called workflow ask for 'drives' was not verified. If it does not, the run does not start.";

  test.each(['write', 'unknown'] as const)('makes the whole run uncertain by the default: %s', async (value) => {
    const report = await reportOf(files(), { defaultPermissions: value });
    const row = value === 'write' ? 'repository medium' : 'repository write medium';
    expect(toldOf(jobIn(report, 'ci.yml', 'x', 'a').grants)[0]).toEqual([row, [DOUBT]]);
    expect(toldOf(jobIn(report, 'ci.yml', 'own').grants)).toEqual([
      [row, [DOUBT]],
      // When the file is called itself, its caller decides.
      ['repository high', undefined],
    ]);
    // Its own doubt stays.
    expect(jobIn(report, 'ci.yml', 'x', 'b').grants[0]?.doubts).toHaveLength(2);
  });

  test('changes nothing where a caller gives it', async () => {
    const report = await reportOf(files('{drives: write, contents: read}'), { defaultPermissions: 'write' });
    for (const id of ['a', 'b']) {
      expect(jobIn(report, 'ci.yml', 'x', id).grants.map(({ confidence }) => confidence)).not.toContain('medium');
    }
  });

  test('is no doubt by the restricted default: the run does not start', async () => {
    const report = await reportOf(files(), { defaultPermissions: 'read' });
    expect(report.workflows.map(({ outcome }) => outcome)).toContain('startup_failure');
    expect(jobIn(report, 'ci.yml', 'own').grants).toEqual([]);
  });
});
