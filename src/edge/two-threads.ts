import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';

import type { WorkflowSource } from '../model/source.ts';
import type { WorkflowFile } from '../model/workflow.ts';
import { readFiles } from '../workflow/read-files.ts';
import { readOnThread } from './reading-thread.ts';
import { sizeOf } from './reading.ts';

/**
 * Reads workflow files, each half of them on a thread of its own: only the memory of other threads can be limited. The
 * result is that of `readFiles`. `script` is the program that the threads run, see `readOnThread`.
 */
export async function readOnTwoThreads(
  sources: readonly WorkflowSource[],
  script: string,
): Promise<readonly WorkflowFile[]> {
  if (availableParallelism() < 2) return readFiles(sources);

  const firstWith = new Map<string, WorkflowSource>();
  const keys = sources.map(contentKey);
  sources.forEach((source, index) => {
    const key = keys[index] ?? '';
    if (!firstWith.has(key)) firstWith.set(key, source);
  });
  setOptions();
  const halves = inHalves([...firstWith.values()]);
  const read = await Promise.all(halves.map(async (half) => (await readOnThread(half, script)) ?? readFiles(half)));

  const readAt = new Map(read.flat().map((file) => [file.path, file]));
  return sources.flatMap(({ path }, index) => {
    const file = readAt.get(firstWith.get(keys[index] ?? '')?.path ?? '');
    return file === undefined ? [] : [{ ...file, path }];
  });
}

/**
 * Options of V8 for programs that run for seconds, by the version of Node on which they were measured: others may not know
 * them. They hold for threads that start from now on, and the last two save memory and collections: the space for young
 * objects begins larger on those threads, and no longer grows on any, up to 128 MB on Node 24.
 *
 * - Node 20 optimizes whatever has run a little, on each thread anew, which took a quarter of all processor time.
 * - Node 24 has a quick compiler between the first and the last one, so that the last one costs more than it saves.
 */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  20: ['--interrupt-budget=400000', '--min-semi-space-size=8', '--semi-space-growth-factor=1'],
  24: ['--no-opt', '--min-semi-space-size=4', '--semi-space-growth-factor=1'],
};

function setOptions(): void {
  const [major = ''] = process.versions.node.split('.');
  for (const option of OPTIONS[major] ?? []) setFlagsFromString(option);
}

/** The same for files that hold the same; a file that could not be read is like no other. */
function contentKey(source: WorkflowSource): string {
  return 'bytes' in source ? createHash('sha256').update(source.bytes).digest('base64') : `path ${source.path}`;
}

/** By their bytes. */
function inHalves(sources: readonly WorkflowSource[]): readonly (readonly WorkflowSource[])[] {
  const half = sources.reduce((sum, source) => sum + sizeOf(source), 0) / 2;
  let taken = 0;
  const end = sources.findIndex((source) => {
    taken += sizeOf(source);
    return taken > half;
  });
  return end < 0 ? [sources] : [sources.slice(0, end), sources.slice(end)];
}
