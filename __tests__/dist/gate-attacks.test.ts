import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { git } from '../edge/called-git.ts';
import { sendJson } from '../edge/fake-api.ts';
import { gitApi } from '../edge/git-api.ts';
import { WORKFLOW } from '../edge/temporary-folder.ts';
import { BASELINE, CI, gate, GATE, POLICY, pullRequest, runGate, unknown, type Files } from './pull-request.ts';

const OFF = 'version: 1\nrules:\n  unknown-permission: off\n';
const STRICT = 'version: 1\nrules:\n  unexplained-ignore: error\n';
const BASE: Files = { [POLICY]: STRICT, [GATE]: gate(), [CI]: WORKFLOW };

/** Commits what `files` does in a folder, as a pull request's head. */
function headWith(base: Files, files: (folder: string) => void): ReturnType<typeof pullRequest> {
  const request = pullRequest(base, { [CI]: unknown() });
  const { folder } = request;
  git(folder, 'checkout', '-q', 'change');
  files(folder);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'more');
  const head = git(folder, 'rev-parse', 'HEAD');
  git(folder, 'checkout', '-q', '--detach', 'main');
  git(folder, 'merge', '-q', '--no-ff', '-m', 'merge', head);
  const merge = git(folder, 'rev-parse', 'HEAD');
  git(folder, 'update-ref', 'refs/pull/1/merge', merge);
  return { ...request, head, merge };
}

function replaceFile(workspace: string): void {
  git(workspace, 'replace', git(workspace, 'rev-parse', `HEAD:${CI}`), git(workspace, 'rev-parse', `HEAD^:${CI}`));
}

describe('which policy counts is not for links of the head to say', () => {
  test.each([
    ['another folder', 'other'],
    ['a folder outside of the checkout', '/tmp'],
  ])('a folder of the policy that becomes a link to %s', async (_, target) => {
    const inputs = 'policy: config/policy.yml';
    const base = { [GATE]: gate(inputs), [CI]: WORKFLOW, 'config/policy.yml': STRICT, 'other/readme.md': 'x' };
    const request = headWith(base, (folder) => {
      git(folder, 'rm', '-rq', 'config');
      symlinkSync(target, path.join(folder, 'config'));
      writeFileSync(path.join(folder, 'other/policy.yml'), OFF);
    });
    for (const depth of [2, 0]) {
      const { status, outputs } = await runGate(request, { with: { policy: 'config/policy.yml' }, depth });
      expect([status, outputs.result]).toEqual([1, 'error']);
    }
  });

  test('a working directory that becomes a link', async () => {
    const inputs = 'working-directory: sub';
    const base = { [GATE]: gate(inputs), [`sub/${CI}`]: WORKFLOW, [`decoy/${CI}`]: WORKFLOW };
    const request = headWith(base, (folder) => {
      git(folder, 'rm', '-rq', 'sub');
      symlinkSync('decoy', path.join(folder, 'sub'));
    });
    const { outputs, commands } = await runGate(request, { with: { 'working-directory': 'sub' }, depth: 2 });
    expect(outputs.result).toBe('error');
    expect(commands.at(-1)?.message).toContain('symbolic link');
  });

  test.each<[string, (file: string) => void]>([
    ['a link', (file) => symlinkSync('../other.yml', file)],
    ['not YAML', (file) => writeFileSync(file, Buffer.from([0, 255, 254, 1]))],
    ['empty', (file) => writeFileSync(file, '')],
    ['too big', (file) => writeFileSync(file, `#${'x'.repeat(1 << 20)}`)],
  ])('a policy that becomes %s', async (_, write) => {
    const request = headWith(BASE, (folder) => {
      git(folder, 'rm', '-q', POLICY);
      writeFileSync(path.join(folder, 'other.yml'), OFF);
      write(path.join(folder, POLICY));
    });
    for (const depth of [2, 0]) expect((await runGate(request, { depth })).outputs.result).toBe('error');
  });

  test('a policy of the base with the other ending is an error, and no silence', async () => {
    const request = pullRequest({ [GATE]: gate(), '.github/permissions-policy.yaml': STRICT }, { [CI]: unknown() });
    const { outputs, commands } = await runGate(request, { depth: 2 });
    expect(outputs.result).toBe('error');
    expect(commands.at(-1)?.message).toContain('.github/permissions-policy.yaml. Rename it.');
  });
});

describe('what is judged is the commit', () => {
  test('a checkout of another commit is not read', async () => {
    const request = pullRequest(BASE, { [CI]: unknown() });
    const { outputs, rules, stdout } = await runGate(request, { ref: request.base });
    expect([outputs.result, rules]).toEqual(['fail', ['unknown-permission']]);
    expect(stdout).toContain(`octo-org/octo-repo at ${request.merge} were read through the API`);
  });

  test.each<[string, (workspace: string) => void]>([
    ['edits the workspace', (workspace) => writeFileSync(path.join(workspace, CI), WORKFLOW)],
    ['deletes a workflow file', (workspace) => rmSync(path.join(workspace, CI))],
    ['takes the checkout away from git', (workspace) => rmSync(path.join(workspace, '.git'), { recursive: true })],
    ['puts another object in the place of the file', replaceFile],
  ])('where a step before ours %s', async (_, prepare) => {
    const request = pullRequest(BASE, { [CI]: unknown() });
    const { outputs, rules } = await runGate(request, { depth: 2, prepare });
    expect([outputs.result, rules]).toEqual(['fail', ['unknown-permission']]);
  });
});

describe('our own step, round about', () => {
  const given = { with: { 'fail-on': 'never' } };

  test('inputs that expressions take from what the head changes', async () => {
    const by = (env: string): string => `env:\n  LEVEL: ${env}\n${gate('fail-on: ${{ env.LEVEL }}')}`;
    const request = pullRequest({ ...BASE, [GATE]: by('error') }, { [GATE]: by('never'), [CI]: unknown() });
    const { outputs, rules } = await runGate(request, given);
    expect([outputs.result, rules]).toEqual(['fail', ['unknown-permission', 'gate-changed']]);
  });

  test('inputs behind an alias', async () => {
    const by = (level: string): string =>
      gate('fail-on: *level').replace('permissions:\n', `env:\n  LEVEL: &level ${level}\npermissions:\n`);
    const request = pullRequest({ ...BASE, [GATE]: by('error') }, { [GATE]: by('never'), [CI]: unknown() });
    const { outputs, rules } = await runGate(request, given);
    expect([outputs.result, rules]).toEqual(['fail', ['unknown-permission', 'gate-changed']]);
  });

  test.each([
    ['that waits for another job', (text: string) => text.replace('    runs-on', '    needs: skipped\n    runs-on')],
    ['that runs for fewer pull requests', (text: string) => text.replace('on: pull_request', 'on: { pull_request: { types: [opened] } }')],
    ['that no merge queue runs', (text: string) => text.replace('[pull_request, merge_group]', '[pull_request]')],
  ])('a job %s', async (_, alter) => {
    const before = _.includes('queue') ? gate().replace('on: pull_request', 'on: [pull_request, merge_group]') : gate();
    const skipped = '  skipped:\n    if: false\n    runs-on: x\n    steps:\n      - run: x\n';
    const base = `${before}${skipped}`;
    const request = pullRequest({ ...BASE, [GATE]: base }, { [GATE]: alter(base) });
    const { outputs, rules } = await runGate(request);
    expect([outputs.result, rules]).toEqual(['fail', ['gate-changed']]);
  });

  test('a file that cannot be read is an error', async () => {
    const request = pullRequest(BASE, { [GATE]: `${gate('fail-on: never')}#${'x'.repeat(1 << 20)}` });
    expect((await runGate(request, given)).outputs.result).toBe('error');
  });
});

describe('no false alarm', () => {
  test.each([
    ['an id', gate('', 'id: permissions')],
    ['another version, comments, quotes and order', gate('offline: "true"\n# why\nfail-on: \'error\'').replace('@v1', '@v2')],
    ['space in expressions', gate('fail-on: error\noffline: true\npolicy: ${{vars.POLICY}}')],
    ['another event', gate().replace('on: pull_request', 'on: [pull_request, workflow_dispatch]')],
  ])('%s', async (what, after) => {
    const inputs = what.includes('quotes') || what.includes('space') ? 'fail-on: error\noffline: true' : '';
    const policy = what.includes('space') ? '\npolicy: ${{ vars.POLICY }}' : '';
    const request = pullRequest({ ...BASE, [GATE]: gate(`${inputs}${policy}`) }, { [GATE]: after });
    const run = { depth: 2, with: inputs === '' ? {} : { offline: 'true', 'fail-on': 'error' } };
    const { outputs, rules } = await runGate(request, run);
    expect([outputs.result, rules.filter((rule) => rule !== 'raised-permission')]).toEqual(['pass', []]);
  });

  test('a base branch that has changed the step since the run was started', async () => {
    const request = pullRequest(BASE, { [CI]: unknown() });
    const { folder, base, head } = request;
    git(folder, 'checkout', '-q', 'main');
    writeFileSync(path.join(folder, GATE), gate('fail-on: warning'));
    git(folder, 'commit', '-qam', 'stricter');
    const api = await gitApi(folder, (req, response) => {
      if (!(req.url ?? '').includes('/git/commits/')) return false;
      return sendJson(response, 200, { parents: [{ sha: base }, { sha: head }] });
    });
    const { outputs, rules } = await runGate(request, { depth: 0, api });
    expect([outputs.result, rules]).toEqual(['fail', ['unknown-permission']]);
  });
});

test('what is accepted of a job is not accepted once it runs what an outsider made', async () => {
  const triage = (more = ''): string => `on: issue_comment
permissions: { contents: write }
jobs:
  triage:
    runs-on: ubuntu-latest
    steps:
${more}      - run: npm test
`;
  const checkout = `      - uses: actions/checkout@v6\n        with:\n          ref: refs/pull/\${{ github.event.issue.number }}/merge\n`;
  const entry = { rule: 'write-on-untrusted-trigger', workflow: CI, job: 'triage', permission: 'contents', granted: 'write' };
  const base = { ...BASE, [CI]: triage(), [BASELINE]: JSON.stringify({ schemaVersion: 1, findings: [entry] }) };
  const same = await runGate(pullRequest(base, { 'readme.md': 'x' }), { depth: 2 });
  expect([same.outputs.result, same.report.suppressed.length]).toEqual(['pass', 1]);
  const { outputs, rules } = await runGate(pullRequest(base, { [CI]: triage(checkout) }), { depth: 2 });
  expect([outputs.result, rules]).toEqual(['fail', ['write-on-untrusted-trigger', 'excessive-permission']]);
});
