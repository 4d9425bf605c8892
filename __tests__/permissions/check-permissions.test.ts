import { describe, expect, test } from '@jest/globals';

import type { Platform } from '../../src/model/settings.ts';
import {
  permissionsNotOnServer,
  permissionsNotThen,
  withPermissionHint,
} from '../../src/permissions/check-permissions.ts';
import { TABLE_DATE } from '../../src/permissions/permission-table.ts';
import { parseServerVersion } from '../../src/permissions/platform.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { JOBS, sentences } from '../helpers/reading.ts';

const GITHUB: Platform = { kind: 'github.com' };

function server(version: string): Platform {
  return { kind: 'ghes', version: parseServerVersion(version)! };
}

function read(lines: string) {
  return readWorkflow(`on: push\n${lines}\n${JOBS}`);
}

describe('what to write instead of an unknown permission', () => {
  function hint(name: string, platform = GITHUB): string | undefined {
    const [problem, ...others] = read(`permissions:\n  ${name}: read`).problems;
    expect(others).toEqual([]);
    return withPermissionHint(problem!, platform).hint;
  }

  test.each([
    ['metadata', 'Every token has'],
    ['<<', 'merge keys'],
    ['workflows', 'GitHub App'],
    ['administration', 'GitHub App'],
    ['secrets', 'GitHub App'],
    ['Contents', 'Did you mean contents?'],
    ['content', 'Did you mean contents?'],
    ['pull_requests', 'Did you mean pull-requests?'],
    ['pull-request', 'Did you mean pull-requests?'],
    ['idtoken', 'Did you mean id-token?'],
    ['security-event', 'Did you mean security-events?'],
  ])('%s: %s', (name, expected) => {
    expect(hint(name)).toContain(expected);
  });

  test.each(['nosuch', 'zzz', '__proto__', '1'])('%s: all that are known, with the date of the table', (name) => {
    expect(hint(name)).toContain(TABLE_DATE);
    expect(hint(name)).toContain('actions, artifact-metadata, attestations');
    expect(hint(name)).not.toContain(', metadata');
  });

  test.each([
    // Nobody can write these, and no policy can make them known.
    ['metadata', 'unexpected-value'],
    ['<<', 'unexpected-value'],
    ['workflows', 'unknown-permission'],
    ['nosuch', 'unknown-permission'],
  ])('%s is a problem of the kind %s', (name, code) => {
    const [problem] = read(`permissions:\n  ${name}: read`).problems;
    expect(withPermissionHint(problem!, GITHUB).code).toBe(code);
  });

  test('the line of a policy that makes it known, where GitHub could have such a name', () => {
    expect(hint('brand-new')).toMatch(/write `scopes: \{ brand-new: \[read, write\] \}` in the policy\.$/);
    expect(hint('idtoken')).toMatch(/^Did you mean id-token\? .*write `scopes: \{ idtoken: \[read, write\] \}`/);
    expect(hint('pull_requests')).not.toContain('scopes');
    expect(hint('1')).not.toContain('scopes');
  });

  test('on a server only what it has', () => {
    expect(hint('nosuch', server('3.17'))).toContain('actions, checks, contents');
    expect(hint('attestation', server('3.17'))).not.toContain('attestations');
  });

  test('other problems keep the hint that they have', () => {
    const [problem] = read('permissions: none').problems;
    expect(withPermissionHint(problem!, GITHUB)).toBe(problem);
  });
});

describe('permissions that a server does not have', () => {
  const { workflow } = readWorkflow(`on: push
permissions:
  contents: read
  attestations: write
jobs:
  a:
    runs-on: x
    permissions: { id-token: write, models: read }
  b:
    runs-on: x
    permissions: write-all
`);

  test.each([
    ['3.4', ['4:3', '8:20', '8:37']],
    ['3.5', ['4:3', '8:37']],
    ['3.21', ['4:3', '8:37']],
  ])('%s', (version, places) => {
    const problems = permissionsNotOnServer(workflow, server(version));
    expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual(places);
    expect(sentences(problems)[0]).toBe(
      `4:3 Unexpected value 'attestations'. GitHub Enterprise Server ${version} does not have this permission; github.com has it since 2024-05-01`,
    );
    expect(problems[0]).toMatchObject({ code: 'permission-not-on-server', hint: 'Remove the line.' });
  });

  test('github.com has them all', () => {
    expect(permissionsNotOnServer(workflow, GITHUB)).toEqual([]);
  });
});

describe('permissions that github.com did not take yet on a day', () => {
  const { workflow } = readWorkflow(`on: push
permissions: { contents: read, drives: read, vulnerability-alerts: read }
jobs: { a: { runs-on: x } }
`);

  test('have the day since when it does', () => {
    const [problem, alerts] = permissionsNotThen(workflow, { kind: 'github.com', asOf: '2026-07-01' });
    expect(alerts).toMatchObject({ value: 'vulnerability-alerts', line: 2, column: 46 });
    expect(problem).toEqual({
      code: 'unknown-permission',
      value: 'drives',
      message: "Unexpected value 'drives'",
      hint: 'On 2026-07-01, GitHub did not take this permission in a workflow file. It has done so since 2026-07-13.',
      line: 2,
      column: 32,
    });
  });

  test.each<readonly [string, Platform]>([
    ['when all were taken', { kind: 'github.com', asOf: '2026-09-03' }],
    ['which nobody named', GITHUB],
    ['of a server, which goes by its version', server('3.17')],
  ])('none on a day %s', (_, platform) => {
    expect(permissionsNotThen(workflow, platform)).toEqual([]);
  });
});
