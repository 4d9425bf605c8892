import type { Place } from '../compute/answer.ts';
import { WORKFLOWS } from '../input/paths.ts';
import { button, name } from './dom.ts';

/** What shows places of the files. */
export interface Places {
  readonly goTo: (place: Place) => void;
  readonly mark: (place: Place | null) => void;
}

/** Makes a button that goes to a place, named by it. */
export function placeButton(place: Place, places: Places): HTMLButtonElement {
  const { path, line } = place;
  const made = button([name(`${shortPath(path)}:${line}`)], () => places.goTo(place), { class: 'place' });
  markWhilePointedAt(made, place, places);
  return made;
}

/** The line is marked in the editor while an element is pointed at or has the focus. */
function markWhilePointedAt(element: HTMLElement, place: Place, { mark }: Places): void {
  for (const event of ['mouseenter', 'focus']) element.addEventListener(event, () => mark(place));
  for (const event of ['mouseleave', 'blur']) element.addEventListener(event, () => mark(null));
}

/** A workflow file is known by its name: all of them stand in one folder. */
export function shortPath(path: string): string {
  return path.startsWith(WORKFLOWS) ? path.slice(WORKFLOWS.length) : path;
}
