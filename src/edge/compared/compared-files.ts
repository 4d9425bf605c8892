import type { WorkflowSource } from '../../model/source.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { bytesAtHand } from '../git-object-name.ts';
import type { RepositoryFiles } from '../policy/repository-files.ts';
import { readAll } from '../reading.ts';
import { ToolError } from '../tool-error.ts';
import { NOT_GIVEN } from '../workflow-files-api.ts';

/** The workflow files of a head, as they were found and as they were read. */
export interface HeadFiles {
  readonly sources: readonly WorkflowSource[];
  /** In the same order. */
  readonly files: readonly WorkflowFile[];
}

/**
 * The workflow files of the base. What the head has too is neither fetched nor read again, wherever it stands: it has the
 * very same `workflow`.
 *
 * @param script the program that a second thread would run; `null` for none.
 * @throws ToolError when one of them cannot be had: what is not known must not look like a change.
 */
export async function comparedFiles(
  base: RepositoryFiles,
  head: HeadFiles,
  script: string | null,
): Promise<readonly WorkflowFile[]> {
  const sources = await base.workflows(bytesAtHand(head.sources));
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
