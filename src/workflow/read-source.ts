import type { WorkflowSource } from '../model/source.ts';
import type { ReadWorkflow, WorkflowFile } from '../model/workflow.ts';
import { decode } from './yaml/decode.ts';

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

/** Reads the text of a workflow file; `None` is `null` for a reader that cannot read every text. */
export type ReadText<None extends null> = (text: string) => ReadWorkflow | None;

/** Reads one workflow file. One that could not be read has a problem that says so. */
export function readSource<None extends null>(source: WorkflowSource, readText: ReadText<None>): WorkflowFile | None {
  const { path } = source;
  if ('error' in source) {
    return { path, workflow: EMPTY, problems: [{ code: 'unreadable', message: source.error, line: 1, column: 1 }] };
  }
  const read = readBytes(source.bytes, readText);
  return read === null ? read : { path, ...read };
}

/** Reads the bytes of one workflow file. */
export function readBytes<None extends null>(bytes: Uint8Array, readText: ReadText<None>): ReadWorkflow | None {
  const { text, problem } = decode(bytes);
  const read = readText(text);
  return read === null || problem === null ? read : { ...read, problems: [problem, ...read.problems] };
}

/** The same reader, which reads each text once. */
export function remembering<None extends null>(readText: ReadText<None>): ReadText<None> {
  const known = new Map<string, ReadWorkflow | None>();
  return (text) => {
    let read = known.get(text);
    if (read === undefined) {
      read = readText(text);
      known.set(text, read);
    }
    return read;
  };
}
