import { describe, expect, test } from '@jest/globals';

import { check } from '../../src/check.ts';
import { bytesOf, call, FOLDER, job, jobIn, problemsIn, reportOf, rowsOf, workflow, workflowIn } from './report-of.ts';
import type { World } from './report-of.ts';

const USES = 'other/lib/.github/workflows/leaf.yml@v1';
const OURS = 'octo/lib/.github/workflows/leaf.yml@v1';

/** The report of a root that calls a file which is not there. */
function rootWith(on: string, permissions: string | undefined, world: World = {}, uses = USES) {
  return reportOf({ 'ci.yml': workflow(on, permissions, call('use', uses), job('own')) }, world);
}

describe('a called file that could not be read', () => {
  test('not found: unresolved, with the sentence that GitHub prints if it is missing', async () => {
    const report = await rootWith('push', '{contents: read}');
    expect(workflowIn(report, 'ci.yml')).toMatchObject({
      outcome: 'unresolved',
      problems: [
        {
          code: 'call-not-read',
          message: `error parsing called workflow ".github/workflows/ci.yml" -> "${USES}": workflow was not found. See https://docs.github.com/actions/learn-github-actions/reusing-workflows#access-to-reusable-workflows for more information.`,
          hint: 'Nothing is there. If it does not exist, GitHub prints this sentence and starts no job.',
          line: 5,
          column: 11,
          job: ['use'],
        },
      ],
    });
    expect(report.findings).toMatchObject([{ rule: 'unresolved-call', level: 'note' }]);
    expect(report.result).toBe('pass');
  });

  test('not asked for: unresolved, with the reason', async () => {
    const report = await rootWith('push', '{contents: read}', {
      called: { [USES]: { kind: 'unavailable', reason: 'there is no network' } },
    });
    expect(problemsIn(report, 'ci.yml')).toEqual([
      `ci.yml:5:11 The called workflow '${USES}' was not read: there is no network`,
    ]);
    expect(workflowIn(report, 'ci.yml').outcome).toBe('unresolved');
  });

  test('not among files that are only some of the repository: unresolved, but not where capitals are wrong', async () => {
    const files = { 'ci.yml': workflow('push', '{}', call('use', './.github/workflows/leaf.yml')) };
    const some = await reportOf(files, { onlySomeFiles: true });
    expect(workflowIn(some, 'ci.yml').outcome).toBe('unresolved');
    expect(problemsIn(some, 'ci.yml')).toEqual([
      "ci.yml:5:11 The called workflow './.github/workflows/leaf.yml' was not read: the file .github/workflows/leaf.yml is not among those that were given",
    ]);
    expect(workflowIn(await reportOf(files), 'ci.yml').outcome).toBe('startup_failure');
    const misspelt = { ...files, 'Leaf.yml': workflow('workflow_call', '{}', job('own')) };
    expect(workflowIn(await reportOf(misspelt, { onlySomeFiles: true }), 'ci.yml').outcome).toBe('startup_failure');
  });

  test('without a reader, the same', () => {
    const report = check(
      [{ path: `${FOLDER}ci.yml`, bytes: bytesOf(workflow('push', '{}', call('use', USES))) }],
      {
        platform: { kind: 'github.com' },
        repository: null,
        visibility: 'public',
        forkPullRequests: 'unknown',
        defaultPermissions: { value: 'read', source: 'option' },
      },
      { toolVersion: '0.0.0', failOn: 'error' },
    );
    expect(workflowIn(report, 'ci.yml').outcome).toBe('unresolved');
    expect(problemsIn(report, 'ci.yml')).toEqual([
      `ci.yml:5:11 The called workflow '${USES}' was not read: Files of other repositories were not read`,
    ]);
  });

  test('the other jobs keep their rows', async () => {
    const report = await rootWith('push', '{contents: read}');
    expect(rowsOf(jobIn(report, 'ci.yml', 'own'))).toEqual(['push repository: contents: read']);
  });

  test('a certain failure weighs more', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{}', call('use', USES), call('more', 'leaf.yml')),
      'leaf.yml': workflow('workflow_call', '{checks: read}', job('a')),
    });
    expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
    expect(workflowIn(report, 'ci.yml').problems.map(({ code }) => code)).toEqual([
      'call-permissions',
      'call-not-read',
    ]);
  });

  test('in the middle of a chain: the calling job is in the file that was read', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', 'write-all', call('use', 'mid.yml')),
      'mid.yml': workflow('workflow_call', '{issues: write}', call('deep', USES)),
    });
    expect(workflowIn(report, 'ci.yml').problems).toMatchObject([
      { path: `${FOLDER}mid.yml`, line: 5, job: ['use', 'deep'], code: 'call-not-read' },
    ]);
    expect(rowsOf(jobIn(report, 'ci.yml', 'use', 'deep'))).toEqual(['push repository upper-bound: issues: write']);
    expect(workflowIn(report, 'mid.yml').outcome).toBe('unresolved');
    expect(rowsOf(jobIn(report, 'mid.yml', 'deep'))).toEqual(['workflow_call repository upper-bound: issues: write']);
  });
});

describe('the most that its jobs can get', () => {
  async function rows(on: string, permissions: string | undefined, world: World, uses = USES) {
    return rowsOf(jobIn(await rootWith(on, permissions, world, uses), 'ci.yml', 'use'));
  }

  test('is what the caller has', async () => {
    expect(await rows('push', '{contents: write, id-token: write}', { defaultPermissions: 'read' })).toEqual([
      'push repository upper-bound: contents: write, id-token: write',
    ]);
    expect(await rows('push', '{}', {})).toEqual(['push repository upper-bound: ']);
    expect((await rows('push', 'read-all', {}))[0]).not.toMatch('id-token');
  });

  test('forks reduce it, Dependabot does not: the called file may have a block of its own', async () => {
    expect(await rows('pull_request', '{contents: write}', {})).toEqual([
      'pull_request repository upper-bound: contents: write',
      'pull_request fork upper-bound: contents: read',
    ]);
    const unset = await rows('pull_request', undefined, { defaultPermissions: 'write' });
    expect(unset.map((row) => row.split(':')[0])).toEqual([
      'pull_request repository upper-bound',
      'pull_request fork upper-bound',
    ]);
  });

  test.each([
    ['of the same owner', OURS, 'octo', true],
    ['of another owner', USES, 'octo', false],
    // It may well be ours: a bound reckons with it.
    ['when our own name is unknown', USES, null, true],
  ])('without a block: what the default lets a called file ask for, %s', async (_, uses, owner, withToken) => {
    const repository = owner === null ? null : { owner, name: 'app' };
    const [row] = await rows('push', undefined, { defaultPermissions: 'write', repository }, uses);
    expect(row).toMatch(/^push repository upper-bound: actions: write, /);
    expect(/id-token: write/.test(row!)).toBe(withToken);
  });

  test('an unknown default gives both', async () => {
    const both = await rows('push', undefined, {});
    expect(both[0]).toBe('push repository read upper-bound: contents: read, packages: read');
    expect(both[1]).toMatch(/^push repository write upper-bound: actions: write, /);
  });

  test('a calling job that certainly does not run', async () => {
    const report = await reportOf({
      'ci.yml': workflow(
        'push',
        '{contents: read}',
        call('use', USES, undefined, ["if: github.event_name == 'schedule'"]),
      ),
    });
    expect(rowsOf(jobIn(report, 'ci.yml', 'use'))).toEqual(['push repository not-run: ']);
  });

  test('one default fails elsewhere: the row is of the other', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', undefined, call('use', USES), call('more', 'leaf.yml')),
      'leaf.yml': workflow('workflow_call', '{checks: read}', job('a')),
    });
    expect(workflowIn(report, 'ci.yml').outcome).toBe('unresolved');
    expect(rowsOf(jobIn(report, 'ci.yml', 'use')).map((row) => row.slice(0, 33))).toEqual([
      'push repository write upper-bound',
    ]);
  });
});
