import type { Grant } from '../../../src/model/grant.ts';
import type { ReportedJob } from '../../../src/model/report.ts';
import { forkCaseInWords, forkCases } from '../../../src/report/fork-cases.ts';
import type { ForkCase, ForkSettings } from '../../../src/report/fork-cases.ts';
import { defaultsIn, findRow, isAbout, rowsOf } from '../../../src/report/rows.ts';
import type { Run } from '../../../src/report/rows.ts';
import { canBeStartedByDependabot, isPullRequestEvent } from '../../../src/token/trigger-events.ts';
import type { Choices } from '../input/input.ts';

/** One kind of run of a job, and what its token may do there. */
export interface JobRun {
  readonly grant: Grant;
  /** `pull_request`, or `pull_request (opened)`. */
  readonly event: string;
  /** `if the default is read`; empty without a condition. */
  readonly condition: string;
}

/** Takes a job and what was chosen, and returns the runs of it that are meant. */
export function chosenRuns(
  job: ReportedJob,
  { event, starter }: Pick<Choices, 'event' | 'starter'>,
  settings: ForkSettings,
): readonly JobRun[] {
  const { rows, runs } = rowsOf(job);
  const meant = runs.filter((run) => (event === null || run.event === event) && canStart(starter, run.event));
  return meant.flatMap((run) => {
    const about = rows.filter((row) => isAbout(row, run));
    const byCase = about.some(({ grant }) => grant.visibility !== undefined || grant.forkPullRequests !== undefined);
    return defaultsIn(rows, run).flatMap((defaultPermissions) =>
      casesFor(starter, settings).flatMap((forkCase): JobRun[] => {
        const given = { defaultPermissions, forkCase };
        // Without a row of its own a fork or Dependabot gets what everybody gets.
        const row =
          findRow(about, run, { ...given, actor: starter }) ?? findRow(about, run, { ...given, actor: 'repository' });
        if (row === undefined) return [];
        const condition = conditionOf(row.grant, byCase ? forkCase : null);
        return [{ grant: row.grant, event: nameOf(run, runs), condition }];
      }),
    );
  });
}

/** Whether somebody can start a run by an event. */
export function canStart(starter: Choices['starter'], event: string): boolean {
  if (starter === 'repository') return true;
  return starter === 'fork' ? isPullRequestEvent(event) : canBeStartedByDependabot(event);
}

function casesFor(starter: Choices['starter'], settings: ForkSettings): readonly (ForkCase | null)[] {
  return starter === 'fork' ? forkCases(settings) : [null];
}

/** The activity is named where activities differ. */
function nameOf({ event, action }: Run, all: readonly Run[]): string {
  const isAlone = all.filter((run) => run.event === event).length === 1;
  return action === null || isAlone ? event : `${event} (${action})`;
}

function conditionOf({ defaultPermissions }: Grant, forkCase: ForkCase | null): string {
  return [
    ...(defaultPermissions === undefined ? [] : [`if the default is ${defaultPermissions}`]),
    ...(forkCase === null ? [] : [forkCaseInWords(forkCase)]),
  ].join(' ');
}
