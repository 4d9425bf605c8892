import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { temporaryFolder, WORKFLOW } from '../edge/temporary-folder.ts';
import { withSarifFix } from '../fix/applied-sarif.ts';
import { sarifErrors } from '../report/sarif-errors.ts';
import { distWithout, runAction, runCommandLine } from './run-bundle.ts';

const BROKEN = 'on: push\npermissions: {contents: admin}\njobs: {}\n';
const EXCUSED = WORKFLOW.replace(
  'permissions: {}',
  '# effective-permissions: ignore[blanket-permissions] It is a test.\npermissions: write-all',
);
const EXCESSIVE = WORKFLOW.replace('permissions: {}', 'permissions: { contents: read, issues: write }');
const SARIF_ONLY = /security-severity/;

function logOf(text: string) {
  const log = JSON.parse(text);
  expect(sarifErrors(log)).toEqual([]);
  return log.runs[0];
}

describe('--format sarif', () => {
  test('prints the findings, from the root of the checkout', async () => {
    const root = temporaryFolder({ '.git/HEAD': '', 'one/.github/workflows/broken.yml': BROKEN });
    const { status, stdout, stderr } = await runCommandLine([path.join(root, 'one'), '--format', 'sarif']);
    expect([status, stderr]).toEqual([1, '']);
    const { results, invocations, automationDetails } = logOf(stdout);
    expect(invocations).toEqual([{ executionSuccessful: true }]);
    expect(automationDetails.id).toBe('effective-permissions/one/');
    expect(results[0]).toMatchObject({
      ruleId: 'invalid-workflow',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'one/.github/workflows/broken.yml' } } }],
      partialFingerprints: { 'effectivePermissions/finding/v1': expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  test('says so when the work could not be done, and has no results', async () => {
    const { status, stdout, stderr } = await runCommandLine(['no such folder', '--format', 'sarif']);
    expect(status).toBe(2);
    const run = logOf(stdout);
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: false, exitCode: 2 });
    const [{ message }] = run.invocations[0].toolExecutionNotifications;
    expect(stderr).toContain(message.text);
    expect(run).not.toHaveProperty('results');
  });

  test('has the fix of a finding, which --diff does not change and --fix leaves out', async () => {
    const name = '.github/workflows/ci.yml';
    const folder = temporaryFolder({ '.git/HEAD': '', [name]: EXCESSIVE });
    const args = [folder, '--format', 'sarif', '--default-permissions', 'read'];
    const shown = await runCommandLine(args);
    const [{ ruleId, fixes }] = logOf(shown.stdout).results;
    expect([ruleId, fixes.length]).toEqual(['excessive-permission', 1]);
    expect((await runCommandLine([...args, '--diff'])).stdout).toBe(shown.stdout);
    const mended = await runCommandLine([...args, '--fix']);
    expect(logOf(mended.stdout).results).toEqual([]);
    expect(withSarifFix({ [name]: EXCESSIVE }, fixes[0])[name]).toBe(readFileSync(path.join(folder, name), 'utf8'));
  });

  test('is not loaded for other formats', async () => {
    const run = { dist: distWithout(SARIF_ONLY) };
    const folder = temporaryFolder({ '.github/workflows/ci.yml': WORKFLOW });
    expect(await runCommandLine([folder], run)).toEqual(await runCommandLine([folder]));
    expect((await runCommandLine([folder, '--format', 'sarif'], run)).status).not.toBe(0);
  });
});

describe('the input sarif-file', () => {
  test('writes the findings for code scanning, without those that are excused', async () => {
    const workspace = temporaryFolder({
      '.git/HEAD': '',
      'one/.github/workflows/broken.yml': BROKEN,
      'one/.github/workflows/excused.yml': EXCUSED,
    });
    const { outputs, status } = await runAction({
      workspace,
      with: { 'working-directory': 'one', 'sarif-file': 'out/findings.sarif', 'json-file': 'report.json' },
    });
    expect([status, outputs.result]).toEqual([1, 'fail']);
    expect(outputs['sarif-file']).toBe(path.join(workspace, 'one/out/findings.sarif').replaceAll('\\', '/'));
    const { findings, suppressed } = JSON.parse(readFileSync(outputs['json-file'] ?? '', 'utf8'));
    expect(suppressed.map(({ rule }: { rule: string }) => rule)).toEqual(['blanket-permissions']);
    const { results } = logOf(readFileSync(outputs['sarif-file'] ?? '', 'utf8'));
    expect(results.map(({ ruleId }: { ruleId: string }) => ruleId).sort()).toEqual(
      findings.map(({ rule }: { rule: string }) => rule).sort(),
    );
    for (const result of results) {
      expect(result.locations[0].physicalLocation.artifactLocation.uri).toMatch(/^one\/\.github\/workflows\//);
      expect(result).not.toHaveProperty('suppressions');
    }
  });

  test('has the fixes of its findings', async () => {
    const workspace = temporaryFolder({ '.git/HEAD': '', '.github/workflows/ci.yml': EXCESSIVE });
    const { outputs } = await runAction({ workspace, with: { 'sarif-file': 'findings.sarif' } });
    const { results } = logOf(readFileSync(outputs['sarif-file'] ?? '', 'utf8'));
    expect(results.map(({ fixes = [] }) => fixes.length)).toEqual([1]);
    expect(readFileSync(path.join(workspace, '.github/workflows/ci.yml'), 'utf8')).toBe(EXCESSIVE);
  });

  test('tells where the rules are documented, at the version that runs', async () => {
    const workspace = temporaryFolder({ '.git/HEAD': '', '.github/workflows/ci.yml': WORKFLOW });
    const env = { GITHUB_ACTION_REPOSITORY: 'octo-org/effective-permissions', GITHUB_ACTION_REF: 'v1' };
    const { outputs } = await runAction({ workspace, env, with: { 'sarif-file': 'findings.sarif' } });
    const { results, tool } = logOf(readFileSync(outputs['sarif-file'] ?? '', 'utf8'));
    expect(results).toEqual([]);
    expect(tool.driver.rules[0].helpUri).toBe(
      'https://github.com/octo-org/effective-permissions/blob/v1/docs/rules/invalid-workflow.md',
    );
  });

  test('has the reason when the work could not be done', async () => {
    const workspace = temporaryFolder({ '.git/HEAD': '' });
    const { outputs, status } = await runAction({ workspace, with: { 'sarif-file': 'findings.sarif' } });
    expect([status, outputs.result]).toEqual([1, 'error']);
    const run = logOf(readFileSync(outputs['sarif-file'] ?? '', 'utf8'));
    expect(run.invocations[0].executionSuccessful).toBe(false);
    expect(run).not.toHaveProperty('results');
  });
});
