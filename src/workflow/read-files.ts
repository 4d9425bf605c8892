import type { WorkflowSource } from '../model/source.ts';
import type { ReadWorkflow, WorkflowFile } from '../model/workflow.ts';
import { decode } from './decode.ts';
import { readWorkflow } from './read-workflow.ts';

const EMPTY: ReadWorkflow['workflow'] = {
  name: null,
  triggers: [],
  permissions: null,
  call: null,
  position: { line: 1, column: 1 },
  onPosition: { line: 1, column: 1 },
  env: [],
  jobs: [],
  ignoreComments: [],
};

/** Reads workflow files, each text once however often it occurs. A file that cannot be read has a problem that says so. */
export function readFiles(sources: readonly WorkflowSource[]): readonly WorkflowFile[] {
  const known = new Map<string, ReadWorkflow>();
  return sources.map((source) => {
    const { path } = source;
    if ('error' in source) {
      return { path, workflow: EMPTY, problems: [{ code: 'unreadable', message: source.error, line: 1, column: 1 }] };
    }
    return { path, ...readText(source.bytes, known) };
  });
}

/**
 * Reads the bytes of one workflow file. `known` holds texts that were read before; a caller may pass one of its own.
 */
export function readText(bytes: Uint8Array, known = new Map<string, ReadWorkflow>()): ReadWorkflow {
  const { text, problem } = decode(bytes);
  let read = known.get(text);
  if (read === undefined) {
    read = readWorkflow(text);
    known.set(text, read);
  }
  return problem === null ? read : { ...read, problems: [problem, ...read.problems] };
}
