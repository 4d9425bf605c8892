import { groupBy } from '../calls/group-by.ts';
import type { NonEmpty } from '../calls/group-by.ts';
import { rootOf } from '../calls/call-tree.ts';
import type { JobInChain } from '../calls/call-tree.ts';
import type { AccessLevel, Permissions } from '../model/permission.ts';
import type { Location } from '../model/position.ts';
import type { Advice } from '../model/report.ts';
import { isMore } from '../permissions/access-level.ts';
import { declaredPermissions } from '../permissions/declared.ts';
import { covers, EXCUSED_STAYS, firstBlock } from './first-block.ts';
import { appliedBlock, chainOf, isOurs, nearestOfOurs, placeOf } from './job-places.ts';
import { jobsGet } from './job-words.ts';
import { needsInChains } from './known-needs.ts';
import type { OverLimit } from './limits.ts';
import type { Evidence, Told } from './rule.ts';
import { capital, listed, plural } from '../words/in-words.ts';

/** More permissions, jobs or ways to mend than these are told by their number. */
const MOST = 5;

/** What else is over a limit by the same cause. */
export interface OthersOver {
  /** What is told by another finding: one block mends both. */
  readonly told: readonly OverLimit[];
  readonly excused: readonly OverLimit[];
}

/** What is over which limit and in which jobs, how it got there, and what to write instead: all of one cause. */
export function tellOverLimit(overs: readonly OverLimit[], others: OthersOver, evidence: Evidence): Told {
  const [first, ...rest] = overs;
  // There always is one.
  if (first === undefined) return { message: '' };
  const byJob = groupBy(overs, ({ workflow, job, limit }) =>
    JSON.stringify([workflow.report.path, job.reported.path, placeName(limit)]),
  );
  const jobs = new Set(overs.map(({ job }) => job));
  const alike = groupBy(byJob, (same) =>
    JSON.stringify([
      placeName(same[0].limit),
      whenOf(same),
      same.map(({ permission, granted }) => [permission, granted]),
    ]),
  );
  const sentences = alike.slice(0, MOST).map(sentenceOf);
  const more = alike.slice(MOST).flat().length;
  return {
    message: [
      ...sentences,
      ...(more === 0 ? [] : [`The same holds, with other permissions, for ${plural(more, 'more job')}.`]),
      ...originsOf([first, ...rest]),
    ].join(' '),
    hint: `Where more is needed, the policy has to allow it: by an entry for ${jobs.size > 1 ? 'these jobs' : 'this job'} under \`limits\` in ${first.file.path}.`,
    advice: adviceFor([first, ...rest], others, evidence),
  };
}

function placeName({ path, line }: Location): string {
  return `${path}:${line}`;
}

/** Jobs that get the same over the same limit. */
function sentenceOf(same: NonEmpty<NonEmpty<OverLimit>>): string {
  const [overs] = same;
  const [{ limit }] = overs;
  const jobs = jobsGet(same.map(([{ job }]) => job.reported.path));
  const granted = entries(overs, ({ granted: level }) => level);
  const none = overs.length > 1 && overs.every(({ allowed: level }) => level === 'none');
  const allowed = none ? 'none of these' : entries(overs, ({ allowed: level }) => level);
  return `${capital(jobs)} ${granted}${whenOf(overs)}, but the limit at ${placeName(limit)} allows ${allowed}.`;
}

function entries(overs: readonly OverLimit[], levelOf: (over: OverLimit) => AccessLevel): string {
  const all = overs.map((over) => `\`${over.permission}: ${levelOf(over)}\``);
  const shown = all.length > MOST + 1 ? [...all.slice(0, MOST), `${all.length - MOST} more`] : all;
  return listed(shown);
}

const ACTORS = { repository: '', fork: ' from a fork', dependabot: ' by Dependabot' } as const;

/** The runs, where the limit is one of some runs only. */
function whenOf([{ limit, rows }]: NonEmpty<OverLimit>): string {
  if (limit.events === null && limit.actors === null) return '';
  const runs = new Set(
    rows.map(({ events, actor }) => `\`${events.join()}\`${limit.actors === null ? '' : ACTORS[actor]}`),
  );
  return ` on ${listed([...runs])}`;
}

/** How the permissions got to the jobs. All have one cause, so the chains differ in their calls alone. */
function originsOf(overs: NonEmpty<OverLimit>): readonly string[] {
  const [first] = overs;
  const applied = appliedBlock(first.job.chained);
  const calls = groupBy(
    overs.filter(({ job }) => job.chained.caller !== null),
    ({ job }) => JSON.stringify([job.chained.file.path, rootOf(job.chained).file.path, rootOf(job.chained).ids]),
  ).map(([{ job }]) => {
    const callers = chainOf(job.chained)
      .slice(1)
      .map((one) => `the job '${one.job.id}' at ${placeName(placeOf(one))}`);
    return `${job.reported.definedIn} is called by ${callers.join(', and that file by ')}.`;
  });
  const shown =
    calls.length > MOST
      ? [...calls.slice(0, MOST), `The same holds for ${plural(calls.length - MOST, 'more call')}.`]
      : calls;
  if (applied === null) return [`No block applies, so the repository's default decides.`, ...shown];
  const { owner, isOfJob, block } = applied;
  const where = groupBy(overs, ({ origin }) => origin.path ?? owner.file.path).map((same) =>
    linesInWords(same, owner.file.path, block.position.line),
  );
  if (!isOurs(owner)) return [`It is written in ${listed(where)}.`, ...shown];
  const who = isOfJob ? `the job '${owner.job.id}'` : 'the workflow';
  return [`It is written in the block of ${who} (${listed(where)}).`, ...shown];
}

function linesInWords(overs: NonEmpty<OverLimit>, file: string, line: number): string {
  const lines = [...new Set(overs.map(({ origin }) => origin.line ?? line))].sort((a, b) => a - b);
  return `${overs[0].origin.path ?? file}, line${lines.length === 1 ? '' : 's'} ${listed(lines.map(String))}`;
}

function adviceFor(overs: NonEmpty<OverLimit>, others: OthersOver, evidence: Evidence): readonly Advice[] {
  const [first] = overs;
  const { settings, workflows } = evidence;
  const needsOf = needsInChains(evidence);
  const applied = appliedBlock(first.job.chained);
  if (applied === null) {
    const roots = new Map(overs.map((over) => [rootOf(over.job.chained), over]));
    return [...roots].slice(0, MOST).map(([root, { limit }]): Advice => {
      const { path, line } = placeOf(root);
      const start = firstBlock(root, settings.platform, needsOf);
      const fits = start !== null && covers(limit.permissions, start);
      return {
        text: `Write a block at the job '${root.job.id}'${fits ? ', to begin with this one' : ' that the limit allows'}, and test that it is enough.`,
        path,
        line,
        ...(fits ? { permissions: start } : {}),
      };
    });
  }
  const { owner, isOfJob, block, key } = applied;
  if (!isOurs(owner)) {
    const text = `The called workflow asks for it in its own block (${owner.file.path}:${block.position.line}). Call one that asks for less.`;
    const { path, line } = placeOf(nearestOfOurs(owner));
    return [{ text, path, line }];
  }
  const given = declaredPermissions(block, settings.platform);
  const heirs = workflows.flatMap(({ jobs }) =>
    jobs.filter(({ chained, reported }) => reported.grants.length > 0 && appliedBlock(chained)?.key === key),
  );
  // A job of a called workflow is over as what it is in the runs of those who call it.
  const over = new Set(overs.map(({ job }) => placeKey(job.chained)));
  const isAll = isOfJob || heirs.every(({ chained }) => over.has(placeKey(chained)));
  const all = [...overs, ...others.told];
  if (isAll) {
    const stays = others.excused.length === 0 ? '' : ` ${EXCUSED_STAYS}`;
    const text = `Write this block instead: it is what the limit leaves of it. Test that it is enough${passesOn(overs)}.${stays}`;
    return [{ text, path: owner.file.path, line: block.position.line, permissions: lowered(given, all) }];
  }
  const own = groupBy(overs, ({ job }) => placeKey(nearestOfOurs(job.chained)));
  return own.slice(0, MOST).map((same): Advice => {
    const at = nearestOfOurs(same[0].job.chained);
    const { path, line } = placeOf(at);
    const text = `Write this block at the job '${at.job.id}': it takes the place of the workflow's, which other jobs may have. Test that it is enough${passesOn(same)}.`;
    const there = all.filter(({ job }) => placeKey(nearestOfOurs(job.chained)) === placeKey(at));
    return { text, path, line, permissions: lowered(given, there) };
  });
}

function placeKey(job: JobInChain): string {
  return JSON.stringify(placeOf(job));
}

/** What called workflows ask for has to stay covered, or the run does not start. */
function passesOn(overs: readonly OverLimit[]): string {
  return overs.some(({ origin }) => origin.from === 'caller') ? ', also for what the called workflows ask' : '';
}

/** What all of the limits leave of a block. */
function lowered(given: Permissions, overs: readonly OverLimit[]): Permissions {
  const least = Object.entries(given).map(([name, level]): [string, AccessLevel] => {
    const allowed = overs.filter(({ permission }) => permission === name).map((over) => over.allowed);
    return [name, allowed.reduce((lowest, one) => (isMore(lowest, one) ? one : lowest), level)];
  });
  return Object.fromEntries(least.filter(([, level]) => level !== 'none'));
}
