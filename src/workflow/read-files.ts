import type { WorkflowSource } from '../model/source.ts';
import type { WorkflowFile } from '../model/workflow.ts';
import { readSource, remembering } from './read-source.ts';
import { readWorkflow } from './read-workflow.ts';

/** Reads workflow files, each text once however often it occurs. A file that cannot be read has a problem that says so. */
export function readFiles(sources: readonly WorkflowSource[]): readonly WorkflowFile[] {
  const read = remembering<never>(readWorkflow);
  return sources.map((source) => readSource<never>(source, read));
}
