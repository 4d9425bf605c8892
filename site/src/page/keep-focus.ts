/**
 * Puts other content into an element. Whoever has the focus in it keeps it, at what stands in the same place now: an answer
 * may come while somebody goes through the one before by the keyboard.
 */
export function replaceKeepingFocus(element: HTMLElement, ...content: readonly Node[]): void {
  const place = placeIn(element, document.activeElement);
  element.replaceChildren(...content);
  if (place === null) return;
  let found: Element | undefined = element;
  for (const index of place) found = found?.children[index];
  if (found instanceof HTMLElement) found.focus({ preventScroll: true });
}

/** Which child of which child an element is; `null` for one that is not inside. */
function placeIn(element: HTMLElement, inner: Element | null): readonly number[] | null {
  if (inner === null || inner === element || !element.contains(inner)) return null;
  const place: number[] = [];
  for (let at = inner; at !== element; at = at.parentElement ?? element) {
    place.unshift([...(at.parentElement?.children ?? [])].indexOf(at));
  }
  return place;
}
