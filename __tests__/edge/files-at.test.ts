import { describe, expect, test } from '@jest/globals';

import { sendText } from './called-api.ts';
import { clone, commit, git, repository } from './called-git.ts';
import { run } from './command-line-run.ts';
import { sendJson, type FakeApi } from './fake-api.ts';
import { gitApi } from './git-api.ts';
import { temporaryFolder, WORKFLOW } from './temporary-folder.ts';

const CI = '.github/workflows/ci.yml';
const WRITES = WORKFLOW.replace('permissions: {}', 'permissions: { contents: write }');
const OCTO = ['--repository', 'octo-org/octo-repo'];

/** Starts GitHub's API for a real repository, with the commits of its refs. */
async function refApi(folder: string): Promise<FakeApi> {
  return gitApi(folder, (request, response) => {
    const ref = /\/octo-org\/octo-repo\/commits\/(.+)$/.exec(request.url ?? '')?.[1];
    if (ref === undefined) return false;
    try {
      return sendText(response, 200, git(folder, 'rev-parse', '--verify', decodeURIComponent(ref)), 'sha');
    } catch {
      return sendJson(response, 422, { message: `No commit found for SHA: ${ref}` });
    }
  });
}

interface Checked {
  readonly status: number;
  readonly report: { readonly workflows: readonly { readonly jobs: readonly unknown[] }[]; readonly policy: unknown };
  readonly error: string;
}

/** Checks a ref, in this process. */
async function check(folder: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Checked> {
  const { status, text, error } = await run([folder, ...args, '--format', 'json'], env);
  return { status, report: JSON.parse(text), error };
}

describe('a ref that git has', () => {
  test('is read there, and nobody is asked', async () => {
    const folder = repository();
    const head = commit(folder, { [CI]: WRITES });
    const api = await refApi(folder);
    const { report, error } = await check(folder, [...OCTO, '--at', 'main'], { GITHUB_API_URL: api.url });
    expect(report.workflows).toHaveLength(1);
    expect(error).toBe(`The files of main were read from the git of the checkout, at the commit ${head}.\n`);
    expect(api.requests).toEqual([]);
  });
});

describe('a ref that git does not have', () => {
  test('is read through the API, policy included', async () => {
    const there = repository();
    commit(there, { [CI]: WORKFLOW });
    const here = clone(there, 'https://github.com/octo-org/octo-repo.git');
    const newer = commit(there, {
      [CI]: WRITES,
      '.github/permissions-policy.yml': 'version: 1\nlimits:\n  - permissions: { contents: read }\n',
    });
    git(there, 'branch', 'feature/x');
    const api = await refApi(there);
    const { status, report, error } = await check(here, ['--at', 'feature/x'], {
      GITHUB_API_URL: api.url,
      GH_TOKEN: 'mine',
    });
    expect(status).toBe(1);
    expect(report.workflows[0]?.jobs).toMatchObject([{ declared: { contents: 'write' } }]);
    expect(report.policy).toMatchObject({ path: '.github/permissions-policy.yml', ref: 'feature/x', commit: newer });
    expect(error).toBe(`The files of feature/x were read through the API: octo-org/octo-repo at ${newer}.\n`);
    expect(new Set(api.requests.map(({ authorization }) => authorization))).toEqual(new Set(['token mine']));
  });

  test('needs no git repository at all', async () => {
    const there = repository();
    const newer = commit(there, { [CI]: WRITES });
    const api = await refApi(there);
    const { report } = await check(temporaryFolder(), [...OCTO, '--at', newer], { GITHUB_API_URL: api.url });
    expect(report.workflows).toHaveLength(1);
  });

  test.each([
    ['offline', [...OCTO, '--offline'], /The repository has no ref gone\. Fetch it first/],
    ['without a name to ask for', [], /--repository OWNER\/NAME is not given/],
    [
      'when the API has it neither',
      OCTO,
      /The commit of gone in octo-org\/octo-repo could not be read .* It does not exist\./,
    ],
  ])('is an error %s', async (_, args, message) => {
    const folder = repository();
    commit(folder, { [CI]: WRITES });
    const api = await refApi(folder);
    const { status, error } = await check(folder, [...args, '--at', 'gone'], { GITHUB_API_URL: api.url });
    expect(status).toBe(2);
    expect(error).toMatch(message);
  });

  test('whose files may not be read says what the token needs', async () => {
    const there = repository();
    commit(there, { [CI]: WRITES });
    const api = await gitApi(there, (request, response) =>
      request.url?.includes('/commits/') === true
        ? sendText(response, 200, 'a'.repeat(40), 'sha')
        : sendJson(response, 403, { message: 'Resource not accessible' }),
    );
    const { status, error } = await check(temporaryFolder(), [...OCTO, '--at', 'main'], { GITHUB_API_URL: api.url });
    expect(status).toBe(2);
    expect(error).toContain('Set GH_TOKEN to a token with the right "contents: read".');
    expect(error).not.toContain('github-token');
  });
});
