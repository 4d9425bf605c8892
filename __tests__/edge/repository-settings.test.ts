import { describe, expect, test } from '@jest/globals';

import type { Report } from '../../src/model/report.ts';
import { run } from './command-line-run.ts';
import { fakeApi, sendJson, type FakeApi } from './fake-api.ts';
import { temporaryFolder, WORKFLOW } from './temporary-folder.ts';

const CI = '.github/workflows/ci.yml';
const NO_BLOCK = WORKFLOW.replace('permissions: {}\n', '');
const OCTO = ['--repository', 'octo-org/octo-repo'];
const OWN = 'GET /repos/octo-org/octo-repo/actions/permissions/workflow';
const ABOVE = 'GET /orgs/octo-org/actions/permissions/workflow';
const ABOUT = 'GET /repos/octo-org/octo-repo';
const FORKS = 'GET /repos/octo-org/octo-repo/actions/permissions/fork-pr-workflows-private-repos';

/** What an API answers: a body, or the status of a refusal. */
type Answers = Readonly<Record<string, object | number>>;

async function settingsApi(answers: Answers): Promise<FakeApi> {
  return fakeApi({}, (request, response) => {
    const answer = answers[`${request.method} ${request.url}`] ?? 404;
    return typeof answer === 'number'
      ? sendJson(response, answer, { message: 'Resource not accessible by integration' })
      : sendJson(response, 200, answer);
  });
}

interface Checked {
  readonly repository: Report['repository'];
  readonly error: string;
  readonly asked: readonly string[];
}

async function check(
  answers: Answers,
  { file = NO_BLOCK, args = [], env = { GH_TOKEN: 'mine' } }: { file?: string; args?: string[]; env?: object } = {},
): Promise<Checked> {
  const api = await settingsApi(answers);
  const folder = temporaryFolder({ [CI]: file });
  const { text, error } = await run([folder, ...OCTO, '--format', 'json', ...args], {
    GITHUB_API_URL: api.url,
    ...env,
  });
  return { repository: JSON.parse(text).repository, error, asked: api.requests.map(({ line }) => line) };
}

const READ = { default_workflow_permissions: 'read', can_approve_pull_request_reviews: true };
const WRITE = { default_workflow_permissions: 'write', can_approve_pull_request_reviews: false };

describe('the default', () => {
  test.each([
    ['of the repository: read decides', { [OWN]: READ }, 'read', [OWN]],
    ['write, and nobody above who says otherwise', { [OWN]: WRITE }, 'write', [OWN, ABOVE]],
    ['write, and the organization is stricter', { [OWN]: WRITE, [ABOVE]: READ }, 'read', [OWN, ABOVE]],
    ['of the organization alone, which is strict', { [OWN]: 403, [ABOVE]: READ }, 'read', [OWN, ABOVE]],
  ])('%s', async (_, answers, value, lines) => {
    const { repository, error, asked } = await check(answers);
    expect(repository.defaultPermissions).toEqual({ value, source: 'settings' });
    expect([error, asked]).toEqual(['', lines]);
  });

  test('comes with what else stands there', async () => {
    expect((await check({ [OWN]: READ })).repository.canApprovePullRequestReviews).toBe(true);
    expect((await check({ [OWN]: WRITE })).repository.canApprovePullRequestReviews).toBe(false);
    expect((await check({})).repository).not.toHaveProperty('canApprovePullRequestReviews');
  });

  test('of the organization alone is not enough when it allows more', async () => {
    const { repository, error } = await check({ [OWN]: 403, [ABOVE]: WRITE });
    expect(repository.defaultPermissions).toEqual({ value: 'unknown', source: 'none' });
    expect(error).toContain('administration: read');
  });

  test.each([403, 404])('HTTP %i: one line, and no error', async (status) => {
    const { repository, error } = await check({ [OWN]: status, [ABOVE]: status });
    expect(repository.defaultPermissions).toEqual({ value: 'unknown', source: 'none' });
    expect(error.trimEnd().split('\n')).toEqual([expect.stringMatching(/which GITHUB_TOKEN cannot have\. Give --def/)]);
  });

  test('a token that is not valid is said to be so', async () => {
    const { error } = await check({ [OWN]: 401, [ABOVE]: 401 });
    expect(error).toContain('does not accept the token');
  });
});

describe('nobody is asked', () => {
  test.each([
    ['without a token', { env: {} }],
    ['with --offline', { args: ['--offline'] }],
    ['for what was given', { args: ['--default-permissions', 'write'] }],
    ['for what is to be computed both ways', { args: ['--default-permissions', 'unknown'] }],
    ['for what no job depends on', { file: WORKFLOW }],
  ])('%s', async (_, how) => {
    expect((await check({ [OWN]: READ }, how)).asked).toEqual([]);
  });
});

describe('forks', () => {
  const file = WORKFLOW.replace('on: push', 'on: pull_request').replace('permissions: {}', 'permissions: write-all');
  const settings = (runs: boolean, writes: boolean): object => ({
    run_workflows_from_fork_pull_requests: runs,
    send_write_tokens_to_workflows: writes,
  });

  test.each([
    [settings(false, false), 'off'],
    [settings(true, false), 'read'],
    [settings(true, true), 'write'],
    [403, 'unknown'],
  ])('of a private repository: %j', async (answer, value) => {
    const { repository, asked } = await check({ [ABOUT]: { visibility: 'private' }, [FORKS]: answer }, { file });
    expect(repository).toMatchObject({ visibility: 'private', forkPullRequests: value });
    expect(asked).toEqual([ABOUT, FORKS]);
  });

  test('of a public repository need no setting', async () => {
    const { repository, asked } = await check({ [ABOUT]: { private: false } }, { file });
    expect(repository).toMatchObject({ visibility: 'public', forkPullRequests: 'unknown' });
    expect(asked).toEqual([ABOUT]);
  });

  test('what is given stays', async () => {
    const args = ['--visibility', 'internal'];
    const { repository, asked } = await check({ [FORKS]: settings(true, true) }, { file, args });
    expect(repository).toMatchObject({ visibility: 'internal', forkPullRequests: 'write' });
    expect(asked).toEqual([FORKS]);
  });
});
