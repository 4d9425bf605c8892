import type { ActionDefinition } from '../../model/action.ts';
import type { WorkflowSource } from '../../model/source.ts';
import type { ReadWorkflow, WorkflowFile } from '../../model/workflow.ts';
import { readQuickly } from '../../workflow/read-quickly.ts';
import { readBytes, readSource, type ReadText } from '../../workflow/read-source.ts';
import { readActionHere } from '../reading/reading.ts';
import { recently } from './recently.ts';

/** Readers that read what many repositories hold alike once. */
export interface ParsedOnce {
  /** The workflow files of a repository. */
  readonly workflows: (sources: readonly WorkflowSource[]) => Promise<readonly WorkflowFile[]>;
  /** A called workflow. */
  readonly workflow: (bytes: Uint8Array) => Promise<ReadWorkflow>;
  /** The text of an `action.yml`. */
  readonly action: (text: string) => Promise<ActionDefinition>;
}

/** What was read takes some ten times the memory of its text. With more, collecting garbage takes longer than reading again. */
const CHARACTERS = 3 * 1024 * 1024;

/** Makes readers for the files of many repositories: the same content is read once, wherever it stands. */
export function parsedOnce(characters = CHARACTERS): ParsedOnce {
  const quickly = recently(characters, readQuickly);
  let fully: ReadText<never> | undefined;
  // Loaded here: few files need it.
  const full = async (): Promise<ReadText<never>> =>
    (fully ??= recently(characters, (await import('../reading/full-reader.ts')).readWorkflow));
  return {
    workflows: async (sources) => {
      const most = sources.map((source) => readSource<null>(source, quickly));
      const files = most.filter((file) => file !== null);
      if (files.length === sources.length) return files;
      const read = await full();
      return sources.map((source, index) => most[index] ?? readSource<never>(source, read));
    },
    workflow: async (bytes) => readBytes<null>(bytes, quickly) ?? readBytes<never>(bytes, await full()),
    action: recently(characters, readActionHere),
  };
}
