import type { Settings } from '../model/settings.ts';
import type { WorkflowReference } from '../workflow/workflow-reference.ts';

/**
 * Whether a called workflow is inside the trust boundary of the one that calls it: the same checkout, or the same
 * owner. When our own name is unknown, only the own checkout counts.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/PermissionsHelper.cs
 */
export function isTrusted(reference: WorkflowReference, repository: Settings['repository']): boolean {
  if (reference.kind === 'local') return true;
  return repository !== null && reference.owner.toLowerCase() === repository.owner.toLowerCase();
}
