import type { WorkflowSource } from '../../model/source.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { bytesAtHand } from '../git/git-object-name.ts';
import type { RepositoryFiles } from '../policy/repository-files.ts';
import { readAll } from '../reading/read-all.ts';
import { ToolError } from '../tool-error.ts';
import { NOT_GIVEN } from '../github/workflow-files-api.ts';
import { NOT_A_FILE } from '../files/workflow-folder.ts';

/** The workflow files of a head, as they were found and as they were read. */
export interface HeadFiles {
  readonly sources: readonly WorkflowSource[];
  /** In the same order. */
  readonly files: readonly WorkflowFile[];
}

/** How the base is read. */
export interface BaseReading {
  /** Follows a link, as the files of a folder are read; not given where links are not followed. */
  readonly followLink?: (path: string) => Promise<Uint8Array | null>;
  /** The program that a second thread would run; `null` for none. */
  readonly script: string | null;
}

/**
 * The workflow files of the base. What the head has too is neither fetched nor read again, wherever it stands: it has the
 * very same `workflow`.
 *
 * @throws ToolError when one of them cannot be had: what is not known must not look like a change.
 */
export async function comparedFiles(
  base: RepositoryFiles,
  head: HeadFiles,
  { followLink, script }: BaseReading,
): Promise<readonly WorkflowFile[]> {
  const found = await base.workflows(bytesAtHand(head.sources));
  const sources = await Promise.all(found.map((source) => followed(source, followLink)));
  const missing = sources.find((source) => 'error' in source && source.error.startsWith(NOT_GIVEN));
  if (missing !== undefined && 'error' in missing) {
    throw new ToolError(`${missing.path} in ${base.where} is needed to compare with. ${missing.error}`, {
      path: missing.path,
    });
  }
  const known = new Map<Uint8Array, WorkflowFile>();
  for (const [index, source] of head.sources.entries()) {
    const file = head.files[index];
    if ('bytes' in source && file !== undefined) known.set(source.bytes, file);
  }
  const knownOf = (source: WorkflowSource): WorkflowFile | undefined =>
    'bytes' in source ? known.get(source.bytes) : undefined;
  const rest = await readAll(
    sources.filter((source) => knownOf(source) === undefined),
    script,
  );
  const byPath = new Map(rest.map((file) => [file.path, file]));
  return sources.flatMap((source) => {
    const { path } = source;
    const same = knownOf(source);
    const file = same === undefined ? byPath.get(path) : { ...same, path };
    return file === undefined ? [] : [file];
  });
}

async function followed(source: WorkflowSource, follow: BaseReading['followLink']): Promise<WorkflowSource> {
  if (follow === undefined || 'bytes' in source || source.error !== NOT_A_FILE.link) return source;
  const { path } = source;
  const bytes = await follow(path);
  return bytes === null ? source : { path, bytes };
}
