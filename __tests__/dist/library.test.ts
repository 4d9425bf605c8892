import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';

import packageJson from '../../package.json' with { type: 'json' };
import type { Report } from '../../src/model/report.ts';
import { addFiles, temporaryFolder } from '../edge/temporary-folder.ts';
import { schemaErrors } from '../schema/validate.ts';
import { DIST, runNode } from './run-bundle.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A project with the package. */
function project(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder({ 'package.json': '{"type":"module"}', ...files });
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(ROOT, path.join(folder, 'node_modules/effective-permissions'), 'junction');
  return folder;
}

type Check = (files: Readonly<Record<string, string | Uint8Array>>, settings?: object) => Promise<Report>;
const { check } = (await import(pathToFileURL(path.join(DIST, 'lib/index.js')).href)) as { readonly check: Check };

const PATH = '.github/workflows/ci.yml';
const CI = 'on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: ./script.sh }] } }\n';

test('the example of the documentation does what it says', async () => {
  const page = readFileSync(path.join(ROOT, 'docs/library.md'), 'utf8');
  const [, example = '', printed = ''] = /```js\n(.*?)```\n\n```text\n(.*?)```/s.exec(page) ?? [];
  const folder = project({ 'example.js': example });
  const { status, stdout, stderr } = await runNode([path.join(folder, 'example.js')], folder, {});
  expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: '', stdout: printed });
});

describe('check', () => {
  test('gives a report as the schema describes it', async () => {
    const report = await check({ [PATH]: CI, 'README.md': '# x' });
    expect(schemaErrors(report)).toEqual([]);
    expect(report.workflows.map(({ path: name }) => name)).toEqual([PATH]);
    expect(report.tool.version).toBe(packageJson.version);
  });

  test('looks into scripts and actions that it is given', async () => {
    const uses = CI.replace('run: ./script.sh', 'run: ./script.sh, env: { GH_TOKEN: "${{ github.token }}" } }, { uses: ./act');
    const needs = async (files: Readonly<Record<string, string>>) =>
      (await check({ [PATH]: uses, ...files })).workflows[0]!.jobs[0]!.needs;
    expect((await needs({}))?.complete).toBe(false);
    const seen = await needs({
      'script.sh': 'gh issue create --title a --body b -R octo-org/octo-repo\n',
      'act/action.yml': 'runs: { using: composite, steps: [{ run: gh label create x, shell: bash, env: { GH_TOKEN: "${{ github.token }}" } }] }',
    });
    expect(seen?.because.map(({ permission, level }) => `${permission}: ${level}`)).toContain('issues: write');
  });

  test('takes bytes too, and says what it cannot read', async () => {
    const report = await check({ [PATH]: new Uint8Array([0x6f, 0x6e, 0x3a, 0xff]) });
    expect(report.result).toBe('fail');
  });

  test('reads called workflows through the function that it is given', async () => {
    const caller = 'on: push\njobs: { a: { uses: octo-org/x/.github/workflows/x.yml@v1 } }\n';
    const asked: object[] = [];
    const read = (file: object) => {
      asked.push(file);
      const text = 'on: workflow_call\njobs: { b: { runs-on: x, steps: [{ run: x }] } }\n';
      return Promise.resolve({ kind: 'found', bytes: new TextEncoder().encode(text), commit: null, anyRef: false });
    };
    expect((await check({ [PATH]: caller })).workflows[0]?.outcome).toBe('unresolved');
    expect((await check({ [PATH]: caller }, { read })).workflows[0]?.outcome).toBe('ok');
    expect(asked).toEqual([{ owner: 'octo-org', name: 'x', path: '.github/workflows/x.yml', ref: 'v1' }]);
  });

  test.each([
    [{ repository: 'octo-repo' }, 'repository is OWNER/NAME, not "octo-repo"'],
    [{ ghes: '2.22' }, 'ghes is the version of a GitHub Enterprise Server, 3.2 or newer, not "2.22"'],
  ])('refuses %j', async (settings, message) => {
    await expect(check({}, settings)).rejects.toThrow(new TypeError(message));
  });
});

test('the types are those of the library', () => {
  const consumer = `import { check, type CheckSettings, type Report } from 'effective-permissions';
const settings: CheckSettings = { visibility: 'public', failOn: 'never' };
const report: Report = await check({ 'a.yml': '', 'b.yml': new Uint8Array() }, settings);
export const level: 'none' | 'read' | 'write' | undefined = report.workflows[0]?.jobs[0]?.grants[0]?.permissions['contents'];
export const by: 'exception' | 'ignore' | 'baseline' | undefined = report.suppressed[0]?.by;
// @ts-expect-error -- there is no such visibility
await check({}, { visibility: 'secret' });
// @ts-expect-error -- a report has no such part
export const nothing = report.nonsense;
`;
  const folder = project({ 'consumer.ts': consumer });
  const program = ts.createProgram([path.join(folder, 'consumer.ts')], {
    strict: true,
    noEmit: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
    skipLibCheck: false,
  });
  const diagnostics = ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(diagnostics).toEqual([]);
});

describe('the package', () => {
  const npm = promisify(execFile);

  test('has the bundles, the pages of the rules and the schemas, and nothing of which they were made', async () => {
    const options = { cwd: ROOT, shell: process.platform === 'win32' };
    const { stdout } = await npm('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], options);
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string; mode: number }[] }];
    const names = files.map((file) => file.path);
    const known = [
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'policy.schema.json', 'problem-matcher.json', 'report.schema.json', 'verify.schema.json'],
      ...['dist/cli/audit.html', 'dist/cli/index.js', 'dist/lib/index.d.ts', 'dist/lib/index.js', 'dist/licenses.txt'],
    ];
    expect(names).toEqual(expect.arrayContaining(known));
    const others = names.filter((name) => !known.includes(name));
    expect(others.filter((name) => !/^(?:dist\/(?:cli|lib)\/\d+\.index\.js|docs\/rules\/[\w-]+\.md)$/.test(name))).toEqual([]);
    expect(others).toContain('docs/rules/startup-failure.md');
  });

  test('takes no other package along', () => {
    expect(packageJson).not.toHaveProperty('dependencies');
  });

  test('starts by its name, as npx starts it', async () => {
    const folder = project({ [PATH]: CI });
    addFiles(folder, { '.git/HEAD': '' });
    const script = path.join(folder, 'node_modules/effective-permissions', packageJson.bin['effective-permissions']);
    expect(await runNode([script, '--version'], folder, {})).toMatchObject({ stdout: `${packageJson.version}\n` });
  });
});
