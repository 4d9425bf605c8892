import { byId } from './dom.ts';
import { readDropped, readOpened } from './given-files.ts';
import type { Given } from './given-files.ts';

/** Takes files that are dropped anywhere on the page, or opened with the button. */
export function takeFiles(onGiven: (given: Given) => void): void {
  const field = byId('open', HTMLInputElement);
  field.addEventListener('change', () => {
    const { files } = field;
    if (files !== null && files.length > 0) void readOpened(files).then(onGiven);
    // The same file again is a change, too.
    window.setTimeout(() => (field.value = ''));
  });
  byId('open-button', HTMLButtonElement).addEventListener('click', () => field.click());

  const over = byId('over', HTMLDivElement);
  let depth = 0;
  const isFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
  const draw = (change: number): void => {
    depth = Math.max(0, depth + change);
    over.hidden = depth === 0;
  };
  // Before the editor, which would take the text of a file for text to insert.
  const listen = (name: 'dragenter' | 'dragleave' | 'dragover' | 'drop', listener: (event: DragEvent) => void) =>
    document.addEventListener(
      name,
      (event) => {
        if (!isFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        listener(event);
      },
      { capture: true },
    );
  listen('dragenter', () => draw(1));
  listen('dragleave', () => draw(-1));
  listen('dragover', () => undefined);
  listen('drop', ({ dataTransfer }) => {
    draw(-depth);
    if (dataTransfer !== null) void readDropped(dataTransfer).then(onGiven);
  });
}
