import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { commit, repository } from './called-git.ts';
import { sendJson, type Answer } from './fake-api.ts';
import { act, observedApi, type Acted, type ObservedApi, type Run } from './observed-runs.ts';
import { temporaryFolder } from './temporary-folder.ts';

const CI = '.github/workflows/ci.yml';
const STEPS = '    runs-on: ubuntu-latest\n    steps:\n      - run: "true"\n';
const READS = `on: push\npermissions:\n  contents: read\njobs:\n  build:\n${STEPS}`;
const NO_BLOCK = READS.replace('permissions:\n  contents: read\n', '');
const GRANTED = ['Contents: read', 'Metadata: read'];
const RESTRICTED = ['Contents: read', 'Metadata: read', 'Packages: read'];
const DONE = { conclusion: 'success' };

type Seen = Acted & { readonly api: ObservedApi };

/** Observes the runs of a repository whose last commit, the one that is checked out, has these files. */
async function observe(
  files: Readonly<Record<string, string>>,
  runsAt: (head: string, before: readonly string[]) => readonly Run[],
  {
    before = [],
    answer = () => false,
    inputs = {},
    event = {},
  }: {
    readonly before?: readonly Readonly<Record<string, string>>[];
    readonly answer?: Answer;
    readonly inputs?: Readonly<Record<string, string>>;
    readonly event?: object;
  } = {},
): Promise<Seen> {
  const folder = repository();
  const older = before.map((one) => commit(folder, one));
  const head = commit(folder, files);
  const api = await observedApi(folder, runsAt(head, older), answer);
  const eventPath = path.join(temporaryFolder({ 'event.json': JSON.stringify(event) }), 'event.json');
  const acted = await act(
    { observe: 'true', 'github-token': 'ghs_job', 'json-file': 'report.json', ...inputs },
    {
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: api.url,
      GITHUB_WORKSPACE: folder,
      GITHUB_EVENT_PATH: eventPath,
      HOME: temporaryFolder(),
    },
    () => readFileSync(path.join(folder, 'report.json'), 'utf8'),
  );
  return { ...acted, api };
}

function rules({ report }: Acted): readonly string[] {
  return report.findings
    .map(({ rule }) => rule)
    .filter((rule) => rule === 'never-starts' || rule === 'differs-from-run');
}

describe('a run that agrees', () => {
  test('confirms its rows, and the token goes to the API alone', async () => {
    const seen = await observe({ [CI]: READS }, (head) => [
      { run: { head_sha: head, ...DONE }, jobs: { build: GRANTED } },
    ]);
    expect(seen.warnings).toEqual([]);
    expect(seen.report.observed).toMatchObject({
      rows: { all: 1, confirmed: 1 },
      runs: [{ actor: 'repository', jobs: [{ job: ['build'], result: 'agrees', differences: [] }] }],
      notes: [],
    });
    expect(rules(seen)).toEqual([]);
    expect(seen.log).toMatch(/1 of 1 result is\s+confirmed by a run/);
    expect(seen.api.logRequests).toEqual([{ line: 'GET /logs/100000?sig=secret', authorization: undefined }]);
    expect(new Set(seen.api.requests.map(({ authorization }) => authorization))).toEqual(new Set(['token ghs_job']));
    expect(seen.log + JSON.stringify(seen.report)).not.toContain('sig=secret');
  });

  test('of a former version of the file confirms what is still so', async () => {
    const seen = await observe(
      { [CI]: `${READS}  other:\n${STEPS}` },
      (_, [older]) => [{ run: { head_sha: older, ...DONE }, jobs: { build: GRANTED } }],
      { before: [{ [CI]: READS }] },
    );
    expect(seen.report.observed?.rows).toEqual({ all: 2, confirmed: 1 });
  });

  test('of a file with a permission that the policy adds', async () => {
    const file = `${READS}  other:\n    permissions: { galaxies: read }\n${STEPS}`;
    const policy = 'version: 1\nscopes: { galaxies: [read, write] }\n';
    const seen = await observe({ [CI]: file, '.github/permissions-policy.yml': policy }, (head) => [
      { run: { head_sha: head, ...DONE }, jobs: { build: GRANTED } },
    ]);
    expect(seen.report.observed?.rows).toEqual({ all: 2, confirmed: 1 });
    expect(rules(seen)).toEqual([]);
  });

  test('of another version of the block confirms nothing of what is now', async () => {
    const seen = await observe(
      { [CI]: READS },
      (_, [older]) => [{ run: { head_sha: older, ...DONE }, jobs: { build: ['Contents: write', 'Metadata: read'] } }],
      { before: [{ [CI]: READS.replace('contents: read', 'contents: write') }] },
    );
    expect(seen.report.observed?.runs[0]?.jobs[0]?.result).toBe('agrees');
    expect(seen.report.observed?.rows).toEqual({ all: 1, confirmed: 0 });
    expect(rules(seen)).toEqual([]);
  });
});

describe('a run that differs', () => {
  test('is a warning at the job, with both levels', async () => {
    const seen = await observe({ [CI]: READS }, (head) => [
      { run: { head_sha: head, ...DONE }, jobs: { build: ['Contents: write', 'Metadata: read'] } },
    ]);
    expect(seen.report.findings.filter(({ rule }) => rule === 'differs-from-run')).toMatchObject([
      { level: 'warning', path: CI, line: 5, job: ['build'], permission: 'contents', granted: 'write' },
    ]);
    expect(seen.log.replaceAll(/\s+/g, ' ')).toContain('contents: write was granted, read is computed');
  });

  test('of a pull request is not, since its merge is not known', async () => {
    const seen = await observe({ [CI]: READS.replace('push', 'pull_request') }, (head) => [
      { run: { head_sha: head, event: 'pull_request', ...DONE }, jobs: { build: RESTRICTED } },
    ]);
    expect(rules(seen)).toEqual([]);
    expect(seen.report.observed?.runs[0]?.jobs[0]).toMatchObject({
      result: 'not-compared',
      reason: expect.stringContaining('merge'),
    });
  });

  test('is told from what a fork gets', async () => {
    const file = READS.replace('push', 'pull_request').replace('contents: read', 'issues: write');
    const seen = await observe({ [CI]: file }, (head) => [
      {
        run: { head_sha: head, event: 'pull_request', head_repository: { full_name: 'mona/octo-repo' }, ...DONE },
        jobs: { build: ['Issues: read', 'Metadata: read'] },
      },
    ]);
    expect(seen.report.observed?.runs).toMatchObject([{ actor: 'fork', jobs: [{ result: 'agrees' }] }]);
  });
});

describe('the names of jobs', () => {
  test('of a matrix, of called workflows and with expressions are matched', async () => {
    const file =
      'on: push\npermissions: {}\njobs:\n' +
      `  matrix:\n    permissions: { issues: write }\n    strategy: { matrix: { os: [a, b] } }\n${STEPS}` +
      '  call:\n    permissions: { pages: write }\n    uses: ./.github/workflows/called.yml\n' +
      `  named:\n    name: Test \${{ github.ref_name }}\n    permissions: { checks: write }\n${STEPS}`;
    const called = `on: workflow_call\njobs:\n  inner:\n    name: Inside\n${STEPS}`;
    const seen = await observe({ [CI]: file, '.github/workflows/called.yml': called }, (head) => [
      {
        run: { head_sha: head, ...DONE },
        jobs: {
          'matrix (a)': ['Issues: write', 'Metadata: read'],
          'matrix (b)': ['Issues: write', 'Metadata: read'],
          'call / Inside': ['Metadata: read', 'Pages: write'],
          'Test main': ['Checks: write', 'Metadata: read'],
          'was renamed': ['Metadata: read'],
        },
      },
    ]);
    const jobs = seen.report.observed?.runs[0]?.jobs.map(({ name, job, result }) => [name, job, result]);
    expect(jobs).toEqual([
      // Those of a matrix have the same token: one log tells.
      ['matrix (a)', ['matrix'], 'agrees'],
      ['call / Inside', ['call', 'inner'], 'agrees'],
      ['Test main', ['named'], 'agrees'],
      ['was renamed', null, 'not-compared'],
    ]);
    // What no job can be called need not be asked for.
    expect(seen.api.logRequests).toHaveLength(3);
  });

  const MATRIX = READS.replace('  build:\n', '  build:\n    name: test ${{ matrix.os }} on ${{ matrix.node }}\n');

  test('that are all of one matrix take one log, whatever they are made of', async () => {
    const legs = Array.from({ length: 30 }, (_, index) => [`test linux on ${index}`, GRANTED] as const);
    const file = `${MATRIX}  last:\n${STEPS}`;
    const seen = await observe({ [CI]: file }, (head) => [
      { run: { head_sha: head, ...DONE }, jobs: { ...Object.fromEntries(legs), last: GRANTED } },
    ]);
    const jobs = seen.report.observed?.runs[0]?.jobs.map(({ name, job, result }) => [name, job, result]);
    expect(jobs).toEqual([
      ['test linux on 0', ['build'], 'agrees'],
      ['last', ['last'], 'agrees'],
    ]);
    expect(seen.api.logRequests).toHaveLength(2);
    expect(seen.report.observed?.rows).toEqual({ all: 2, confirmed: 2 });
  });

  test('of one that was cancelled before it began do not stand for the others', async () => {
    const seen = await observe(
      { [CI]: MATRIX },
      (head) => [{ run: { head_sha: head, ...DONE }, jobs: { 'test a on 1': null, 'test a on 2': GRANTED } }],
      {
        answer: (request, response) =>
          request.url?.includes('/attempts/1/jobs') === true
            ? sendJson(response, 200, {
                jobs: [
                  { id: 100_000, name: 'test a on 1', conclusion: 'cancelled' },
                  { id: 100_001, name: 'test a on 2', conclusion: 'failure' },
                ],
              })
            : false,
      },
    );
    expect(seen.report.observed?.runs[0]?.jobs).toMatchObject([{ name: 'test a on 2', result: 'agrees' }]);
  });

  test('of more jobs than are read: says of which', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `job${index}`);
    const file = `on: push\npermissions:\n  contents: read\njobs:\n${names.map((name) => `  ${name}:\n${STEPS}`).join('')}`;
    const seen = await observe({ [CI]: file }, (head) => [
      { run: { head_sha: head, ...DONE }, jobs: Object.fromEntries(names.map((name) => [name, GRANTED])) },
    ]);
    expect(seen.api.logRequests).toHaveLength(12);
    expect(seen.log.replaceAll(/\s+/g, ' ')).toContain(
      `Not compared: job12 (${CI} on push) and job13 (${CI} on push). Of each run, the logs of 12 jobs are read.`,
    );
  });
});

describe('the default', () => {
  const run = (levels: readonly string[]) => (head: string) => [
    { run: { head_sha: head, ...DONE }, jobs: { build: levels } },
  ];

  test('is learned from a job without a block, with the run it is from', async () => {
    const { report, log } = await observe({ [CI]: NO_BLOCK }, run(RESTRICTED));
    expect(report.repository.defaultPermissions).toEqual({
      value: 'read',
      source: 'log',
      run: 'https://github.com/octo-org/octo-repo/actions/runs/1000',
    });
    expect(report.workflows[0]?.jobs[0]?.grants).toHaveLength(1);
    expect(log).not.toContain('administration: read');
  });

  test('that was given is not replaced: the log differs', async () => {
    const seen = await observe({ [CI]: NO_BLOCK }, run(RESTRICTED), { inputs: { 'default-permissions': 'write' } });
    expect(seen.report.repository.defaultPermissions).toEqual({ value: 'write', source: 'option' });
    expect(rules(seen)).toEqual(['differs-from-run']);
    expect(JSON.stringify(seen.report.findings)).toContain('Workflow permissions');
  });

  test('of the settings comes first, where the token may read it', async () => {
    const { report } = await observe({ [CI]: NO_BLOCK }, run(RESTRICTED), {
      answer: (request, response) =>
        request.url === '/repos/octo-org/octo-repo/actions/permissions/workflow'
          ? sendJson(response, 200, { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false })
          : false,
    });
    expect(report.repository).toMatchObject({
      defaultPermissions: { value: 'read', source: 'settings' },
      canApprovePullRequestReviews: false,
    });
  });

  test('that nobody tells is one line, once', async () => {
    const { log, report } = await observe({ [CI]: NO_BLOCK }, () => []);
    expect(report.repository.defaultPermissions).toEqual({ value: 'unknown', source: 'none' });
    expect(log.match(/which GITHUB_TOKEN cannot have/g)).toHaveLength(1);
  });
});

describe('workflows that never start', () => {
  const FAILED = { conclusion: 'startup_failure' };
  const BROKEN = `on: push\npermissions: {}\njobs:\n  call:\n    uses: ./.github/workflows/called.yml\n`;
  const ASKS = `on: workflow_call\njobs:\n  inner:\n    permissions: { issues: write }\n${STEPS}`;
  const FILES = { [CI]: BROKEN, '.github/workflows/called.yml': ASKS };

  test('are an error, with since when and why', async () => {
    const seen = await observe(FILES, (head) => [
      { run: { head_sha: head, run_started_at: '2026-11-20T10:00:00Z', ...FAILED } },
      { run: { head_sha: head, run_started_at: '2026-11-12T10:00:00Z', ...FAILED } },
      { run: { head_sha: head, run_started_at: '2026-11-03T10:00:00Z', ...DONE } },
    ]);
    const [finding] = seen.report.findings.filter(({ rule }) => rule === 'never-starts');
    expect(finding).toMatchObject({ level: 'error', path: CI, line: 1 });
    expect(finding?.message).toMatch(/last 2 runs .* since 2026-11-12\. The last run that started is of 2026-11-03\./);
    expect(finding?.message).toContain("requesting 'issues: write', but is only allowed 'issues: none'");
    expect(seen.report.observed?.neverStarts).toMatchObject([{ path: CI, runs: 2, startedLast: '2026-11-03' }]);
  });

  test('for a reason of the day of the run, as long as nobody changes the file', async () => {
    const early = READS.replace('contents: read', 'vulnerability-alerts: read');
    const seen = await observe({ [CI]: early }, (head) => [
      { run: { head_sha: head, run_started_at: '2026-06-20T10:00:00Z', ...FAILED } },
    ]);
    expect(seen.report.observed?.neverStarts).toMatchObject([{ why: ["Unexpected value 'vulnerability-alerts'"] }]);
    expect(seen.report.workflows[0]?.problems).toEqual([]);
  });

  test('are found without a known reason, too', async () => {
    const seen = await observe({ [CI]: READS }, (head) => [{ run: { head_sha: head, ...FAILED } }]);
    const [finding] = seen.report.findings.filter(({ rule }) => rule === 'never-starts');
    expect(finding?.message).toContain('No run that started was found');
    expect(finding?.hint).toContain('do not tell why');
  });

  test('are none when the last run did start', async () => {
    const seen = await observe({ [CI]: READS }, (head) => [
      { run: { head_sha: head, ...DONE } },
      { run: { head_sha: head, ...FAILED } },
    ]);
    expect(rules(seen)).toEqual([]);
  });

  test('are none when the file is mended now', async () => {
    const seen = await observe(
      { [CI]: BROKEN.replace('permissions: {}', 'permissions: { issues: write }') },
      (_, [older]) => [{ run: { head_sha: older, ...FAILED } }],
      { before: [FILES] },
    );
    expect(rules(seen)).toEqual([]);
    expect(seen.report.observed?.notes.join()).toContain('changed since');
  });

  test('are none when one pull request alone breaks them', async () => {
    const files = { ...FILES, [CI]: BROKEN.replace('push', 'pull_request') };
    const run = (branch: string) => (head: string) => [
      { run: { head_sha: head, event: 'pull_request', head_branch: 'one', ...FAILED } },
      { run: { head_sha: head, event: 'pull_request', head_branch: branch, ...FAILED } },
    ];
    expect(rules(await observe(files, run('one')))).toEqual([]);
    expect(rules(await observe(files, run('two')))).toEqual(['never-starts']);
  });

  test('are none when a branch alone breaks them', async () => {
    const event = { repository: { default_branch: 'main' } };
    const run = (branch: string) => (head: string) => [{ run: { head_sha: head, head_branch: branch, ...FAILED } }];
    expect(rules(await observe(FILES, run('feature'), { event }))).toEqual([]);
    expect(rules(await observe(FILES, run('main'), { event }))).toEqual(['never-starts']);
  });
});

describe('what cannot be looked at', () => {
  test('without the right, says which one is missing', async () => {
    const { warnings, report, outputs } = await observe({ [CI]: READS }, () => [], {
      answer: (request, response) =>
        request.url?.includes('/actions/runs') === true
          ? sendJson(response, 403, { message: 'Resource not accessible by integration' })
          : false,
    });
    expect(warnings).toEqual([expect.stringContaining('"actions: read"')]);
    expect(report.observed?.notes).toEqual(warnings);
    expect(outputs).toMatchObject({ result: 'pass' });
  });

  test('logs that have expired', async () => {
    const { report, log } = await observe({ [CI]: READS }, (head) => [
      { run: { head_sha: head, ...DONE }, jobs: { build: null } },
    ]);
    expect(report.observed?.runs[0]?.jobs).toMatchObject([
      { result: 'not-compared', reason: 'Its log has expired, or was deleted.' },
    ]);
    expect(report.observed?.rows).toEqual({ all: 1, confirmed: 0 });
    expect(log).toContain('No result of this report is confirmed by a run.');
  });

  test('runs of commits that are gone, and the others all the same', async () => {
    const seen = await observe({ [CI]: READS, '.github/workflows/two.yml': READS }, (head) => [
      { run: { head_sha: 'd'.repeat(40), ...DONE }, jobs: { build: GRANTED } },
      { run: { head_sha: head, path: '.github/workflows/two.yml', ...DONE }, jobs: { build: GRANTED } },
    ]);
    expect(seen.report.observed?.runs.map(({ jobs }) => jobs.map(({ result }) => result))).toEqual([
      ['not-compared'],
      ['agrees'],
    ]);
    expect(seen.report.observed?.runs[0]?.jobs[0]?.reason).toContain('is not there any more');
    expect(seen.warnings).toEqual([]);
  });

  test('files that the token may not read: says which right is missing', async () => {
    const { warnings } = await observe(
      { [CI]: READS },
      () => [{ run: { head_sha: 'd'.repeat(40), ...DONE }, jobs: { build: GRANTED } }],
      {
        answer: (request, response) =>
          request.url?.includes('/git/') === true
            ? sendJson(response, 403, { message: 'Resource not accessible by integration' })
            : false,
      },
    );
    expect(warnings).toEqual([expect.stringContaining('with the right "contents: read"')]);
  });

  test('runs of files that are gone: nobody asks for them', async () => {
    const { report, api } = await observe({ [CI]: READS }, (head) => [
      { run: { head_sha: head, path: '.github/workflows/gone.yml', ...DONE }, jobs: { build: GRANTED } },
      { run: { head_sha: head, ...DONE }, jobs: { build: GRANTED } },
    ]);
    expect(report.observed?.runs).toHaveLength(1);
    expect(api.requests.filter(({ line }) => line.includes('/jobs'))).toHaveLength(2);
  });

  test.each([3, 4])('beyond a limit of %i requests: what was found before is shown', async (most) => {
    const files = { [CI]: READS, '.github/workflows/two.yml': READS };
    let left = most;
    const reset = Math.ceil(Date.now() / 1000) + 3600;
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    const { report, api, warnings } = await observe(
      files,
      (head) => [
        { run: { head_sha: head, run_started_at: '2026-11-20T10:00:00Z', ...DONE }, jobs: { build: GRANTED } },
        {
          run: { head_sha: head, path: '.github/workflows/two.yml', run_started_at: '2026-11-19T10:00:00Z', ...DONE },
          jobs: { build: GRANTED },
        },
      ],
      {
        answer: (_, response) => {
          left -= 1;
          return left < 0 ? sendJson(response, 403, { message: 'API rate limit exceeded' }, headers) : false;
        },
      },
    );
    const results = report.observed?.runs.flatMap(({ jobs }) => jobs.map(({ result }) => result));
    expect(results).toEqual(most === 3 ? ['agrees'] : ['agrees', 'not-compared']);
    expect(report.observed?.rows).toEqual({ all: 2, confirmed: 1 });
    // Nobody can do anything about it.
    expect(warnings).toEqual([]);
    expect(report.observed?.notes).toEqual([expect.stringContaining('the API answers no more requests')]);
    expect(api.requests).toHaveLength(most + 1);
  });

  test('with offline is a mistake', async () => {
    const seen = observe({ [CI]: READS }, () => [], { inputs: { offline: 'true' } });
    expect((await seen).log).toContain('observe needs the network, and offline forbids it');
  });
});

describe('the lists of runs', () => {
  test('are read page by page, and then by workflow', async () => {
    const files = { [CI]: READS, '.github/workflows/rare.yml': READS };
    const { report, api } = await observe(files, (head) => [
      ...Array.from({ length: 350 }, () => ({ run: { head_sha: head, ...DONE }, jobs: { build: GRANTED } })),
      { run: { head_sha: head, path: '.github/workflows/rare.yml', ...DONE }, jobs: { build: GRANTED } },
    ]);
    const lists = api.requests.map(({ line }) => line).filter((line) => /\/runs\?/.test(line));
    expect(lists.map((line) => line.replace('/repos/octo-org/octo-repo/actions', ''))).toEqual([
      'GET /runs?status=completed&per_page=100&page=1',
      'GET /runs?status=completed&per_page=100&page=2',
      'GET /runs?status=completed&per_page=100&page=3',
      'GET /workflows/rare.yml/runs?status=completed&per_page=100',
    ]);
    expect(report.observed?.rows).toEqual({ all: 2, confirmed: 2 });
  });

  test('give the last run of each event, and no others', async () => {
    const { report } = await observe({ [CI]: READS.replace('push', '[push, workflow_dispatch]') }, (head) => [
      { run: { head_sha: head, ...DONE }, jobs: { build: GRANTED } },
      { run: { head_sha: head, ...DONE }, jobs: { build: ['Metadata: read'] } },
      { run: { head_sha: head, event: 'workflow_dispatch', ...DONE }, jobs: { build: GRANTED } },
    ]);
    expect(report.observed?.runs.map(({ run }) => [run.id, run.event])).toEqual([
      [1000, 'push'],
      [998, 'workflow_dispatch'],
    ]);
  });
});

test('without the input, nobody is asked', async () => {
  const { api, report } = await observe({ [CI]: NO_BLOCK }, () => [], { inputs: { observe: '' } });
  expect(api.requests).toEqual([]);
  expect(report).not.toHaveProperty('observed');
});
