import { describe, expect, test } from '@jest/globals';

import type { JobNeeds } from '../../src/model/needs.ts';
import type { Permissions } from '../../src/model/permission.ts';
import { observedResults } from '../../src/policy/observed-results.ts';
import type { ObservedResult } from '../../src/model/observation.ts';
import { foundBy } from '../helpers/judging.ts';
import { needing, needingAtLeast, needingMaybe } from '../helpers/needs.ts';

const CI = '.github/workflows/ci.yml';
const CALLED = '.github/workflows/called.yml';
const COMPLETE = 'It holds what the steps use.';
const PARTLY = 'It holds what the steps use, and keeps what a step may use whose code this tool cannot see.';
const UNKNOWN = 'It is a start to test: a step that needs more fails with "Resource not accessible by integration".';

const READ: Permissions = { contents: 'read' };
const KNOWN = needing(READ);
const OPEN = needingMaybe(READ, 'issues');
const UNSEEN = needingAtLeast(READ);

/** What is suggested for jobs without a block. */
function suggested(files: Readonly<Record<string, string>>, needs: Readonly<Record<string, JobNeeds | null>> = {}) {
  const needsOf = ({ reported }: { readonly reported: { readonly path: readonly string[] } }) =>
    needs[reported.path.at(-1)!] ?? null;
  const found = foundBy('missing-permissions', files, { needsOf, default: 'write' });
  return found.flatMap(({ advice = [] }) => advice.map(({ text, permissions }) => [text, permissions]));
}

const job = (id: string, ...steps: readonly string[]) =>
  `  ${id}:\n    runs-on: x\n    steps:\n${(steps.length === 0 ? ['run: make'] : steps).map((step) => `      - ${step}\n`).join('')}`;
const file = (on: string, ...jobs: readonly string[]) => `on: ${on}\njobs:\n${jobs.join('')}`;

describe('how far a block can be relied on', () => {
  test.each<readonly [readonly (JobNeeds | null)[], string]>([
    [[KNOWN, KNOWN], COMPLETE],
    [[KNOWN, OPEN], PARTLY],
    [[OPEN, KNOWN], PARTLY],
    [[KNOWN, UNSEEN], UNKNOWN],
    [[UNSEEN, OPEN], UNKNOWN],
    [[KNOWN, null], UNKNOWN],
    [[null, KNOWN], UNKNOWN],
  ])('%#', ([a = null, b = null], sure) => {
    expect(suggested({ [CI]: file('push', job('a'), job('b')) }, { a, b })).toEqual([
      [`Write this block at the top of the workflow. ${sure}`, READ],
    ]);
  });

  test('is that of the jobs that have what the caller has', () => {
    const own = job('own').replace('    runs-on', '    permissions: {}\n    runs-on');
    const files = {
      [CI]: file('push', `  call:\n    uses: ./${CALLED}\n`),
      [CALLED]: file('workflow_call', job('inner'), own),
    };
    const asked = `Write this block at the job 'call'. It holds what './${CALLED}' asks for: with less the run does not start.`;
    expect(suggested(files, { inner: KNOWN, own: null })).toEqual([[`${asked} ${COMPLETE}`, READ]]);
    expect(suggested(files, { inner: null, own: KNOWN })).toMatchObject([[expect.stringContaining(UNKNOWN), {}]]);
  });
});

describe('a block for steps of which nobody knows what they use', () => {
  const SCRIPT = 'run: make';
  const ACTION = 'uses: octo/a@v1';
  test.each<readonly [readonly string[], Permissions]>([
    [[SCRIPT, SCRIPT], {}],
    [[SCRIPT, ACTION], READ],
    [[ACTION], READ],
    [['{ run: make, env: { A: "${{ github.token }}" } }'], READ],
    [['run: make ${{ secrets.GITHUB_TOKEN }}'], READ],
  ])('%j', (steps, permissions) => {
    expect(suggested({ [CI]: file('push', job('a', ...steps)) })).toEqual([
      [expect.stringContaining(UNKNOWN), permissions],
    ]);
  });
});

test('what was observed is every run, and this very one', () => {
  const result = (id: number) => ({ run: { id } }) as unknown as ObservedResult;
  const [first, own] = [result(1), result(2)];
  const observation = { runs: [first], neverStarting: [] } as unknown as Parameters<typeof observedResults>[0];
  expect(observedResults(observation)).toStrictEqual([first]);
  expect(observedResults({ ...observation, ownJob: own })).toEqual([first, own]);
});
