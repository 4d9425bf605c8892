import type { StepUse } from '../model/needs.ts';
import type { Location } from '../model/position.ts';
import type { ScriptPlace, StepContext } from './step-context.ts';

/** What steps use that were read before, by their script or action and then by all else that this rests on. */
export type KnownUses<Use> = Map<string, Map<string, KnownUse<Use>>>;

interface KnownUse<Use> {
  readonly use: Use;
  /** Where the step stands that was read. */
  readonly place: ScriptPlace;
}

/** A step: what it runs, and with what. Where it stands is not part of it. */
export interface SameStep {
  readonly what: string;
  readonly with: readonly unknown[];
}

/**
 * The same as `read(context)`, which is asked once for steps that are the same and find the same: many stand in several
 * jobs. What reads files of the checkout is read each time. `read` may take nothing from the place but the places of what
 * it finds.
 */
export function usedOnce<Use extends StepUse | null>(
  step: SameStep,
  context: StepContext,
  known: KnownUses<Use>,
  read: (context: StepContext) => Use,
): Use {
  const { place, reach, repository, events } = context;
  const { env, ...rest } = reach;
  const same = [step.with, rest, repository, place.firstLine === null, numberOf(env), numberOf(events ?? NO_EVENTS)];
  const rests = JSON.stringify(same);
  const before = known.get(step.what)?.get(rests);
  if (before !== undefined) return movedTo(place, before);
  const files: string[] = [];
  const use = read({
    ...context,
    readFile: (path) => {
      files.push(path);
      return context.readFile?.(path) ?? null;
    },
  });
  if (files.length > 0) return use;
  const withIt = known.get(step.what) ?? new Map<string, KnownUse<Use>>();
  known.set(step.what, withIt.set(rests, { use, place }));
  return use;
}

const NO_EVENTS: readonly string[] = [];

/** Most steps of a job have one environment, and most jobs one of a few: a number says which. */
const numbers = new WeakMap<object, number>();
const numbersOfTexts = new Map<string, number>();
const MOST_TEXTS = 10_000;
let last = 0;

/** The same number for what has the same JSON. Where there are very many, it may get another one later. */
function numberOf(value: object): number {
  let number = numbers.get(value);
  if (number === undefined) {
    const text = JSON.stringify(value);
    if (numbersOfTexts.size >= MOST_TEXTS) numbersOfTexts.clear();
    number = numbersOfTexts.get(text) ?? (last += 1);
    numbersOfTexts.set(text, number);
    numbers.set(value, number);
  }
  return number;
}

/** What is found in a script keeps its line and column there; all else stands where the step does. */
function movedTo<Use extends StepUse | null>(
  { path, line, column, firstLine }: ScriptPlace,
  { use, place }: KnownUse<Use>,
): Use {
  if (use === null) return use;
  const { needs, uncertain, impossible } = use;
  if (needs.length + uncertain.length + impossible.length === 0) return use;
  const down = firstLine === null || place.firstLine === null ? null : firstLine - place.firstLine;
  const moved = <Found extends Location>(one: Found): Found =>
    down === null ? { ...one, path, line, column } : { ...one, path, line: one.line + down };
  return { ...use, needs: needs.map(moved), uncertain: uncertain.map(moved), impossible: impossible.map(moved) };
}
