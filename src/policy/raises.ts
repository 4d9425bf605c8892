import { groupBy } from '../calls/group-by.ts';
import type { NonEmpty } from '../calls/group-by.ts';
import type { Change, ChangedPermission } from '../model/change.ts';
import type { FindingLevel } from '../model/report.ts';
import { isMore } from '../permissions/access-level.ts';
import { capital, listed, listedShort } from '../words/in-words.ts';
import type { CheckedJob, CheckedWorkflow } from './checked-workflow.ts';
import { given } from './given.ts';
import type { Guess } from './guess.ts';
import { placesOfJob, subjectOf } from './job-places.ts';
import type { Evidence, Subject, Told, Violation } from './rule.ts';
import { violationsOf } from './violations-of.ts';

/** What a change gives to a job that it does not have in the base. */
export interface Raise {
  readonly change: Change;
  readonly workflow: CheckedWorkflow;
  readonly job: CheckedJob;
  readonly permissions: NonEmpty<ChangedPermission>;
}

/** How a rule speaks of raises. */
interface Spoken {
  readonly gradeOf?: (raise: Raise) => FindingLevel;
  readonly tell: (raises: NonEmpty<Raise>) => Told;
}

/** The raises of jobs, with those of their permissions that are asked for. */
export function raisesIn(
  { changes = [], workflows }: Evidence,
  isAskedFor: (change: Change, permission: ChangedPermission) => boolean,
): readonly Raise[] {
  const byPath = new Map(workflows.map((workflow) => [workflow.report.path, workflow]));
  return changes.flatMap((change): readonly Raise[] => {
    const workflow = byPath.get(change.workflow);
    const name = change.job?.join('/');
    const job = workflow?.jobs.find(({ reported }) => reported.path.join('/') === name);
    if (workflow === undefined || job === undefined) return [];
    const [first, ...others] = change.permissions.filter(
      (one) => isMore(one.after, one.before) && isAskedFor(change, one),
    );
    return first === undefined ? [] : [{ change, workflow, job, permissions: [first, ...others] }];
  });
}

/** Whether outsiders get a write that they do not have in the base. */
export function isForOutsiders({ byOutsiders }: Change, { after }: ChangedPermission): boolean {
  return byOutsiders === true && after === 'write';
}

/** Violations that become one finding for each place through which something is raised. */
export function raiseViolations(raises: readonly Raise[], { gradeOf, tell }: Spoken): readonly Violation[] {
  const keyOf = (raise: Raise): string =>
    JSON.stringify([causeOf(raise), placeOf(raise), gradeOf?.(raise), guessOf(raise)]);
  return groupBy(raises, keyOf).flatMap((same) => {
    const [first] = same;
    const guess = guessOf(first);
    const grade = gradeOf?.(first);
    return violationsOf(same, { cause: causeOf(first), ...given({ grade, guess }), placeOf, subjectsOf, tell });
  });
}

function causeOf({ change: { because } }: Raise): string {
  return `${because.path}: ${because.message}`;
}

function placeOf({ change: { because } }: Raise): Violation['place'] {
  return { path: because.path, line: because.line ?? 1, column: because.column ?? 1 };
}

function guessOf({ change }: Raise): Guess | undefined {
  const { defaultPermissions, visibility, forkPullRequests, upperBound } = change;
  const guess = given({ defaultPermissions, visibility, forkPullRequests, upperBound });
  return Object.keys(guess).length === 0 ? undefined : guess;
}

function subjectsOf({ workflow, job, permissions }: Raise): readonly Subject[] {
  const subject = subjectOf(workflow, job);
  const places = [...subject.places, ...placesOfJob(job.chained)];
  return permissions.map(({ permission, after }) => ({ ...subject, places, permission, granted: after }));
}

/** No more permissions are named than a reader takes in. */
const MOST = 5;

/** Which jobs get what, and in which runs: a sentence that may begin with which runs are meant. */
export function raiseWords(raises: NonEmpty<Raise>, begin = ''): string {
  const jobs = [...new Set(raises.map(({ job }) => `'${job.reported.path.join('/')}'`))];
  const permissions = [...highest(raises)].map(
    ({ permission, before, after }) => `\`${permission}: ${after}\` (${before} in the base)`,
  );
  const who = jobs.length === 1 ? `the job ${jobs.join('')} gets` : `the jobs ${listedShort(jobs, MOST)} get`;
  return `${capital(`${begin}${who}`)} ${listedShort(permissions, MOST)} ${runWords(raises)}.`;
}

/** Each permission once, at the highest level that any of the runs gets. */
function highest(raises: readonly Raise[]): Iterable<ChangedPermission> {
  const found = new Map<string, ChangedPermission>();
  for (const one of raises.flatMap(({ permissions }) => permissions)) {
    const known = found.get(one.permission);
    if (known === undefined || isMore(one.after, known.after)) found.set(one.permission, one);
  }
  return found.values();
}

/** The events, and whose changes start them where that is not everybody. */
function runWords(raises: NonEmpty<Raise>): string {
  const events = listed([...new Set(raises.flatMap(({ change }) => change.events))].map((event) => `'${event}'`));
  const actors = new Set(raises.flatMap(({ change }) => change.actors));
  if (actors.has('repository')) return `on ${events}`;
  const who = [...actors].map((actor) => (actor === 'fork' ? 'forks' : 'Dependabot'));
  return `on ${events} from ${listed(who)}`;
}
