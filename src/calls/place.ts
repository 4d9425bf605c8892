import type { RepositoryFile } from '../model/called-file.ts';
import type { WorkflowReference } from '../workflow/workflow-reference.ts';

/** Where a workflow file stands: in the checkout under test, or in a repository at a ref. */
export type Place =
  | { readonly kind: 'checkout'; readonly path: string }
  | (RepositoryFile & {
      readonly kind: 'repository';
      /** The commit that the ref means; `null` when it is not known. */
      readonly commit: string | null;
    });

/** How a report names a place: its path, or `OWNER/NAME/path@REF`. */
export function placeName(place: Place): string {
  return place.kind === 'checkout' ? place.path : `${place.owner}/${place.name}/${place.path}@${place.ref}`;
}

/** The same for every way to write the same place: GitHub ignores the case of owners and names. */
export function placeKey(place: Place): string {
  if (place.kind === 'checkout') return place.path;
  return `${place.owner.toLowerCase()}/${place.name.toLowerCase()}/${place.path}@${place.ref}`;
}

/**
 * The place that a call means, seen from the file that contains it: `./` and `$/` stay in the same repository, at the
 * commit of that file.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_iduses
 */
export function calledPlace(reference: WorkflowReference, from: Place): Place {
  if (reference.kind === 'remote') {
    const { owner, repository: name, path, ref } = reference;
    return { kind: 'repository', owner, name, path, ref, commit: null };
  }
  if (from.kind === 'checkout') return { kind: 'checkout', path: reference.path };
  return { ...from, path: reference.path, ref: from.commit ?? from.ref };
}
