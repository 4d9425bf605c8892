import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

import type { WorkflowSource } from '../../model/source.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { readMost } from './reading.ts';
import { THREAD } from './thread-argument.ts';

/** What a reading thread is started with. */
interface ReadingTask {
  readonly task: 'read workflow files';
  readonly sources: readonly WorkflowSource[];
}

/** What a file leaves behind is garbage at once: much room for it takes memory and saves no time. */
const LIMITS = { maxYoungGenerationSizeMb: 24 };

/** So many files are handed over at a time: what a thread has read lives on in the other one alone. */
const BATCH = 50;

/**
 * Reads workflow files on a thread of their own, which runs `script`: a program that begins with `answerAsThread`. The
 * result is that of `readMost`, or `null` when the thread cannot do it.
 */
export function readOnThread(
  sources: readonly WorkflowSource[],
  script: string,
): Promise<readonly (WorkflowFile | null)[] | null> {
  return new Promise((resolve) => {
    const data: ReadingTask = { task: 'read workflow files', sources };
    const thread = new Worker(script, { workerData: data, argv: [THREAD], resourceLimits: LIMITS });
    const files: (WorkflowFile | null)[] = [];
    thread.on('message', (batch: readonly (WorkflowFile | null)[]) => {
      files.push(...batch);
      if (files.length === sources.length) resolve(files);
    });
    thread.once('error', () => resolve(null));
    thread.once('exit', () => resolve(null));
  });
}

/** In a reading thread: reads what it was started with and returns true. Returns false in the main thread. */
export function answerAsThread(): boolean {
  if (isMainThread) return false;
  const data = workerData as Partial<ReadingTask> | null;
  if (data?.task !== 'read workflow files') return true;
  const { sources = [] } = data;
  for (let begin = 0; begin < sources.length; begin += BATCH) {
    parentPort?.postMessage(readMost(sources.slice(begin, begin + BATCH)));
  }
  return true;
}
