import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';

import { changesBetween } from '../../src/changes/changes-between.ts';
import { checkAll } from '../../src/check-all.ts';
import { OPPOSITES } from '../../src/changes/opposites.ts';
import type { Change } from '../../src/model/change.ts';
import type { Settings } from '../../src/model/settings.ts';
import { PATH, settingsOf } from '../helpers/checking.ts';
import { changesUnder, stateOf } from '../helpers/comparing.ts';
import { effective, SCOPES } from '../helpers/naive.ts';
import type { Level, NaiveRun } from '../helpers/naive.ts';
import { tried } from '../helpers/property.ts';
import {
  certainlyNotRun,
  randomSettings,
  randomWorkflow,
  runsUnder,
  workflowText,
} from '../helpers/random-workflow.ts';
import type { RandomWorkflow } from '../helpers/random-workflow.ts';

/** Jobs that do something of their own, so that none is taken for another one that moved. */
function textOf(workflow: RandomWorkflow): string {
  let id = '';
  return workflowText(workflow)
    .split('\n')
    .map((line) => {
      id = /^ {2}(\w):$/.exec(line)?.[1] ?? id;
      return line.replace('run: make', `run: make ${id}`);
    })
    .join('\n');
}

/** Two states that have something in common: what differs is drawn from both. */
const twoStates: fc.Arbitrary<readonly [RandomWorkflow, RandomWorkflow]> = fc
  .tuple(randomWorkflow, randomWorkflow, fc.boolean(), fc.boolean(), fc.boolean())
  .map(([one, other, sameTriggers, sameBlock, sameJobs]) => [
    one,
    {
      triggers: sameTriggers ? one.triggers : other.triggers,
      block: sameBlock ? one.block : other.block,
      jobs: sameJobs ? one.jobs : other.jobs,
    },
  ]);

function compared(base: RandomWorkflow, head: RandomWorkflow, before: Settings, after = before): readonly Change[] {
  return changesUnder(stateOf(textOf(base)), stateOf(textOf(head)), before, after);
}

/** A kind of run that both states may have. `null` stands for the activity types that neither names. */
type Cell = NaiveRun;

function cellsOf(base: RandomWorkflow, head: RandomWorkflow, settings: Settings): readonly Cell[] {
  const runs = [...runsUnder(base, settings), ...runsUnder(head, settings)];
  const cells = runs.map((run) => ({ ...run, action: withoutAction(run.event) ? '' : run.action }));
  return [...new Map(cells.map((cell) => [JSON.stringify(cell), cell])).values()];
}

function withoutAction(event: string): boolean {
  return ['push', 'workflow_dispatch', 'schedule', 'create'].includes(event);
}

/** What a job gets in a kind of run; `null` where it gets no token. */
function levelsIn(workflow: RandomWorkflow, id: string, cell: Cell): Readonly<Record<string, Level>> | null {
  const job = workflow.jobs.find((one) => one.id === id);
  const trigger = workflow.triggers.find(({ event }) => event === cell.event);
  if (job === undefined || trigger === undefined) return null;
  const types =
    trigger.types !== null && trigger.types.length > 0
      ? trigger.types
      : cell.event === 'pull_request' || cell.event === 'pull_request_target'
        ? ['opened', 'synchronize', 'reopened']
        : null;
  if (types !== null && !withoutAction(cell.event) && !types.includes(cell.action ?? '')) return null;
  const run: NaiveRun = { ...cell, action: types === null || withoutAction(cell.event) ? null : cell.action };
  return certainlyNotRun(workflow, job, run) ? null : effective(job.block ?? workflow.block, run);
}

function covers(change: Change, cell: Cell): boolean {
  return (
    change.events.includes(cell.event) &&
    (change.actions === undefined || change.actions.includes(cell.action ?? '*')) &&
    change.actors.includes(cell.actor) &&
    (change.defaultPermissions ?? cell.policy) === cell.policy &&
    (change.visibility ?? cell.visibility) === cell.visibility &&
    (change.forkPullRequests ?? cell.forks) === cell.forks
  );
}

const RANK = { none: 0, read: 1, write: 2 };

test('every permission that rises is told once, and no other one', () => {
  fc.assert(
    fc.property(twoStates, randomSettings, ([base, head], settings) => {
      const changes = compared(base, head, settings);
      const rising = changes.map((change) => ({
        change,
        permissions: change.permissions.filter((one) => RANK[one.after] > RANK[one.before]),
      }));
      for (const id of ['a', 'b', 'c', 'd']) {
        const ofJob = rising.filter(({ change }) => change.job?.join('/') === id);
        for (const cell of cellsOf(base, head, settings)) {
          const before = levelsIn(base, id, cell);
          const after = levelsIn(head, id, cell);
          for (const permission of SCOPES) {
            const [was, is] = [before?.[permission] ?? 'none', after?.[permission] ?? 'none'];
            const all = ofJob.filter(
              ({ change, permissions }) =>
                covers(change, cell) && permissions.some((one) => one.permission === permission),
            );
            // On a base branch of its own, Dependabot is named apart only where that differs.
            const apart = all.filter(({ change }) => change.baseRefCreatedByDependabot === true);
            const told =
              cell.baseRefCreatedByDependabot && apart.length > 0 ? apart : all.filter((one) => !apart.includes(one));
            const about = JSON.stringify({ id, cell, permission, was, is, told });
            if (RANK[is] > RANK[was]) {
              expect([about, told.length]).toEqual([about, 1]);
              const one = told[0]!.permissions.find((each) => each.permission === permission)!;
              expect([about, one.after]).toEqual([about, is]);
            } else if (!cell.baseRefCreatedByDependabot) {
              // Outsiders who get at all what others have had is the only other thing to be told so.
              const others = told.filter(({ change }) => change.kind !== 'reachable-by-outsiders');
              expect([about, others.length]).toEqual([about, 0]);
            }
          }
        }
      }
    }),
    tried(60),
  );
});

test('a job that is new is told once for each kind of run in which it gets a token', () => {
  fc.assert(
    fc.property(twoStates, randomSettings, ([base, head], settings) => {
      const changes = compared(base, head, settings);
      for (const { id } of head.jobs.filter((job) => base.jobs.every((one) => one.id !== job.id))) {
        for (const cell of cellsOf(base, head, settings).filter((one) => !one.baseRefCreatedByDependabot)) {
          const ofCell = changes.filter(
            (change) =>
              change.job?.[0] === id && covers(change, cell) && change.baseRefCreatedByDependabot === undefined,
          );
          const expected = levelsIn(head, id, cell) === null ? [] : ['new'];
          expect(ofCell.map(({ kind }) => kind)).toEqual(expected);
        }
      }
    }),
    tried(40),
  );
});

/** A change without what may be said in other words when the sides are swapped. */
function comparable({ because: _, from, job, workflow, ...change }: Change): string {
  const events = [...change.events].sort();
  const actions = change.actions === undefined ? null : [...change.actions].sort();
  // The first of all, which follow the order of the head.
  return JSON.stringify({
    ...change,
    events,
    actions,
    names: [
      [workflow, job],
      [from?.workflow ?? workflow, from?.job ?? job],
    ],
  });
}

function mirrored(change: Change): Change {
  const permissions = change.permissions.map(({ permission, before, after }) => ({
    permission,
    before: after,
    after: before,
  }));
  const { from, ...rest } = change;
  const there =
    from === undefined ? {} : { workflow: from.workflow, ...(from.job === undefined ? {} : { job: from.job }) };
  const back = { workflow: change.workflow, ...(from?.job === undefined ? {} : { job: change.job! }) };
  return {
    ...rest,
    ...there,
    ...(from === undefined ? {} : { from: back }),
    kind: OPPOSITES[change.kind],
    ...permissions[0],
    permissions,
  };
}

function expectMirrored(forward: readonly Change[], backward: readonly Change[]): void {
  expect(backward.map(mirrored).map(comparable).sort()).toEqual(forward.map(comparable).sort());
}

describe('swapping the sides', () => {
  test('gives the opposite of each change', () => {
    fc.assert(
      fc.property(twoStates, randomSettings, ([base, head], settings) => {
        expectMirrored(compared(base, head, settings), compared(head, base, settings));
      }),
      tried(60),
    );
  });

  test('does so for settings that differ', () => {
    fc.assert(
      fc.property(twoStates, randomSettings, randomSettings, ([base, head], before, after) => {
        expectMirrored(compared(base, head, before, after), compared(head, base, after, before));
      }),
      tried(60),
    );
  });

  test('does so for files and jobs that moved, and for calls', () => {
    fc.assert(
      fc.property(randomRepository, randomRepository, (base, head) => {
        const settings = settingsOf({ default: 'read' });
        const [one, other] = [stateOf(base), stateOf(head)];
        expectMirrored(changesUnder(one, other, settings, settings), changesUnder(other, one, settings, settings));
      }),
      tried(80),
    );
  });
});

const PLACES = ['a', 'b', 'c', 'd'].map((name) => `.github/workflows/${name}.yml`);

/** Files of a few jobs each, drawn from few contents, so that jobs move and files are renamed. Some call others. */
const randomRepository = fc
  .uniqueArray(
    fc.record({
      path: fc.constantFrom(...PLACES),
      on: fc.constantFrom('push', 'issue_comment', 'workflow_call', '[push, workflow_call]'),
      block: fc.constantFrom('', 'permissions: read-all\n', 'permissions: { issues: write }\n'),
      jobs: fc.uniqueArray(
        fc.record({
          id: fc.constantFrom('x', 'y', 'z'),
          block: fc.constantFrom('', '    permissions: { contents: write }\n', '    permissions: {}\n'),
          what: fc.constantFrom(
            '    runs-on: x\n    steps:\n      - run: one\n',
            '    runs-on: x\n    steps:\n      - run: two\n',
            '    uses: ./.github/workflows/a.yml\n',
            '    uses: ./.github/workflows/b.yml\n',
            '    uses: octo-org/other/.github/workflows/c.yml@v1\n',
          ),
        }),
        { selector: ({ id }) => id, minLength: 1, maxLength: 3 },
      ),
    }),
    { selector: ({ path }) => path, minLength: 1, maxLength: 4 },
  )
  .map((files) =>
    Object.fromEntries(
      files.map(({ path, on, block, jobs }): [string, string] => [
        path,
        `on: ${on}\n${block}jobs:\n${jobs.map((job) => `  ${job.id}:\n${job.block}${job.what}`).join('')}`,
      ]),
    ),
  );

test('a state compared with itself gives nothing, also when it is computed twice', () => {
  fc.assert(
    fc.property(randomRepository, randomSettings, (texts, settings) => {
      const [one, other] = [checkAll(stateOf(texts), settings, []), checkAll(stateOf(texts), settings, [])];
      expect(one.workflows[0]!.tree).not.toBe(other.workflows[0]!.tree);
      expect(changesBetween(one, other).changes).toEqual([]);
      expect(changesBetween(one, one).changes).toEqual([]);
    }),
    tried(60),
  );
});

/** The same workflow with comments and empty lines, its jobs and its triggers in another order. */
function rearranged({ triggers, block, jobs }: RandomWorkflow): string {
  const text = textOf({ triggers: [...triggers].reverse(), block, jobs: [...jobs].reverse() });
  return `# A comment\n\n${text.replaceAll(/^( {2}\w:)$/gm, '\n$1 # another one').replaceAll(/^( {4}runs-on.*\n)( {4}permissions.*\n)?/gm, '$2$1')}`;
}

test('comments and another order are no change', () => {
  fc.assert(
    fc.property(randomWorkflow, randomSettings, (workflow, settings) => {
      expect(rearranged(workflow)).not.toBe(textOf(workflow));
      const [base, head] = [stateOf(textOf(workflow)), stateOf(rearranged(workflow))];
      expect(changesUnder(base, head, settings, settings)).toEqual([]);
    }),
    tried(60),
  );
});

test('a file and its jobs may have other names', () => {
  fc.assert(
    fc.property(randomWorkflow, randomSettings, (workflow, settings) => {
      const base = stateOf({ [PATH]: textOf(workflow) });
      const renamed = textOf(workflow).replaceAll(/^ {2}(\w):$/gm, '  other-$1:');
      const head = stateOf({
        '.github/workflows/z.yml': renamed.replaceAll(
          /needs: \[(.*)\]/g,
          (_, ids: string) =>
            `needs: [${ids
              .split(', ')
              .map((id) => `other-${id}`)
              .join(', ')}]`,
        ),
      });
      expect(changesUnder(base, head, settings, settings)).toEqual([]);
    }),
    tried(40),
  );
});
