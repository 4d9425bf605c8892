import type { WorkflowSource } from '../../model/source.ts';

/** Where GitHub looks for workflow files: directly in this folder of the repository, with these endings, in lower case. */
export const WORKFLOW_FOLDER = '.github/workflows';

/** GitHub reads no workflow file that has more bytes. */
export const MOST_BYTES = 1_048_576;

/** Whether GitHub takes a file of this name in that folder for a workflow. */
export function isWorkflowName(name: string): boolean {
  return name.endsWith('.yml') || name.endsWith('.yaml');
}

/** Whether a file stands where GitHub takes it for a workflow; an action may stand further down. */
export function isWorkflowPath(path: string): boolean {
  const name = path.startsWith(`${WORKFLOW_FOLDER}/`) ? path.slice(WORKFLOW_FOLDER.length + 1) : '/';
  return !name.includes('/') && isWorkflowName(name);
}

/** Sorts by path, byte by byte, as git does; JavaScript's own order differs beyond the first 65,536 characters. */
export function sortedByPath(sources: readonly WorkflowSource[]): WorkflowSource[] {
  return sources
    .map((source) => ({ source, bytes: Buffer.from(source.path) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ source }) => source);
}

/**
 * Stands for a file that is too big to be fetched: just as many bytes as show that it is. What they are does not
 * matter, since nobody reads a file that is over the limit.
 */
export function tooManyBytes(): Uint8Array {
  return new Uint8Array(MOST_BYTES + 1).fill(0x20);
}

/** What git's object database holds under a name, where it is not a file's bytes. */
export const NOT_A_FILE = {
  link: 'This is a symbolic link, which GitHub does not follow. Put the file itself here.',
  submodule: 'This is a submodule, not a file. Put the file itself here.',
  linkedFolder:
    'A symbolic link stands where the folder should be, and GitHub does not follow it. Put the folder here.',
} as const;
