import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { runCommandLine } from '../../../src/edge/command-line/run-command-line.ts';
import { schemaErrors } from '../../schema/validate.ts';
import { run } from '../command-line-run.ts';
import { A, contentsServer, PATH } from '../called-api.ts';
import { addFiles, temporaryFolder, WORKFLOW } from '../temporary-folder.ts';
import { checkAll, lines, linesOf, NAMES, ORGANIZATION, WRITES } from './organization.ts';

const CI = '.github/workflows/ci.yml';

describe('each line is what check says of the repository alone', () => {
  test.each([[[]], [['--what-if', 'default-permissions=read', '--fail-on', 'note']], [['--ghes', '3.15']]])(
    'with %j',
    async (options) => {
      const { text, error, folder } = await checkAll(ORGANIZATION, '--format', 'jsonl', ...options);
      const all = linesOf(text);
      expect(error).toBe('');
      expect(all.map(({ audit }) => audit.repository)).toEqual(NAMES);
      for (const { audit, ...report } of all) {
        const args = [path.join(folder, audit.repository), '--repositories', folder, '--offline'];
        const alone = await run([...args, '--repository', audit.repository, '--format', 'json', ...options]);
        expect(report).toEqual(JSON.parse(alone.text));
      }
    },
  );

  test('and is of the schema', async () => {
    const { text } = await checkAll(ORGANIZATION, '--format', 'jsonl');
    for (const line of linesOf(text)) expect(schemaErrors(line)).toEqual([]);
  });

  test('and says the same whenever it is asked', async () => {
    const folder = temporaryFolder(ORGANIZATION);
    const args = ['check', '--all', folder, '--offline', '--format', 'jsonl'];
    expect((await run(args)).text).toBe((await run(args)).text);
  });
});

describe('what a line says beside the report', () => {
  test('is where it is from and what was called', async () => {
    const found = await lines(ORGANIZATION);
    expect(found.get('octo-org/api')?.audit).toEqual({
      repository: 'octo-org/api',
      branch: null,
      state: 'read',
      commit: null,
      archived: false,
      fork: false,
      called: [
        { file: 'octo-org/shared/.github/workflows/deploy.yml@v1', id: expect.stringMatching(/^[0-9a-f]{40}$/) },
        { file: 'octo-org/shared/.github/workflows/versioned.yml@v2', id: expect.stringMatching(/^[0-9a-f]{40}$/) },
        { file: 'octo-org/shared/lint/action.yml@v1', id: expect.stringMatching(/^[0-9a-f]{40}$/) },
        { file: 'other-org/not-here/.github/workflows/x.yml@main', id: null },
      ],
      // A file was asked for and there was no answer: next time there may be one.
      key: '',
    });
    expect([...found.values()].map(({ audit }) => audit.state)).toEqual([
      'read',
      'no-workflows',
      'read',
      'read',
      'not-read',
      'read',
    ]);
  });

  test('is another key when anything differs that the report rests on', async () => {
    const files = {
      'o/a/.github/workflows/ci.yml': 'on: push\njobs: { a: { uses: o/b/.github/workflows/ci.yml@v1 } }\n',
      'o/a/action.yml': 'runs: { using: composite, steps: [] }\n',
      'o/b/.github/workflows/ci.yml': `on: workflow_call\njobs: { a: { runs-on: x, steps: [{ uses: ./ }] } }\n`,
      'o/c/.github/workflows/ci.yml':
        'on: push\njobs: { a: { runs-on: x, steps: [{ uses: actions/checkout@v4 }, { uses: ./ }] } }\n',
      'o/c/action.yml': 'runs: { using: composite, steps: [] }\n',
    };
    const keysOf = async (more: Readonly<Record<string, string>>, ...args: readonly string[]) => {
      const found = await lines({ ...files, ...more }, ...args);
      return ['o/a', 'o/b', 'o/c'].map((name) => found.get(name)?.audit.key);
    };
    const before = await keysOf({});
    const differs = async (...args: Parameters<typeof keysOf>) =>
      (await keysOf(...args)).map((key, index) => key !== before[index]);
    expect(new Set(before).size).toBe(3);
    expect(await differs({})).toEqual([false, false, false]);
    expect(await differs({ 'o/b/.github/workflows/ci.yml': WORKFLOW })).toEqual([true, true, false]);
    expect(await differs({ 'o/c/action.yml': 'runs: { using: node24, main: x.js }\n' })).toEqual([false, false, true]);
    expect(await differs({ 'o/a/.github/permissions-policy.yml': 'version: 1\n' })).toEqual([true, false, false]);
    expect(await differs({ 'o/b/.github/permissions-baseline.json': '{"version":1,"findings":[]}' })).toEqual([
      false,
      true,
      false,
    ]);
    expect(await differs({}, '--default-permissions', 'read')).toEqual([true, true, true]);
    expect(await differs({}, '--fail-on', 'note')).toEqual([true, true, true]);
  });
});

describe('the text', () => {
  test('has one line a repository and a summary', async () => {
    const { text, status } = await checkAll(ORGANIZATION, '--fail-on', 'warning');
    expect(status).toBe(2);
    expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
      '       repository             jobs    errors  warnings     notes',
      'fail   octo-org/api              4         3         2         1  3 over-limit, 1 insufficient-permission, 1 write-to-unpinned-action, 1 unresolved',
      'pass   octo-org/docs             0         0         0         0  no workflow files',
      expect.stringMatching(/^fail {3}octo-org\/shared {11}2 /),
      expect.stringMatching(/^fail {3}octo-org\/Web {14}2 /),
      expect.stringMatching(
        /^error {2}other-org\/broken {10}\? {9}\? {9}\? {9}\? {2}not read: The policy of the folder has mistakes/,
      ),
      'fail   other-org/refused         0         1         0         0  1 invalid-workflow',
      '',
      expect.stringMatching(/^6 repositories: 1 could not be read, 4 fail and 1 passes\. \d+ jobs, \d+ errors, /),
      expect.stringMatching(/\. 1 without workflow files\.$/),
      '',
    ]);
  });

  test('counts jobs as an audit of the same reports does', async () => {
    const { text } = await checkAll(ORGANIZATION);
    const { text: reports } = await checkAll(ORGANIZATION, '--format', 'jsonl');
    const merged = await run(['audit', 'merge', path.join(temporaryFolder({ 'all.jsonl': reports }), 'all.jsonl')]);
    const counted = / (\d+) jobs, /.exec(text)?.[1];
    expect(counted).toBeDefined();
    expect(merged.text).toContain(` with ${counted} jobs.`);
  });

  test('says what a setting would change', async () => {
    const { text } = await checkAll(
      {
        [`o/a/${CI}`]:
          'on: push\njobs: { a: { runs-on: x, steps: [{ run: gh issue create --title x, env: { GH_TOKEN: "${{ github.token }}" } }] } }\n',
      },
      '--what-if',
      'default-permissions=read',
    );
    expect(text).toMatch(/^pass {3}o\/a .*1 job would lose what it needs$/m);
  });

  test('obeys nobody, and has colours where they are wanted', async () => {
    const files = {
      [`o/a/${CI}`]: WORKFLOW,
      'o/a/.github/permissions-policy.yml': 'version: 1\nlimits: "##[error]\u001b[31m::x"\n',
    };
    const { text } = await checkAll(files);
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('##[');
    const folder = temporaryFolder({ [`o/b/${CI}`]: WORKFLOW });
    const colored = await run(['check', '--all', folder, '--offline'], { FORCE_COLOR: '1' });
    expect(colored.text).toContain('\u001b[1;36mo/b\u001b[0m');
  });
});

describe('the exit status', () => {
  test.each<[Readonly<Record<string, string>>, number]>([
    [{ [`o/a/${CI}`]: WORKFLOW }, 0],
    [{ [`o/a/${CI}`]: WORKFLOW, [`o/b/${CI}`]: 'on: push\njobs: {}\npermissions: { x: admin }\n' }, 1],
    [{ ...ORGANIZATION }, 2],
  ])('is the worst', async (files, status) => {
    expect((await checkAll(files)).status).toBe(status);
  });

  test('goes by --fail-on', async () => {
    expect((await checkAll({ [`o/a/${CI}`]: WRITES }, '--fail-on', 'never')).status).toBe(0);
    expect((await checkAll({ [`o/a/${CI}`]: WRITES }, '--fail-on', 'note')).status).toBe(1);
  });
});

test('a link that leads nowhere is an error line, and hides nobody', async () => {
  const folder = temporaryFolder({ [`o/z/${CI}`]: WORKFLOW });
  symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'o/gone'));
  const { text, status } = await run(['check', '--all', folder, '--offline', '--format', 'jsonl']);
  expect(status).toBe(2);
  expect(linesOf(text)).toMatchObject([
    { result: 'error', error: { message: expect.stringContaining('No such folder') }, audit: { state: 'not-read' } },
    { result: 'pass', audit: { repository: 'o/z', state: 'read' } },
  ]);
});

test('called files that are not in the folder come from the network, each once for all repositories', async () => {
  const api = await contentsServer({
    commits: { 'octo-org/shared@v1': A },
    files: { [`octo-org/shared@${A}/${PATH}`]: 'on: workflow_call\njobs: { x: { runs-on: x, steps: [] } }\n' },
  });
  const call = `on: push\npermissions: {}\njobs: { a: { uses: octo-org/shared/${PATH}@v1 } }\n`;
  const folder = temporaryFolder({ [`o/a/${CI}`]: call, [`o/b/${CI}`]: call });
  const { text } = await run(['check', '--all', folder, '--format', 'jsonl'], { GITHUB_API_URL: api.url });
  expect(linesOf(text).map((line) => 'workflows' in line && line.workflows[0]?.outcome)).toEqual(['ok', 'ok']);
  expect(api.requests).toHaveLength(2);
});

test('the settings of each are asked for with a token, and what is said of that is said once', async () => {
  const api = await contentsServer({ commits: {}, files: {} });
  const folder = temporaryFolder({ [`o/a/${CI}`]: WRITES, [`o/b/${CI}`]: WRITES });
  const { error } = await run(['check', '--all', folder], { GITHUB_API_URL: api.url, GH_TOKEN: 'mine' });
  for (const name of ['a', 'b']) {
    expect(api.requests.map(({ line }) => line)).toContain(`GET /repos/o/${name}/actions/permissions/workflow`);
  }
  expect(error).toMatch(/^The setting "Workflow permissions" is not known: .* \(2 times\)\n$/);
});

test('a repository is read when the lines before it are written', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `r${String(index).padStart(2, '0')}`);
  const folder = temporaryFolder(Object.fromEntries(names.map((name) => [`o/${name}/${CI}`, WORKFLOW])));
  const written: string[] = [];
  const stdout = {
    write: (text: string, done: () => void) => {
      if (written.length === 0) addFiles(folder, { [`o/r19/${CI}`]: WRITES });
      written.push(text);
      done();
    },
  };
  const args = ['check', '--all', folder, '--offline', '--format', 'jsonl'];
  await runCommandLine({ args, env: {}, stdout, stderr: stdout });
  expect(written).toHaveLength(20);
  const jobs = linesOf(written.join('')).map((line) => 'workflows' in line && line.workflows[0]?.jobs.length);
  expect(jobs).toEqual([...names.slice(1).map(() => 1), 2]);
});

test('each repository has its own baseline', async () => {
  const folder = temporaryFolder({ [`o/a/${CI}`]: WRITES, [`o/b/${CI}`]: WRITES });
  const a = path.join(folder, 'o/a');
  await run(['check', a, '--repository', 'o/a', '--offline', '--write-baseline']);
  const { text } = await run(['check', '--all', folder, '--offline', '--format', 'jsonl']);
  const counts = linesOf(text).map(
    (line) =>
      'findings' in line && [line.findings.filter(({ level }) => level !== 'note').length, line.suppressed.length],
  );
  expect(counts).toEqual([
    [0, 3],
    [3, 0],
  ]);
});

describe('folders that hold no organization', () => {
  const refusal = async (folder: string): Promise<string> => {
    const { status, text, error } = await run(['check', '--all', folder, '--offline']);
    expect([status, text]).toEqual([2, '']);
    return error.replaceAll(folder, 'FOLDER');
  };

  test('are told from one another, with what to do', async () => {
    expect(await refusal(path.join(temporaryFolder(), 'missing'))).toContain('No such folder: ');
    expect(await refusal(temporaryFolder())).toBe(
      'effective-permissions: "FOLDER" has no folders OWNER/NAME. Put a checkout of each repository there, such as FOLDER/octo-org/octo-repo, and give that folder.\n',
    );
    expect(await refusal(temporaryFolder({ 'o/a@v1/x': '' }))).toContain('has no folders OWNER/NAME');
    expect(await refusal(temporaryFolder({ [CI]: WORKFLOW }))).toContain('is a checkout itself. Leave --all out');
    expect(await refusal(temporaryFolder({ [`octo-repo/${CI}`]: WORKFLOW }))).toContain(
      '"FOLDER/octo-repo" is a checkout, and the folders of "FOLDER" are to be owners.',
    );
  });

  test('are errors in JSON Lines too', async () => {
    const { text } = await run(['check', '--all', temporaryFolder(), '--format', 'jsonl']);
    expect(schemaErrors(JSON.parse(text) as object)).toEqual([]);
    expect(text.trimEnd()).not.toContain('\n');
  });

  test('that no repository can be named after are named', async () => {
    const folder = temporaryFolder({ [`o/a/${CI}`]: WORKFLOW });
    mkdirSync(path.join(folder, 'o/not a name'));
    const { text, error } = await run(['check', '--all', folder, '--offline']);
    expect(text).toContain('1 repository: 1 passes.');
    expect(error).toBe('Not checked, as no repository can have such a name: "o/not a name".\n');
  });
});

test.each([
  [['--repository', 'o/a'], 'Leave --repository out'],
  [['--repositories', 'x'], 'Leave --repositories out'],
  [['--baseline', 'x'], 'Leave --baseline out'],
  [['--base', 'main'], 'Leave --base out'],
  [['--at', 'main'], 'Leave --at out'],
  [['--report', 'all'], 'Leave --report out'],
  [['--write-baseline'], 'Leave --write-baseline out'],
  [['--fix'], 'Leave --fix out'],
  [['--diff'], 'Leave --diff out'],
  [['--format', 'sarif'], '--format takes text or jsonl (one report a line), not sarif'],
  [['a-folder'], '--all names the folder to check. Leave "a-folder" out.'],
])('--all goes without %j', async (args, message) => {
  const { status, error } = await run(['check', '--all', 'no-such-folder', ...args]);
  expect(status).toBe(2);
  expect(error).toContain(message);
});

test('--format jsonl goes with --all', async () => {
  const { status, error } = await run(['check', '.', '--format', 'jsonl']);
  expect([status, error]).toEqual([
    2,
    'effective-permissions: --format jsonl goes with --all FOLDER. For the report of one folder, write --format json.\n',
  ]);
});
