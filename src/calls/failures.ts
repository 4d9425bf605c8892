import type { Location, Position } from '../model/position.ts';
import type { Problem, ProblemCode } from '../model/problem.ts';
import type { DefaultPermissions } from '../model/settings.ts';
import { permissionsNotOnServer, withPermissionHint } from '../permissions/check-permissions.ts';
import { allJobs } from './call-tree.ts';
import type { CallInChain, FileInChain, JobInChain } from './call-tree.ts';
import { valueErrors } from './call-values.ts';
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
    if (calling.call === null || calling.job.uses === null) return [];
    const { call } = calling;
    const anyRef = call.callee.kind === 'found' && call.callee.file.anyRef;
    const simple = [
      ...calleeFailures(calling, call, calling.job.uses.position, unset),
      ...valueFailures(calling, call),
    ];
    return [
      ...simple.map((one) => ({ ...one, calling, violation: null, defaultPermissions: null, anyRef })),
      ...violationsOf(calling, unset).map((violation) => permissionFailure(violation, call, anyRef)),
    ];
  });
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

function calleeFailures(
  { file }: JobInChain,
  { callee, reference }: CallInChain,
  position: Position,
  { platform }: UnsetCallers,
): readonly SimpleFailure[] {
  const at = (code: ProblemCode, message: string, hint: string | null): SimpleFailure => ({
    code,
    message,
    hint,
    path: file.path,
    ...position,
  });
  switch (callee.kind) {
    case 'missing':
      return [at('call-not-found', notFound(file, reference), 'The checkout has no such file.')];
    case 'too-deep': {
      const hint = callee.isCycle
        ? 'The workflows call one another in a circle. Take one of the calls out.'
        : 'Chains of calls may not be longer. Call the last workflows from further up.';
      return [at('call-too-deep', `Nested reusable workflow depth exceeded ${callee.limit}.`, hint)];
    }
    case 'too-many-files':
      return [
        at(
          'call-too-deep',
          `The maximum file count of ${callee.limit} has been exceeded`,
          'One run may use no more called files. Split the workflow.',
        ),
      ];
    case 'found': {
      const called = callee.file;
      const broken = [...called.read.problems, ...permissionsNotOnServer(called.read.workflow, platform)]
        .filter(({ code }) => code !== 'encoding')
        .map((problem) => withPermissionHint(problem, platform));
      if (broken.length > 0) {
        return broken.map((problem) =>
          at('call-broken', fromCalled(file, position, called, problem, problem.message), problem.hint ?? null),
        );
      }
      if (called.read.workflow.call !== null) return [];
      const sentence = 'workflow_call key is not defined in the referenced workflow.';
      const message = fromCalled(file, position, called, called.read.workflow.onPosition, sentence);
      return [at('call-broken', message, `Add \`workflow_call:\` under \`on\` in ${called.path}.`)];
    }
    default:
      return [];
  }
}

function valueFailures({ job, file }: JobInChain, { callee }: CallInChain): readonly SimpleFailure[] {
  const definition = callee.kind === 'found' ? callee.file.read.workflow.call : null;
  if (job.uses === null || definition === null) return [];
  return valueErrors(job.uses, definition).map(({ message, line, column }) => ({
    code: 'call-value',
    message,
    hint: null,
    path: file.path,
    line,
    column,
  }));
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

function fromCalled(
  caller: FileInChain,
  { line, column }: Position,
  called: FileInChain,
  at: Position | Problem,
  sentence: string,
): string {
  const callee = `${placeName(called.place)} (Line: ${at.line}, Col: ${at.column})`;
  return `In ${caller.path} (Line: ${line}, Col: ${column}): Error from called workflow ${callee}: ${sentence}`;
}

function notFound(caller: FileInChain, reference: string): string {
  return `error parsing called workflow "${caller.path}" -> "${reference}": workflow was not found. ${MORE}`;
}
