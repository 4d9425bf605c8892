import { expect, test } from '@jest/globals';

import { report } from '../../src/check-files.ts';
import { settingsOf } from '../helpers/checking.ts';
import type { Known } from '../helpers/checking.ts';
import { CALLED, remote } from '../changes/written.ts';
import { stateOf } from '../helpers/comparing.ts';

const CI = '.github/workflows/ci.yml';
const job = (id: string, lines = '') => `  ${id}:\n${lines}    runs-on: x\n    steps:\n      - run: ${id}\n`;
const file = (on: string, block: string, ...jobs: readonly string[]) =>
  `on: ${on}\n${block === '' ? '' : `permissions: ${block}\n`}jobs:\n${jobs.join('')}`;

/** The first sentence of each raise. */
function raised(
  base: string,
  head: string,
  known: Known = { default: 'read', visibility: 'public' },
): readonly string[] {
  const { files, called } = stateOf({ [CI]: head });
  const { findings } = report(files, called, settingsOf(known), {
    toolVersion: '1.0.0',
    failOn: 'error',
    comparedWith: stateOf({ [CI]: base }),
  });
  return findings
    .filter(({ rule }) => rule.startsWith('raised-'))
    .map(({ message }) => message.replace(/(?<=[^.]\.) .*$/s, ''));
}

test.each<readonly [string, string, string, readonly string[]]>([
  [
    'one job',
    file('[push, schedule]', '{}', job('a')),
    file('[push, schedule]', '{ contents: write, issues: read }', job('a')),
    [
      "The job 'a' gets `contents: write` (none in the base) and `issues: read` (none in the base) on 'push' and 'schedule'.",
    ],
  ],
  [
    'several jobs',
    file('push', '{ contents: read }', job('a'), job('b')),
    file('push', '{ contents: write }', job('a'), job('b')),
    ["The jobs 'a' and 'b' get `contents: write` (read in the base) on 'push'."],
  ],
  [
    'many jobs',
    file('push', '{ contents: read }', ...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => job(id))),
    file('push', '{ contents: write }', ...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => job(id))),
    ["The jobs 'a', 'b', 'c', 'd' and 2 more get `contents: write` (read in the base) on 'push'."],
  ],
])('%s', (_, base, head, expected) => {
  expect(raised(base, head)).toEqual(expected);
});

test('the most that any of several jobs gets, which comes first', () => {
  const text = (ref: string) => file('push', '', `  call:\n    uses: ${remote(ref)}\n`);
  const [base, head] = ['v1', 'v2'].map((ref) => stateOf({ [CI]: text(ref) }, CALLED));
  const { findings } = report(head!.files, CALLED, settingsOf({ default: 'write', visibility: 'public' }), {
    toolVersion: '1.0.0',
    failOn: 'error',
    comparedWith: base!,
  });
  expect(findings.filter(({ rule }) => rule === 'raised-permission').map(({ message }) => message)).toEqual([
    `The jobs 'call/b' and 'call/c' get \`contents: write\` (read in the base) on 'push'. \`uses\` names ${remote('v2')} now.`,
  ]);
});

test('those whose changes start the runs, where that is not everybody', () => {
  const step = (condition: string) => job('a', `    if: ${condition}\n    permissions: { issues: read }\n`);
  const base = file('pull_request', '{}', job('b'));
  const forks = file(
    'pull_request',
    '{}',
    job('b'),
    step('github.event.pull_request.head.repo.full_name != github.repository'),
  );
  expect(raised(base, forks)).toEqual([
    "The job 'a' gets `issues: read` (none in the base) on 'pull_request' from forks.",
  ]);
  const dependabot = file('pull_request', '{}', job('b'), step("github.actor == 'dependabot[bot]'"));
  expect(raised(base, dependabot)).toEqual([
    "The job 'a' gets `issues: read` (none in the base) on 'pull_request' from forks and Dependabot.",
  ]);
  expect(raised(base, dependabot, { default: 'read', visibility: 'private', forks: 'off' })).toEqual([
    "The job 'a' gets `issues: read` (none in the base) on 'pull_request' from Dependabot.",
  ]);
});
