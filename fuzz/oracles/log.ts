import { commandsIn } from '../../__tests__/report/runner-commands.ts';
import { must } from '../target.ts';

/* eslint-disable no-control-regex */
/** Our own colours, and our own links, which lead to files of the checkout. */
const OUR_ESCAPES = /\u001b\[(?:0|1|2|1;36|1;33|1;31)m|\u001b\]8;;(?:(?:file|https):\/\/[!-~]*)?\u001b\\/g;

/** What a terminal obeys: controls other than line ends, and marks that turn or hide text. */
const OBEYED =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u061c\ufeff]/;
/* eslint-enable no-control-regex */

/** What is printed must hold no escape but ours, and nothing that a runner takes for a command. */
export function checkPrinted(text: string): void {
  const obeyed = OBEYED.exec(text.replaceAll(OUR_ESCAPES, ''));
  must(obeyed === null, () => `a terminal would obey ${JSON.stringify(obeyed?.[0])}`);
  const [command] = commandsIn(text.replaceAll(OUR_ESCAPES, ''));
  must(command === undefined, () => `a runner would obey ${JSON.stringify(command)}`);
}

const COMMAND = /^::(?:error|warning|notice) file=[^:,\r\n]*,line=\d+,col=\d+,title=[^:,\r\n]*::[^\r\n]*$/;

/** An annotation is one command with the four properties that we write. In one, the runner looks for no other. */
export function checkCommand(command: string): void {
  must(COMMAND.test(command), () => `no annotation of ours: ${JSON.stringify(command)}`);
}
