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
  const { cases, label } = labelledCases(settings);
  const events = runsOf(workflow);
  const isProtected = hasExecutionProtections(settings.platform);
  const isFailing = cases.map(({ defaultPermissions }) => failing.has(defaultPermissions));

  return (granted, isNotRun) => {
    const outcomeOf = outcomesOf(granted, settings);
    const whenRun = memo(
      (run: Run) => kindOfRun(run.trigger.event, run),
      (run) => cases.map((one, index) => (isFailing[index] === true ? null : outcomeOf(run, one))),
    );
    const outcomesIn = (run: Run) => withoutStopped(whenRun(run), run, cases, isNotRun);
    const labelled = labelledOnce(outcomesIn, label);
    const outcomes = events.flatMap((runs) => outcomesByAction(runs, labelled, isNotRun === MAY_RUN));
    const rows = foldEvents(outcomes, isProtected);
    const called = calledRow(workflow, granted, outcomeOf, cases);
    return called === null ? rows : [...rows, called];
  };
}

type Outcomes = readonly (JobOutcome | null)[];

/** The same for all workflows of a repository. */
function labelledCases(settings: Settings): { cases: readonly SettingsCase[]; label: ReturnType<typeof labeller> } {
  let known = bySettings.get(settings);
  if (known === undefined) {
    const cases = settingsCases(settings);
    known = { cases, label: labeller(cases) };
    bySettings.set(settings, known);
  }
  return known;
}

const bySettings = new WeakMap<Settings, ReturnType<typeof labelledCases>>();

/** Computes a value once for all runs of one kind: GitHub treats most events and activity types alike. */
function memo<Value>(kindOf: (run: Run) => string, compute: (run: Run) => Value): (run: Run) => Value {
  const known = new Map<string, Value>();
  return (run) => {
    const kind = kindOf(run);
    let value = known.get(kind);
    if (value === undefined) {
      value = compute(run);
      known.set(kind, value);
    }
    return value;
  };
}

/** What is left of the outcomes when conditions stop the job. A condition may know the visibility, no other setting. */
function withoutStopped(outcomes: Outcomes, run: Run, cases: readonly SettingsCase[], isNotRun: IsNotRun): Outcomes {
  if (isNotRun === MAY_RUN) return outcomes;
  const stopped = new Map<SettingsCase['visibility'], boolean>();
  for (const one of cases) if (!stopped.has(one.visibility)) stopped.set(one.visibility, isNotRun(run, one));
  if (![...stopped.values()].includes(true)) return outcomes;
  return outcomes.map((outcome, index) =>
    outcome !== null && stopped.get(cases[index]?.visibility ?? 'public') === true ? NOT_RUN : outcome,
  );
}

/** The labelled outcomes of a run; for forks and Dependabot only where they differ from what they add to. */
function labelledOnce(outcomesIn: (run: Run) => Outcomes, label: ReturnType<typeof labeller>): LabelledOutcomes {
  const known = new Map<Outcomes, Map<Outcomes | null, readonly Labelled<JobOutcome>[]>>();
  return (run) => {
    const outcomes = outcomesIn(run);
    const compared = run.actor === 'repository' ? null : outcomesIn(comparedWith(run));
    const alike = known.get(outcomes) ?? new Map<Outcomes | null, readonly Labelled<JobOutcome>[]>();
    known.set(outcomes, alike);
    let labels = alike.get(compared);
    if (labels === undefined) {
      labels = label(outcomes.map((outcome, index) => (outcome === compared?.[index] ? null : outcome)));
      alike.set(compared, labels);
    }
    return labels;
  };
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

/** Activity types matter to conditions alone: `isAlike` looks at one of them. */
function outcomesByAction(
  { trigger, actions, starters }: EventRuns,
  labelled: LabelledOutcomes,
  isAlike: boolean,
): readonly EventOutcome[] {
  const looked = isAlike ? actions.slice(0, 1) : actions;
  return starters.flatMap((starter) => {
    const byAction = looked.map((action) => ({ action, labelled: labelled({ trigger, action, ...starter }) }));
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
