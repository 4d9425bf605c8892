import type { StepNeed, StepUse, Uncertainty } from '../../model/needs.ts';
import type { ActionUse } from './action-entry.ts';
import { entryUse } from './action-entry.ts';
import type { ActionStep, KnownStep } from './action-step.ts';
import { knownStep } from './action-step.ts';
import { entriesFor } from './action-table.ts';
import { specialUse } from './special-actions.ts';
import type { StepContext } from '../step-context.ts';
import { allUses, uncertainFor } from '../uses.ts';

export type { ActionUse } from './action-entry.ts';
export type { ActionStep } from './action-step.ts';

/** Whether the table knows an action in this version, so that nobody has to look into it. */
export function knowsAction(name: string, ref: string): boolean {
  return entriesFor(name, ref).length > 0;
}

/** What a step uses whose action the table knows, in this version; `null` for all others. */
export function actionUse(step: ActionStep, context: StepContext): ActionUse | null {
  const entries = entriesFor(step.name, step.ref);
  if (entries.length === 0) return null;
  const known = knownStep(step, context);
  const uses = entries.map((entry) => entryUse(entry, known));
  return declarable(onceEach(specialUse(known, inAnyVersion(uses, known))), known);
}

/** What is the same in all versions is sure, and what differs may be. */
function inAnyVersion(uses: readonly ActionUse[], known: KnownStep): ActionUse {
  const [first, ...others] = uses;
  if (first === undefined || others.length === 0) return first ?? allUses([]);
  const sure = first.needs.filter((need) => others.every(({ needs }) => needs.some((other) => isSame(need, other))));
  const rest = uses.flatMap(({ needs }) => needs).filter((need) => !sure.some((other) => isSame(need, other)));
  // What each version works without is kept where it is granted, in whatever version.
  const optional = rest.filter((need) => need.optional === true);
  const names = [...new Set(rest.filter((need) => need.optional !== true).map(({ permission }) => permission))];
  const differs: StepUse =
    names.length === 0 ? allUses([]) : uncertainFor(known.caller, names, 'it depends on the version');
  return {
    needs: [...sure, ...optional],
    uncertain: [...allUses(uses).uncertain, ...differs.uncertain],
    impossible: first.impossible.filter(({ what }) =>
      others.every(({ impossible }) => impossible.some((other) => other.what === what)),
    ),
    ...(first.leaves ? { leaves: first.leaves } : {}),
  };
}

function isSame(a: StepNeed, b: StepNeed): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf({ permission, level, when = {} }: StepNeed): string {
  return [permission, level, when.visibility ?? '', ...(when.events ?? [])].join(' ');
}

/** Two lines of an entry may come to the same. */
function onceEach(use: ActionUse): ActionUse {
  return { ...use, needs: unique(use.needs), uncertain: unique(use.uncertain), impossible: unique(use.impossible) };
}

function unique<Item>(items: readonly Item[]): readonly Item[] {
  return items.length < 2 ? items : [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** A policy could say more of an action than the table does. */
function declarable(use: ActionUse, { step }: KnownStep): ActionUse {
  const uncertain = use.uncertain.map((doubt): Uncertainty =>
    doubt.by === step.name ? { ...doubt, action: step.name } : doubt,
  );
  return { ...use, uncertain };
}
