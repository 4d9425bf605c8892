import { lstatSync } from 'node:fs';

import type { CommandLineValues } from '../command-line/option-table.ts';
import type { PolicyPlaces } from './policy-places.ts';

/** The options that may bring one in. */
type Named = Pick<CommandLineValues, 'policy' | 'baseline' | 'base' | 'writeBaseline' | 'at'>;

/** Whether a policy, a baseline or a base may play a part. Only a git ref has to be looked into for that. */
export function mayHavePolicy({ policy, baseline, base, writeBaseline, at }: Named, places: PolicyPlaces): boolean {
  const isAsked = [policy, baseline, base, writeBaseline, at].some((value) => value !== undefined);
  return (
    isAsked || [places.policy.file, places.policy.file.replace(/\.yml$/, '.yaml'), places.baseline.file].some(isThere)
  );
}

/** A link counts too, wherever it leads. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Whoever reads it will say why that cannot be told.
    return true;
  }
}
