import { byId } from '../page/dom.ts';

/** A screen reader is told what somebody's typing led to once they pause. */
const A_WHILE = 500;
let waiting = 0;

/** Tells what is shown now. */
export function announce(words: string): void {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => (byId('told', HTMLParagraphElement).textContent = words), A_WHILE);
}
