import type { ReadCalledFile } from '../../model/called-file.ts';
import type { ReferencedWorkflow } from './workflow-run.ts';

/**
 * Reads called workflows at the commits that their refs meant when the run was created. A ref that the run does not list
 * is read as it is today.
 */
export function asReferenced(read: ReadCalledFile, referenced: readonly ReferencedWorkflow[]): ReadCalledFile {
  const commits = new Map(referenced.map(({ path, commit }) => [keyOf(path), commit]));
  return (file) => {
    const { owner, name, path, ref } = file;
    const commit = commits.get(keyOf(`${owner}/${name}/${path}@${ref}`));
    return read(commit === undefined ? file : { ...file, ref: commit });
  };
}

/** GitHub ignores the case of owners and names. */
function keyOf(path: string): string {
  const [owner = '', name = '', ...rest] = path.split('/');
  return [owner.toLowerCase(), name.toLowerCase(), ...rest].join('/');
}
