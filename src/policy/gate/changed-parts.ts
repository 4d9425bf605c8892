import type { Job, NamedText, Trigger, Workflow, WorkflowFile } from '../../model/workflow.ts';
import type { ChangedPart } from './gate-change.ts';
import type { OwnStep } from './own-step.ts';

/** The files of head and base by their paths, and the workflow that runs. */
export interface RunFiles {
  readonly head: ReadonlyMap<string, WorkflowFile>;
  readonly base: ReadonlyMap<string, WorkflowFile>;
  readonly workflow: string;
}

/** What differs about a step beside its inputs. */
export interface OtherParts {
  readonly parts: readonly ChangedPart[];
  /** Expressions among the inputs may give something else than in the base. */
  readonly decidesExpressions: boolean;
}

/** An input whose value is a secret, or an expression that is one. */
export const SECRET = 'github-token';

/** Variables that reach our process from a workflow or a job, and change what it or git does. Windows ignores their case. */
const POWERFUL =
  /^(?:(?:INPUT|NODE|GIT|GH|GITHUB|RUNNER|LD|DYLD|SSL|OPENSSL|XDG)_.*|PATH|HOME|USERPROFILE|(?:https?|all|no)_proxy)$/i;

/** Events that start the check of a pull request. */
const CHECKING: readonly string[] = ['pull_request', 'pull_request_target', 'merge_group'];

/** All about a step but its inputs: of its own, of its job, of its workflow, of the jobs that call the file. */
export function otherParts(before: OwnStep, own: OwnStep, files: RunFiles): OtherParts {
  const texts = [...own.step.with.map(({ text: written }) => written), own.step.condition, own.job.condition].join(
    '\n',
  );
  const counting = (env: readonly NamedText[] | undefined): readonly NamedText[] =>
    /\benv\b/.test(texts) ? (env ?? []) : (env ?? []).filter(({ name }) => POWERFUL.test(name));
  const [was, is] = [files.base.get(before.path)?.workflow, files.head.get(own.path)?.workflow];
  const asked = [
    ...named(counting(before.job.env), counting(own.job.env)).map(shown("the job's env ")),
    ...named(counting(was?.env), counting(is?.env)).map(shown("the workflow's env ")),
    ...(/\binputs\b/.test(texts) ? named(defaultsOf(was), defaultsOf(is)).map(shown('the default of the input ')) : []),
    ...own.callers.flatMap((caller, index) => callParts(before.callers[index], caller)),
  ];
  return {
    parts: [
      ...text('if', before.step.condition, own.step.condition),
      ...text('continue-on-error', before.step.continueOnError, own.step.continueOnError),
      ...named(before.step.env, own.step.env).map(shown('env ')),
      ...text("the job's if", before.job.condition, own.job.condition),
      ...text("the job's continue-on-error", before.job.continueOnError, own.job.continueOnError),
      ...needsParts(before.job, own.job),
      ...asked,
      ...triggerParts(files),
    ],
    decidesExpressions: asked.length > 0,
  };
}

/** What a job hands to the workflow that it calls. */
export function callParts(before: Job | undefined, after: Job): readonly ChangedPart[] {
  const inputs = (job: Job | undefined): readonly NamedText[] =>
    (job?.uses?.inputs ?? []).map(({ name, position, literal, expression }) => ({
      name,
      position,
      text: literal?.text ?? expression ?? '${{ … }}',
    }));
  const of = ` of the job ${after.id}`;
  return [
    ...named(inputs(before), inputs(after), lower).map(({ name, ...part }) => ({ ...part, name: `with ${name}${of}` })),
    ...text(`if${of}`, before?.condition, after.condition),
    ...(before === undefined ? [] : needsParts(before, after, of)),
  ];
}

/** A job that waits for one that is skipped is skipped itself, and then counts as passed. */
function needsParts(before: Job, after: Job, of = ''): readonly ChangedPart[] {
  const added = after.needs.filter((id) => !before.needs.includes(id));
  if (added.length === 0) return [];
  const name = of === '' ? "the job's needs" : `needs${of}`;
  return [{ name, before: before.needs.join(', ') || null, after: after.needs.join(', ') }];
}

function defaultsOf(workflow: Workflow | undefined): readonly NamedText[] {
  return (workflow?.call?.inputs ?? []).flatMap(({ name, default: value }) =>
    value === null || value === 'expression'
      ? []
      : [{ name, text: value.text, position: { line: value.line, column: value.column } }],
  );
}

/** The events of the base that would start the check for other pull requests than before, or for none. */
function triggerParts({ head, base, workflow }: RunFiles): readonly ChangedPart[] {
  const [before, after] = [base, head].map((files) => files.get(workflow)?.workflow.triggers);
  if (before === undefined || after === undefined) return [];
  const of = (triggers: readonly Trigger[], name: string): string | null => {
    const found = triggers.find(({ event }) => event === name);
    if (found === undefined) return null;
    const { types, branches, branchesIgnore } = found;
    const filters = { types, branches, 'branches-ignore': branchesIgnore };
    const written = Object.entries(filters).flatMap(([key, list]) =>
      list === null ? [] : [`${key}: [${list.join(', ')}]`],
    );
    return written.join(', ');
  };
  return CHECKING.flatMap((event) => {
    const was = of(before, event);
    return was === null ? [] : text(`on ${event}`, was, of(after, event));
  });
}

/** What of a mapping differs. `keyOf`: names that mean the same. */
export function named(
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
  const isSame = spaced(before ?? null) === spaced(after ?? null);
  return isSame ? [] : [{ name, before: before ?? null, after: after ?? null }];
}

/** White space at the ends of an expression says nothing. */
function spaced(written: string | null): string | null {
  const inside = (part: string): string => part.replace(/\$\{\{([^]*)/, (_, inner: string) => `\${{ ${inner.trim()} `);
  return written === null ? null : written.trim().split('}}').map(inside).join('}}');
}

/** A part under the name that messages use; what may be a secret is not shown. */
export function shown(prefix: string): (part: ChangedPart) => ChangedPart {
  return ({ name, before, after }) => {
    const isSecret = name === SECRET || prefix.includes('env');
    return { name: `${prefix}${name}`, before: isSecret ? null : before, after: isSecret ? null : after };
  };
}

/** GitHub ignores the case of inputs. */
export function lower(name: string): string {
  return name.toLowerCase();
}
