/** A called workflow as written under `jobs.<id>.uses`. */
export type WorkflowReference =
  | { readonly kind: 'local'; readonly path: string }
  | {
      readonly kind: 'remote';
      readonly owner: string;
      readonly repository: string;
      readonly path: string;
      readonly ref: string;
    };

const LOCAL_PREFIXES = ['./', '$/'];
const DIRECTORY = /\.github\/workflows(?:-lab)?\//;
const NAME = /^[\w.-]+$/;
const NOT_IN_A_REF = ['?', '*', '[', ']', '\\', '~', '^', ':', '@{', '..', '//'];

/**
 * Reads the reference of a called workflow, or says what GitHub says about one that it cannot read.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_iduses
 * @see https://github.com/actions/languageservices/blob/main/languageservice/src/validate.ts
 */
export function workflowReference(written: string): WorkflowReference | { readonly error: string } {
  const read = parse(written);
  return typeof read === 'string' ? { error: `invalid value workflow reference: ${read}` } : read;
}

function parse(written: string): WorkflowReference | string {
  const isLocal = LOCAL_PREFIXES.some((prefix) => written.startsWith(prefix));
  const [location = '', ref, ...more] = written.split('@');
  if (more.length > 0) return "too many '@' in workflow reference";
  if (isLocal && ref !== undefined) return 'cannot specify version when calling local workflows';
  if (!isLocal && (ref === undefined || ref === '')) return 'no version specified';
  const refError = ref === undefined ? null : refNameError(ref);
  if (refError !== null) return refError;

  const start = location.search(DIRECTORY);
  if (start < 0) return "references to workflows must be rooted in '.github/workflows'";
  const path = location.slice(start);
  const pathError = workflowPathError(path);
  if (pathError !== null) return pathError;

  const prefix = location.slice(0, start);
  if (isLocal && prefix.length === 2) return { kind: 'local', path };
  const [owner = '', repository = '', end, ...deeper] = prefix.split('/');
  if (isLocal || end !== '' || deeper.length > 0) {
    return "references to workflows must be prefixed with format 'owner/repository/' or './' for local workflows";
  }
  if (!NAME.test(owner)) return 'owner name must be a valid repository owner name';
  if (!NAME.test(repository)) return 'repository name is invalid';
  return { kind: 'remote', owner, repository, path, ref: ref ?? '' };
}

function workflowPathError(path: string): string | null {
  const [, , file = '', ...deeper] = path.split('/');
  if (deeper.length > 0) return 'workflows must be defined at the top level of the .github/workflows/ directory';
  if (!/\.ya?ml$/.test(file)) return "workflow file should have either a '.yml' or '.yaml' file extension";
  if (file === '.yml' || file === '.yaml') return 'invalid workflow file name';
  return null;
}

/**
 * Why a text cannot be the name of a ref, in GitHub's words; `null` when it can.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 */
export function refNameError(ref: string): string | null {
  const wrong = NOT_IN_A_REF.find((sequence) => ref.includes(sequence));
  if (wrong !== undefined) return `invalid character '${wrong}' in version :${ref}`;
  if (/^[/.]|[/.]$/.test(ref)) return "version cannot begin or end with a slash '/' or a dot '.'";
  if (ref.split('/').some((part) => part.startsWith('.') || part.endsWith('.lock'))) return `invalid version: ${ref}`;
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(ref)) return `version cannot have ASCII control characters: ${ref}`;
  if (/\s/.test(ref)) return `version cannot have whitespace: ${ref}`;
  return null;
}
