import type { Job, NamedText, WorkflowFile } from '../../model/workflow.ts';
import type { ChangedPart, GateChange } from './gate-change.ts';
import { callParts, lower, named, otherParts, SECRET, shown, type RunFiles } from './changed-parts.ts';
import { calledLocally, hasOwnStep, jobPath, ownStep, ownSteps, sameStep } from './own-step.ts';
import type { OwnStep, OwnStepNames } from './own-step.ts';

/** An input of our action, as this very run has it. */
export interface RunInput {
  readonly name: string;
  readonly value: string;
  /** What it is when nothing is written. */
  readonly default: string;
}

/** What comparing our own step in head and base gave. */
export interface ComparedStep {
  /** `null` when the head changes nothing. */
  readonly change: GateChange | null;
  /**
   * The inputs that the head changes, by name, and what the base writes there; `null` when it writes nothing, or an
   * expression whose value we do not know: then the input counts as not given. `'all'`: none of the head's counts.
   */
  readonly restored: ReadonlyMap<string, string | null> | 'all';
}

/** The files that are compared. */
export interface ComparedFiles {
  readonly head: readonly WorkflowFile[];
  readonly base: readonly WorkflowFile[];
}

const NOTHING: ComparedStep = { change: null, restored: new Map() };

/**
 * Compares the step that runs this check in the head with the base's. Files alone do not tell what runs: the folder may
 * be another one than the head says, so the inputs of this very run are compared with what the base writes, too.
 */
export function compareStep(files: ComparedFiles, names: OwnStepNames, inputs: readonly RunInput[]): ComparedStep {
  const run = { head: byPath(files.head), base: byPath(files.base), workflow: names.workflow };
  // Of several calls of the file nobody knows which one this is: each has to be as in the base.
  const all = ownSteps(run.head, names).map((own) => {
    const before = sameStep(run, names, own);
    if (before !== null) return compared(own, before, run, inputs);
    return hasOwnStep(files.base, names) ? moved(own, names) : NOTHING;
  });
  if (all.length > 0) return all.find(({ change }) => change !== null) ?? NOTHING;
  const before = ownStep(run.base, names);
  if (before !== null) return compared(null, before, run, inputs);
  return hasOwnStep(files.base, names) ? moved(null, names) : comparedCalls(run, names);
}

function byPath(files: readonly WorkflowFile[]): ReadonlyMap<string, WorkflowFile> {
  return new Map(files.map((file) => [file.path, file]));
}

function moved(own: OwnStep | null, names: OwnStepNames): ComparedStep {
  return { change: changeAt(own, names.workflow, [], true), restored: 'all' };
}

function changeAt(own: OwnStep | null, workflow: string, parts: readonly ChangedPart[], isMoved: boolean): GateChange {
  const { line, column } = own?.step.position ?? { line: 1, column: 1 };
  return {
    place: { path: own?.path ?? workflow, line, column },
    job: own === null ? null : jobPath(own),
    isMoved,
    parts,
  };
}

function compared(own: OwnStep | null, before: OwnStep, run: RunFiles, inputs: readonly RunInput[]): ComparedStep {
  const written = own === null ? [] : named(before.step.with, own.step.with, lower);
  const inRun = inputs.flatMap((input) => inThisRun(input, before.step.with));
  const changedInputs = [...new Map([...inRun, ...written].map((part) => [part.name, part])).values()];
  const { parts: others, decidesExpressions } =
    own === null ? { parts: [], decidesExpressions: false } : otherParts(before, own, run);
  const parts = [...changedInputs.map(shown('with ')), ...others];
  if (parts.length === 0) return NOTHING;
  const isOfCaller = others.some(({ name }) => name.includes(' of the job '));
  const doubtful = decidesExpressions ? before.step.with.filter(({ text }) => text.includes('${{')) : [];
  const names = [...changedInputs, ...doubtful].map(({ name }) => lower(name));
  const restored = new Map(names.map((name) => [name, literal(before.step.with, name)]));
  return { change: changeAt(own, run.workflow, parts, false), restored: isOfCaller ? 'all' : restored };
}

/** An input whose value in this run is not what the base writes. What an expression gives is not known here. */
function inThisRun({ name, value, default: fallback }: RunInput, before: readonly NamedText[]): readonly ChangedPart[] {
  const text = textOf(before, name);
  if (name === SECRET || text?.includes('${{') === true) return [];
  const expected = text === null || text.trim() === '' ? fallback : text.trim();
  const given = value.trim() === '' ? fallback : value.trim();
  return expected === given ? [] : [{ name, before: text, after: value.trim() === '' ? null : value.trim() }];
}

/** Our step stands in no file of the repository: a called workflow of another one has it, and the calls tell. */
function comparedCalls({ head, base, workflow }: RunFiles, names: OwnStepNames): ComparedStep {
  const callers = (files: ReadonlyMap<string, WorkflowFile>): readonly Job[] =>
    (files.get(workflow)?.workflow.jobs ?? []).filter((job) => job.uses !== null && calledLocally(job) === null);
  const [before, after] = [callers(base), callers(head)];
  const gone = before.filter(({ id }) => after.every((job) => job.id !== id)).map(callee);
  if (after.some((job) => gone.includes(callee(job)) && before.every(({ id }) => id !== job.id))) {
    return moved(null, names);
  }
  const parts = after.flatMap((job) => {
    const same = before.find(({ id }) => id === job.id);
    return same === undefined ? [] : callParts(same, job);
  });
  if (parts.length === 0) return NOTHING;
  return { change: changeAt(null, workflow, parts, false), restored: 'all' };
}

/** What a job calls, at any version. */
function callee({ uses }: Job): string {
  return uses?.reference.split('@')[0]?.toLowerCase() ?? '';
}

function textOf(texts: readonly NamedText[], name: string): string | null {
  return texts.find((one) => lower(one.name) === name)?.text ?? null;
}

/** What the base writes for an input, when that is what the input is. */
function literal(texts: readonly NamedText[], name: string): string | null {
  const written = textOf(texts, name);
  return written === null || written.includes('${{') ? null : written;
}
