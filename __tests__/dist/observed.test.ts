import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { commit, repository } from '../edge/called-git.ts';
import { sendJson, type Answer } from '../edge/fake-api.ts';
import { observedApi, type ObservedApi, type Run } from '../edge/observed-runs.ts';
import { runnerLogText } from '../edge/runner-log.ts';
import { runApi, runJson } from '../edge/runs-api.ts';
import { temporaryFolder } from '../edge/temporary-folder.ts';
import { explanationErrors, schemaErrors } from '../schema/validate.ts';
import { distWithout, runAction, runCommandLine, type ActionEnded } from './run-bundle.ts';

const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';
const STEPS = '    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v6\n';
const READS = `on: push\npermissions:\n  contents: read\njobs:\n  build:\n${STEPS}`;
const CALLS = 'on: push\npermissions:\n  contents: read\njobs:\n  call:\n    uses: ./.github/workflows/called.yml\n';
const ASKS =
  'on: workflow_call\njobs:\n' +
  ['issues', 'pages', 'checks'].map((name) => `  ${name}:\n    permissions: { ${name}: write }\n${STEPS}`).join('');

const GRANTED = ['Contents: read', 'Metadata: read'];
const DONE = { conclusion: 'success' };
const FAILED = { conclusion: 'startup_failure' };

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** What somebody reads in a job summary. */
function read(summary: string): string {
  const text = summary.replaceAll(/<[^>]*>/g, '');
  return oneLine(text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))));
}

/** What a server says whose limit is reached. */
const limited: Answer = (_, response) =>
  sendJson(
    response,
    403,
    { message: 'API rate limit exceeded' },
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600) },
  );

describe('explain', () => {
  const OCTO = ['--repository', 'octo-org/octo-repo'];
  /** Somebody who asks from elsewhere than a checkout. */
  const explain = async (url: string, args: readonly string[] = [], dist?: string) =>
    runCommandLine(['explain', '17', ...OCTO, '--directory', temporaryFolder(), ...args], {
      cwd: temporaryFolder(),
      env: { GITHUB_API_URL: url, GH_TOKEN: 'tell-nobody' },
      ...(dist === undefined ? {} : { dist }),
    });

  test('a run that did not start: all sentences, the place, and the block to write', async () => {
    const folder = repository();
    const api = await runApi(folder, runJson(commit(folder, { [CI]: CALLS, [CALLED]: ASKS })));
    const { status, stdout, stderr } = await explain(api.url);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('The cause: permissions.');
    expect(stdout).toContain(`${CI}:5:3`);
    for (const name of ['issues', 'pages', 'checks']) {
      expect(oneLine(stdout)).toContain(`'${name}: write', but is only allowed '${name}: none'`);
    }
    expect(stdout).toMatch(/^ {6}permissions:\n {8}checks: write\n {8}contents: read\n {8}issues: write\n {8}pages: write$/m);
    expect(new Set(api.requests.map(({ authorization }) => authorization))).toEqual(new Set(['token tell-nobody']));
    // Such a run has neither jobs nor logs.
    expect(api.requests.filter(({ line }) => /jobs|logs/.test(line))).toEqual([]);
    const json = await explain(api.url, ['--format', 'json']);
    expect(explanationErrors(JSON.parse(json.stdout))).toEqual([]);
    expect(stdout + json.stdout).not.toContain('tell-nobody');
  });

  test('by the permissions of its day', async () => {
    const folder = repository();
    const file = READS.replace('contents: read', 'vulnerability-alerts: read');
    const more = { run_started_at: '2026-06-20T10:00:00Z' };
    const api = await runApi(folder, runJson(commit(folder, { [CI]: file }), more));
    const { status, stdout } = await explain(api.url);
    expect(status).toBe(0);
    expect(oneLine(stdout)).toContain("Unexpected value 'vulnerability-alerts' On 2026-06-20, GitHub did not take");
  });

  test('no cause that can be seen: 1, and what else there is', async () => {
    const folder = repository();
    const api = await runApi(folder, runJson(commit(folder, { [CI]: READS })));
    const { status, stdout } = await explain(api.url);
    expect([status, stdout]).toEqual([1, expect.stringContaining('The files do not tell the cause.')]);
    expect(oneLine(stdout)).toContain('Other things stop a run before its first job');
  });

  test.each<readonly [string, Answer, string]>([
    ['no right', (_, response) => sendJson(response, 403, { message: 'Resource not accessible' }), 'the right "actions: read"'],
    ['no such run', (_, response) => sendJson(response, 404, { message: 'Not Found' }), 'the right "actions: read"'],
    ['a limit', limited, 'the API answers no more requests before'],
    ['another server', (_, response) => sendJson(response, 302, {}, { location: 'http://127.0.0.1:1/' }), 'The token is not sent to another server'],
  ])('%s: 2, and why', async (_, answer, said) => {
    const api = await runApi(repository(), {}, 0, answer);
    const { status, stdout, stderr } = await explain(api.url);
    expect([status, stdout]).toEqual([2, '']);
    expect(oneLine(stderr)).toContain(said);
    expect(stderr).not.toContain('tell-nobody');
  });

  test('what strangers named is shown and not obeyed', async () => {
    const folder = repository();
    const hostile = '::error::x\x1b[31m\u202e';
    const told = runJson(commit(folder, { [CI]: READS }), { event: hostile, conclusion: hostile, html_url: hostile });
    const { stdout } = await explain((await runApi(folder, told)).url);
    expect(stdout).toContain('error::x');
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]|^\s*::/m); // eslint-disable-line no-control-regex
  });
});

/** The action with these inputs, in a checkout of what the last commit has. */
async function act(
  files: Readonly<Record<string, string>>,
  runsAt: (head: string) => readonly Run[],
  { answer, env = {}, inputs = {}, dist }: { answer?: Answer; env?: NodeJS.ProcessEnv; inputs?: Record<string, string>; dist?: string } = {},
): Promise<ActionEnded & { readonly api: ObservedApi; readonly all: string; readonly report: any }> { // eslint-disable-line @typescript-eslint/no-explicit-any -- JSON that came back
  const folder = repository();
  const head = commit(folder, files);
  const api = await observedApi(folder, runsAt(head), answer);
  const ended = await runAction({
    workspace: folder,
    with: { observe: 'true', 'github-token': 'ghs_tell_nobody', 'json-file': 'report.json', ...inputs },
    env: { GITHUB_API_URL: api.url, GITHUB_SHA: head, GITHUB_WORKFLOW_SHA: head, ...env },
    ...(dist === undefined ? {} : { dist }),
  });
  const json = ended.outputs['json-file'] ? readFileSync(ended.outputs['json-file'], 'utf8') : 'null';
  const report = JSON.parse(json);
  if (report !== null) expect(schemaErrors(report)).toEqual([]);
  const all = ended.stdout + ended.stderr + ended.summary + json;
  expect(all).not.toMatch(/ghs_tell_nobody|sig=secret/);
  return { ...ended, api, all, report };
}

const warnings = ({ commands }: ActionEnded) =>
  commands.filter(({ name, properties }) => name === 'warning' && properties.file === undefined).map(({ message }) => message);
const findings = ({ commands }: ActionEnded) =>
  commands.filter(({ properties }) => properties.file !== undefined).map(({ name, properties }) => [name, properties.title]);

describe('observe', () => {
  test('rows that runs confirm, on which days, and the token goes to the API alone', async () => {
    const seen = await act({ [CI]: READS.replace('push', '[push, schedule]') }, (head) => [
      { run: { head_sha: head, ...DONE }, jobs: { build: GRANTED } },
      { run: { head_sha: head, event: 'schedule', run_started_at: '2026-11-12T10:00:00Z', ...DONE }, jobs: { build: GRANTED } },
    ]);
    expect([seen.status, seen.outputs.result, warnings(seen)]).toEqual([0, 'pass', []]);
    expect(seen.summary).toContain('### Proven by runs');
    expect(read(seen.summary)).toContain('1 of 1 result is confirmed by a run');
    expect(read(seen.summary)).toContain('Looked at: 2 runs of 2026-11-12 to 2026-11-20.');
    expect(seen.api.logRequests).toHaveLength(2);
    expect(new Set(seen.api.logRequests.map(({ authorization }) => authorization))).toEqual(new Set([undefined]));
    expect(new Set(seen.api.requests.map(({ authorization }) => authorization))).toEqual(new Set(['token ghs_tell_nobody']));
    expect(seen.api.requests.filter(({ line }) => !line.startsWith('GET '))).toEqual([]);
  });

  test('a difference: a warning at its job, which fails whom warnings fail', async () => {
    const runs = (head: string) => [{ run: { head_sha: head, ...DONE }, jobs: { build: ['Contents: write', 'Metadata: read'] } }];
    const seen = await act({ [CI]: READS }, runs);
    expect([seen.status, findings(seen)]).toEqual([0, [['warning', 'Differs from run']]]);
    expect(read(seen.summary)).toContain('contents: write was granted, read is computed');
    expect((await act({ [CI]: READS }, runs, { inputs: { 'fail-on': 'warning' } })).status).toBe(1);
  });

  test('the default that a log shows, with the run', async () => {
    const open = READS.replace('permissions:\n  contents: read\n', '');
    const seen = await act({ [CI]: open }, (head) => [
      { run: { head_sha: head, ...DONE }, jobs: { build: ['Contents: read', 'Metadata: read', 'Packages: read'] } },
    ]);
    expect(seen.report.repository.defaultPermissions).toMatchObject({ value: 'read', source: 'log' });
    expect(seen.all).toContain('https://github.com/octo-org/octo-repo/actions/runs/1000');
    const untold = await act({ [CI]: open }, () => []);
    expect(untold.report.repository.defaultPermissions).toEqual({ value: 'unknown', source: 'none' });
    expect(untold.stdout.match(/which GITHUB_TOKEN cannot have/g)).toHaveLength(1);
    expect([untold.status, warnings(untold)]).toEqual([0, []]);
  });

  test('a workflow whose runs do not start any more: an error, since when and why', async () => {
    const seen = await act({ [CI]: CALLS, [CALLED]: ASKS }, (head) => [
      { run: { head_sha: head, ...FAILED } },
      { run: { head_sha: head, run_started_at: '2026-11-12T10:00:00Z', ...FAILED } },
      { run: { head_sha: head, run_started_at: '2026-11-03T10:00:00Z', ...DONE } },
    ]);
    expect([seen.status, seen.outputs.result]).toEqual([1, 'fail']);
    const said = seen.commands.find(({ properties }) => properties.title === 'Never starts');
    expect(said).toMatchObject({ name: 'error', properties: { file: CI } });
    expect(oneLine(said?.message ?? '')).toMatch(/last 2 runs .* since 2026-11-12\. The last run that started is of 2026-11-03\./);
    expect(seen.summary).toContain('never-starts');
    // They have neither jobs nor logs to ask for.
    expect(seen.api.requests.filter(({ line }) => /\/(jobs|logs)/.test(line))).toEqual([]);
  });

  test('a token without actions: read: one warning, and the report as without', async () => {
    const seen = await act({ [CI]: READS }, () => [], {
      answer: (request, response) =>
        request.url?.includes('/actions/') === true ? sendJson(response, 403, { message: 'Resource not accessible by integration' }) : false,
    });
    expect([seen.status, seen.outputs.result]).toEqual([0, 'pass']);
    expect(warnings(seen)).toEqual([expect.stringContaining('with the right "actions: read"')]);
    expect(seen.summary).toContain('actions: read');
    expect(seen.report.workflows[0].jobs[0].grants).toHaveLength(1);
  });

  test('logs that expired, and those that cannot be fetched: in the summary, and no warning', async () => {
    const seen = await act({ [CI]: READS }, (head) => [{ run: { head_sha: head, ...DONE }, jobs: { build: null } }]);
    expect([seen.status, warnings(seen)]).toEqual([0, []]);
    expect(read(seen.summary)).toContain('Its log has expired, or was deleted.');
    expect(seen.summary).toContain('No result of this report is confirmed by a run.');
    const other = await act({ [CI]: READS }, (head) => [{ run: { head_sha: head, ...DONE }, jobs: { build: GRANTED } }], {
      answer: (request, response) =>
        request.url?.endsWith('/logs') === true
          ? sendJson(response, 302, {}, { location: 'http://127.0.0.1:1/logs?sig=secret' })
          : false,
    });
    expect(read(other.summary)).toContain('Its log could not be fetched from where GitHub keeps it.');
  });

  test('a limit that is reached midway: what was found is shown', async () => {
    let left = 3;
    const seen = await act(
      { [CI]: READS, '.github/workflows/two.yml': READS },
      (head) => [
        { run: { head_sha: head, ...DONE }, jobs: { build: GRANTED } },
        { run: { head_sha: head, path: '.github/workflows/two.yml', run_started_at: '2026-11-19T10:00:00Z', ...DONE }, jobs: { build: GRANTED } },
      ],
      { answer: (...asked) => (left -= 1) < 0 && limited(...asked) },
    );
    expect([seen.status, seen.outputs.result, warnings(seen)]).toEqual([0, 'pass', []]);
    expect(seen.summary).toContain('1 of 2 results is confirmed by a run');
    expect(seen.summary).toContain('Not every run was looked at: the API answers no more requests.');
  });

  test('what a log says beside its group stays there, and names are shown, not obeyed', async () => {
    const hostile = '::error::x\x1b[31m<img src=x>';
    const seen = await act({ [CI]: READS }, (head) => [
      { run: { head_sha: head, ...DONE }, jobs: { [hostile]: GRANTED, build: [...GRANTED, 'Prepared: ghs_of_a_stranger'] } },
    ]);
    expect(seen.all).not.toContain('ghs_of_a_stranger');
    expect(seen.summary).not.toContain('<img');
    expect(seen.stdout + seen.summary).not.toContain('\x1b');
    expect(findings(seen)).toEqual([]);
  });

  test('nobody asks for runs without the input, nor loads what that takes', async () => {
    const run = { inputs: { observe: '', 'github-token': 'ghs_tell_nobody' } };
    const seen = await act({ [CI]: READS }, () => [], { ...run, dist: distWithout(/Not every run was looked at/) });
    expect([seen.status, seen.api.requests]).toEqual([0, []]);
    expect(seen.report).not.toHaveProperty('observed');
  });
});

describe('runner-log', () => {
  /** A machine on which a runner wrote this diagnostic log. */
  function machine(log: string): NodeJS.ProcessEnv {
    const root = temporaryFolder({ '_diag/Worker_20261120-100000-utc.log': log });
    mkdirSync(path.join(root, '_work', '_temp'), { recursive: true });
    return {
      RUNNER_TEMP: path.join(root, '_work', '_temp'),
      GITHUB_WORKFLOW_REF: `octo-org/octo-repo/${CI}@refs/heads/main`,
      GITHUB_EVENT_NAME: 'push',
      GITHUB_JOB: 'build',
      GITHUB_RUN_ID: '17',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_ACTOR: 'mona',
    };
  }
  const OWN = { Contents: 'read', Metadata: 'read' };
  const ID_TOKEN = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x.test/t', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc-secret' };
  const inputs = { observe: '', 'runner-log': 'true', offline: 'true' };

  test('that agrees: one line, and no request', async () => {
    const seen = await act({ [CI]: READS }, () => [], { inputs, env: machine(runnerLogText(OWN)) });
    expect([seen.status, warnings(seen), seen.api.requests]).toEqual([0, [], []]);
    expect(seen.summary).toContain('This job, build: Its token is what is computed.');
    expect(seen.report.observed.rows).toEqual({ all: 1, confirmed: 1 });
    expect(seen.all).not.toContain('secret-of-the-log');
  });

  test('that differs: a warning with each permission, id-token included', async () => {
    const env = { ...machine(runnerLogText({ ...OWN, Issues: 'write' })), ...ID_TOKEN };
    const seen = await act({ [CI]: READS }, () => [], { inputs, env });
    expect(findings(seen)).toEqual([['warning', 'Differs from run']]);
    expect(read(seen.summary)).toContain('issues: write was granted, none is computed; id-token: write was granted');
    expect(seen.all).not.toMatch(/oidc-secret|x\.test|secret-of-the-log/);
  });

  test('is not read where nobody asks', async () => {
    const env = machine(runnerLogText({ ...OWN, Issues: 'write' }));
    const seen = await act({ [CI]: READS }, () => [], { inputs: { ...inputs, 'runner-log': '' }, env });
    expect([findings(seen), seen.report.observed]).toEqual([[], undefined]);
  });

  test('of a machine that has none: says so, and compares id-token', async () => {
    const env = machine('');
    writeFileSync(path.join(env.RUNNER_TEMP ?? '', 'other'), '');
    const seen = await act({ [CI]: READS }, () => [], { inputs, env });
    expect(read(seen.summary)).toContain("Its variables show id-token: none. The runner's diagnostic log of this job was not found");
    expect(seen.status).toBe(0);
  });
});
