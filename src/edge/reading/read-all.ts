import type { WorkflowSource } from '../../model/source.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { readHere, sizeOf } from './reading.ts';

/** Below this many bytes a second thread takes longer to start than it saves. */
const WORTH_A_THREAD = 2 * 1024 * 1024;

/**
 * Reads workflow files, on two threads where they are many. `script` is the program that a second thread would run;
 * `null` reads everything here.
 */
export async function readAll(
  sources: readonly WorkflowSource[],
  script: string | null,
): Promise<readonly WorkflowFile[]> {
  const size = sources.reduce((sum, source) => sum + sizeOf(source), 0);
  if (script === null || size < WORTH_A_THREAD) return readHere(sources);
  // Loaded here: a start with few files need not spend the time.
  const { readOnTwoThreads } = await import('./two-threads.ts');
  return readOnTwoThreads(sources, script);
}
