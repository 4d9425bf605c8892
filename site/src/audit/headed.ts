import { el } from '../page/dom.ts';

/** Makes the heading of a view. */
export function headed(title: string | Node, lead: string | Node | null = null): HTMLElement {
  return el('div', { class: 'headed' }, el('h2', {}, title), lead === null ? null : el('p', { class: 'lead' }, lead));
}

/** Makes a view of what was not asked for, and says how to ask. */
export function emptyView(title: string, words: string, option: string): readonly HTMLElement[] {
  return [headed(title), el('p', { class: 'empty' }, `${words} `, el('code', {}, option), '.')];
}

/** Makes a part of a view, below the heading of the view where it has one. */
export function section(level: 'h2' | 'h3', title: string | Node, ...children: readonly (Node | null)[]): HTMLElement {
  return el('section', {}, el(level, {}, title), ...children);
}
