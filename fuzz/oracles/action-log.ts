import { must } from '../target.ts';
import { checkCommand, checkPrinted } from './log.ts';

/** What the action told the runner: a line as it is, the data of a command, or why it fails. */
export interface Told {
  readonly kind: 'line' | 'escaped' | 'failed';
  readonly text: string;
}

/** The log of a step holds our annotations, each in a line of its own, and no other command. */
export function checkActionLog(log: readonly Told[]): void {
  for (const { kind, text } of log) {
    if (kind === 'line' && text.startsWith('::')) {
      checkCommand(text);
      continue;
    }
    checkPrinted(text);
    must(!/\n {4}at /.test(text), () => `the action broke down: ${text}`);
  }
}
