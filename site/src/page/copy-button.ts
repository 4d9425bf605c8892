import { button } from './dom.ts';

/** How long a button says that it has done its work. */
const A_MOMENT = 1600;

/** Makes a button that copies a text. */
export function copyButton(text: string, what: string): HTMLButtonElement {
  return button('Copy', (clicked) => void copy(text).then((done) => say(clicked, done ? 'Copied' : 'Not allowed')), {
    class: 'small',
    'aria-label': `Copy ${what}`,
  });
}

/** Copies a text; whether the browser lets us. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Shows words on a button for a moment. */
function say(clicked: HTMLButtonElement, words: string): void {
  const { textContent } = clicked;
  clicked.textContent = words;
  window.setTimeout(() => (clicked.textContent = textContent), A_MOMENT);
}
