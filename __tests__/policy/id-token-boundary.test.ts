import { describe, expect, test } from '@jest/globals';

import type { JobNeeds } from '../../src/model/needs.ts';
import { needing, needingAtLeast } from '../helpers/needs.ts';
import { checkedJobs, findingsOf, findingsWithCalls, jobWith, levelsOf } from './rule-findings.ts';

const RULE = 'id-token-boundary';
const KNOWN = { repository: 'octo-org/octo-repo' } as const;
const PATH = '.github/workflows/a.yml';

function caller(uses: string, block = '{ id-token: write }'): string {
  return `on: push\npermissions: ${block}\njobs:\n  call: { uses: '${uses}' }\n`;
}

function callee(block = ''): string {
  return `on: workflow_call\n${block}jobs:\n  build: { runs-on: x }\n`;
}

const OTHER = 'octocat/workflows/.github/workflows/c.yml@v1';

describe('an identity token for a called workflow', () => {
  test('of another owner', async () => {
    const [finding, ...others] = await findingsWithCalls(RULE, { [PATH]: caller(OTHER) }, { [OTHER]: callee() }, KNOWN);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      level: 'warning',
      path: PATH,
      line: 4,
      job: ['call', 'build'],
      permission: 'id-token',
    });
    expect(finding?.message).toContain(`reaches '${OTHER}'`);
  });

  test('of another owner, which sets a block without it', async () => {
    const text = callee('permissions: { contents: read }\n');
    const block = '{ id-token: write, contents: read }';
    expect(await findingsWithCalls(RULE, { [PATH]: caller(OTHER, block) }, { [OTHER]: text }, KNOWN)).toEqual([]);
  });

  test('that was not read may come', () => {
    const [finding] = findingsOf(RULE, { [PATH]: caller(OTHER) }, KNOWN);
    expect(finding).toMatchObject({ level: 'warning', path: PATH, line: 4 });
    expect(finding?.message).toContain(
      'This holds only if the called workflow that could not be read has no block of its own that asks for less.',
    );
  });

  test.each([
    ['of the same owner', caller('Octo-Org/workflows/.github/workflows/c.yml@v1')],
    ['of this repository', caller('./.github/workflows/c.yml')],
    ['that gets none', caller(OTHER, '{ contents: write }')],
    ['that gets a read', caller(OTHER, 'read-all')],
  ])('not %s', (_, text) => {
    expect(levelsOf(RULE, { [PATH]: text, '.github/workflows/c.yml': callee() }, KNOWN)).toEqual([]);
  });

  test('behind a call of our own is told at that call', async () => {
    const own = 'octo-org/workflows/.github/workflows/b.yml@v1';
    const files = { [PATH]: caller(own) };
    const called = { [own]: `on: workflow_call\njobs:\n  inner: { uses: '${OTHER}' }\n`, [OTHER]: callee() };
    expect(await findingsWithCalls(RULE, files, called, KNOWN)).toMatchObject([
      { path: PATH, line: 4, job: ['call', 'inner', 'build'] },
    ]);
  });

  test('of an owner that the policy trusts', () => {
    const violations = (trustedOwners: readonly string[]) => checkedJobs(RULE, caller(OTHER), { trustedOwners }).length;
    expect([violations([]), violations(['octocat'])]).toEqual([1, 0]);
  });

  test('where our own name is not known it says so', () => {
    expect(findingsOf(RULE, caller(OTHER))[0]?.message).toContain('--repository OWNER/NAME');
  });

  test('that signs in the name of its caller, and does nothing else, is silent', () => {
    const builder = 'slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@v2.1.0';
    expect(levelsOf(RULE, caller(builder), KNOWN)).toEqual([]);
  });

  test('of one callee and one file is one finding', () => {
    const text = `on: push\npermissions: { id-token: write }\njobs:\n  a: { uses: '${OTHER}' }\n  b: { uses: '${OTHER}' }\n`;
    expect(findingsOf(RULE, text, KNOWN)).toMatchObject([{ jobs: [['a'], ['b']] }]);
  });
});

describe('an identity token that a job has no use for', () => {
  const text = jobWith('push', '{ id-token: write, contents: read }', ['run: make']);
  const violations = (needs: JobNeeds | null) =>
    checkedJobs(RULE, text, { needsOf: () => needs }).map(({ place }) => place);

  test('is told once it is known what the job needs', () => {
    expect(violations(needing({ contents: 'read' }))).toMatchObject([{ line: 5 }]);
  });

  test.each([
    ['needs are not known', null],
    ['needs are not known in full', needingAtLeast({})],
    ['it is needed', needing({ 'id-token': 'write' })],
  ])('not where %s', (_, needs) => {
    expect(violations(needs)).toEqual([]);
    expect(levelsOf(RULE, text)).toEqual([]);
  });
});
