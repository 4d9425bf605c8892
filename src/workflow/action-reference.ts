/** What a step uses, as written under `uses`. */
export type ActionReference =
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'image'; readonly image: string; readonly isPinned: boolean }
  | {
      readonly kind: 'action';
      readonly owner: string;
      /** `owner/name`, with the path of an action that is not at the repository's root, in lower case. */
      readonly name: string;
      readonly ref: string;
      readonly isPinned: boolean;
    };

/** A commit's full name, of SHA-1 or SHA-256. Nothing else stays what it is. */
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;

/**
 * Reads what stands under `uses` of a step; `null` when it is none of the forms that GitHub takes.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses
 */
export function actionReference(written: string): ActionReference | null {
  let reference = known.get(written);
  if (reference === undefined) {
    reference = readReference(written);
    known.set(written, reference);
  }
  return reference;
}

/** Several rules look at each step, and most steps use what others use, too. */
const known = new Map<string, ActionReference | null>();

function readReference(written: string): ActionReference | null {
  const text = written.trim();
  if (text.startsWith('./') || text.startsWith('$/')) return { kind: 'local', path: text };
  if (text.startsWith('docker://')) {
    return { kind: 'image', image: text.slice('docker://'.length), isPinned: /@sha256:[0-9a-f]{64}$/i.test(text) };
  }
  const [, location = '', ref = ''] = /^([^@\s]+)@(\S+)$/.exec(text) ?? [];
  const [owner = '', repository] = location.split('/');
  if (repository === undefined || ref === '') return null;
  return { kind: 'action', owner: owner.toLowerCase(), name: location.toLowerCase(), ref, isPinned: isCommit(ref) };
}

/** Whether a ref is a commit, which nobody can move. */
export function isCommit(ref: string): boolean {
  return COMMIT.test(ref);
}
