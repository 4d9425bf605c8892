import type { Job, Step, WorkflowFile } from '../../model/workflow.ts';

/** What the runner tells of the step that runs this check. */
export interface OwnStepNames {
  /** The workflow file that runs, from the repository's root. */
  readonly workflow: string;
  /** The id of the job, in a called workflow that of the called file. */
  readonly job: string;
  /** The step's id, or the name that the runner made up for it. */
  readonly step: string;
  /** OWNER/NAME of our action; `null` when it is a folder of the repository. */
  readonly action: string | null;
  /** That folder, from the repository's root; `null` for an action of a repository. */
  readonly folder: string | null;
}

/** A step that runs this check, and the jobs that lead to it. */
export interface OwnStep {
  readonly path: string;
  /** The jobs that call the file, from the workflow that runs down. */
  readonly callers: readonly Job[];
  readonly job: Job;
  readonly step: Step;
  /** Among such steps of the job that have no id. */
  readonly index: number;
}

/** GitHub allows no longer chain on any platform. */
const MOST_LEVELS = 10;

/** The local file that a job calls, if it does. */
export function calledLocally({ uses }: Job): string | null {
  return uses?.reference.startsWith('./') === true ? uses.reference.slice('./'.length) : null;
}

/** Whether a step runs this check. */
export function isOwn({ uses }: Step, { action, folder }: OwnStepNames): boolean {
  if (uses === null) return false;
  const text = uses.text.trim();
  if (text.startsWith('./')) return folder !== null && withoutDots(text) === withoutDots(folder);
  const name = text.split('@')[0]?.split('/').slice(0, 2).join('/') ?? '';
  return action !== null && name.toLowerCase() === action.toLowerCase();
}

/** `./a/./b/` as `a/b`. */
function withoutDots(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** Every step of every file that runs this check. */
export function hasOwnStep(files: readonly WorkflowFile[], names: OwnStepNames): boolean {
  return files.some(({ workflow }) => workflow.jobs.some(({ steps }) => steps.some((step) => isOwn(step, names))));
}

/** Those in the jobs of that id that the workflow reaches, itself or through calls of files of the repository. */
function candidates(files: ReadonlyMap<string, WorkflowFile>, names: OwnStepNames): readonly OwnStep[] {
  const found: OwnStep[] = [];
  const visit = (path: string, callers: readonly Job[]): void => {
    for (const job of files.get(path)?.workflow.jobs ?? []) {
      const called = calledLocally(job);
      if (called !== null && callers.length < MOST_LEVELS) visit(called, [...callers, job]);
      if (job.id !== names.job) continue;
      let index = 0;
      for (const step of job.steps) {
        if (isOwn(step, names)) found.push({ path, callers, job, step, index: step.id === undefined ? index++ : 0 });
      }
    }
  };
  visit(names.workflow, []);
  return found;
}

/** The path of job ids that leads to a step. */
export function jobPath({ callers, job }: OwnStep): readonly string[] {
  return [...callers, job].map(({ id }) => id);
}

/**
 * The step that runs this check, as the runner names it: by its id, or by a name that ends with a number from the second
 * use of an action in a job on.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables
 */
export function ownStep(files: ReadonlyMap<string, WorkflowFile>, names: OwnStepNames): OwnStep | null {
  return ownSteps(files, names)[0] ?? null;
}

/** The same with every chain of calls that leads to that step: the runner does not tell by which of them it came. */
export function ownSteps(files: ReadonlyMap<string, WorkflowFile>, names: OwnStepNames): readonly OwnStep[] {
  const all = candidates(files, names);
  const own = named(all, names.step);
  return all.filter(({ step }) => step === own?.step);
}

function named(all: readonly OwnStep[], name: string): OwnStep | null {
  const byId = all.find(({ step }) => step.id === name);
  if (byId !== undefined) return byId;
  const unnamed = all.filter(({ step }) => step.id === undefined);
  const index = Number(/_(\d+)$/.exec(name)?.[1] ?? 1) - 1;
  return unnamed.find((one) => one.index === index) ?? unnamed[0] ?? all[0] ?? null;
}

/**
 * The step at the same place of other files: the same jobs, and the same id or the same place among those without. The only
 * one of a job is the same, whether it has an id or not.
 */
export function sameStep(
  {
    head,
    base,
  }: { readonly head: ReadonlyMap<string, WorkflowFile>; readonly base: ReadonlyMap<string, WorkflowFile> },
  names: OwnStepNames,
  other: OwnStep,
): OwnStep | null {
  const jobOf = (one: OwnStep): string => JSON.stringify(jobPath(one));
  const keyOf = (one: OwnStep): string => JSON.stringify([jobPath(one), one.step.id ?? one.index]);
  const inJob = (files: ReadonlyMap<string, WorkflowFile>): readonly OwnStep[] =>
    candidates(files, names).filter((one) => jobOf(one) === jobOf(other));
  const before = inJob(base);
  const same = before.find((one) => keyOf(one) === keyOf(other));
  return same ?? (before.length === 1 && inJob(head).length === 1 ? (before[0] ?? null) : null);
}
