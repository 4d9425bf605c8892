const PATTERN = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const MAX_LENGTH = 100;

/**
 * What GitHub says about the id of a job or a step, or `null` when it is fine.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/IdBuilder.cs
 */
export function identifierError(id: string): string | null {
  if (!PATTERN.test(id) || id.length >= MAX_LENGTH) {
    return `The identifier '${id}' is invalid. IDs may only contain alphanumeric characters, '_', and '-'. IDs must start with a letter or '_' and must be less than ${MAX_LENGTH} characters.`;
  }
  if (id.startsWith('__')) return `The identifier '${id}' is invalid. IDs starting with '__' are reserved.`;
  return null;
}
