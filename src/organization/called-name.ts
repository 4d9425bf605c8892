import { workflowReference } from '../workflow/workflow-reference.ts';

/** A workflow file that a job calls. */
export interface CalledName {
  /** `OWNER/NAME/path`. */
  readonly file: string;
  /** `null` for the checkout of the root. */
  readonly ref: string | null;
}

/** `OWNER/NAME/path@REF`, as a report names a file of another repository or ref. */
const ELSEWHERE = /^([^/@]+\/[^/@]+)\/([^@]+)@(.+)$/;

/**
 * Takes what is written under `uses`, the file that it stands in as a report names it, and the name of the root's repository;
 * returns the file that is called. `null` for what cannot be read.
 */
export function calledName(uses: string, definedIn: string, repository: string): CalledName | null {
  const reference = workflowReference(uses);
  if ('error' in reference) return null;
  if (reference.kind === 'remote') {
    const { owner, repository: name, path, ref } = reference;
    return { file: `${owner}/${name}/${path}`, ref };
  }
  const [, from, , ref] = ELSEWHERE.exec(definedIn) ?? [];
  if (from === undefined || ref === undefined) return { file: `${repository}/${reference.path}`, ref: null };
  return { file: `${from}/${reference.path}`, ref };
}

/** The same for every way to write the same file: GitHub ignores the case of owners and names, and not of paths. */
export function fileKey(file: string): string {
  const [owner = '', name = '', ...rest] = file.split('/');
  return [owner.toLowerCase(), name.toLowerCase(), ...rest].join('/');
}
