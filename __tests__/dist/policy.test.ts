import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { A, contentsServer } from '../edge/called-api.ts';
import { commit, git, repository } from '../edge/called-git.ts';
import { addFiles, temporaryFolder, WORKFLOW } from '../edge/temporary-folder.ts';
import { schemaErrors } from '../schema/validate.ts';
import { BASELINE, CI, POLICY, unknown } from './pull-request.ts';
import { runCommandLine, type CommandLineRun } from './run-bundle.ts';

const OFF = 'version: 1\nrules:\n  unknown-permission: off\n';
const SHARED = 'octo-org/.github/policy.yml';
const EXTENDS = `version: 1\nextends: ${SHARED}@v1\n`;

/** What the command line printed, its report as JSON. */
async function check(args: readonly string[], run: CommandLineRun = {}) {
  const { status, stdout, stderr } = await runCommandLine([...args, '--format', 'json'], run);
  const report = JSON.parse(stdout);
  expect(schemaErrors(report)).toEqual([]);
  const rules: string[] = (report.findings ?? []).map(({ rule }: { rule: string }) => rule);
  return { status, stderr, report, rules };
}

describe('the policy of a folder', () => {
  test('is read from its usual place, and named in the report', async () => {
    const folder = temporaryFolder({ [CI]: unknown(), [POLICY]: `${OFF}default-permissions: read\n` });
    const { status, rules, report } = await check([folder]);
    expect([status, rules]).toEqual([0, []]);
    expect(report.repository.defaultPermissions).toEqual({ value: 'read', source: 'policy' });
    expect(report.policy).toEqual({
      path: POLICY,
      from: 'folder',
      ref: null,
      commit: null,
      extends: [],
      baseline: null,
      notices: [],
      change: null,
    });
    const asked = await check([folder, '--default-permissions', 'unknown']);
    expect(asked.report.repository.defaultPermissions).toEqual({ value: 'unknown', source: 'option' });
  });

  test('is another file where one is named, inside or outside', async () => {
    const outside = temporaryFolder({ 'policy.yml': OFF });
    const folder = temporaryFolder({ [CI]: unknown(), 'security/policy.yml': OFF });
    expect((await check([folder])).status).toBe(1);
    const named = await check(['--policy', 'security/policy.yml'], { cwd: folder });
    expect([named.status, named.report.policy]).toMatchObject([0, { path: 'security/policy.yml', from: 'folder' }]);
    const other = await check([folder, '--policy', path.join(outside, 'policy.yml')]);
    expect([other.status, other.report.policy]).toMatchObject([0, { from: 'file' }]);
  });

  test.each(['--policy', '--baseline'])('a file that is named and missing is an error: %s', async (option) => {
    const { status, report } = await check([option, 'gone.yml'], { cwd: temporaryFolder({ [CI]: WORKFLOW }) });
    expect([status, report.result]).toEqual([2, 'error']);
    expect(report.error).toMatchObject({ path: 'gone.yml', message: expect.stringContaining('gone.yml is not in') });
  });

  test('that is missing is told with the whole path: names are those of where the command runs', async () => {
    const root = realpathSync.native(temporaryFolder({ [`one/${CI}`]: WORKFLOW }));
    const { stderr } = await check(['one', '--policy', 'gone.yml'], { cwd: root });
    expect(stderr).toContain(`It was looked for as ${path.join(root, 'gone.yml').replaceAll('\\', '/')}. `);
  });

  test('tells every mistake at its place', async () => {
    const folder = temporaryFolder({ [CI]: WORKFLOW, [POLICY]: 'version: 1\nrules:\n  missing-permision: error\nlimit: []\n' });
    const { status, stderr, report } = await check([folder]);
    expect([status, report.error.path, report.error.line, report.error.column]).toEqual([2, POLICY, 3, 3]);
    expect(stderr.split('\n').slice(1)).toEqual([
      expect.stringMatching(/^\.github\/permissions-policy\.yml:3:3: .*missing-permissions/),
      expect.stringMatching(/^\.github\/permissions-policy\.yml:4:1: .*limits/),
      '',
    ]);
    expect(report.error.message).toContain(':4:1:');
  });

  test('of a ref is read there', async () => {
    const folder = repository();
    const old = commit(folder, { [CI]: unknown(), [POLICY]: OFF });
    commit(folder, { [POLICY]: 'version: 1\n' });
    expect((await check([folder])).status).toBe(1);
    const { status, report } = await check([folder, '--at', 'HEAD~1']);
    expect([status, report.policy]).toMatchObject([0, { from: 'folder', ref: 'HEAD~1', commit: old }]);
  });

  test('tells of exceptions that end soon, and no longer takes those that have ended', async () => {
    const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const policy = (expires: string): string =>
      `version: 1\nexceptions:\n  - rule: unknown-permission\n    reason: soon\n    expires: ${expires}\n`;
    const folder = temporaryFolder({ [CI]: unknown() });
    const by = async (days: number) => {
      addFiles(folder, { [POLICY]: policy(day(days)) });
      const { status, report } = await check([folder]);
      return [status, report.policy.notices.length];
    };
    expect(await by(20)).toEqual([0, 0]);
    expect(await by(10)).toEqual([0, 1]);
    expect(await by(-2)).toEqual([1, 0]);
  });
});

describe('--base', () => {
  test('takes policy, exceptions, baseline and ignores from the tip of that ref', async () => {
    const folder = repository();
    commit(folder, { [CI]: WORKFLOW });
    git(folder, 'checkout', '-q', '-b', 'change');
    git(folder, 'checkout', '-q', 'main');
    const base = commit(folder, { [POLICY]: 'version: 1\n' });
    git(folder, 'checkout', '-q', 'change');
    addFiles(folder, { [CI]: unknown('# effective-permissions: ignore[unknown-permission] we know\n'), [POLICY]: OFF });
    expect((await check([folder])).status).toBe(0);
    const { status, rules, report } = await check([folder, '--base', 'main']);
    expect([status, rules]).toEqual([1, ['unknown-permission']]);
    expect(report.policy).toMatchObject({
      path: POLICY,
      from: 'base',
      ref: 'main',
      commit: base,
      change: { files: [POLICY, CI], gone: [{ rule: 'unknown-permission', subjects: [{ workflow: CI }] }], come: [] },
    });
    // A file of the checkout is that of the base, whatever it is called.
    const named = await check([folder, '--base', 'main', '--policy', path.join(folder, POLICY)]);
    expect([named.status, named.report.policy.from]).toEqual([1, 'base']);
    const outside = path.join(temporaryFolder({ 'policy.yml': OFF }), 'policy.yml');
    expect((await check([folder, '--base', 'main', '--policy', outside])).status).toBe(0);
  });

  test('that is not there is an error', async () => {
    const folder = repository();
    commit(folder, { [CI]: WORKFLOW });
    const { status, stderr } = await check([folder, '--base', 'gone']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('The repository has no ref gone.')]);
  });
});

describe('the baseline', () => {
  test('accepts what is there, fails on what is new, and drops what is mended', async () => {
    const folder = temporaryFolder({ [CI]: unknown() });
    const written = await check([folder, '--write-baseline']);
    expect([written.status, written.report.result, written.report.suppressed.length]).toEqual([0, 'pass', 1]);
    expect(written.stderr).toBe(`${BASELINE} has 1 entry now.\n`);
    const text = readFileSync(path.join(folder, BASELINE), 'utf8');
    expect(text).toBe(
      `{\n  "schemaVersion": 1,\n  "findings": [\n    ${JSON.stringify({ rule: 'unknown-permission', workflow: CI, permission: 'brand-new', about: "Unexpected value 'brand-new'" })}\n  ]\n}\n`,
    );
    expect(await check([folder])).toMatchObject({ status: 0, report: { policy: { path: null, baseline: { path: BASELINE, entries: 1, mended: [] } } } });

    const two = '.github/workflows/two.yml';
    addFiles(folder, { [two]: unknown().replace('brand-new', 'newer') });
    expect(await check([folder])).toMatchObject({ status: 1, rules: ['unknown-permission'] });
    addFiles(folder, { [CI]: WORKFLOW });
    expect((await check([folder])).report.policy.baseline.mended).toEqual([
      { rule: 'unknown-permission', workflow: CI, permission: 'brand-new', about: "Unexpected value 'brand-new'" },
    ]);
    expect((await check([folder, '--write-baseline'])).stderr).toContain('Dropped, since mended: 1.');
    expect(readFileSync(path.join(folder, BASELINE), 'utf8')).not.toContain(CI);
    // Written twice, it stays as it is.
    const once = readFileSync(path.join(folder, BASELINE), 'utf8');
    await check([folder, '--write-baseline']);
    expect(readFileSync(path.join(folder, BASELINE), 'utf8')).toBe(once);
  });

  test('may have another name, and is written where that is', async () => {
    const folder = temporaryFolder({ [CI]: unknown() });
    const args = ['--baseline', 'security/accepted.json'];
    expect((await check([...args, '--write-baseline'], { cwd: folder })).status).toBe(0);
    expect(existsSync(path.join(folder, BASELINE))).toBe(false);
    expect((await check(args, { cwd: folder })).status).toBe(0);
  });

  test('that is broken is an error, but can be written anew', async () => {
    const folder = temporaryFolder({ [CI]: WORKFLOW, [BASELINE]: '{\n  "schemaVersion": 1,\n  "findings": [{}, {"rul": 1}]\n}\n' });
    const { status, report } = await check([folder]);
    expect([status, report.error]).toMatchObject([2, { path: BASELINE, line: 3, column: 16 }]);
    expect(report.error.message).toContain('Did you mean rule?');
    writeFileSync(path.join(folder, BASELINE), '<<<<<<< HEAD\n{}\n');
    expect((await check([folder])).report.error).toMatchObject({ path: BASELINE, line: 1 });
    expect((await check([folder, '--write-baseline'])).status).toBe(0);
    expect((await check([folder])).status).toBe(0);
    expect((await check([folder, '--write-baseline', '--base', 'main'])).status).toBe(2);
  });
});

describe('extends', () => {
  const STRICT = 'version: 1\nrules:\n  unexplained-ignore: error\n';
  const BARE = `# effective-permissions: ignore[x]\n${WORKFLOW}`;

  test('reads checkouts of other repositories', async () => {
    const folder = temporaryFolder({ [CI]: BARE, [POLICY]: EXTENDS });
    const repositories = temporaryFolder({ 'octo-org/.github@v1/policy.yml': STRICT });
    const { status, report } = await check([folder, '--offline', '--repositories', repositories]);
    expect([status, report.policy.extends, report.policy.notices]).toEqual([1, [`${SHARED}@v1`], []]);
    const any = temporaryFolder({ 'octo-org/.github/policy.yml': STRICT });
    const found = await check([folder, '--offline', '--repositories', any]);
    expect([found.status, found.report.policy.notices]).toEqual([
      1,
      [{ message: expect.stringContaining('any ref'), path: POLICY, line: 2, column: 10 }],
    ]);
  });

  test('reads through the API, with the token', async () => {
    const api = await contentsServer({
      commits: { 'octo-org/.github@v1': A },
      files: { [`octo-org/.github@${A}/policy.yml`]: STRICT },
    });
    const folder = temporaryFolder({ [CI]: BARE, [POLICY]: EXTENDS });
    const HOME = temporaryFolder();
    const env = { GITHUB_API_URL: api.url, GH_TOKEN: 'mine', HOME, LOCALAPPDATA: HOME };
    expect((await check([folder], { env })).status).toBe(1);
    expect(api.requests.map(({ authorization }) => authorization)).toEqual(['token mine', 'token mine']);
  });

  test('what cannot be read is an error that says how to make it readable', async () => {
    const api = await contentsServer({});
    const folder = temporaryFolder({ [CI]: WORKFLOW, [POLICY]: EXTENDS });
    const HOME = temporaryFolder();
    const run = { env: { GITHUB_API_URL: api.url, HOME, LOCALAPPDATA: HOME } };
    for (const args of [[folder], [folder, '--offline']]) {
      const { status, report } = await check(args, run);
      expect([status, report.error]).toMatchObject([2, { path: POLICY, line: 2, column: 10 }]);
      expect(report.error.message).toMatch(/cannot be read.*public or internal.*a token.*--repositories/);
    }
  });

  test.each([
    ['a cycle', `version: 1\nextends: ${SHARED}@v1\n`, 'extends itself'],
    ['too many', 'version: 1\nextends: octo-org/other/policy.yml@v1\n', 'one too many'],
    ['a mistake', 'version: 1\nrule: {}\n', `${SHARED}@v1:2:1: `],
  ])('%s', async (_, shared, message) => {
    const folder = temporaryFolder({ [CI]: WORKFLOW, [POLICY]: EXTENDS });
    const repositories = temporaryFolder({
      'octo-org/.github@v1/policy.yml': shared,
      'octo-org/other@v1/policy.yml': 'version: 1\nextends: octo-org/last/policy.yml@v1\n',
    });
    const { status, report } = await check([folder, '--offline', '--repositories', repositories]);
    expect([status, report.error.message]).toEqual([2, expect.stringContaining(message)]);
  });
});
