import type { Location, Position } from '../model/position.ts';
import type { ProblemCode } from '../model/problem.ts';
import type { DefaultPermissions } from '../model/settings.ts';
import type { Call } from '../model/workflow.ts';
import { allJobs } from './call-tree.ts';
import type { CallInChain, FileInChain, JobInChain } from './call-tree.ts';
import { valueErrors } from './call-values.ts';
import { fileProblems, isRefused } from './file-problems.ts';
import { placeName } from './place.ts';
import { violationsOf } from './violations.ts';
import type { Excess, UnsetCallers, Violation } from './violations.ts';

/** A call that GitHub refuses: the run ends as a start-up failure, without a job. */
export interface Failure extends Location {
  readonly code: ProblemCode;
  /** GitHub's sentence. */
  readonly message: string;
  readonly hint: string | null;
  /** The calling job. */
  readonly calling: JobInChain;
  /** The block that asks for too much, where permissions are the cause. */
  readonly violation: Violation | null;
  /** The value of the setting under which this is so; `null` when it is so under each. */
  readonly defaultPermissions: DefaultPermissions | null;
  /** It rests on a file that may not be the one of the ref that is called. */
  readonly anyRef: boolean;
}

/** A called file that could not be read: what its jobs get is not known. */
export interface UnreadCall extends Location {
  readonly message: string;
  readonly hint: string | null;
  readonly calling: JobInChain;
}

const MORE =
  'See https://docs.github.com/actions/learn-github-actions/reusing-workflows#access-to-reusable-workflows for more information.';

/**
 * All that GitHub refuses in the calls of one workflow, in GitHub's order. GitHub itself stops at the first call that
 * fails, and its page shows two sentences at most.
 */
export function failuresOf(tree: readonly JobInChain[], unset: UnsetCallers): readonly Failure[] {
  return allJobs(tree).flatMap((calling) => {
    const { call, job } = calling;
    if (call === null || job.uses === null) return [];
    const anyRef = call.callee.kind === 'found' && call.callee.file.anyRef;
    const simple = simpleFailures(calling, call, job.uses, unset).map((one): Failure => {
      return { ...one, calling, violation: null, defaultPermissions: null, anyRef };
    });
    const violations = violationsOf(calling, unset);
    const failuresAt = (isOwnBlock: boolean): readonly Failure[] =>
      violations
        .filter(({ nested }) => (nested === null) === isOwnBlock)
        .map((violation) => permissionFailure(violation, call, anyRef));
    // GitHub reads the keys of the called file in the order in which they are written, and its jobs last.
    const [first, second] = isBlockBeforeOn(call) ? [failuresAt(true), simple] : [simple, failuresAt(true)];
    return [...first, ...second, ...failuresAt(false)];
  });
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
    if (call.callee.kind === 'not-found') {
      const hint = `${call.callee.reason}. If it does not exist, GitHub prints this sentence and starts no job.`;
      return [{ message: notFound(file, call.reference), hint, calling, ...place }];
    }
    if (call.callee.kind !== 'unavailable') return [];
    const message = `The called workflow '${call.reference}' was not read: ${call.callee.reason}`;
    return [{ message, hint: null, calling, ...place }];
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
      return [at('call-not-found', notFound(file, reference), 'The checkout has no such file.')];
    case 'too-deep': {
      const hint = callee.isCycle
        ? 'The workflows call one another in a circle. Take one of the calls out.'
        : 'Chains of calls may not be longer. Call the last workflows from further up.';
      return [at('call-too-deep', `Nested reusable workflow depth exceeded ${callee.limit}.`, hint)];
    }
    case 'too-many-files': {
      const sentence = `The maximum file count of ${callee.limit} has been exceeded`;
      const hint = 'One run may use no more called files. Split the workflow.';
      return [at('call-too-deep', `${inCaller(file, uses.position)} ${sentence}`, hint)];
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

function permissionFailure(violation: Violation, call: CallInChain, anyRef: boolean): Failure {
  const { calling, nested, excess, defaultPermissions } = violation;
  const who = nested === null ? 'The workflow' : `The nested job '${nested.job.id}'`;
  const requested = listed(excess, ({ requested: level }) => level);
  const allowed = listed(excess, ({ allowed: level }) => level);
  return {
    code: 'call-permissions',
    message: `Error calling workflow '${call.reference}'. ${who} is requesting '${requested}', but is only allowed '${allowed}'.`,
    hint: null,
    calling,
    violation,
    defaultPermissions,
    anyRef,
    path: calling.file.path,
    ...calling.job.position,
  };
}

function listed(excess: readonly Excess[], level: (one: Excess) => string): string {
  return excess.map((one) => `${one.permission}: ${level(one)}`).join(', ');
}

/** How GitHub begins a sentence about a called file. */
function inCaller({ path }: FileInChain, { line, column }: Position): string {
  return `In ${path} (Line: ${line}, Col: ${column}): Error from called workflow`;
}

function notFound(caller: FileInChain, reference: string): string {
  return `error parsing called workflow "${caller.path}" -> "${reference}": workflow was not found. ${MORE}`;
}
