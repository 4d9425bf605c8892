import type { JobInChain } from '../calls/call-tree.ts';
import type { Grant } from '../model/grant.ts';
import type { JobNeeds, RowNeeds, StepNeed, StepUse, Uncertainty } from '../model/needs.ts';
import type { AccessLevel, Permissions } from '../model/permission.ts';
import { higher } from '../permissions/access-level.ts';
import { leastFor } from './compose.ts';
import { givenInputs } from './given-inputs.ts';
import { grantedIn } from './granted-in.ts';
import { handedTokens } from './handed-tokens.ts';
import { stepsUse } from './job-steps.ts';
import type { JobToRead, KnownSteps, UsedStep } from './job-steps.ts';
import type { NeedsWorld } from './needs-world.ts';
import { sharedRows } from './shared-rows.ts';
import { eventsOfStep, isCertainIn, visibilityOf } from './step-runs.ts';
import type { StepRuns } from './step-runs.ts';
import { handedByUnknownCallers } from './unknown-callers.ts';
import { allUses } from './uses.ts';

/** A job with steps, and what its token may do. */
export interface GrantedSteps {
  readonly chained: JobInChain;
  readonly grants: readonly Grant[];
  readonly declared: Permissions | null;
}

/** What was read before: jobs of called workflows, which several chains lead to, and steps that several jobs have. */
export interface Known {
  readonly jobs: Map<string, readonly UsedStep[]>;
  readonly steps: KnownSteps;
}

/** Works out what the steps of a job need, in all runs together and in each row of its grants. */
export function jobNeeds({ chained, grants, declared }: GrantedSteps, world: NeedsWorld, known: Known): JobNeeds {
  const { settings } = world;
  const rows = grants.filter(({ status }) => status !== 'not-run');
  const root = rootWorkflow(chained);
  const runs: StepRuns = { root, settings, inputs: givenInputs(chained) };
  const read: JobToRead = {
    job: chained.job,
    workflow: chained.file.read.workflow,
    path: chained.file.path,
    place: chained.file.place,
    events: [...new Set(rows.flatMap(({ events }) => events))],
    identity: rows.some(({ permissions }) => permissions['id-token'] === 'write'),
    tokenExpressions: handedTokens(chained),
  };
  const steps = chained.caller === null ? stepsUse(read, world, known.steps) : readOnce(read, world, known);
  const needsIn = (row: Grant, without: ReadonlySet<UsedStep> = new Set()): UsedRow => {
    const inRow = steps
      .filter((step) => !without.has(step))
      .flatMap((step): { step: UsedStep; events: readonly string[] }[] => {
        const events = eventsOfStep(step.conditions, row, runs);
        return events.length === 0 ? [] : [{ step, events }];
      });
    const visibility = row.visibility ?? visibilityOf(settings);
    const needed = inRow.filter(({ step }) => step.needs.length > 0);
    const isJobSure = needed.length > 0 && isCertainIn(conditionsAbove(chained), 'job-if', row, runs);
    const needs = needed.flatMap(({ step, events }) => {
      const isSure = isJobSure && isCertainIn(step.conditions, 'step-if', row, runs);
      return step.needs.flatMap((need) => inRun(need, events, row, visibility)).map((need) => ({ need, isSure }));
    });
    return {
      row,
      used: inRow.map(({ step }) => step),
      needs: needs.map(({ need }) => need),
      impossible: inRow.flatMap(({ step }) => step.impossible),
      unsure: needs.filter(({ isSure }) => !isSure).map(({ need }) => need),
    };
  };
  const own = rows.map((row) => needsIn(row));
  const seen = new Set(own.flatMap(({ used }) => used));
  // Rows that forks and Dependabot share with the repository count where a condition lets a step run for them alone.
  const shared = steps.every((step) => seen.has(step)) ? [] : sharedRows(grants).map((row) => needsIn(row));
  const byRow = [...own, ...shared.filter(({ used }) => used.some((step) => !seen.has(step)))];
  const used = rows.length === 0 ? steps : steps.filter((step) => byRow.some((row) => row.used.includes(step)));
  const forCallers = new Set(used.filter((step) => isForCallers(step, byRow)));
  const use = allUses(used.map((step) => (forCallers.has(step) ? leftToCallers(step) : step)));
  const needs = use.needs.filter((need) => mayBe(need, byRow, visibilityOf(settings)));
  const uncertain = [...use.uncertain, ...handedByUnknownCallers(chained)];
  const told = forCallers.size === 0 ? byRow : byRow.map(({ row }) => needsIn(row, forCallers));
  return composed({ ...use, needs, uncertain }, told, grantedIn(rows, declared));
}

type UsedRow = RowNeeds & { readonly used: readonly UsedStep[] };

/** Whether the conditions of a step keep it from all events of the workflow, so that only a caller's event may let it run. */
function isForCallers(step: UsedStep, byRow: readonly UsedRow[]): boolean {
  if (step.conditions.length === 0) return false;
  const own = byRow.filter(({ row }) => row.events.some((event) => event !== 'workflow_call'));
  return own.length > 0 && own.every(({ used }) => !used.includes(step));
}

/** Nobody knows whether such a caller is there. */
function leftToCallers({ needs, uncertain, conditions }: UsedStep): UsedStep {
  const open = needs.map(({ path, line, column, by, permission }): Uncertainty => ({
    path,
    line,
    column,
    by,
    permissions: [permission],
    because: 'it runs for events of callers alone',
  }));
  return { needs: [], uncertain: [...uncertain, ...open], impossible: [], conditions };
}

function readOnce(read: JobToRead, world: NeedsWorld, known: Known): readonly UsedStep[] {
  const { job, path, events, identity, tokenExpressions } = read;
  const key = JSON.stringify([path, job.id, events, identity, tokenExpressions]);
  let steps = known.jobs.get(key);
  if (steps === undefined) {
    steps = stepsUse(read, world, known.steps);
    known.jobs.set(key, steps);
  }
  return steps;
}

/** The conditions of a job and of those that call it. */
function conditionsAbove({ job, caller }: JobInChain): readonly string[] {
  const above = caller === null ? [] : conditionsAbove(caller);
  return job.condition === null ? above : [...above, job.condition];
}

function rootWorkflow(chained: JobInChain): StepRuns['root'] {
  return chained.caller === null ? chained.file.read.workflow : rootWorkflow(chained.caller);
}

/** A need in the runs of a row, with the events in which it arises where these are not all; none where it does not. */
function inRun(
  need: StepNeed,
  events: readonly string[],
  row: Grant,
  visibility: 'public' | 'private' | null,
): readonly StepNeed[] {
  const { when } = need;
  if (!allows(need, visibility)) return [];
  const inEvents = when?.events === undefined ? events : events.filter((event) => isAmong(event, when.events ?? []));
  if (inEvents.length === 0) return [];
  return inEvents.length === row.events.length ? [need] : [{ ...need, when: { ...when, events: inEvents } }];
}

/** A checkout works without in a public repository; `contents: read` is asked for all the same, as its README does. */
function allows({ when, publicRead, permission }: StepNeed, visibility: 'public' | 'private' | null): boolean {
  const wanted = when?.visibility;
  return (
    wanted === undefined ||
    visibility === null ||
    wanted === visibility ||
    (publicRead === true && permission === 'contents')
  );
}

/** When a file is called, the event is any. */
function isAmong(event: string, events: readonly string[]): boolean {
  return event === 'workflow_call' || events.includes(event);
}

/** Whether a need arises in any run that there is. */
function mayBe(need: StepNeed, byRow: readonly RowNeeds[], visibility: 'public' | 'private' | null): boolean {
  if (byRow.length === 0) return allows(need, visibility);
  return byRow.some(({ needs }) =>
    needs.some(
      (one) =>
        one === need ||
        (one.line === need.line &&
          one.column === need.column &&
          one.path === need.path &&
          one.permission === need.permission &&
          one.level === need.level &&
          one.because === need.because),
    ),
  );
}

/** Puts together what is needed, what is open and what to write. */
export function composed(use: StepUse, rows: readonly RowNeeds[], granted: Permissions | null): JobNeeds {
  const open = openIn(use);
  const permissions = leastFor(use.needs, granted ?? {});
  const { needs, uncertain, impossible } = use;
  return {
    needs,
    uncertain,
    impossible,
    complete: open.length === 0,
    open,
    permissions,
    suggested: suggestion(permissions, open, granted),
    rows,
  };
}

function openIn({ uncertain }: StepUse): JobNeeds['open'] {
  if (uncertain.some(({ permissions }) => permissions === 'all')) return 'all';
  return [...new Set(uncertain.flatMap(({ permissions }) => (permissions === 'all' ? [] : permissions)))].sort();
}

/** What is needed, with what is open as it is granted; `null` where that cannot be known. */
function suggestion(needed: Permissions, open: JobNeeds['open'], granted: Permissions | null): Permissions | null {
  if (open === 'all' || (open.length > 0 && granted === null)) return null;
  const block: Record<string, AccessLevel> = { ...needed };
  for (const name of open) {
    const level = higher(block[name] ?? 'none', granted?.[name] ?? 'none');
    if (level !== 'none') block[name] = level;
  }
  return Object.fromEntries(Object.entries(block).sort(([a], [b]) => (a < b ? -1 : 1)));
}
