import { must } from '../target.ts';
import { checkPrinted } from './log.ts';

/** What the command line printed, and how it ended. */
export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

/** The command ended as it should: it did not break down, says why it failed, and its messages are not obeyed. */
export function checkEnded({ status, error }: Ended): void {
  must([0, 1, 2].includes(status), () => `status ${status}`);
  must(!/\n {4}at /.test(error), () => `the command broke down: ${error}`);
  must(status !== 2 || error.trim() !== '', () => 'it failed and does not say why');
  checkPrinted(error);
}
