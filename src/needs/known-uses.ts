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
  const others = JSON.stringify([step.with, rest, repository, events, place.firstLine === null]);
  const rests = others + textOf(env);
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
  const same = known.get(step.what) ?? new Map<string, KnownUse<Use>>();
  known.set(step.what, same.set(rests, { use, place }));
  return use;
}

/** Most steps of a job have one environment. */
const texts = new WeakMap<StepContext['reach']['env'], string>();

function textOf(env: StepContext['reach']['env']): string {
  const text = texts.get(env) ?? JSON.stringify(env);
  texts.set(env, text);
  return text;
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
