import type { Input } from '../input/input.ts';
import { fragmentOf } from '../input/link.ts';
import { copy } from './copy-button.ts';
import { byId } from './dom.ts';

/** Makes the button that copies a link to what is shown, and the field with the link for browsers that do not let us. */
export function shareButton(input: () => Input, say: (words: string) => void): void {
  const field = byId('link', HTMLInputElement);
  field.addEventListener('focus', () => field.select());
  byId('share', HTMLButtonElement).addEventListener('click', () => void share());

  async function share(): Promise<void> {
    const fragment = await fragmentOf(input());
    if (fragment === null) {
      say('These files are too long for a link.');
      return;
    }
    history.replaceState(null, '', `#${fragment}`);
    field.value = location.href;
    const isCopied = await copy(location.href);
    byId('link-field', HTMLLabelElement).hidden = isCopied;
    if (!isCopied) field.focus();
    say(isCopied ? 'The link is copied. Whoever has it can read these files.' : 'Copy the link from the field.');
  }
}

/** Takes a link out of the address once it no longer tells what is shown. */
export function forgetLink(): void {
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
}
