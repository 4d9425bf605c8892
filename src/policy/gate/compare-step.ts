import type { Job, NamedText, WorkflowFile } from '../../model/workflow.ts';
import type { ChangedPart, GateChange } from './gate-change.ts';
import { calledLocally, hasOwnStep, jobPath, ownStep, sameStep } from './own-step.ts';
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

/** Its value is a secret, or an expression that is one. */
const SECRET = 'github-token';

/** Variables that reach our process from a workflow or a job, and change what it does. */
const POWERFUL = /^(INPUT_.*|NODE_.*|PATH|LD_.*|GH_HOST|https?_proxy|HTTPS?_PROXY)$/;

const NOTHING: ComparedStep = { change: null, restored: new Map() };

/**
 * Compares the step that runs this check in the head with the base's. Files alone do not tell what runs: the folder may
 * be another one than the head says, so the inputs of this very run are compared with what the base writes, too.
 */
export function compareStep(files: ComparedFiles, names: OwnStepNames, inputs: readonly RunInput[]): ComparedStep {
  const head = byPath(files.head);
  const base = byPath(files.base);
  const own = ownStep(head, names);
  const before = own === null ? ownStep(base, names) : sameStep(base, names, own);
  if (before !== null) return compared(own, before, { head, base }, names, inputs);
  if (hasOwnStep(files.base, names)) return moved(own, names);
  return own === null ? comparedCalls(head, base, names) : NOTHING;
}

function byPath(files: readonly WorkflowFile[]): ReadonlyMap<string, WorkflowFile> {
  return new Map(files.map((file) => [file.path, file]));
}

function moved(own: OwnStep | null, names: OwnStepNames): ComparedStep {
  return { change: changeAt(own, names, [], true), restored: 'all' };
}

function changeAt(
  own: OwnStep | null,
  names: OwnStepNames,
  parts: readonly ChangedPart[],
  isMoved: boolean,
): GateChange {
  const { line, column } = own?.step.position ?? { line: 1, column: 1 };
  return {
    place: { path: own?.path ?? names.workflow, line, column },
    job: own === null ? null : jobPath(own),
    isMoved,
    parts,
  };
}

function compared(
  own: OwnStep | null,
  before: OwnStep,
  files: { readonly head: ReadonlyMap<string, WorkflowFile>; readonly base: ReadonlyMap<string, WorkflowFile> },
  names: OwnStepNames,
  inputs: readonly RunInput[],
): ComparedStep {
  const written = own === null ? [] : named(before.step.with, own.step.with, lower);
  const run = inputs.flatMap((input) => inThisRun(input, before.step.with));
  const changedInputs = [...new Map([...run, ...written].map((part) => [part.name, part])).values()];
  const others = own === null ? [] : otherParts(before, own, files);
  const parts = [...changedInputs.map(shown('with ')), ...others];
  if (parts.length === 0) return NOTHING;
  const isOfCaller = others.some(({ name }) => name.includes(' of the job '));
  const restored = new Map(changedInputs.map(({ name }) => [name, literal(before.step.with, name)]));
  return { change: changeAt(own, names, parts, false), restored: isOfCaller ? 'all' : restored };
}

/** An input whose value in this run is not what the base writes. What an expression gives is not known here. */
function inThisRun({ name, value, default: fallback }: RunInput, before: readonly NamedText[]): readonly ChangedPart[] {
  const text = textOf(before, name);
  if (name === SECRET || text?.includes('${{') === true) return [];
  const expected = text === null || text.trim() === '' ? fallback : text.trim();
  const given = value.trim() === '' ? fallback : value.trim();
  return expected === given ? [] : [{ name, before: text, after: value.trim() === '' ? null : value.trim() }];
}

/** All about a step but its inputs: of its own, of its job, of the jobs that call the file. */
function otherParts(
  before: OwnStep,
  own: OwnStep,
  files: { readonly head: ReadonlyMap<string, WorkflowFile>; readonly base: ReadonlyMap<string, WorkflowFile> },
): readonly ChangedPart[] {
  const powerful = (env: readonly NamedText[] | undefined): readonly NamedText[] =>
    (env ?? []).filter(({ name }) => POWERFUL.test(name));
  return [
    ...text('if', before.step.condition, own.step.condition),
    ...text('continue-on-error', before.step.continueOnError, own.step.continueOnError),
    ...named(before.step.env, own.step.env).map(shown('env ')),
    ...text("the job's if", before.job.condition, own.job.condition),
    ...text("the job's continue-on-error", before.job.continueOnError, own.job.continueOnError),
    ...named(powerful(before.job.env), powerful(own.job.env)).map(shown("the job's env ")),
    ...named(powerful(files.base.get(before.path)?.workflow.env), powerful(files.head.get(own.path)?.workflow.env)).map(
      shown("the workflow's env "),
    ),
    ...own.callers.flatMap((caller, index) => callParts(before.callers[index], caller)),
  ];
}

/** What a job hands to the workflow that it calls. */
function callParts(before: Job | undefined, after: Job): readonly ChangedPart[] {
  const inputs = (job: Job | undefined): readonly NamedText[] =>
    (job?.uses?.inputs ?? []).map(({ name, position, literal: value }) => ({
      name,
      position,
      text: value?.text ?? '${{ … }}',
    }));
  const of = ` of the job ${after.id}`;
  return [
    ...named(inputs(before), inputs(after)).map(({ name, ...part }) => ({ ...part, name: `with ${name}${of}` })),
    ...text(`if${of}`, before?.condition, after.condition),
  ];
}

/** Our step stands in no file of the repository: a called workflow of another one has it, and the calls tell. */
function comparedCalls(
  head: ReadonlyMap<string, WorkflowFile>,
  base: ReadonlyMap<string, WorkflowFile>,
  names: OwnStepNames,
): ComparedStep {
  const callers = (files: ReadonlyMap<string, WorkflowFile>): readonly Job[] =>
    (files.get(names.workflow)?.workflow.jobs ?? []).filter((job) => job.uses !== null && calledLocally(job) === null);
  const before = callers(base);
  const parts = callers(head).flatMap((job) => {
    const same = before.find(({ id }) => id === job.id);
    return same === undefined ? [] : callParts(same, job);
  });
  if (parts.length === 0) return NOTHING;
  return { change: changeAt(null, names, parts, false), restored: 'all' };
}

/** What of a mapping differs. `keyOf`: names that mean the same. */
function named(
  before: readonly NamedText[],
  after: readonly NamedText[],
  keyOf = (name: string): string => name,
): readonly ChangedPart[] {
  const keys = new Set([...before, ...after].map(({ name }) => keyOf(name)));
  return [...keys].flatMap((name) => {
    const find = (texts: readonly NamedText[]): string | null =>
      texts.find((one) => keyOf(one.name) === name)?.text.trim() ?? null;
    return text(name, find(before), find(after));
  });
}

function text(
  name: string,
  before: string | null | undefined,
  after: string | null | undefined,
): readonly ChangedPart[] {
  return (before ?? null) === (after ?? null) ? [] : [{ name, before: before ?? null, after: after ?? null }];
}

/** A part under the name that messages use; what may be a secret is not shown. */
function shown(prefix: string): (part: ChangedPart) => ChangedPart {
  return ({ name, before, after }) => {
    const isSecret = name === SECRET || prefix.includes('env');
    return { name: `${prefix}${name}`, before: isSecret ? null : before, after: isSecret ? null : after };
  };
}

/** GitHub ignores the case of inputs. */
function lower(name: string): string {
  return name.toLowerCase();
}

function textOf(texts: readonly NamedText[], name: string): string | null {
  return texts.find((one) => lower(one.name) === name)?.text ?? null;
}

/** What the base writes for an input, when that is what the input is. */
function literal(texts: readonly NamedText[], name: string): string | null {
  const written = textOf(texts, name);
  return written === null || written.includes('${{') ? null : written;
}
