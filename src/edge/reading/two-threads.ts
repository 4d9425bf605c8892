import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';

import type { WorkflowSource } from '../../model/source.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { readOnThread } from './reading-thread.ts';
import { readHere, readMost, readTheRest, sizeOf } from './reading.ts';
import { setV8Options } from './v8-options.ts';

/** The part of the bytes that this thread reads itself: the other one has to start first, and to hand over. */
const OWN_SHARE = 0.55;

/**
 * Reads workflow files, half of them on a second thread. The result is that of `readHere`. `script` is the program that
 * the thread runs, see `readOnThread`.
 */
export async function readOnTwoThreads(
  sources: readonly WorkflowSource[],
  script: string,
): Promise<readonly WorkflowFile[]> {
  if (availableParallelism() < 2) return readHere(sources);

  const firstWith = new Map<string, WorkflowSource>();
  const keys = sources.map(contentKey);
  sources.forEach((source, index) => {
    const key = keys[index] ?? '';
    if (!firstWith.has(key)) firstWith.set(key, source);
  });
  setV8Options();
  const [here, there] = shared([...firstWith.values()]);
  const elsewhere = readOnThread(there, script);
  const own = await readHere(here);
  const others = await readTheRest(there, (await elsewhere) ?? readMost(there));

  const readAt = new Map([...own, ...others].map((file) => [file.path, file]));
  return sources.flatMap(({ path }, index) => {
    const file = readAt.get(firstWith.get(keys[index] ?? '')?.path ?? '');
    return file === undefined ? [] : [{ ...file, path }];
  });
}

/** The same for files that hold the same; a file that could not be read is like no other. */
function contentKey(source: WorkflowSource): string {
  return 'bytes' in source ? createHash('sha256').update(source.bytes).digest('base64') : `path ${source.path}`;
}

/** By their bytes: what this thread reads and what the other one does, which has to start first. */
function shared(sources: readonly WorkflowSource[]): readonly [readonly WorkflowSource[], readonly WorkflowSource[]] {
  const wanted = sources.reduce((sum, source) => sum + sizeOf(source), 0) * OWN_SHARE;
  let taken = 0;
  const end = sources.findIndex((source) => {
    taken += sizeOf(source);
    return taken > wanted;
  });
  return end < 0 ? [sources, []] : [sources.slice(0, end), sources.slice(end)];
}
