import type { ReadCalledFile, ReadCalledWorkflow } from '../model/called-file.ts';
import type { ReadWorkflow } from '../model/workflow.ts';

/** Reads called workflows: `read` provides their files, `readBytes` what these hold. */
export function calledWorkflows(
  read: ReadCalledFile,
  readBytes: (bytes: Uint8Array) => ReadWorkflow | Promise<ReadWorkflow>,
): ReadCalledWorkflow {
  return async (file) => {
    const source = await read(file);
    if (source.kind !== 'found') return source;
    const { kind, bytes, commit, anyRef } = source;
    return { kind, read: await readBytes(bytes), commit, anyRef };
  };
}
