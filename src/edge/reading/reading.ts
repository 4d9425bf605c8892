import type { ActionDefinition } from '../../model/action.ts';
import type { ReadCalledFile, ReadCalledWorkflow } from '../../model/called-file.ts';
import type { WorkflowSource } from '../../model/source.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { fastTree } from '../../workflow/fast-yaml/fast-tree.ts';
import { calledWorkflows } from '../../workflow/read-called.ts';
import { readActionQuickly, readQuickly } from '../../workflow/read-quickly.ts';
import { readBytes, readSource, remembering } from '../../workflow/read-source.ts';
import type { YamlTree } from '../../workflow/yaml/yaml-tree.ts';

/** Reads workflow files on this thread. What all of YAML needs is only loaded when one of them needs it. */
export async function readHere(sources: readonly WorkflowSource[]): Promise<readonly WorkflowFile[]> {
  return readTheRest(sources, readMost(sources));
}

/** Reads the workflow files that need no more than the quick reader; `null` for the others. */
export function readMost(sources: readonly WorkflowSource[]): readonly (WorkflowFile | null)[] {
  const read = remembering<null>(readQuickly);
  return sources.map((source) => readSource(source, read));
}

/** Reads what `readMost` left. */
export async function readTheRest(
  sources: readonly WorkflowSource[],
  files: readonly (WorkflowFile | null)[],
): Promise<readonly WorkflowFile[]> {
  const left = sources.filter((_, index) => files[index] === null);
  if (left.length === 0) return files.filter((file) => file !== null);
  const { readFiles } = await import('./full-reader.ts');
  const rest = [...readFiles(left)];
  return files.flatMap((file) => file ?? rest.shift() ?? []);
}

/** Reads called workflows from the files that `read` provides. */
export function readCalled(read: ReadCalledFile): ReadCalledWorkflow {
  return calledWorkflows(read, async (bytes) => {
    const workflow = readBytes<null>(bytes, readQuickly);
    return workflow ?? readBytes<never>(bytes, (await import('./full-reader.ts')).readWorkflow);
  });
}

/** Reads the text of an `action.yml`. */
export async function readActionHere(text: string): Promise<ActionDefinition> {
  return readActionQuickly(text) ?? (await import('./full-reader.ts')).readAction(text);
}

/** Reads the YAML of another text. */
export async function readTreeHere(text: string): Promise<YamlTree> {
  return fastTree(text) ?? (await import('./full-reader.ts')).yamlTree(text);
}

/** How many bytes a source holds. */
export function sizeOf(source: WorkflowSource): number {
  return 'bytes' in source ? source.bytes.length : 0;
}
