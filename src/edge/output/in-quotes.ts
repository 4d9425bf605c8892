import { visible } from '../../report/escape-terminal.ts';

/** A text from outside, in quotes, safe to show in one line of a message, and never long. */
export function inQuotes(text: string): string {
  return `"${visible(text.length > 100 ? `${text.slice(0, 100)}…` : text)}"`;
}
