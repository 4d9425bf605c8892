import { ACTION_INPUTS, type ActionInputValues, type OptionEntry } from '../command-line/option-table.ts';

/**
 * Reads every input of the action. One that is empty counts as not given.
 *
 * @param input gives the text of an input, as `core.getInput` does.
 * @throws ToolError that names the input and lists what is allowed.
 */
export function readInputs(input: (name: string) => string): ActionInputValues {
  const values: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries<OptionEntry<unknown>>(ACTION_INPUTS)) {
    const name = entry.input ?? key;
    const text = input(name).trim();
    if (text !== '') values[key] = entry.parse(text, `The input ${name}`);
  }
  return values;
}
