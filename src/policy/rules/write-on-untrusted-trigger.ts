import { groupBy } from '../../calls/group-by.ts';
import type { NonEmpty } from '../../calls/group-by.ts';
import type { Grant } from '../../model/grant.ts';
import type { Location } from '../../model/position.ts';
import type { FindingLevel } from '../../model/report.ts';
import type { CheckedJob, CheckedWorkflow } from '../checked-workflow.ts';
import { guessOf } from '../guess.ts';
import type { Guess } from '../guess.ts';
import { nearestOfOurs, placeInCheckout, placesOfJob } from '../job-places.ts';
import { milder } from '../levels.ts';
import { STRONG_WRITES } from '../strong-writes.ts';
import type { Evidence, Rule, Subject, Told, Violation } from '../rule.ts';
import { violationsOf } from '../violations-of.ts';
import { approvalOf } from '../untrusted/approval.ts';
import { entriesOf } from '../untrusted/entries.ts';
import type { Entry } from '../untrusted/entries.ts';
import { guardFor } from '../untrusted/guard.ts';
import { reachOf } from '../untrusted/reach.ts';
import type { Reached } from '../untrusted/reach.ts';
import { isReducedForForks } from '../../token/trigger-events.ts';
import { listed, listedShort } from '../../words/in-words.ts';

/**
 * The rule `write-on-untrusted-trigger`: a write that an outsider's event can reach. Whoever brings code, artifacts or a
 * script into a job has its token; where nobody does, the job itself may still do with a strong write what the outsider
 * wants. One finding for a step that lets the outsider in, and one for a block that gives the write otherwise.
 */
export const writeOnUntrustedTrigger: Rule = { name: 'write-on-untrusted-trigger', check };

/** A job that an outsider reaches, and the worst that comes of it. */
interface Exposed {
  readonly workflow: CheckedWorkflow;
  readonly job: CheckedJob;
  readonly reached: NonEmpty<Reached>;
  readonly entry: Entry | null;
  readonly permissions: readonly string[];
  readonly grade: FindingLevel;
  readonly approval: string | null;
  readonly guess: Guess | null;
}

function check({ workflows, settings }: Evidence): readonly Violation[] {
  const reachedBy = reachOf(workflows, settings);
  const exposed = workflows.flatMap((workflow) =>
    workflow.jobs.flatMap((job) => exposureOf(workflow, job, reachedBy(workflow, job), settings) ?? []),
  );
  return groupBy(exposed, (one) => JSON.stringify([causeOf(one), one.grade, one.guess])).flatMap(violations);
}

function exposureOf(
  workflow: CheckedWorkflow,
  job: CheckedJob,
  all: readonly Reached[],
  settings: Evidence['settings'],
): Exposed | null {
  const { chained } = job;
  const steered = all.flatMap((reached) => {
    const writes = writesIn(reached.rows);
    if (writes.length === 0) return [];
    const isStrong = writes.some((permission) => STRONG_WRITES.has(permission));
    const [entry] = entriesOf(chained, reached)
      .filter((one) => one.kind !== 'artifact' || isStrong || one.runAt !== null)
      .sort((a, b) => Number(a.runAt === null) - Number(b.runAt === null));
    return entry === undefined && !isStrong ? [] : [{ reached, entry: entry ?? null, isStrong }];
  });
  const worst = steered.find(({ entry }) => entry !== null) ?? steered[0];
  if (worst === undefined) return null;
  const { entry, isStrong } = worst;
  const [first, ...others] = steered.filter((one) => (one.entry === null) === (entry === null));
  if (first === undefined) return null;
  const reached: NonEmpty<Reached> = [first.reached, ...others.map((one) => one.reached)];
  const rows = reached.flatMap((one) => one.rows);
  const isMeant = (permission: string) => entry !== null || STRONG_WRITES.has(permission);
  const permissions = writesIn(rows).filter(isMeant);
  const guess = guessOf(rows, (row) => permissions.some((permission) => row.permissions[permission] === 'write'));
  // A pull request's code that no step evidently runs, in a job that can do no more than label and comment; an artifact
  // that evidently nothing runs or publishes.
  const isMild = entry === null || (entry.runAt === null && (!isStrong || entry.kind === 'artifact'));
  const approval = approvalOf(chained, settings);
  // What a setting alone would give is told by the rule about missing blocks first of all.
  const isFromSetting = guess?.defaultPermissions !== undefined;
  const isNote = entry === null && (isFromSetting || permissions.every((permission) => permission === 'actions'));
  const grade = isNote ? 'note' : isMild ? 'warning' : 'error';
  return {
    workflow,
    job,
    reached,
    entry,
    permissions,
    grade: approval === null ? grade : milder(grade, grade === 'error' ? 'warning' : 'note'),
    approval,
    guess: guess ?? forksOnly(reached, settings),
  };
}

/** With write tokens for forks and an unknown visibility it is so in a private repository alone. */
function forksOnly(reached: readonly Reached[], { visibility }: Evidence['settings']): Guess | null {
  const isReduced = reached.every(({ event }) => isReducedForForks(event));
  return isReduced && visibility === 'unknown' ? { visibility: 'private' } : null;
}

function writesIn(rows: readonly Grant[]): readonly string[] {
  return [
    ...new Set(rows.flatMap((row) => Object.keys(row.permissions).filter((one) => row.permissions[one] === 'write'))),
  ];
}

/** What one change mends: how a workflow lets outsiders in, or the setting that gives the writes. */
function causeOf({ workflow, reached, job: { chained }, entry, guess }: Exposed): string {
  if (entry === null && guess?.defaultPermissions !== undefined) return 'the default';
  const events = [...new Set(reached.map(({ event }) => event))].sort();
  // A called workflow that lets the outsider in is mended once, however many call it.
  const file = entry === null ? workflow.report.path : nearestOfOurs(chained).file.path;
  return `${file}:${events.join()}:${entry?.kind ?? 'write'}`;
}

function violations(same: NonEmpty<Exposed>): readonly Violation[] {
  const [first] = same;
  return violationsOf(same, {
    cause: causeOf(first),
    grade: first.grade,
    ...(first.guess === null ? {} : { guess: first.guess }),
    placeOf: (one) => (one.entry === null ? blockPlace(one) : placeInCheckout(one.job.chained, one.entry.position)),
    subjectsOf,
    tell: told,
  });
}

function subjectsOf({ workflow, job, entry, permissions }: Exposed): readonly Subject[] {
  const { chained, reported } = job;
  const places = placesOfJob(chained);
  return permissions.map((permission) => ({
    workflow: workflow.report.path,
    job: reported.path,
    definedIn: reported.definedIn,
    permission,
    granted: 'write',
    // What is accepted of a job that only reacts is not accepted of one that takes or runs the outsider's files.
    ...(entry === null ? {} : { about: entry.runAt === null ? "has an outsider's files" : "runs an outsider's files" }),
    places,
  }));
}

function blockPlace({ job: { chained } }: Exposed): Location {
  const { block } = chained;
  const isHere = block !== null && !block.path.includes('@');
  return isHere ? { path: block.path, ...block.block.position } : placeInCheckout(chained, chained.job.position);
}

function told(same: NonEmpty<Exposed>): Told {
  const [{ entry, job }] = same;
  const reached = same.flatMap((one) => one.reached);
  const events = [...new Set(reached.map(({ event }) => event))];
  const jobs = listedShort(
    same.map((one) => `'${one.job.reported.path.join('/')}'`),
    5,
  );
  const isOne = new Set(same.map((one) => one.job.reported.path.join('/'))).size === 1;
  const writes = writeWords(same.flatMap(({ permissions }) => permissions));
  const sources = [...new Set(reached.flatMap(({ source }) => source ?? []))];
  const after = sources.length === 0 ? '' : `, after a run of ${listed(sources.map((source) => `'${source}'`))}`;
  const allowed = reached.every(({ rows }) => rows.some((row) => row.ifAllowed === true))
    ? ', if the run is allowed'
    : '';
  const cause = `Outsiders can start the ${isOne ? 'job' : 'jobs'} ${jobs} by ${listed(events.map((event) => `'${event}'`))}${after}${allowed}`;
  const reserve = [...new Set(same.flatMap(({ approval }) => approval ?? []))].map((one) => ` ${one}`).join('');
  const guard = guardFor(events, sources);
  if (entry === null) {
    return {
      message: `${cause}, with ${writes}.${reserve}`,
      hint: `Drop the write, move it to a job of its own that outsiders cannot start, or let only people with write access start it: \`if: ${guard}\`.${botHint(same)}`,
    };
  }
  const inOther = nearestOfOurs(job.chained) === job.chained ? '' : ` of ${job.reported.definedIn}`;
  const runs = entry.runAt === null || entry.kind === 'script' ? '' : `, and line ${entry.runAt.line} uses it`;
  const lines = [...new Set(same.map((one) => one.entry?.position.line ?? 0))].slice(1);
  const others =
    lines.length === 0 ? '' : ` (likewise ${lines.length === 1 ? 'line' : 'lines'} ${listed(lines.map(String))})`;
  const comes =
    entry.kind === 'artifact' && entry.runAt === null
      ? `what they made lies where the token has ${writes}, though no step evidently runs or publishes it.`
      : `what they wrote gets a token with ${writes}.`;
  return {
    message: `${cause}, and line ${entry.position.line}${inOther} ${entry.does}${runs}${others}: ${comes}${reserve}`,
    hint: `${MENDS[entry.kind]} Or let only people with write access start the job: \`if: ${guard}\`.${botHint(same)}`,
  };
}

const MENDS: Readonly<Record<Entry['kind'], string>> = {
  code: 'Split the workflow in two: build and test in one on `pull_request`, without writes, and use the writes in another that never checks out or runs what the pull request brings.',
  artifact:
    'Do not download it in a job with these writes: take it apart in a job without them, check what it says, and hand on no more than that.',
  script: 'Hand it to the script as a variable: `env: { TEXT: ${{ … }} }` and `"$TEXT"`, which no shell runs.',
};

/** A condition that asks for a bot as the actor lets outsiders in: they can have the bot push to their own fork. */
function botHint(same: readonly Exposed[]): string {
  const asks = same.some(({ job }) => /\bgithub\.actor\b[^&|]*\[bot\]/.test(job.chained.job.condition ?? ''));
  return asks
    ? " The bot in `github.actor` may have been made to push to an outsider's branch: ask `github.event.pull_request.user.login` instead."
    : '';
}

function writeWords(permissions: readonly string[]): string {
  const distinct = [...new Set(permissions)];
  const strong = distinct.filter((permission) => STRONG_WRITES.has(permission));
  return listedShort(
    [...strong, ...distinct.filter((permission) => !STRONG_WRITES.has(permission))].map((one) => `\`${one}: write\``),
    4,
  );
}
