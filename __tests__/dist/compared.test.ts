import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { CI, inOneLine, READ, workflow, WRITE } from '../edge/compared/comparing.ts';
import { commit, git, repository } from '../edge/called-git.ts';
import { sendJson, type FakeApi } from '../edge/fake-api.ts';
import { gitApi } from '../edge/git-api.ts';
import { temporaryFolder } from '../edge/temporary-folder.ts';
import { checkout, gate, GATE, pullRequest, runGate, unknown, type Files, type GateEnded } from './pull-request.ts';
import { runAction, runCommandLine, type ActionEnded } from './run-bundle.ts';

const OTHER = '.github/workflows/other.yml';
const SETTINGS = { 'default-permissions': 'read' };
const OLD: Files = { [GATE]: gate('default-permissions: read'), [CI]: workflow(READ), [OTHER]: workflow(WRITE) };
const RAISED = ['raised ci.yml build: contents read → write'];

/** A pull request that raises one workflow, while somebody else lowers another one on `main`. */
function movedOn(): ReturnType<typeof pullRequest> {
  return pullRequest({ [OTHER]: workflow(READ) }, { [CI]: workflow(WRITE) }, OLD);
}

function changesOf({ report, outputs }: GateEnded): readonly string[] {
  expect(outputs.changes).toBe(String(report.changes.length));
  return report.changes.map(inOneLine);
}

/** The line of the log about the comparison. */
function comparedIn({ stdout }: ActionEnded): string {
  return stdout.split('\n').find((line) => /^(?:Compared with|Nothing is compared)/.test(line)) ?? '';
}

describe('pull_request', () => {
  test.each([
    [0, 'through the API'],
    [1, 'through the API'],
    [2, 'which the checkout has'],
  ])('the merge commit and what it was made from, with %i commits', async (depth, how) => {
    const request = movedOn();
    const ended = await runGate(request, { depth, with: SETTINGS });
    expect([changesOf(ended), ended.outputs.raised]).toEqual([RAISED, '1']);
    expect(comparedIn(ended)).toBe(
      `Compared with main at ${request.base}, ${how}. The base is what the pull request was merged into for this run.`,
    );
    // Nobody asks for files that the head has as well.
    const blobs = ended.requests.filter((line) => line.includes('/git/blobs/'));
    if (depth === 1) expect(blobs).toHaveLength(new Set(blobs).size);
    expect(ended.report.policy.commit).toBe(request.base);
  });

  test.each([
    ['the API', 'through the API', () => {}],
    ['git', 'which the checkout has', (workspace: string) => git(workspace, 'fetch', '-q', '--unshallow', 'origin', 'main')],
  ])('the head of a fork is checked out: where it left the branch, says %s', async (by, how, prepare) => {
    const request = movedOn();
    const left = git(request.folder, 'merge-base', 'main', 'change');
    git(request.folder, 'branch', '-q', '-D', 'change');
    const ended = await runGate(request, { ref: request.head, with: SETTINGS, prepare });
    expect(changesOf(ended)).toEqual(RAISED);
    expect(comparedIn(ended)).toBe(`Compared with main at ${left}, ${how}. The base is where the head left main, says ${by}.`);
    // What the pull request is judged by is the tip all the same.
    expect(ended.report.policy.commit).toBe(request.base);
  });

  test('without any change', async () => {
    const ended = await runGate(pullRequest(OLD, { 'readme.md': 'x' }), { with: SETTINGS });
    expect([changesOf(ended), ended.outputs.changes, ended.outputs.raised]).toEqual([[], '0', '0']);
  });

  test('a folder of the repository', async () => {
    const inputs = 'default-permissions: read\nworking-directory: sub';
    const base = { [GATE]: gate(inputs), [`sub/${CI}`]: workflow(READ), [CI]: workflow(READ) };
    const request = pullRequest(base, { [`sub/${CI}`]: workflow(WRITE) });
    for (const depth of [1, 2]) {
      const ended = await runGate(request, { depth, with: { ...SETTINGS, 'working-directory': 'sub' } });
      expect(changesOf(ended)).toEqual(RAISED);
    }
  });

  test('a base that the API does not give is an error', async () => {
    const request = pullRequest(OLD, { [CI]: workflow(WRITE) });
    const blob = git(request.folder, 'rev-parse', `main:${CI}`);
    const api = await gitApi(request.folder, ({ url = '' }, response) =>
      url.endsWith(blob) && sendJson(response, 500, { message: 'No' }, { 'retry-after': '0' }),
    );
    const { status, outputs, commands } = await runGate(request, { api, with: SETTINGS });
    expect([status, outputs.result, outputs.changes, outputs.raised]).toEqual([1, 'error', '', '']);
    expect(commands.at(-1)?.message).toContain(`${CI} in main at ${request.base} is needed to compare with.`);
  });

  test('files of another repository are compared with nothing', async () => {
    const request = pullRequest({ ...OLD, [GATE]: gate('repository: octo-org/other') }, { [CI]: workflow(WRITE) });
    const ended = await runGate(request, { with: { repository: 'octo-org/other' } });
    expect(comparedIn(ended)).toBe('Nothing is compared. The workflow files are not those of the repository that runs.');
    expect([ended.outputs.changes, ended.outputs.raised, ended.report.changes]).toEqual(['', '', undefined]);
  });
});

describe('report: new', () => {
  const inputs = 'report: new';

  test('only what is new is annotated, counted and fails', async () => {
    const base = { [GATE]: gate(inputs), [CI]: unknown() };
    const old = await runGate(pullRequest(base, { 'readme.md': 'x' }), { with: { report: 'new' } });
    expect([old.status, old.outputs.result, old.outputs.errors]).toEqual([0, 'pass', '0']);
    expect(old.commands.filter(({ name }) => name === 'error')).toEqual([]);
    expect(old.report.findings).toContainEqual(expect.objectContaining({ rule: 'unknown-permission', existing: true }));
    const fresh = await runGate(pullRequest(base, { [OTHER]: unknown() }), { with: { report: 'new' } });
    expect([fresh.status, fresh.outputs.result, fresh.outputs.errors]).toEqual([1, 'fail', '1']);
    expect(fresh.commands.filter(({ name, properties }) => name === 'error' && properties.file === CI)).toEqual([]);
  });

  test('no pull request sets it for itself', async () => {
    const request = pullRequest({ [GATE]: gate(), [CI]: unknown() }, { [GATE]: gate(inputs) });
    const { outputs, rules } = await runGate(request, { with: { report: 'new' } });
    expect(outputs.result).toBe('fail');
    expect(rules).toEqual(expect.arrayContaining(['gate-changed', 'unknown-permission']));
    expect(outputs.errors).toBe('2');
  });
});

describe('the other events that ask whether changes may go in', () => {
  test('pull_request_target: the head is read, wherever it comes from', async () => {
    const request = movedOn();
    git(request.folder, 'branch', '-q', '-D', 'change');
    const ended = await runGate(request, { kind: 'pull_request_target', with: SETTINGS });
    expect(changesOf(ended)).toEqual(RAISED);
    expect(comparedIn(ended)).toMatch(/^Compared with main at .*, through the API\. The base is where the head left main, says the API\.$/);
  });

  test('merge_group: what it stands on, not the branch', async () => {
    const request = pullRequest(OLD, { [CI]: workflow(WRITE) });
    git(request.folder, 'checkout', '-q', 'main');
    commit(request.folder, { 'later.md': 'x' });
    for (const depth of [1, 2]) {
      const ended = await runGate(request, { kind: 'merge_group', depth, with: SETTINGS });
      expect(changesOf(ended)).toEqual(RAISED);
      expect(comparedIn(ended)).toContain(`main at ${request.base}, `);
      expect(comparedIn(ended)).toContain('The base is what the merge group stands on.');
    }
  });

  test('merge_group that does not say what it stands on is an error', async () => {
    const request = pullRequest(OLD, { [CI]: workflow(WRITE) });
    const event = { merge_group: { base_ref: 'refs/heads/main', head_sha: request.merge } };
    const folder = temporaryFolder({ 'event.json': JSON.stringify(event) });
    const env = { GITHUB_EVENT_PATH: `${folder}/event.json` };
    const { outputs, commands } = await runGate(request, { kind: 'merge_group', env, with: SETTINGS });
    expect([outputs.result, commands.at(-1)?.message]).toEqual(['error', expect.stringContaining('base_sha')]);
  });
});

describe('whether it may be merged', () => {
  const MAY = /Nothing found here keeps this from being merged/;

  test.each(['pull_request', 'merge_group', 'pull_request_target'] as const)('is asked on %s', async (kind) => {
    const { report, summary, stdout } = await runGate(pullRequest(OLD, { 'readme.md': 'x' }), { kind, with: SETTINGS });
    expect(report.gate).toEqual({ failOn: 'error', report: 'all', beforeMerge: true });
    expect([summary, stdout]).toEqual([expect.stringMatching(MAY), expect.stringMatching(MAY)]);
  });

  test('is not asked on a push: that is merged already', async () => {
    const { folder, before, after } = pushed();
    const ended = await runPush(folder, { before, after });
    expect(ended.gate).toEqual({ failOn: 'error', report: 'all', beforeMerge: false });
    expect([ended.summary, ended.stdout]).toEqual([expect.not.stringMatching(MAY), expect.not.stringMatching(MAY)]);
  });

  test('is asked on the command line with --base alone', async () => {
    const { folder, before } = pushed();
    const gateOf = async (...args: readonly string[]) =>
      JSON.parse((await runCommandLine([folder, '--format', 'json', ...args])).stdout).gate;
    expect(await gateOf('--base', before)).toEqual({ failOn: 'error', report: 'all', beforeMerge: true });
    expect(await gateOf('--base', before, '--report', 'new', '--fail-on', 'note')).toEqual({
      failOn: 'note',
      report: 'new',
      beforeMerge: true,
    });
    expect(await gateOf()).toEqual({ failOn: 'error', report: 'all', beforeMerge: false });
    expect((await runCommandLine([folder, '--base', before])).stdout).toMatch(MAY);
  });
});

/** A repository whose `main` was pushed twice; the last push raised a workflow. */
function pushed(): { readonly folder: string; readonly before: string; readonly after: string } {
  const folder = repository();
  const before = commit(folder, { [CI]: workflow(READ) });
  return { folder, before, after: commit(folder, { [CI]: workflow(WRITE) }) };
}

const ZEROS = '0'.repeat(40);

/** How the action runs on a push. */
interface PushRun {
  readonly ref?: string;
  readonly before: string;
  readonly after: string;
  readonly depth?: number;
  readonly api?: FakeApi;
  readonly with?: Readonly<Record<string, string>>;
  /** What is checked out, where it is not what was pushed. */
  readonly checkedOut?: string;
  readonly event?: string;
}

async function runPush(folder: string, run: PushRun): Promise<ActionEnded & { readonly changes: unknown; readonly gate: unknown }> {
  const { ref = 'refs/heads/main', before, after, depth = 1 } = run;
  const api = run.api ?? (await gitApi(folder));
  const base = '0'.repeat(40);
  const workspace = checkout({ folder, base, head: base, merge: base }, run.checkedOut ?? after, depth);
  const ended = await runAction({
    workspace,
    with: { ...SETTINGS, ...run.with, 'json-file': 'report.json' },
    event: { ref, before, after, repository: { default_branch: 'main', visibility: 'public' } },
    env: { GITHUB_API_URL: api.url, GITHUB_EVENT_NAME: run.event ?? 'push', GITHUB_SHA: after },
  });
  const report = JSON.parse(readFileSync(ended.outputs['json-file'] ?? '', 'utf8'));
  return { ...ended, changes: report.changes?.map(inOneLine), gate: report.gate };
}

describe('push', () => {
  test.each([
    [1, 'through the API'],
    [2, 'which the checkout has'],
  ])('before and after, with %i commits', async (depth, how) => {
    const { folder, before, after } = pushed();
    const ended = await runPush(folder, { before, after, depth });
    expect([ended.changes, ended.outputs.changes, ended.outputs.raised]).toEqual([RAISED, '1', '1']);
    expect(comparedIn(ended)).toBe(`Compared with main at ${before}, ${how}. The base is the commit that the push replaced.`);
  });

  test.each([
    [1, 'the API'],
    [50, 'git'],
  ])('a new branch is compared with where it left the default branch, with %i commits', async (depth, by) => {
    const { folder, after: left } = pushed();
    git(folder, 'checkout', '-q', '-b', 'topic');
    const after = commit(folder, { [CI]: workflow('{}') });
    git(folder, 'checkout', '-q', 'main');
    commit(folder, { [CI]: workflow(READ) });
    if (depth > 1) git(folder, 'update-ref', 'refs/remotes/origin/main', 'main');
    const ended = await runPush(folder, { ref: 'refs/heads/topic', before: ZEROS, after, depth });
    expect(ended.changes).toEqual(['lowered ci.yml build: contents write → none']);
    expect(comparedIn(ended)).toContain(`Compared with main at ${left}, `);
    expect(comparedIn(ended)).toContain('The base is where the new branch topic left main');
    if (by === 'the API') expect(comparedIn(ended)).toContain('says the API.');
  });

  test.each<[string, Partial<PushRun>, string]>([
    ['a new tag', { ref: 'refs/tags/v1', before: ZEROS }, 'The tag v1 is new.'],
    ['the first push of all', { before: ZEROS }, 'The branch main is new.'],
    ['a deleted branch', { after: ZEROS }, 'main was deleted.'],
    ['a commit that is gone', { before: 'd'.repeat(40) }, `main was at ${'d'.repeat(40)} before this push, and that commit is gone.`],
    ['offline, with one commit', { with: { offline: 'true' } }, 'Git does not have the commit before this push, and offline forbids the network.'],
  ])('%s is compared with nothing, and fails nobody', async (_, run, why) => {
    const { folder, before, after } = pushed();
    const ended = await runPush(folder, { before, after, ...run, checkedOut: after });
    expect([comparedIn(ended), ended.changes]).toEqual([`Nothing is compared. ${why}`, undefined]);
    expect([ended.status, ended.outputs.result, ended.outputs.changes, ended.outputs.raised]).toEqual([0, 'pass', '', '']);
  });

  test('another commit that is checked out is compared with nothing', async () => {
    const { folder, before, after } = pushed();
    const ended = await runPush(folder, { before, after, checkedOut: before });
    expect(comparedIn(ended)).toBe(`Nothing is compared. What is checked is not the commit that was pushed, ${after}.`);
  });

  test('a branch that has nothing in common with the default branch', async () => {
    const { folder } = pushed();
    git(folder, 'checkout', '-q', '--orphan', 'pages');
    const after = commit(folder, { 'index.html': 'x' });
    const ended = await runPush(folder, { ref: 'refs/heads/pages', before: ZEROS, after });
    expect(comparedIn(ended)).toBe('Nothing is compared. The new branch pages has no commit in common with main, says the API.');
  });

  test('an API that tells nothing is an error, not a commit that is gone', async () => {
    const { folder, after } = pushed();
    const api = await gitApi(repository());
    await expect(runPush(folder, { before: 'd'.repeat(40), after, api })).resolves.toMatchObject({
      status: 1,
      outputs: { result: 'error', changes: '', raised: '' },
    });
  });
});

describe('the input base', () => {
  test('on an event that has none, for a checkout of one commit', async () => {
    const { folder, before, after } = pushed();
    git(folder, 'branch', '-q', 'release', before);
    const run = { before, after, event: 'schedule', with: { base: 'release' } };
    const ended = await runPush(folder, run);
    expect(ended.changes).toEqual(RAISED);
    expect(comparedIn(ended)).toBe(`Compared with release at ${before}, through the API. The base is where the head left release, says the API.`);
    const wrong = await runPush(folder, { ...run, with: { base: 'relaese' } });
    expect([wrong.outputs.result, wrong.commands.at(-1)?.message]).toEqual([
      'error',
      expect.stringContaining('The ref relaese could not be read through the API'),
    ]);
  });

  test('without it there is nothing to compare with, and nothing to say', async () => {
    const { folder, before, after } = pushed();
    const ended = await runPush(folder, { before, after, event: 'schedule' });
    expect([comparedIn(ended), ended.changes, ended.outputs.changes]).toEqual(['', undefined, '']);
  });
});
