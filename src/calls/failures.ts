import type { Location, Position } from '../model/position.ts';
import type { ProblemCode } from '../model/problem.ts';
import type { Advice } from '../model/report.ts';
import type { DefaultPermissions } from '../model/settings.ts';
import type { Call, Workflow } from '../model/workflow.ts';
import { advisor } from './advice.ts';
import { allJobs } from './call-tree.ts';
import type { CallInChain, FileInChain, JobInChain } from './call-tree.ts';
import { valueErrors } from './call-values.ts';
import { deadlocksOf, isStuck } from './deadlocks.ts';
import type { Deadlock } from './deadlocks.ts';
import { fileProblems, isRefused } from './file-problems.ts';
import { groupBy } from './group-by.ts';
import type { NonEmpty } from './group-by.ts';
import { placeName } from './place.ts';
import { violationsOf } from './violations.ts';
import type { Excess, UnsetCallers, Violation } from './violations.ts';

/** A call that GitHub refuses: the run ends as a start-up failure, without a job. */
export interface Failure extends Location {
  readonly code: ProblemCode;
  /** GitHub's sentence. */
  readonly message: string;
  /** What `hintOf` says beside the value of the setting. */
  readonly hint: string | null;
  /** The calling job. */
  readonly calling: JobInChain;
  /**
   * The block that asks for too much, where permissions are the cause: once for each value of the setting under which
   * GitHub says the same.
   */
  readonly violations: readonly Violation[];
  /** Ways to mend it, where permissions are the cause. */
  readonly advice: readonly Advice[];
  /** The value of an unknown setting under which alone this is so. */
  readonly defaultPermissions: DefaultPermissions | null;
  /** The same, where under the other value the call does not fail at all. */
  readonly onlyIf: DefaultPermissions | null;
  /** It rests on a file that may not be the one of the ref that is called. */
  readonly anyRef: boolean;
  /** Other jobs of the run may get a token before it fails, or beside it. */
  readonly othersMayRun: boolean;
}

/** A called file that could not be read: what its jobs get is not known. */
export interface UnreadCall extends Location {
  readonly message: string;
  readonly hint: string | null;
  readonly calling: JobInChain;
  readonly anyRef: boolean;
}

const MORE =
  'See https://docs.github.com/actions/learn-github-actions/reusing-workflows#access-to-reusable-workflows for more information.';

/**
 * All that GitHub refuses in the calls of one workflow, in GitHub's order. GitHub itself stops at the first call that
 * fails, and its page shows two sentences at most.
 */
export function failuresOf(workflow: Workflow, tree: readonly JobInChain[], unset: UnsetCallers): readonly Failure[] {
  const calls = allJobs(tree).map((calling) => ({ calling, violations: violationsOf(calling, unset) }));
  const advise = advisor(
    calls.flatMap(({ violations }) => violations),
    unset,
  );
  // What a file that is only called holds, its callers' runs do not hold yet.
  const deadlocks = unset.defaults.length === 0 ? [] : deadlocksOf(workflow, tree);
  const othersMayRun = !isStuck(tree, deadlocks);
  return calls.flatMap(({ calling, violations }) => {
    const { call, job } = calling;
    if (call === null || job.uses === null) return [];
    const anyRef = restsOnAnyRef(calling);
    const simple = simpleFailures(calling, call, job.uses, unset).map((one): Failure => {
      return { ...one, ...NO_PERMISSIONS, calling, anyRef };
    });
    const waiting = deadlocks
      .filter((one) => one.calling === calling)
      .map((one): Failure => ({
        ...deadlockFailure(one, othersMayRun),
        ...NO_PERMISSIONS,
        calling,
        anyRef,
        othersMayRun,
      }));
    const asking = groupBy(violations, (violation) => JSON.stringify([violation.nested?.ids, sentence(violation)]));
    // A call that fails under every value, each with other words, does not fail under one alone.
    const isCertain = unset.defaults.every((value) => violations.some((one) => one.defaultPermissions === value));
    const failuresAt = (isOwnBlock: boolean): readonly Failure[] =>
      asking
        .filter(([{ nested }]) => (nested === null) === isOwnBlock)
        .map((same) => ({
          ...permissionFailure(same, unset, isCertain),
          advice: advise(same),
          anyRef,
          othersMayRun: false,
        }));
    // GitHub reads the keys of the called file in the order in which they are written, and its jobs last.
    const [first, second] = isBlockBeforeOn(call) ? [failuresAt(true), simple] : [simple, failuresAt(true)];
    const all = [...first, ...second, ...failuresAt(false), ...waiting];
    return anyRef ? all.map((one) => ({ ...one, hint: withAnyRef(one.hint) })) : all;
  });
}

const NO_PERMISSIONS = {
  violations: [],
  advice: [],
  defaultPermissions: null,
  onlyIf: null,
  othersMayRun: false,
} as const;

const ANY_REF =
  'The called file was read from a checkout that stands for any ref. At the ref that is called it may be different.';

function withAnyRef(hint: string | null): string {
  return hint === null ? ANY_REF : `${hint} ${ANY_REF}`;
}

/** Whether a file was read from a checkout for any ref: the called one, or one that leads there. */
function restsOnAnyRef({ call, file, caller }: JobInChain): boolean {
  const isCalled = call?.callee.kind === 'found' && call.callee.file.anyRef;
  return isCalled || file.anyRef || (caller !== null && restsOnAnyRef(caller));
}

function isBlockBeforeOn({ callee }: CallInChain): boolean {
  if (callee.kind !== 'found') return false;
  const { permissions, onPosition: on } = callee.file.read.workflow;
  if (permissions === null) return false;
  const { line, column } = permissions.position;
  return line === on.line ? column < on.column : line < on.line;
}

/** The calls of one workflow whose called files could not be read. */
export function unreadCalls(tree: readonly JobInChain[]): readonly UnreadCall[] {
  return allJobs(tree).flatMap((calling): UnreadCall[] => {
    const { call, job, file } = calling;
    if (call === null || job.uses === null) return [];
    const place = { path: file.path, ...job.uses.position };
    const anyRef = restsOnAnyRef(calling);
    if (call.callee.kind === 'not-found') {
      const hint = `${call.callee.reason}. If it does not exist, GitHub prints this sentence and starts no job.`;
      return [{ message: notFound(file, call.reference), hint, calling, anyRef, ...place }];
    }
    if (call.callee.kind !== 'unavailable') return [];
    const message = `The called workflow '${call.reference}' was not read: ${call.callee.reason}`;
    return [{ message, hint: null, calling, anyRef, ...place }];
  });
}

type SimpleFailure = Pick<Failure, 'code' | 'message' | 'hint' | 'path' | 'line' | 'column'>;

function simpleFailures(
  { file }: JobInChain,
  { callee, reference }: CallInChain,
  uses: Call,
  { platform }: UnsetCallers,
): readonly SimpleFailure[] {
  const at = (code: ProblemCode, message: string, hint: string | null, position: Position = uses.position) => {
    return { code, message, hint, path: file.path, line: position.line, column: position.column };
  };
  switch (callee.kind) {
    case 'missing':
      return [at('call-not-found', notFound(file, reference), missingHint(uses.reference, callee.similar))];
    case 'too-deep': {
      const hint = callee.isCycle
        ? 'The workflows call one another in a circle. Take one of the calls out.'
        : 'Chains of calls may not be longer. Call the last workflows from further up.';
      return [at('call-too-deep', `Nested reusable workflow depth exceeded ${callee.limit}.`, hint)];
    }
    case 'too-many-files': {
      const sentence = `too many workflows are referenced, total: ${callee.total}, limit: ${callee.limit}`;
      return [at('call-too-deep', sentence, 'One run may use no more called files. Split the workflow.')];
    }
    case 'found': {
      const called = callee.file;
      const inCalled = (where: Position, sentence: string) =>
        `${inCaller(file, uses.position)} ${placeName(called.place)} (Line: ${where.line}, Col: ${where.column}): ${sentence}`;
      const broken = fileProblems(called.read, platform).filter((problem) => isRefused([problem]));
      if (broken.length > 0) {
        return broken.map((problem) => at('call-broken', inCalled(problem, problem.message), problem.hint ?? null));
      }
      const { call, onPosition } = called.read.workflow;
      if (call === null) {
        const sentence = 'workflow_call key is not defined in the referenced workflow.';
        const hint = `Add \`workflow_call:\` under \`on\` in ${called.path}.`;
        return [at('call-broken', inCalled(onPosition, sentence), hint)];
      }
      return valueErrors(uses, call).map((error) =>
        error.file === 'caller'
          ? at('call-value', error.message, null, error)
          : at('call-value', inCalled(error, error.message), 'A default must be of the type of its input.'),
      );
    }
    default:
      return [];
  }
}

function permissionFailure(
  same: NonEmpty<Violation>,
  unset: UnsetCallers,
  isCertain: boolean,
): Omit<Failure, 'advice' | 'anyRef' | 'othersMayRun'> {
  const [first] = same;
  const { calling } = first;
  const isAlways = same.length === unset.defaults.length;
  return {
    code: 'call-permissions',
    message: sentence(first),
    hint: boundaryHint(same, unset),
    calling,
    violations: same,
    defaultPermissions: isAlways ? null : first.defaultPermissions,
    onlyIf: isAlways || isCertain ? null : first.defaultPermissions,
    path: calling.file.path,
    ...calling.job.position,
  };
}

function sentence({ calling, nested, excess }: Violation): string {
  return permissionSentence(calling.call?.reference ?? '', nested?.job.id ?? null, excess);
}

/** GitHub's sentence about a block that asks for too much: of a nested job, or of the called workflow itself. */
export function permissionSentence(reference: string, nested: string | null, excess: readonly Excess[]): string {
  const who = nested === null ? 'The workflow' : `The nested job '${nested}'`;
  const requested = listed(excess, ({ requested: level }) => level);
  const allowed = listed(excess, ({ allowed: level }) => level);
  return `Error calling workflow '${reference}'. ${who} is requesting '${requested}', but is only allowed '${allowed}'.`;
}

/** Takes a failure and returns what is to be known beside GitHub's sentence; `null` when that says it all. */
export function hintOf({ hint, onlyIf }: Pick<Failure, 'hint' | 'onlyIf'>): string | null {
  if (onlyIf === null) return hint;
  const condition = `It fails only if the repository's default is '${onlyIf}'.`;
  return hint === null ? condition : `${condition} ${hint}`;
}

/** From which side of the trust boundary alone a call fails. */
function boundaryHint(same: NonEmpty<Violation>, unset: UnsetCallers): string | null {
  const [{ calling }] = same;
  const place = calling.call?.callee.kind === 'found' ? calling.call.callee.file.place : null;
  const asksForToken = same.some(
    (one) => one.defaultPermissions === 'write' && one.excess.some(({ permission }) => permission === 'id-token'),
  );
  if (!asksForToken || place?.kind !== 'repository') return null;
  const inside =
    "without a block, the default 'write' lets a called workflow have `id-token: write` only where both have the same owner";
  return unset.repository === null
    ? `The name of this repository is not known, so '${place.owner}/${place.name}' counts as another owner's: ${inside}. Name it with --repository, or the input repository.`
    : `'${place.owner}' is not the owner of this repository, '${unset.repository.owner}': ${inside}, or owners in the same enterprise.`;
}

function deadlockFailure({ calling, job, group, at }: Deadlock, othersMayRun: boolean): SimpleFailure {
  const who = job.job.id;
  const hints = [
    `The run holds this group, and ${at.path} waits for it in line ${at.line}. Give one of them another name: a called workflow sees the \`github\` context of its caller.`,
    ...(othersMayRun ? [`GitHub cancels when '${who}' is about to start; other jobs may run before that.`] : []),
    `Newer sentence: Canceling since a deadlock was detected for concurrency group: '${group}' between a top level workflow and '${who}'.`,
  ];
  return {
    code: 'call-concurrency',
    message: `Canceling since a deadlock for concurrency group '${group}' was detected between 'top level workflow' and '${who}'`,
    hint: hints.join(' '),
    path: calling.file.path,
    ...calling.job.position,
  };
}

function listed(excess: readonly Excess[], level: (one: Excess) => string): string {
  return excess.map((one) => `${one.permission}: ${level(one)}`).join(', ');
}

/** `written` begins with `./` or `$/`. */
function missingHint(written: string, similar: string | null): string {
  const meant = similar === null ? '' : ` Did you mean ${written.slice(0, 2)}${similar}? Capitals count.`;
  return `The checkout has no such file.${meant}`;
}

/** How GitHub begins a sentence about a called file. */
function inCaller({ path }: FileInChain, { line, column }: Position): string {
  return `In ${path} (Line: ${line}, Col: ${column}): Error from called workflow`;
}

function notFound(caller: FileInChain, reference: string): string {
  return `error parsing called workflow "${caller.path}" -> "${reference}": workflow was not found. ${MORE}`;
}
