/**
 * The lines of a log that the runner would take for workflow commands, as its own parser looks for them.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function commandsIn(log: string): readonly string[] {
  return log.split(/\r\n|\r|\n/).filter((line) => {
    // eslint-disable-next-line no-control-regex
    const text = line.replaceAll(/\u001b\[[0-9;]*m/g, '').replaceAll(/[\p{Cf}\p{Mn}]/gu, '');
    return text.trimStart().startsWith('::') || text.includes('##[');
  });
}
