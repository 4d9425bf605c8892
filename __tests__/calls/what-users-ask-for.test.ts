import { describe, expect, test } from '@jest/globals';

import { call, findingsIn, FOLDER, job, jobIn, placeOf, problemsIn, reportOf, rowsOf } from './report-of.ts';
import { workflow, workflowIn } from './report-of.ts';

const leaf = (permissions?: string, ...jobs: string[]) => workflow('workflow_call', permissions, ...jobs);

// The sentences are those of people who met this on GitHub.
describe('"The run never started"', () => {
  test('nobody notices while editing the called file: the broken ones are its callers, 27 of them', async () => {
    const callers = Array.from({ length: 27 }, (_, index) => `caller-${String(index).padStart(2, '0')}.yml`);
    const files = (asks: string) => ({
      ...Object.fromEntries(
        callers.map((name) => [
          name,
          workflow('push', '{contents: read, packages: write}', call('publish', 'build.yml')),
        ]),
      ),
      'build.yml': leaf(undefined, job('build', asks)),
    });
    const before = await reportOf(files('{contents: read}'));
    expect(before.findings).toEqual([]);
    const after = await reportOf(files('{contents: read, attestations: write}'));
    expect(after.findings).toHaveLength(1);
    expect(placeOf(after.findings[0]!)).toBe('build.yml:5:5');
    for (const name of callers) {
      expect(after.findings[0]?.message).toMatch(`${name}:4 (job 'publish')`);
      expect(workflowIn(after, name).outcome).toBe('startup_failure');
    }
    expect(workflowIn(after, 'build.yml').contract?.unmetBy.map(({ path }) => path.replace(FOLDER, ''))).toEqual(
      callers,
    );
    expect(after.findings[0]?.advice?.filter(({ permissions }) => permissions !== undefined)).toHaveLength(27);
  });

  test('`permissions: {}` at the top of a caller starves every `uses:` job below it', async () => {
    const report = await reportOf({
      'ci.yml': workflow(
        'push',
        '{}',
        call('lint', 'lint.yml'),
        call('test', 'test.yml'),
        job('own', '{contents: read}'),
      ),
      'lint.yml': leaf('{contents: read}', job('lint')),
      'test.yml': leaf(undefined, job('test', '{contents: read}'), job('free')),
    });
    expect(problemsIn(report, 'ci.yml').map((problem) => problem.split(' ')[0])).toEqual(['ci.yml:4:3', 'ci.yml:6:3']);
    expect(report.findings.map(({ job: ids }) => ids)).toEqual([['lint'], ['test']]);
  });

  test('`if:` on the nested job does not help: the check is static', async () => {
    const report = await reportOf({
      'ci.yml': workflow('pull_request', '{contents: read}', call('build', 'build.yml')),
      'build.yml': leaf(
        undefined,
        job('build'),
        `${job('deploy', '{contents: read, deployments: write}')}    if: github.event_name == 'push'\n`,
      ),
    });
    expect(workflowIn(report, 'ci.yml').outcome).toBe('startup_failure');
    expect(report.findings[0]?.advice?.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^Or move the job 'deploy' to a workflow of its own that this caller does not call/),
    );
  });

  test('works on a tag push, fails only through `workflow_call`', async () => {
    const report = await reportOf({
      'publish.yml': workflow('{push: {tags: [v*]}, workflow_call: }', undefined, job('publish', '{contents: write}')),
      'release.yml': workflow('workflow_dispatch', '{contents: read}', call('publish', 'publish.yml')),
    });
    expect(workflowIn(report, 'publish.yml').outcome).toBe('ok');
    expect(rowsOf(jobIn(report, 'publish.yml', 'publish'))).toEqual([
      'push repository: contents: write',
      'workflow_call repository: contents: write',
    ]);
    expect(workflowIn(report, 'release.yml').outcome).toBe('startup_failure');
    expect(workflowIn(report, 'publish.yml').contract?.unmetBy).toEqual([
      { path: `${FOLDER}release.yml`, job: ['publish'] },
    ]);
  });

  test('works alone, fails when nested one level deeper', async () => {
    const files = {
      'alone.yml': workflow('push', '{packages: write}', call('image', 'image.yml')),
      'nested.yml': workflow('push', '{packages: write}', call('build', 'build.yml')),
      'build.yml': leaf('{contents: read}', call('image', 'image.yml'), job('compile')),
      'image.yml': leaf(undefined, job('push', '{packages: write}')),
    };
    const report = await reportOf(files);
    expect(workflowIn(report, 'alone.yml').outcome).toBe('ok');
    expect(workflowIn(report, 'nested.yml').outcome).toBe('startup_failure');
    expect(problemsIn(report, 'nested.yml')).toEqual([
      "nested.yml:4:3 Error calling workflow './.github/workflows/build.yml'. The workflow is requesting 'contents: read', but is only allowed 'contents: none'.",
      "build.yml:4:3 Error calling workflow './.github/workflows/image.yml'. The nested job 'push' is requesting 'packages: write', but is only allowed 'packages: none'.",
    ]);
  });

  test('fixing one caller lets the next one fail: show them all at once', async () => {
    const report = await reportOf({
      'ci.yml': workflow(
        'push',
        undefined,
        call('one', 'a.yml', '{contents: read}'),
        call('two', 'b.yml', '{contents: read}'),
        call('three', 'b.yml', '{issues: write}'),
      ),
      'a.yml': leaf(undefined, job('x', '{checks: write}'), job('y', '{statuses: write}'), call('z', 'b.yml')),
      'b.yml': leaf('{issues: write, contents: read}', job('x')),
    });
    expect(
      workflowIn(report, 'ci.yml').problems.map(({ job: ids, message }) => [
        ids?.join('/'),
        /'[^']*'\.$/.exec(message)?.[0],
      ]),
    ).toEqual([
      ['one', "'checks: none'."],
      ['one', "'statuses: none'."],
      ['one/z', "'issues: none'."],
      ['two', "'issues: none'."],
      ['three', "'contents: none'."],
    ]);
    // Three callers of one block: told at the block.
    expect(report.findings.map(placeOf)).toEqual(['b.yml:2:1', 'ci.yml:3:3']);
  });

  test('an organization flips its default to restricted: show before the flip what will break', async () => {
    const files = {
      'unset.yml': workflow('push', undefined, call('scan', 'scan.yml')),
      'explicit.yml': workflow('push', '{security-events: write}', call('scan', 'scan.yml')),
      'scan.yml': leaf('{security-events: write}', job('scan')),
    };
    const outcomes = async (defaultPermissions: 'read' | 'write' | 'unknown') => {
      const report = await reportOf(files, { defaultPermissions });
      return [workflowIn(report, 'unset.yml').outcome, workflowIn(report, 'explicit.yml').outcome];
    };
    expect(await outcomes('write')).toEqual(['ok', 'ok']);
    expect(await outcomes('read')).toEqual(['startup_failure', 'ok']);
    const unknown = await reportOf(files);
    expect(unknown.findings).toMatchObject([
      { level: 'warning', defaultPermissions: 'read', path: `${FOLDER}unset.yml` },
    ]);
  });

  test.each(['artifact-metadata', 'copilot-requests'])(
    'a new scope in a callee (`%s`) breaks callers that list their scopes',
    async (scope) => {
      const report = await reportOf({
        'lists.yml': workflow('push', '{contents: write, packages: write, id-token: write}', call('x', 'build.yml')),
        'all.yml': workflow('push', 'write-all', call('x', 'build.yml')),
        'build.yml': leaf(undefined, job('build', `{contents: write, ${scope}: write}`)),
      });
      expect(problemsIn(report, 'lists.yml')).toEqual([
        `lists.yml:4:3 Error calling workflow './.github/workflows/build.yml'. The nested job 'build' is requesting '${scope}: write', but is only allowed '${scope}: none'.`,
      ]);
      expect(workflowIn(report, 'all.yml').outcome).toBe('ok');
    },
  );

  test('"Is it permissions at all?" A run without jobs looks the same for other causes', async () => {
    const plain = leaf(undefined, job('a'));
    const report = await reportOf({
      'not-found.yml': workflow('push', undefined, call('x', 'gone.yml')),
      'scope.yml': workflow('push', undefined, call('x', 'unknown-scope.yml')),
      'unknown-scope.yml': leaf('{package: write}', job('a')),
      'key.yml': workflow('push', undefined, call('x', 'plain.yml', undefined, ['timeout-minutes: 5'])),
      'context.yml': workflow('push', undefined, call('x', 'plain.yml', undefined, ["if: secrets.TOKEN != ''"])),
      'input.yml': workflow('push', undefined, call('x', 'plain.yml', undefined, ['with: {version: 1}'])),
      'group.yml': `concurrency: deploy\n${workflow('push', undefined, call('x', 'group-below.yml'))}`,
      'group-below.yml': `concurrency: deploy\n${plain}`,
      'plain.yml': plain,
    });
    const causes = ['not-found', 'scope', 'key', 'context', 'input', 'group'].map((name) => {
      const { outcome, problems } = workflowIn(report, `${name}.yml`);
      return [name, outcome, ...problems.map(({ code }) => code)];
    });
    expect(causes).toEqual([
      ['not-found', 'startup_failure', 'call-not-found'],
      ['scope', 'startup_failure', 'call-broken'],
      ['key', 'invalid', 'unexpected-value'],
      ['context', 'invalid', 'expression'],
      ['input', 'startup_failure', 'call-value'],
      ['group', 'startup_failure', 'call-concurrency'],
    ]);
  });

  test('an inner call can be broken whatever the root grants: the advice must name the file in the middle', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', 'write-all', call('build', 'middle.yml')),
      'middle.yml': leaf('{contents: read}', call('sign', 'sign.yml')),
      'sign.yml': leaf(undefined, job('sign', '{contents: read, id-token: write}')),
    });
    expect(findingsIn(report)).toEqual([
      "error middle.yml:4:3 Error calling workflow './.github/workflows/sign.yml'. The nested job 'sign' is requesting 'id-token: write', but is only allowed 'id-token: none'.",
    ]);
    expect(report.findings[0]?.advice?.filter(({ permissions }) => permissions !== undefined)).toMatchObject([
      { path: `${FOLDER}middle.yml`, line: 4, permissions: { contents: 'read', 'id-token': 'write' } },
    ]);
  });

  test('a contract that grows at a moving ref breaks callers: the same bump shows it on their side', async () => {
    const uses = (ref: string) => `other/lib/.github/workflows/release.yml@${ref}`;
    const outcome = async (ref: string) => {
      const report = await reportOf(
        { 'ci.yml': workflow('push', '{contents: write}', call('release', uses(ref))) },
        {
          called: {
            [uses('v1')]: leaf('{contents: write}', job('release')),
            [uses('v2')]: leaf('{contents: write, attestations: write}', job('release')),
          },
        },
      );
      return workflowIn(report, 'ci.yml').outcome;
    };
    expect([await outcome('v1'), await outcome('v2')]).toEqual(['ok', 'startup_failure']);
  });

  test('mends on the side of the called workflow, with what each changes', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{contents: read}', call('x', 'build.yml')),
      'build.yml': leaf(undefined, job('build', '{contents: read}'), job('comment', '{pull-requests: write}')),
    });
    const texts = report.findings[0]?.advice?.map(({ text }) => text) ?? [];
    expect(texts).toHaveLength(4);
    for (const part of [
      'Or lower ',
      "the job 'comment' then gets less",
      'Or remove this block',
      'passes on',
      'Or move ',
    ]) {
      expect(texts.join('\n')).toMatch(part);
    }
  });
});

describe('beliefs that are wrong', () => {
  async function outcome(root: string | undefined, called: string | undefined, own?: string) {
    const report = await reportOf(
      { 'ci.yml': workflow('push', root, call('x', 'build.yml')), 'build.yml': leaf(called, job('a', own)) },
      { defaultPermissions: 'write' },
    );
    return rowsOf(jobIn(report, 'ci.yml', 'x', 'a'))[0] ?? workflowIn(report, 'ci.yml').outcome;
  }

  test('"missing scopes are dropped silently"', async () => {
    expect(await outcome('{contents: read}', undefined, '{contents: read, checks: write}')).toBe('startup_failure');
  });

  test('"a job block may not exceed its own workflow’s"', async () => {
    expect(await outcome('{checks: write}', '{}', '{checks: write}')).toBe('push repository: checks: write');
  });

  test('"call jobs do not inherit the workflow’s block"', async () => {
    expect(await outcome('{checks: write}', undefined)).toBe('push repository: checks: write');
  });

  test('"a scope left out is the callee’s choice"', async () => {
    expect(await outcome('{contents: read}', '{issues: read}')).toBe('startup_failure');
  });

  test('"`contents: write` covers pull requests"', async () => {
    expect(await outcome('{contents: write}', undefined, '{pull-requests: read}')).toBe('startup_failure');
  });
});
