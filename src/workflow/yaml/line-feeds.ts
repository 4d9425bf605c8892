/** A carriage return alone ends a line for GitHub, and for `yaml` it does not. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r(?!\n)/g, '\n') : text;
}
