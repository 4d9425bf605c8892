import { describe, expect, test } from '@jest/globals';

import { WORKFLOW } from '../edge/temporary-folder.ts';
import { BASELINE, CI, gate, GATE, POLICY, pullRequest, runGate, unknown, type Files } from './pull-request.ts';

const EXCEPTION = `exceptions:
  - rule: unknown-permission
    workflows: ci.yml
    reason: waiting for the vendor
`;
const OFF = 'rules:\n  unknown-permission: off\n';
const STRICT = 'version: 1\nrules:\n  unexplained-ignore: error\n';
const IGNORE = '# effective-permissions: ignore[unknown-permission] we know\n';
const ENTRY = { rule: 'unknown-permission', workflow: CI, permission: 'brand-new', about: "Unexpected value 'brand-new'" };
const ACCEPTED = JSON.stringify({ schemaVersion: 1, findings: [ENTRY] });

/** A base with a policy and our step; what the head brings would be an error. */
const BASE: Files = { [POLICY]: STRICT, [GATE]: gate(), [CI]: WORKFLOW };

describe('no pull request excuses itself', () => {
  test.each<[string, Files]>([
    ['an exception of its own', { [POLICY]: `${STRICT}${EXCEPTION}`, [CI]: unknown() }],
    ['a policy that is looser', { [POLICY]: `version: 1\n${OFF}`, [CI]: unknown() }],
    ['a permission that it calls known', { [POLICY]: `${STRICT}scopes:\n  brand-new: [read]\n`, [CI]: unknown() }],
    ['an ignore comment', { [CI]: unknown(IGNORE) }],
    ['a baseline', { [BASELINE]: ACCEPTED, [CI]: unknown() }],
  ])('by %s', async (_, head) => {
    const request = pullRequest(BASE, head);
    for (const depth of [1, 2, 0]) {
      const { status, outputs, rules, report } = await runGate(request, { depth });
      expect([status, outputs.result, rules]).toEqual([1, 'fail', ['unknown-permission']]);
      expect(report.policy).toMatchObject({ path: POLICY, from: 'base', ref: 'main', commit: request.base });
      const [file] = Object.keys(head);
      expect(report.policy.change).toMatchObject({ files: [file], gone: [{ rule: 'unknown-permission' }] });
    }
  });

  test('by deleting the policy', async () => {
    const head = { [POLICY]: null, [CI]: `# effective-permissions: ignore[x]\n${WORKFLOW}` };
    const { outputs, rules, report } = await runGate(pullRequest(BASE, head));
    expect([outputs.result, rules]).toEqual(['fail', ['unexplained-ignore']]);
    expect(report.policy.change).toMatchObject({
      files: [POLICY, CI],
      gone: [{ rule: 'unexplained-ignore', level: 'error' }],
      come: [{ rule: 'unexplained-ignore', level: 'warning' }],
    });
  });

  test('by branching off a commit that is older than the policy', async () => {
    const old = { [GATE]: gate(), [CI]: `# effective-permissions: ignore[x]\n${WORKFLOW}` };
    const head = { 'readme.md': 'x' };
    for (const depth of [1, 2]) {
      const { outputs, rules, report } = await runGate(pullRequest({ [POLICY]: STRICT }, head, old), { depth });
      expect([outputs.result, rules, report.policy.change]).toEqual(['fail', ['unexplained-ignore'], null]);
    }
    // The head itself is checked out, which knows of no policy.
    const request = pullRequest({ [POLICY]: STRICT }, head, old);
    const { outputs, report } = await runGate(request, { ref: request.head });
    expect(outputs.result).toBe('fail');
    expect(report.policy).toMatchObject({ from: 'base', commit: request.base, change: { files: [POLICY] } });
  });

  test('by an ignore comment that excuses something else in the base', async () => {
    const base = { ...BASE, [CI]: unknown(IGNORE) };
    const same = await runGate(pullRequest(base, { 'readme.md': 'x' }));
    expect([same.outputs.result, same.report.suppressed.length, same.report.policy.change]).toEqual(['pass', 1, null]);
    const other = await runGate(pullRequest(base, { [CI]: unknown(IGNORE).replace('brand-new', 'brand-newer') }));
    expect([other.outputs.result, other.rules]).toEqual(['fail', ['unknown-permission']]);
  });
});

describe('what the base says counts', () => {
  test.each<[string, Files]>([
    ['exceptions', { ...BASE, [POLICY]: `${STRICT}${EXCEPTION}` }],
    ['a baseline', { ...BASE, [BASELINE]: ACCEPTED }],
  ])('%s', async (_, base) => {
    const { outputs, report } = await runGate(pullRequest(base, { [CI]: unknown() }));
    expect([outputs.result, report.suppressed.length, report.policy.change]).toEqual(['pass', 1, null]);
  });

  test('a repository without a policy and without our step adopts both', async () => {
    const head = { [POLICY]: STRICT, [GATE]: gate('fail-on: warning') };
    const { outputs, report } = await runGate(pullRequest({ [CI]: WORKFLOW }, head), { with: { 'fail-on': 'warning' } });
    expect(outputs.result).toBe('pass');
    expect(report.policy).toMatchObject({ path: null, from: 'base', change: { files: [POLICY], gone: [], come: [] } });
  });

  test.each<[string, Files, string]>([
    ['of the head', { [POLICY]: 'version: 1\nrule: {}\n' }, `The policy of the checkout has mistakes`],
    ['of the base', {}, 'The policy of main at'],
  ])('a broken policy %s judges nobody', async (whose, head, message) => {
    const base = whose === 'of the head' ? BASE : { ...BASE, [POLICY]: 'version: 1\nrule: {}\nlimit: []\n' };
    const { status, outputs, commands, report } = await runGate(pullRequest(base, { 'readme.md': 'x', ...head }));
    expect([status, outputs.result]).toEqual([1, 'error']);
    expect(report).toMatchObject({ result: 'error', error: { path: POLICY, line: 2, column: 1 } });
    const said = commands.at(-1)?.message ?? '';
    expect(said).toContain(message);
    expect(said.split('\n')[1]).toMatch(/^\.github\/permissions-policy\.yml:2:1: .*rules/);
    expect(said.split('\n')).toHaveLength(whose === 'of the head' ? 2 : 3);
  });
});

describe('our own step', () => {
  const head = (inputs: string, more = ''): Files => ({ [GATE]: gate(inputs, more), [CI]: unknown() });

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['fail-on', 'fail-on: never', { 'fail-on': 'never' }],
    ['policy', 'policy: other.yml', { policy: 'other.yml' }],
    ['policy-from', 'policy-from: head', { 'policy-from': 'head' }],
    ['baseline', 'baseline: other.json', { baseline: 'other.json' }],
    ['working-directory', 'working-directory: decoy', { 'working-directory': 'decoy' }],
  ])('whose %s is changed fails all the same', async (name, inputs, given) => {
    const decoy = {
      'other.yml': `version: 1\n${OFF}`,
      'other.json': ACCEPTED,
      [`decoy/${CI}`]: WORKFLOW,
      [POLICY]: `version: 1\n${OFF}`,
    };
    const request = pullRequest(BASE, { ...head(inputs), ...decoy });
    for (const depth of [1, 0]) {
      const { outputs, rules, report } = await runGate(request, { with: given, depth });
      expect([outputs.result, rules]).toEqual(['fail', ['unknown-permission', 'gate-changed']]);
      const found = report.findings.find(({ rule }: { rule: string }) => rule === 'gate-changed');
      expect(found).toMatchObject({ level: 'error', path: GATE, line: 9, job: ['permissions'] });
      expect(found.message).toContain(`with ${name}`);
    }
  });

  test('is compared by what this run has, wherever its file is', async () => {
    // The step that runs is not the one that the checkout shows.
    const request = pullRequest(BASE, { [CI]: unknown() });
    const { outputs, rules } = await runGate(request, { with: { 'fail-on': 'never' } });
    expect([outputs.result, rules]).toEqual(['fail', ['unknown-permission', 'gate-changed']]);
  });

  test.each<[string, string, string]>([
    ['an expression that gives the same', "fail-on: ${{ 'error' }}", ''],
    ['a condition', '', 'if: github.actor != github.repository_owner'],
    ['continue-on-error', '', 'continue-on-error: true'],
    ['its environment', '', 'env:\n  NODE_OPTIONS: --require=./x.js'],
  ])('with %s', async (_, inputs, more) => {
    const { outputs, rules } = await runGate(pullRequest(BASE, { [GATE]: gate(inputs, more) }));
    expect([outputs.result, rules]).toEqual(['fail', ['gate-changed']]);
  });

  test('that is copied to another job, while the base has it elsewhere', async () => {
    const moved = gate('fail-on: never').replace('  permissions:\n    runs', '  other:\n    runs');
    const { outputs, rules, report } = await runGate(pullRequest(BASE, { [GATE]: moved }), {
      with: { 'fail-on': 'never' },
      env: { GITHUB_JOB: 'other' },
    });
    // The job of another name is a new one.
    expect([outputs.result, rules]).toEqual(['fail', expect.arrayContaining(['gate-changed', 'raised-permission'])]);
    const found = report.findings.find(({ rule }: { rule: string }) => rule === 'gate-changed');
    expect(found.message).toContain('moves or copies');
  });

  test('that has not changed says nothing, whatever else has', async () => {
    const base = { ...BASE, [GATE]: gate('fail-on: warning\npolicy: ${{ vars.POLICY }}') };
    const changed = gate('fail-on: "warning"\npolicy: ${{ vars.POLICY }}').replace('checkout@v6', 'checkout@v7');
    const { outputs, rules } = await runGate(pullRequest(base, { [GATE]: changed }), { with: { 'fail-on': 'warning' } });
    expect([outputs.result, rules]).toEqual(['pass', []]);
  });

  test('of a workflow that a ruleset requires is nobody else\'s to change', async () => {
    const env = { GITHUB_WORKFLOW_REF: 'octo-org/required/.github/workflows/gate.yml@refs/heads/main' };
    const run = { with: { 'fail-on': 'never' }, env };
    expect((await runGate(pullRequest(BASE, { [CI]: unknown() }), run)).rules).toEqual(['unknown-permission']);
  });

  test('with policy-from: head in the base lets the head decide', async () => {
    const base = { ...BASE, [GATE]: gate('policy-from: head') };
    const changed = { [POLICY]: `version: 1\n${OFF}`, [CI]: unknown() };
    const run = { with: { 'policy-from': 'head' } };
    const { outputs, report, stdout } = await runGate(pullRequest(base, changed), run);
    expect([outputs.result, report.policy]).toMatchObject(['pass', { from: 'folder', change: null }]);
    expect(stdout).toContain('policy-from is head');
  });
});

describe('where the base is read', () => {
  test('a shallow checkout has it only when it is two commits deep', async () => {
    const request = pullRequest(BASE, { [CI]: WORKFLOW });
    const shallow = await runGate(request, { depth: 1 });
    expect(shallow.stdout).toContain(`those of main at ${request.base}, through the API.`);
    // The merge commit names its parent, so nobody has to be asked where the branch is.
    expect(shallow.requests.filter((line) => line.includes('/git/ref/'))).toEqual([]);
    const deep = await runGate(request, { depth: 2 });
    expect(deep.stdout).toContain(`those of main at ${request.base}, which the checkout has.`);
    expect(deep.requests).toEqual([]);
    const none = await runGate(request, { depth: 0 });
    expect(none.requests).toContain('GET /repos/octo-org/octo-repo/git/ref/heads%2Fmain');
    expect([shallow, deep, none].map(({ outputs }) => outputs.result)).toEqual(['pass', 'pass', 'pass']);
  });

  test.each([403, 404, 500])('a base that cannot be read is an error, and never no policy: %d', async (code) => {
    const { sendJson } = await import('../edge/fake-api.ts');
    const { gitApi } = await import('../edge/git-api.ts');
    const request = pullRequest({ [CI]: WORKFLOW }, { 'readme.md': 'x' });
    const headers = { 'retry-after': '0' };
    const api = await gitApi(request.folder, (_, response) => sendJson(response, code, { message: 'No' }, code === 500 ? headers : {}));
    const { status, outputs, commands } = await runGate(request, { api });
    expect([status, outputs.result]).toEqual([1, 'error']);
    expect(commands.at(-1)?.message).toMatch(/could not be read through the API.*"fetch-depth: 2"/);
  });

  test('offline needs a checkout that has it', async () => {
    const request = pullRequest({ ...BASE, [GATE]: gate('offline: true') }, { [CI]: unknown() });
    const run = { with: { offline: 'true' } };
    const deep = await runGate(request, { ...run, depth: 2 });
    expect([deep.outputs.result, deep.rules, deep.requests]).toEqual(['fail', ['unknown-permission'], []]);
    const shallow = await runGate(request, { ...run, depth: 1 });
    expect([shallow.outputs.result, shallow.requests]).toEqual(['error', []]);
    expect(shallow.commands.at(-1)?.message).toMatch(/offline forbids the network.*"fetch-depth: 2"/);
  });

  test('an event without a base is an error where there must be one', async () => {
    const request = pullRequest(BASE, { [CI]: WORKFLOW });
    const env = { GITHUB_EVENT_PATH: '/not/there', GITHUB_BASE_REF: '' };
    const { outputs, commands } = await runGate(request, { env });
    expect(outputs.result).toBe('error');
    expect(commands.at(-1)?.message).toContain('does not tell its base branch');
  });

  test('merge_group: the tip of the branch, not what waits in front', async () => {
    const request = pullRequest(BASE, { [POLICY]: `version: 1\n${OFF}`, [CI]: unknown() });
    for (const depth of [1, 2]) {
      const { outputs, rules, report, requests } = await runGate(request, { kind: 'merge_group', depth });
      expect([outputs.result, rules]).toEqual(['fail', ['unknown-permission']]);
      expect(report.policy).toMatchObject({ from: 'base', ref: 'main', commit: request.base });
      expect(requests[0]).toBe('GET /repos/octo-org/octo-repo/git/ref/heads%2Fmain');
    }
  });

  test.each([1, 0])('pull_request_target: the head is read through the API, depth %d', async (depth) => {
    const changed = { [POLICY]: `version: 1\n${OFF}`, [GATE]: gate('fail-on: never'), [CI]: unknown() };
    const request = pullRequest(BASE, changed);
    const { outputs, rules, report, stdout } = await runGate(request, { kind: 'pull_request_target', depth });
    // The base's own file runs, so its inputs are not the head's.
    expect([outputs.result, rules]).toEqual(['fail', ['unknown-permission']]);
    expect(report.policy).toMatchObject({ from: 'base', commit: request.base, change: { files: [POLICY] } });
    expect(stdout).toContain(`octo-org/octo-repo at ${request.head} were read through the API`);
  });

  test('pull_request_target: a checkout of the head is read as it is', async () => {
    const request = pullRequest(BASE, { [CI]: unknown() });
    for (const ref of [request.head, request.merge]) {
      const { rules, stdout } = await runGate(request, { kind: 'pull_request_target', ref, depth: 2 });
      expect(rules).toEqual(['unknown-permission']);
      expect(stdout).not.toContain('were read through the API');
    }
  });

  test('an event without a base judges by what is checked out', async () => {
    const request = pullRequest(BASE, { [POLICY]: `version: 1\n${OFF}`, [CI]: unknown() });
    const { outputs, report, requests } = await runGate(request, { env: { GITHUB_EVENT_NAME: 'push' } });
    expect([outputs.result, report.policy.from, requests]).toEqual(['pass', 'folder', []]);
  });
});
