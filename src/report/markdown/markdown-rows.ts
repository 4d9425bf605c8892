import type { Grant } from '../../model/grant.ts';
import type { DefaultToken } from '../defaults.ts';
import { nameHtml, ownHtml, phraseHtml } from './escape-markdown.ts';
import type { JobGroup } from '../fold.ts';
import { levelsKey, levelsOf } from '../levels.ts';
import { originInWords, passedOnInWords } from '../origin-words.ts';
import { sourceOf } from '../outcomes.ts';
import { rowNames } from '../rows.ts';
import type { SuggestedBlocks } from './suggested-blocks.ts';
import { once, shortReference } from '../words.ts';
import { number } from '../../words/in-words.ts';

/** What the details of all workflows share. */
export interface DetailsContext {
  /** Long tokens of the repository's default, listed in full above the details. */
  readonly defaults: ReadonlyMap<string, DefaultToken>;
  /** All doubts; a row refers to them by their place, from 1. */
  readonly doubts: readonly string[];
  /** By the path of a workflow, the blocks that should stand in it. */
  readonly blocks: ReadonlyMap<string, SuggestedBlocks>;
}

/** One row of the details of jobs, in HTML. */
export interface DetailsRow {
  readonly runs: string;
  readonly permissions: string;
  readonly why: string;
}

/** Takes jobs with the same token and the path of their workflow, and returns all that is known of their runs. */
export function detailsRows(group: JobGroup, path: string, context: DetailsContext): readonly DetailsRow[] {
  const grants = group.jobs[0]?.grants.filter((grant) => !isToldOnce(grant)) ?? [];
  if (grants.length > 0) return foldRuns(foldConditions(grants.map((grant) => rowOf(grant, group, path, context))));
  if (group.knowledge === 'callers-decide') {
    return [{ runs: '', permissions: 'what the calling workflow gives', why: 'no block sets permissions' }];
  }
  const passedOn = group.passedOn === null ? 'not computed' : `passes on ${ownHtml(passedOnInWords(group.passedOn))}`;
  return [{ runs: '', permissions: passedOn, why: '' }];
}

/** Takes jobs that call workflows which were not read, and returns what they call. */
export function callsHtml({ jobs }: JobGroup): string {
  const called = once(jobs.flatMap(({ uses }) => uses ?? []));
  return `calls ${called.map((uses) => nameHtml(shortReference(uses))).join(', ')}, not read`;
}

/** That a private repository may run nothing for forks is a note of its own, not a row of every job. */
function isToldOnce({ actor, status, forkPullRequests }: Grant): boolean {
  return actor === 'fork' && status === 'not-run' && forkPullRequests === 'off';
}

interface Row {
  readonly runs: readonly string[];
  readonly starter: string;
  readonly conditions: readonly string[];
  readonly permissions: string;
  readonly why: string;
}

function rowOf(grant: Grant, group: JobGroup, path: string, context: DetailsContext): Row {
  return {
    runs: rowNames(grant),
    starter: starterOf(grant),
    conditions: [conditionOf(grant)],
    permissions: permissionsHtml(grant, context),
    why: whyHtml(grant, group, path, context),
  };
}

/** Rows with the same result under several values of the settings are one. */
function foldConditions(rows: readonly Row[]): readonly Row[] {
  return fold(
    rows,
    ({ conditions: _, ...rest }) => rest,
    (a, b) => ({ ...a, conditions: once([...a.conditions, ...b.conditions]) }),
  );
}

/** So are those with the same result in several runs. */
function foldRuns(rows: readonly Row[]): readonly DetailsRow[] {
  const folded = fold(
    rows,
    ({ runs: _, ...rest }) => rest,
    (a, b) => ({ ...a, runs: once([...a.runs, ...b.runs]) }),
  );
  return folded.map(({ runs, starter, conditions, permissions, why }) => {
    const when = conditions.filter((condition) => condition !== '');
    const names = `${runs.map(nameHtml).join(', ')}${starter}`;
    return { runs: when.length === 0 ? names : `${names}<br>if ${when.join('<br>or ')}`, permissions, why };
  });
}

function fold(rows: readonly Row[], keyOf: (row: Row) => unknown, merge: (a: Row, b: Row) => Row): readonly Row[] {
  const folded = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row));
    const same = folded.get(key);
    folded.set(key, same === undefined ? row : merge(same, row));
  }
  return [...folded.values()];
}

function starterOf({ actor, ifAllowed, baseRefCreatedByDependabot }: Grant): string {
  const allowed = ifAllowed ? ', if the run is allowed' : '';
  if (baseRefCreatedByDependabot) return ` into a branch that Dependabot created${allowed}`;
  return { repository: '', fork: ' from a fork', dependabot: ' started by Dependabot' }[actor] + allowed;
}

function conditionOf({ defaultPermissions, visibility, forkPullRequests }: Grant): string {
  const forks = { off: 'starts no run for forks', read: 'gives forks read only', write: 'gives forks write' };
  return [
    ...(defaultPermissions === undefined ? [] : [`the default is ${defaultPermissions}`]),
    ...(visibility === undefined ? [] : [`the repository is ${visibility}`]),
    ...(forkPullRequests === undefined ? [] : [`it ${forks[forkPullRequests]}`]),
  ].join(' and ');
}

function permissionsHtml(grant: Grant, { defaults }: DetailsContext): string {
  if (grant.status === 'not-run') return 'does not run';
  const levels = levelsOf(grant.permissions);
  const isListed = defaults.has(levelsKey(levels));
  const most = grant.status === 'upper-bound' ? 'at most ' : '';
  const list = (names: readonly string[]) =>
    isListed && names.length > 3 ? `${number(names.length)} permissions, listed above` : names.join(', ');
  const lines = [
    ...(levels.write.length > 0 ? [`<b>${most}write:</b> ${list(levels.write)}`] : []),
    ...(levels.read.length > 0 ? [`${most}read: ${list(levels.read)}`] : []),
  ];
  return lines.length > 0 ? lines.join('<br>') : 'no permissions';
}

function whyHtml(grant: Grant, group: JobGroup, path: string, { doubts }: DetailsContext): string {
  const reasons: string[] = [];
  const [job] = group.jobs;
  const origins = Object.values(grant.origins);
  const source = job === undefined ? null : sourceOf(grant, job);
  const outcome = group.outcomes.find((each) => each.source === source);
  if (grant.status !== 'not-run' && outcome !== undefined) {
    reasons.push(phraseHtml(originInWords(outcome, outcome.places, path)));
  }
  const isBase = grant.baseRefCreatedByDependabot === true;
  const because = {
    fork: 'it comes from a fork',
    dependabot: isBase ? 'Dependabot made the branch' : 'Dependabot started it',
  };
  for (const by of once(origins.flatMap(({ reducedBy }) => reducedBy ?? [])))
    reasons.push(`reduced, as ${because[by]}`);
  if (grant.doubts !== undefined && grant.doubts.length > 0) {
    reasons.push(`not certain: note ${grant.doubts.map((doubt) => number(doubts.indexOf(doubt) + 1)).join(', ')}`);
  }
  return reasons.join('<br>');
}
