import type { StepUse } from '../model/needs.ts';
import type { Location } from '../model/position.ts';
import type { ActionReference } from '../workflow/action-reference.ts';
import { holdsToken } from './marked-text.ts';
import type { StepContext } from './step-context.ts';
import { hasTokenVariable, stepEnvironment, withEnvironment } from './step-token.ts';
import type { Caller } from './uses.ts';
import { allUses, NO_USE, uncertainFor } from './uses.ts';

/**
 * What a step may use of which nothing is known. An action may take the job's token without being handed it, as the default
 * of an input; the program of an image has no such inputs, so it is left with what it is handed and what it finds.
 */
export function opaqueStepUse(
  reference: ActionReference | null,
  location: Location,
  because: string,
  context: StepContext,
  inputs: ReadonlyMap<string, string>,
): StepUse {
  const by = nameOf(reference);
  const caller: Caller = { location, by, events: context.events ?? [], tolerated: false };
  if (reference?.kind !== 'image') {
    const use = uncertainFor(caller, 'all', because);
    if (reference?.kind !== 'action') return use;
    return { ...use, uncertain: use.uncertain.map((one) => ({ ...one, action: reference.name })) };
  }
  const { reach } = context;
  const isHanded = [...inputs.values()].some((text) =>
    holdsToken(withEnvironment(text, reach.env, reach.tokenExpressions ?? [])),
  );
  if (isHanded || hasTokenVariable(stepEnvironment(reach)) || reach.stored === true || reach.ghLogin === true) {
    return uncertainFor(caller, 'all', because);
  }
  return allUses([
    reach.git ? uncertainFor(caller, ['contents'], `${because}, and git's stored credentials are there`) : NO_USE,
    reach.identity === true
      ? uncertainFor(caller, ['id-token'], `${because}, and it can ask for an identity token`)
      : NO_USE,
  ]);
}

function nameOf(reference: ActionReference | null): string {
  if (reference === null) return 'uses';
  if (reference.kind === 'local') return reference.path;
  return reference.kind === 'image' ? `docker://${reference.image}` : reference.name;
}
