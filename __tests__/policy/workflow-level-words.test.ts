import { describe, expect, test } from '@jest/globals';

import type { JobNeeds } from '../../src/model/needs.ts';
import type { Permissions } from '../../src/model/permission.ts';
import type { CheckedJob } from '../../src/policy/checked-workflow.ts';
import { briefly, foundBy } from '../helpers/judging.ts';
import { needing } from '../helpers/needs.ts';
import { call, CALLED, CI, file, run } from '../helpers/workflow-texts.ts';

const DEEP = '.github/workflows/deep.yml';
const WRITE = '{ contents: write }';
const FORKS = '    if: github.event.pull_request.head.repo.full_name != github.repository\n';
const NONE = needing({});
const USES = needing({ contents: 'write' });

const ci = (...jobs: readonly string[]) => file('push', WRITE, ...jobs);

type Texts = Parameters<typeof foundBy>[1];
type Needs = Readonly<Record<string, JobNeeds>>;

function found(texts: Texts, needs: Needs) {
  return foundBy('workflow-level-write', texts, {
    visibility: 'public',
    needsOf: ({ chained }: CheckedJob) => needs[chained.ids.join('/')] ?? needs[chained.job.id] ?? null,
  });
}

const gets = (jobs: string, rest: string) => `${jobs} \`contents: write\` from the block of the workflow and ${rest}`;

describe('what it says', () => {
  test.each<readonly [string, Texts, Needs, readonly string[]]>([
    [
      'of one and one',
      ci(run('a'), run('b')),
      { a: NONE, b: USES },
      [gets("The job 'a' gets", "does not use it: only the job 'b' uses it.")],
    ],
    [
      'of two and two',
      ci(run('a'), run('b'), run('c'), run('d')),
      { a: NONE, b: NONE, c: USES, d: USES },
      [gets("The jobs 'a' and 'b' get", "do not use it: only the jobs 'c' and 'd' use it.")],
    ],
    [
      'of jobs of a called workflow, once, however often it is called',
      { [CI]: ci(call('x'), call('y')), [CALLED]: file('workflow_call', WRITE, run('i'), run('j')) },
      { x: USES, y: USES, i: USES, j: NONE },
      [gets("The job 'j' gets", "does not use it: only the job 'i' uses it.")],
    ],
    [
      'of jobs that have it through a call',
      { [CI]: ci(call('x'), run('b')), [CALLED]: file('workflow_call', '', run('i'), run('j')) },
      { x: USES, i: USES, j: NONE, b: NONE },
      [gets("The jobs 'x / j' and 'b' get", "do not use it: only the job 'x / i' uses it.")],
    ],
    [
      'of a call that passes it on, not of one below',
      {
        [CI]: ci(call('x'), run('b')),
        [CALLED]: file('workflow_call', '', call('n', '', `./${DEEP}`)),
        [DEEP]: file('workflow_call', WRITE, run('leaf')),
      },
      { x: USES, n: USES, leaf: USES, b: NONE },
      [gets("The job 'b' gets", "does not use it: only the job 'x' uses it.")],
    ],
    [
      'nothing of a call that asks for none of it',
      { [CI]: ci(call('x'), run('a'), run('b')), [CALLED]: file('workflow_call', '{}', run('i')) },
      { x: NONE, i: NONE, a: NONE, b: USES },
      [gets("The job 'a' gets", "does not use it: only the job 'b' uses it.")],
    ],
    [
      'nothing of a job that never runs, of which nothing is known',
      ci(run('a'), run('b'), run('c', '', '    if: false\n')),
      { a: NONE, b: USES },
      [gets("The job 'a' gets", "does not use it: only the job 'b' uses it.")],
    ],
    [
      'also of a job that does not run by each event',
      file('[push, pull_request]', WRITE, run('a', '', "    if: github.event_name == 'push'\n"), run('b')),
      { a: NONE, b: USES },
      [gets("The job 'a' gets", "does not use it: only the job 'b' uses it.")],
    ],
    [
      'nothing of a job that forks alone start, and that gets no write',
      file('pull_request', WRITE, run('a'), run('b'), run('c', '', FORKS)),
      { a: NONE, b: USES, c: NONE },
      [gets("The job 'a' gets", "does not use it: only the job 'b' uses it.")],
    ],
    [
      'nothing where only such a job would use it',
      file('pull_request', WRITE, run('a'), run('c', '', FORKS)),
      { a: NONE, c: USES },
      [],
    ],
    [
      'nothing of an identity token',
      file('push', '{ id-token: write, contents: write }', run('a'), run('b')),
      { a: NONE, b: needing({ contents: 'write', 'id-token': 'write' }) },
      [gets("The job 'a' gets", "does not use it: only the job 'b' uses it.")],
    ],
  ])('%s', (_, texts, needs, expected) => {
    expect(found(texts, needs).map(({ message }) => message)).toEqual(expected);
  });

  test('of each permission apart', () => {
    const text = file('push', '{ contents: write, issues: write }', run('a'), run('b'));
    const findings = found(text, { a: USES, b: needing({ issues: 'write' }) });
    expect(findings.map(briefly)).toEqual(['ci.yml:2:16 b', 'ci.yml:2:33 a']);
    expect(findings.map(({ subjects }) => subjects)).toMatchObject([
      [{ job: ['b'], permission: 'contents', granted: 'write' }],
      [{ job: ['a'], permission: 'issues', granted: 'write' }],
    ]);
  });
});

describe('what to write', () => {
  type Advised = readonly [string, string, Permissions?];
  const TAKE = 'Take `contents: write` out of the block of the workflow.';
  const at = (job: string) =>
    `Write this block at the job '${job}': it takes the place of the workflow's and holds what the job uses.`;

  function advised(texts: Texts, needs: Needs): readonly Advised[] {
    return found(texts, needs).flatMap(({ advice = [] }) =>
      advice.map(({ path, line, text, permissions }): Advised => {
        const place = `${path.slice(path.lastIndexOf('/') + 1)}:${line}`;
        return permissions === undefined ? [place, text] : [place, text, permissions];
      }),
    );
  }

  test('a block at each job that uses it, with all that it uses', () => {
    const needs = { a: NONE, b: needing({ contents: 'write', issues: 'read' }), c: USES };
    expect(advised(ci(run('a'), run('b'), run('c')), needs)).toEqual([
      ['ci.yml:2', TAKE],
      ['ci.yml:8', at('b'), { contents: 'write', issues: 'read' }],
      ['ci.yml:12', at('c'), { contents: 'write' }],
    ]);
  });

  test('a block at the call that leads to them', () => {
    const files = { [CI]: ci(call('x'), run('b')), [CALLED]: file('workflow_call', '', run('i'), run('j')) };
    expect(advised(files, { x: USES, i: USES, j: USES, b: NONE })).toEqual([
      ['ci.yml:2', TAKE],
      ['ci.yml:4', "Write a block at the job 'x' that holds what the jobs that it calls use."],
    ]);
  });

  test('one block in a called workflow, with what it uses for all of its callers', () => {
    const files = { [CI]: ci(call('x'), call('y')), [CALLED]: file('workflow_call', WRITE, run('i'), run('j')) };
    const more = needing({ contents: 'write', pages: 'read' });
    expect(advised(files, { x: USES, y: USES, 'x/i': more, i: USES, j: NONE })).toEqual([
      ['called.yml:2', TAKE],
      ['called.yml:4', at('i'), { contents: 'write', pages: 'read' }],
    ]);
  });
});
