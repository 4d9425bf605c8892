import { el } from './dom.ts';

/** What is said about an element while it is pointed at or has the focus. */
export interface Tooltip {
  readonly element: HTMLElement;
  show(target: HTMLElement, content: DocumentFragment): void;
  hide(): void;
}

const ID = 'tooltip';
const GAP = 6;

/** Makes a tooltip inside an element, which it is placed in. Escape hides it. */
export function makeTooltip(parent: HTMLElement): Tooltip {
  const element = el('div', { id: ID, role: 'tooltip', class: 'tooltip', hidden: true });
  parent.append(element);
  let target: HTMLElement | null = null;
  parent.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide();
  });
  return { element, show, hide };

  function show(shownFor: HTMLElement, content: DocumentFragment): void {
    hide();
    target = shownFor;
    element.replaceChildren(content);
    element.hidden = false;
    target.setAttribute('aria-describedby', ID);
    const box = parent.getBoundingClientRect();
    const cell = target.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = Math.min(cell.left - box.left, Math.max(0, box.width - width));
    const isRoomBelow = cell.bottom + GAP + height < window.innerHeight || cell.top < height + GAP;
    const top = isRoomBelow ? cell.bottom - box.top + GAP : cell.top - box.top - GAP - height;
    element.style.left = `${Math.max(0, left)}px`;
    element.style.top = `${top}px`;
  }

  function hide(): void {
    target?.removeAttribute('aria-describedby');
    target = null;
    element.hidden = true;
  }
}
