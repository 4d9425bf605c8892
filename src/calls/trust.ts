import type { Settings } from '../model/settings.ts';
import type { Place } from './place.ts';

/**
 * Whether a called workflow is inside the trust boundary of the root: the same checkout, or the same owner. When our own
 * name is unknown, only the own checkout counts.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/PermissionsHelper.cs
 */
export function isTrusted(place: Place, repository: Settings['repository']): boolean {
  if (place.kind === 'checkout') return true;
  return repository !== null && place.owner.toLowerCase() === repository.owner.toLowerCase();
}
