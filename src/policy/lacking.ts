import { groupBy } from '../calls/group-by.ts';
import { rootOf } from '../calls/call-tree.ts';
import type { Grant } from '../model/grant.ts';
import type { JobNeeds, StepNeed } from '../model/needs.ts';
import type { AccessLevel, Permissions } from '../model/permission.ts';
import type { Location } from '../model/position.ts';
import type { FindingLevel } from '../model/report.ts';
import type { Platform, Settings } from '../model/settings.ts';
import type { Trigger } from '../model/workflow.ts';
import { isPullRequestEvent } from '../token/trigger-events.ts';
import { isMet } from '../needs/compose.ts';
import { higher, isMore } from '../permissions/access-level.ts';
import { permissionsOn } from '../permissions/platform.ts';
import type { CheckedJob, CheckedWorkflow } from './checked-workflow.ts';
import { guessOf } from './guess.ts';
import type { Guess } from './guess.ts';
import { rowsByActor } from './kinds-of-run.ts';

/** A permission that steps of a job use and do not get in some runs. */
export interface Lacking {
  readonly permission: string;
  readonly needed: AccessLevel;
  /** The most that it gets where it is too little. */
  readonly granted: AccessLevel;
  /** What fails, in the order of the steps. */
  readonly needs: readonly [StepNeed, ...StepNeed[]];
  /** The runs in which it is too little, one event each. */
  readonly rows: readonly Grant[];
  /** Only runs of forks or Dependabot lack it. */
  readonly isOfOutsiders: boolean;
  /** Not so where a private repository starts no runs for forks, or gives them a write token. */
  readonly isUnlessPrivate: boolean;
  readonly grade: FindingLevel;
  readonly guess: Guess | null;
  /** The settings under which the repository's own runs lack it as well. */
  readonly ownIf: Guess | null;
}

/** The same with the job and the place to tell it at. */
export interface LackingJob {
  readonly workflow: CheckedWorkflow;
  readonly job: CheckedJob;
  readonly lacking: Lacking;
  readonly place: Location;
}

/** What a need that is not met does: the step fails, it may fail, or it fails where the repository is not public. */
type Weight = 'fails' | 'tolerated' | 'private';

/** A kind of run, with the needs that are not met in it. */
interface Cell {
  readonly row: Grant;
  readonly lacking: readonly { readonly need: StepNeed; readonly weight: Weight }[];
}

/**
 * What a job lacks, permission by permission: what fails in the repository's own runs before what fails for forks or
 * Dependabot alone, and what fails before what is tolerated.
 */
export function lackingOf({ reported, chained }: CheckedJob, needs: JobNeeds, settings: Settings): readonly Lacking[] {
  const isLacking = needs.rows.some((row) => row.needs.some((need) => !isMet(need, row.row.permissions)));
  if (!isLacking) return [];
  const { triggers } = rootOf(chained).file.read.workflow;
  const cells = cellsOf(reported.grants, triggers, needs, settings).filter(({ row }) => isUsual(row, triggers));
  const found = cells.flatMap(({ lacking }) => lacking.map(({ need }) => need));
  return groupBy(found, ({ permission }) => permission).flatMap(([{ permission }]) =>
    told(permission, cells, settings),
  );
}

/**
 * Runs that are no news where they lack something: on a base branch that Dependabot created, and those of Dependabot that
 * neither its pull requests nor its pushes start, which go to branches of its own.
 */
function isUsual({ actor, events: [event = ''] }: Grant, triggers: readonly Trigger[]): boolean {
  if (actor !== 'dependabot' || isPullRequestEvent(event)) return true;
  const push = triggers.find((trigger) => trigger.event === event);
  return event === 'push' && push !== undefined && push.branches === null && (push.tags ?? push.tagsIgnore) === null;
}

function told(permission: string, all: readonly Cell[], settings: Settings): readonly Lacking[] {
  const cells = all.map(({ row, lacking }) => ({
    row,
    lacking: lacking.filter(({ need }) => need.permission === permission),
  }));
  const own = cells.filter(({ row }) => row.actor === 'repository');
  const others = cells.filter(({ row }) => row.actor !== 'repository');
  const first = lackingIn(own, 'fails', cells, settings);
  const second = lackingIn(others, 'fails', cells, settings);
  // What is certain of forks says more than a guess about all runs; Dependabot is just one of the team.
  const isOfForks = second?.guess === null && second.rows.some(({ actor }) => actor === 'fork');
  if (isOfForks && first !== null && first.guess !== null) return [{ ...second, ownIf: first.guess }];
  const found =
    first ??
    second ??
    lackingIn(own, 'tolerated', cells, settings) ??
    lackingIn(others, 'tolerated', cells, settings) ??
    lackingIn(own, 'private', cells, settings) ??
    lackingIn(others, 'private', cells, settings);
  return found === null ? [] : [found];
}

function lackingIn(cells: readonly Cell[], weight: Weight, all: readonly Cell[], settings: Settings): Lacking | null {
  const inCell = ({ lacking }: Cell) => lacking.filter((one) => one.weight === weight).map(({ need }) => need);
  const hit = new Map(all.map((cell) => [cell.row, inCell(cell)]));
  const isHit = (row: Grant) => (hit.get(row) ?? []).length > 0;
  const [need, ...more] = distinct(cells.flatMap(inCell));
  if (need === undefined) return null;
  const isOfOutsiders = cells.every(({ row }) => row.actor !== 'repository');
  const found = withVisibility(guessOf(rowsOf(cells), isHit), [need, ...more], weight, settings);
  // No one value of a setting decides: a private repository may start no runs for forks, or give them a write token.
  const isUnlessPrivate = isOfOutsiders && found !== null && Object.keys(found).length === 0;
  // A certain failure of the repository's own runs is told together with those of others.
  const rows = rowsOf(found === null && !isOfOutsiders ? all : cells).filter(isHit);
  const certain = rows.filter((row) => isAlways(row, rowsOf(all), isHit));
  const needed = [need, ...more].map(({ level }) => level).reduce<AccessLevel>(higher, 'none');
  return {
    permission: need.permission,
    needed,
    granted: rows.map(({ permissions }) => permissions[need.permission] ?? 'none').reduce(higher, 'none'),
    needs: [need, ...more],
    rows: found === null && certain.length > 0 ? certain : rows,
    isOfOutsiders,
    isUnlessPrivate,
    grade: gradeOf(weight, isOfOutsiders),
    guess: isUnlessPrivate ? null : found,
    ownIf: null,
  };
}

/** Whether it is so in all runs of one kind, whatever the settings are. */
function isAlways(row: Grant, all: readonly Grant[], isHit: (row: Grant) => boolean): boolean {
  return all
    .filter(({ status, actor, events }) => status !== 'not-run' && actor === row.actor && events[0] === row.events[0])
    .every(isHit);
}

function gradeOf(weight: Weight, isOfOutsiders: boolean): FindingLevel {
  if (weight === 'private') return 'note';
  if (weight === 'tolerated') return isOfOutsiders ? 'note' : 'warning';
  return isOfOutsiders ? 'warning' : 'error';
}

/** What holds in private repositories alone, or in public ones, is a guess while the visibility is not known. */
function withVisibility(
  guess: Guess | null,
  needs: readonly StepNeed[],
  weight: Weight,
  settings: Settings,
): Guess | null {
  if (settings.visibility !== 'unknown') return guess;
  if (weight === 'private') return { ...guess, visibility: 'private' };
  const [visibility, ...others] = new Set(needs.map(({ when }) => when?.visibility));
  return visibility === undefined || others.length > 0 ? guess : { ...guess, visibility };
}

/** Every kind of run, those of forks and Dependabot that get the same as the repository's own included. */
function cellsOf(
  grants: readonly Grant[],
  triggers: readonly Trigger[],
  { rows, needs: all, permissions }: JobNeeds,
  settings: Settings,
): readonly Cell[] {
  const onlyThere = rows.map(({ row }) => row).filter((row) => !grants.includes(row));
  const usual = grants.filter(({ baseRefCreatedByDependabot }) => baseRefCreatedByDependabot === undefined);
  return rowsByActor(usual, triggers, settings).map((row) => {
    const [event = ''] = row.events;
    const same = [...onlyThere, ...grants].find((one) => isOf(one, row, event, row.actor));
    const source = same ?? grants.find((one) => isOf(one, row, event, 'repository'));
    const inRow = rows.find((one) => one.row === source);
    const needs = inRow?.needs ?? [];
    // A condition that is not known may well leave out others, and the event of a caller is not known.
    const isKnown = row.actor === 'repository' && event !== 'workflow_call';
    const counting = isKnown ? needs : needs.filter((need) => inRow?.unsure.includes(need) !== true);
    return {
      row,
      lacking: counting
        .filter(({ when }) => when?.events === undefined || when.events.includes(event))
        .flatMap((need) => unmet(need, row, event, settings))
        .map(({ need, weight }) => ({ need: { ...need, permission: chosen(need, all, permissions) }, weight })),
    };
  });
}

/** Whether a row of the report stands for a kind of run. */
function isOf(one: Grant, row: Grant, event: string, actor: Grant['actor']): boolean {
  return (
    one.actor === actor &&
    one.events.includes(event) &&
    one.baseRefCreatedByDependabot === undefined &&
    (one.actions === undefined ||
      row.actions === undefined ||
      row.actions.some((name) => one.actions?.includes(name))) &&
    [undefined, row.defaultPermissions].includes(one.defaultPermissions) &&
    [undefined, row.visibility].includes(one.visibility) &&
    [undefined, row.forkPullRequests].includes(one.forkPullRequests)
  );
}

/**
 * Results of code scanning are taken from every run on `pull_request`.
 *
 * @see https://docs.github.com/en/code-security/code-scanning/troubleshooting-code-scanning/resource-not-accessible
 */
function unmet(need: StepNeed, row: Grant, event: string, settings: Settings): Cell['lacking'] {
  if (row.status === 'not-run' || isMet(need, row.permissions)) return [];
  if (need.optional === true) return [];
  if (need.permission === 'security-events' && event === 'pull_request') return [];
  // What the platform does not have, no block can give.
  if (!isThere(need, settings.platform)) return [];
  const visibility = row.visibility ?? settings.visibility;
  if (need.publicRead === true && visibility === 'public') return [];
  if (need.publicRead === true && settings.visibility === 'unknown') return [{ need, weight: 'private' }];
  return [{ need, weight: need.tolerated === true ? 'tolerated' : 'fails' }];
}

/** Of several permissions that would do, the one that is needed anyway: by another use, or by the least block. */
function chosen({ permission, instead = [], level }: StepNeed, all: readonly StepNeed[], least: Permissions): string {
  const names = [permission, ...instead];
  const isUsed = (name: string) =>
    all.some((one) => one.instead === undefined && one.permission === name && !isMore(level, one.level));
  return names.find(isUsed) ?? names.find((name) => !isMore(level, least[name] ?? 'none')) ?? permission;
}

/** Whether a permission that would do is one that blocks can give on a platform. */
export function isThere({ permission, instead, level }: StepNeed, platform: Platform): boolean {
  const names = [permission, ...(instead ?? [])];
  return permissionsOn(platform).some(
    ({ name, levels }) => names.includes(name) && levels.some((one) => !isMore(level, one)),
  );
}

function rowsOf(cells: readonly Cell[]): readonly Grant[] {
  return cells.map(({ row }) => row);
}

/** A need is told once, whatever runs it arises in. */
function distinct(needs: readonly StepNeed[]): readonly StepNeed[] {
  const byStep = new Map(
    needs.map((need) => [
      JSON.stringify([need.path, need.line, need.column, need.by, need.permission, need.level]),
      need,
    ]),
  );
  return [...byStep.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}
