import type { Grant } from '../model/grant.ts';
import type { DefaultPermissions, Settings } from '../model/settings.ts';
import type { Workflow } from '../model/workflow.ts';
import { NOT_RUN, outcomesOf } from './outcome.ts';
import type { GrantedJob, JobOutcome } from './outcome.ts';
import { hasExecutionProtections } from '../permissions/platform.ts';
import { kindOfRun, runsOf } from './run.ts';
import type { EventRuns, Run } from './run.ts';
import { labeller, settingsCases } from './settings-case.ts';
import type { Labelled, SettingsCase, SettingsLabel } from './settings-case.ts';

/** One outcome and the runs that it stands for, within one event. */
interface EventOutcome {
  readonly event: string;
  readonly actions: readonly string[] | null;
  readonly starter: EventRuns['starters'][number];
  readonly label: SettingsLabel;
  readonly outcome: JobOutcome;
}

/** Whether a job certainly does not run in a kind of run. */
export type IsNotRun = (run: Run, one: SettingsCase) => boolean;

/** For a job without a condition, its own or of what it depends on: it may always run. */
export const MAY_RUN: IsNotRun = () => false;

/** Computes the rows of one job that a workflow reaches, itself or through calls. */
export type Grants = (granted: GrantedJob, isNotRun: IsNotRun) => readonly Grant[];

/**
 * Makes the function that lists what the jobs of a workflow get: one row for each outcome that can differ, by trigger
 * event, activity type, where the change comes from, and settings that are unknown. Rows for forks and Dependabot are
 * there only where they differ from the repository's own. `failing` holds the values of the setting under which no run
 * of the workflow starts: they have no rows.
 */
export function grantsOf(
  workflow: Workflow,
  settings: Settings,
  failing: ReadonlySet<DefaultPermissions> = new Set(),
): Grants {
  const cases = settingsCases(settings);
  const label = labeller(cases);
  const events = runsOf(workflow);
  const isProtected = hasExecutionProtections(settings.platform);
  const isFailing = cases.map(({ defaultPermissions }) => failing.has(defaultPermissions));

  return (granted, isNotRun) => {
    const outcomeOf = outcomesOf(granted, settings);
    const outcomesIn = (run: Run) =>
      cases.map((one, index) => {
        if (isFailing[index] === true) return null;
        return isNotRun(run, one) ? NOT_RUN : outcomeOf(run, one);
      });
    const labelled = (run: Run) => label(onlyDifferent(outcomesIn, run));
    const outcomes =
      isNotRun === MAY_RUN
        ? outcomesByKind(events, labelled)
        : events.flatMap((runs) => outcomesByAction(runs, labelled));
    const rows = foldEvents(outcomes, isProtected);
    const called = calledRow(workflow, granted, outcomeOf, cases);
    return called === null ? rows : [...rows, called];
  };
}

/** The outcomes of a run for each case; for forks and Dependabot only where they differ from what they add to. */
function onlyDifferent(
  outcomesIn: (run: Run) => readonly (JobOutcome | null)[],
  run: Run,
): readonly (JobOutcome | null)[] {
  const outcomes = outcomesIn(run);
  if (run.actor === 'repository') return outcomes;
  const compared = outcomesIn(comparedWith(run));
  return outcomes.map((outcome, index) => (outcome === compared[index] ? null : outcome));
}

/** Forks and Dependabot are compared with the repository, Dependabot on its own base branch with Dependabot elsewhere. */
function comparedWith(run: Run): Run {
  return run.baseRefCreatedByDependabot
    ? { ...run, baseRefCreatedByDependabot: false }
    : { ...run, actor: 'repository' };
}

/** The row of a file that can be called: a block of its own applies whoever calls it; without one, the caller decides. */
function calledRow(
  { triggers }: Workflow,
  granted: GrantedJob,
  outcomeOf: ReturnType<typeof outcomesOf>,
  [anyCase]: readonly SettingsCase[],
): Grant | null {
  const trigger = triggers.find(({ event }) => event === 'workflow_call');
  if (trigger === undefined || granted.block === null || anyCase === undefined) return null;
  const outcome = outcomeOf({ trigger, action: null, actor: 'repository', baseRefCreatedByDependabot: false }, anyCase);
  return { events: [trigger.event], actor: 'repository', ...outcome };
}

type LabelledOutcomes = (run: Run) => readonly Labelled<JobOutcome>[];

/** Without conditions, events and activity types that GitHub treats alike give the same: each kind is computed once. */
function outcomesByKind(events: readonly EventRuns[], labelled: LabelledOutcomes): readonly EventOutcome[] {
  const known = new Map<string, readonly Labelled<JobOutcome>[]>();
  return events.flatMap(({ trigger, starters }) =>
    starters.flatMap((starter) => {
      const kind = kindOfRun(trigger.event, starter);
      let outcomes = known.get(kind);
      if (outcomes === undefined) {
        outcomes = labelled({ trigger, action: null, ...starter });
        known.set(kind, outcomes);
      }
      return outcomes.map(({ label, outcome }) => ({ event: trigger.event, actions: null, starter, label, outcome }));
    }),
  );
}

function outcomesByAction(
  { trigger, actions, starters }: EventRuns,
  labelled: LabelledOutcomes,
): readonly EventOutcome[] {
  return starters.flatMap((starter) => {
    const byAction = actions.map((action) => ({ action, labelled: labelled({ trigger, action, ...starter }) }));
    return foldActions(byAction).map((folded) => ({ event: trigger.event, starter, ...folded }));
  });
}

/** Names the activity types only where they make a difference. */
function foldActions(
  byAction: readonly { readonly action: string | null; readonly labelled: readonly Labelled<JobOutcome>[] }[],
): readonly Pick<EventOutcome, 'actions' | 'label' | 'outcome'>[] {
  const [first] = byAction;
  if (first === undefined) return [];
  if (byAction.every(({ labelled }) => sameOutcomes(labelled, first.labelled))) {
    return first.labelled.map(({ label, outcome }) => ({ actions: null, label, outcome }));
  }
  const folded: { actions: string[]; label: SettingsLabel; outcome: JobOutcome }[] = [];
  for (const { action, labelled } of byAction) {
    for (const { label, outcome } of labelled) {
      const same = folded.find((other) => other.outcome === outcome && sameLabel(other.label, label));
      if (same === undefined) folded.push({ actions: [action ?? ''], label, outcome });
      else same.actions.push(action ?? '');
    }
  }
  return folded;
}

/** Outcomes that are the same in several events are one row. */
function foldEvents(outcomes: readonly EventOutcome[], isProtected: boolean): readonly Grant[] {
  const rows: { first: EventOutcome; events: string[]; ifAllowed: boolean }[] = [];
  for (const one of outcomes) {
    const ifAllowed = isProtected && one.event === 'pull_request_target';
    const same = rows.find(
      ({ first, ifAllowed: other }) =>
        other === ifAllowed &&
        first.outcome === one.outcome &&
        first.actions === null &&
        one.actions === null &&
        first.starter.actor === one.starter.actor &&
        first.starter.baseRefCreatedByDependabot === one.starter.baseRefCreatedByDependabot &&
        sameLabel(first.label, one.label),
    );
    if (same === undefined) rows.push({ first: one, events: [one.event], ifAllowed });
    else same.events.push(one.event);
  }
  return rows
    .map(({ first, events, ifAllowed }): Grant => {
      const { status, ...outcome } = first.outcome;
      return {
        events,
        ...(first.actions === null ? {} : { actions: first.actions }),
        actor: first.starter.actor,
        ...(first.starter.baseRefCreatedByDependabot ? { baseRefCreatedByDependabot: true } : {}),
        ...first.label,
        status,
        ...(ifAllowed ? { ifAllowed: true } : {}),
        ...outcome,
      };
    })
    .sort((a, b) => ACTORS.indexOf(a.actor) - ACTORS.indexOf(b.actor));
}

const ACTORS: readonly Grant['actor'][] = ['repository', 'fork', 'dependabot'];

function sameOutcomes(a: readonly Labelled<JobOutcome>[], b: readonly Labelled<JobOutcome>[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ label, outcome }, index) => {
      const other = b[index];
      return other !== undefined && outcome === other.outcome && sameLabel(label, other.label);
    })
  );
}

function sameLabel(a: SettingsLabel, b: SettingsLabel): boolean {
  return (
    a.defaultPermissions === b.defaultPermissions &&
    a.visibility === b.visibility &&
    a.forkPullRequests === b.forkPullRequests
  );
}
