import { describe, expect, test } from '@jest/globals';

import { foundBy } from '../helpers/judging.ts';
import { needing, needsById } from '../helpers/needs.ts';
import { call, CALLED, ci, CI, file, run } from '../helpers/workflow-texts.ts';

const OTHERS = 'octo/else/.github/workflows/a.yml@v1';
const START =
  'Write this block instead. It is a start to test: a step that needs more fails with "Resource not accessible by integration".';
const KNOWN = 'Write this block instead. It holds what the steps use.';
const UNREAD =
  'Write a list that holds what the called workflows ask for, too: with less the run does not start. Not all of them were read.';
const ONLY_IF =
  'This holds only if the called workflow that could not be read has no block of its own that asks for less.';

type Texts = Parameters<typeof foundBy>[1];

/** Who gets it, and what comes after the meaning of the shorthand. */
function said(texts: Texts): readonly string[] {
  return foundBy('blanket-permissions', texts).map(({ message }) =>
    message.replace(/\d+ permissions to .*?(?=, and each)/, '…'),
  );
}

describe('what it says', () => {
  const LATER = '…, and each one that GitHub adds later.';

  test.each<readonly [string, Texts, readonly string[]]>([
    ['of one job', ci('', run('a', 'read-all')), [`\`read-all\` gives the job 'a' ${LATER}`]],
    [
      'of a called workflow, by the jobs in its file, whoever calls it',
      {
        [CI]: ci('', call('x', 'read-all'), call('y', 'write-all')),
        [CALLED]: file('workflow_call', 'read-all', run('a'), run('b')),
      },
      [`\`read-all\` gives the jobs 'a' and 'b' ${LATER}`],
    ],
    [
      'of a calling job',
      { [CI]: ci('', call('x', 'write-all'), run('b', '{}')), [CALLED]: file('workflow_call', '', run('leaf')) },
      [`\`write-all\` gives the job 'x / leaf' ${LATER}`],
    ],
    [
      'of a call that was not read',
      ci('', call('x', 'write-all', OTHERS)),
      [`\`write-all\` gives the job 'x' ${LATER} ${ONLY_IF}`],
    ],
    [
      'of one beside another job',
      ci('write-all', call('x', '', OTHERS), run('b')),
      [`\`write-all\` gives the jobs 'x' and 'b' ${LATER}`],
    ],
    [
      'of a job that does not run by each event',
      file('[push, pull_request]', '', run('a', 'read-all', "    if: github.event_name == 'push'\n")),
      [`\`read-all\` gives the job 'a' ${LATER}`],
    ],
    [
      'of two blocks apart',
      ci('write-all', run('a', 'write-all'), run('b')),
      [`\`write-all\` gives the job 'b' ${LATER}`, `\`write-all\` gives the job 'a' ${LATER}`],
    ],
  ])('%s', (_, texts, expected) => {
    expect(said(texts)).toEqual(expected);
  });

  test('what to do', () => {
    expect(foundBy('blanket-permissions', ci('', run('a', 'read-all')))[0]?.hint).toBe(
      'Name the permissions that the steps need, each on a line of its own: what is not named is none.',
    );
  });
});

describe('what to write', () => {
  const called = (block: string, ...jobs: readonly string[]) => ({ [CALLED]: file('workflow_call', block, ...jobs) });
  const KNOWS = needsById({
    a: needing({ pages: 'write' }),
    own: needing({ issues: 'write' }),
    leaf: needing({ checks: 'write' }),
  });

  test.each<readonly [string, Texts, string, number, object | undefined]>([
    ['nothing is known of', ci('', run('b', 'read-all')), START, 4, {}],
    ['in a job alone', ci('', run('a', 'write-all'), run('own')), KNOWN, 4, { pages: 'write' }],
    [
      'in a workflow, for the jobs without a block and for those that they call',
      { [CI]: ci('write-all', call('x'), run('a'), run('own', '{ issues: write }')), ...called('', run('leaf')) },
      KNOWN,
      2,
      { checks: 'write', pages: 'write' },
    ],
    [
      'in a called workflow, for its jobs without a block',
      { [CI]: ci('', call('x', 'read-all')), ...called('read-all', run('a'), run('own', '{ issues: read }')) },
      KNOWN,
      2,
      { pages: 'write' },
    ],
    [
      'in a called workflow, whatever its callers have beside it',
      { [CI]: ci('', call('x', 'read-all'), run('own')), ...called('read-all', run('a')) },
      KNOWN,
      2,
      { pages: 'write' },
    ],
    ['where a call was not read', ci('write-all', run('a'), call('x', '', OTHERS)), UNREAD, 2, undefined],
  ])('%s', (_, texts, text, line, permissions) => {
    const [finding] = foundBy('blanket-permissions', texts, { needsOf: KNOWS });
    expect(finding?.advice).toEqual([
      { text, path: finding?.path, line, ...(permissions === undefined ? {} : { permissions }) },
    ]);
  });
});
