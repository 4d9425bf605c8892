import type { Observation, ObservedResult } from '../model/observation.ts';

/** Every run that was compared, this very one included. */
export function observedResults({ runs, ownJob }: Observation): readonly ObservedResult[] {
  return ownJob === undefined ? runs : [...runs, ownJob];
}
