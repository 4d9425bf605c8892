import fc from 'fast-check';

import type { Settings } from '../../src/model/settings.ts';
import { levelsOf, SCOPES, starts } from './naive.ts';
import type { Block, NaiveRun } from './naive.ts';
import { UNKNOWN } from './checking.ts';

/** A condition, and in which runs it is certainly false. */
interface Condition {
  readonly text: string;
  readonly isFalse: (run: NaiveRun) => boolean;
}

const CONDITIONS: readonly Condition[] = [
  { text: "github.event_name == 'push'", isFalse: ({ event }) => event !== 'push' },
  { text: "startsWith(github.event_name, 'pull_request')", isFalse: ({ event }) => !event.startsWith('pull_request') },
  { text: "github.actor != 'dependabot[bot]'", isFalse: ({ actor }) => actor === 'dependabot' },
  {
    text: "github.event.action == 'opened'",
    isFalse: ({ action, event }) => action !== 'opened' && (action !== null || WITHOUT_ACTION.includes(event)),
  },
  {
    text: "github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository",
    isFalse: ({ event, actor }) => event === 'pull_request' && actor === 'fork',
  },
  {
    text: '${{ !github.event.repository.private }}',
    isFalse: ({ event, visibility }) => visibility === 'private' && event !== 'schedule',
  },
  { text: "vars.DEPLOY == 'true'", isFalse: () => false },
  { text: 'always()', isFalse: () => false },
];

export interface RandomJob {
  readonly id: string;
  readonly block: Block | null;
  readonly condition: Condition | null;
  readonly needs: readonly string[];
}

export interface RandomWorkflow {
  readonly triggers: readonly { readonly event: string; readonly types: readonly string[] | null }[];
  readonly block: Block | null;
  readonly jobs: readonly RandomJob[];
}

const WITHOUT_ACTION = ['push', 'workflow_dispatch', 'schedule', 'create'];
const EVENTS = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'issues',
  'deployment',
  'workflow_run',
  ...WITHOUT_ACTION,
];
const TYPES: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'closed', 'synchronize'],
  pull_request_target: ['opened', 'labeled'],
  pull_request_review: ['submitted', 'edited'],
  issues: ['opened', 'closed'],
};

const entries = fc.uniqueArray(
  fc.constantFrom(...SCOPES).chain((scope) => fc.tuple(fc.constant(scope), fc.constantFrom(...levelsOf(scope)))),
  { selector: ([scope]) => scope, maxLength: 6 },
);
const randomBlock: fc.Arbitrary<Block> = fc.oneof(
  { weight: 4, arbitrary: entries.map((list): Block => Object.fromEntries(list)) },
  { weight: 1, arbitrary: fc.constantFrom<Block>('read-all', 'write-all', {}) },
);

const triggers = fc.uniqueArray(
  fc.constantFrom(...EVENTS).chain((event) =>
    fc.record({
      event: fc.constant(event),
      types: fc.option(fc.subarray([...(TYPES[event] ?? [])], { minLength: TYPES[event] === undefined ? 0 : 1 }), {
        nil: null,
      }),
    }),
  ),
  { selector: ({ event }) => event, minLength: 1, maxLength: 4 },
);

const IDS = ['a', 'b', 'c', 'd'];

export const randomWorkflow: fc.Arbitrary<RandomWorkflow> = fc.record({
  triggers,
  block: fc.option(randomBlock, { nil: null }),
  jobs: fc
    .array(
      fc.record({
        block: fc.option(randomBlock, { nil: null }),
        condition: fc.option(fc.constantFrom(...CONDITIONS), { nil: null }),
        needs: fc.subarray(IDS),
      }),
      { minLength: 1, maxLength: IDS.length },
    )
    .map((jobs) =>
      jobs.map((job, index) => ({ ...job, id: IDS[index]!, needs: job.needs.filter((id) => IDS.indexOf(id) < index) })),
    ),
});

export const randomSettings: fc.Arbitrary<Settings> = fc.record({
  platform: fc.constant(UNKNOWN.platform),
  repository: fc.constantFrom(null, { owner: 'octo-org', name: 'octo-repo' }),
  visibility: fc.constantFrom('public', 'private', 'internal', 'unknown'),
  defaultPermissions: fc.record({
    value: fc.constantFrom('read', 'write', 'unknown'),
    source: fc.constant('option' as const),
  }),
  forkPullRequests: fc.constantFrom('off', 'read', 'write', 'unknown'),
});

function blockText(block: Block): string {
  if (typeof block === 'string') return block;
  return `{ ${Object.entries(block)
    .map(([scope, level]) => `${scope}: ${level}`)
    .join(', ')} }`;
}

export function jobText({ id, block, condition, needs }: RandomJob): string {
  return [
    `  ${id}:`,
    '    runs-on: ubuntu-latest',
    ...(block === null ? [] : [`    permissions: ${blockText(block)}`]),
    ...(condition === null ? [] : [`    if: "${condition.text}"`]),
    ...(needs.length === 0 ? [] : [`    needs: [${needs.join(', ')}]`]),
    '    steps:',
    '      - run: make',
  ].join('\n');
}

export function workflowText({ triggers: written, block, jobs }: RandomWorkflow): string {
  return [
    'on:',
    ...written.map(({ event, types }) => {
      if (event === 'schedule') return '  schedule: [{ cron: 0 0 * * * }]';
      return types === null || types.length === 0 ? `  ${event}:` : `  ${event}: { types: [${types.join(', ')}] }`;
    }),
    ...(block === null ? [] : [`permissions: ${blockText(block)}`]),
    'jobs:',
    ...jobs.map(jobText),
    '',
  ].join('\n');
}

/** Every run that a workflow can have under every combination of settings that is left open. */
export function runsUnder({ triggers: written }: RandomWorkflow, settings: Settings): readonly NaiveRun[] {
  const policies =
    settings.defaultPermissions.value === 'unknown'
      ? (['read', 'write'] as const)
      : [settings.defaultPermissions.value];
  const visibilities =
    settings.visibility === 'unknown'
      ? (['public', 'private'] as const)
      : [settings.visibility === 'public' ? ('public' as const) : ('private' as const)];
  const forkSettings =
    settings.forkPullRequests === 'unknown' ? (['off', 'read', 'write'] as const) : [settings.forkPullRequests];
  return written.flatMap(({ event, types }) =>
    actionsOf(event, types).flatMap((action) =>
      actorsOf(event).flatMap(({ actor, own }) =>
        policies.flatMap((policy) =>
          visibilities.flatMap((visibility) =>
            (visibility === 'public' ? [null] : forkSettings).map((forks) => ({
              event,
              action,
              actor,
              baseRefCreatedByDependabot: own,
              policy,
              visibility,
              forks,
            })),
          ),
        ),
      ),
    ),
  );
}

function actionsOf(event: string, types: readonly string[] | null): readonly (string | null)[] {
  if (types !== null && types.length > 0) return types;
  return event === 'pull_request' || event === 'pull_request_target' ? ['opened', 'synchronize', 'reopened'] : [null];
}

function actorsOf(event: string): readonly { readonly actor: NaiveRun['actor']; readonly own: boolean }[] {
  return [
    { actor: 'repository', own: false },
    ...(event.startsWith('pull_request') ? [{ actor: 'fork' as const, own: false }] : []),
    ...(['schedule', 'workflow_dispatch'].includes(event) ? [] : [{ actor: 'dependabot' as const, own: false }]),
    ...(event === 'pull_request_target' ? [{ actor: 'dependabot' as const, own: true }] : []),
  ];
}

/** Whether a job certainly does not run: its own condition, or a job before it that it does not make up for. */
export function certainlyNotRun(workflow: RandomWorkflow, job: RandomJob, run: NaiveRun): boolean {
  if (!starts(run)) return true;
  if (job.condition?.isFalse(run) === true) return true;
  if (job.condition?.text === 'always()') return false;
  return before(workflow, job).some((other) => certainlyNotRun(workflow, other, run));
}

function before(workflow: RandomWorkflow, job: RandomJob): readonly RandomJob[] {
  const needed = workflow.jobs.filter(({ id }) => job.needs.includes(id));
  return [...needed, ...needed.flatMap((one) => before(workflow, one))];
}
