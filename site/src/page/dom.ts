import { visible } from '../../../src/report/escape-terminal.ts';

// All that is shown is made here, of text and elements: nothing that a stranger wrote is ever read as HTML.

// Set by the build: where the documents of this version are to be read.
declare const HOME: string | null;

/** What stands in an element. */
export type Child = Node | string | null;

/** Makes an element. `class` and attributes are our own words; a child that is a string becomes text. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number | boolean>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, '');
    else if (value !== false) element.setAttribute(key, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Makes a button that does something. */
export function button(
  label: Child | readonly Child[],
  onClick: (clicked: HTMLButtonElement) => void,
  attributes: Readonly<Record<string, string | number | boolean>> = {},
): HTMLButtonElement {
  const children = Array.isArray(label) ? (label as readonly Child[]) : [label as Child];
  const made = el('button', { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', () => onClick(made));
  return made;
}

/** Takes a stranger's text and returns it with everything visible that would be hidden or turn the line around. */
export function shown(text: string): string {
  return visible(text);
}

/** Makes a name that a stranger chose. */
export function name(text: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const said = shown(text);
  return el('code', { dir: 'auto', ...attributes }, said.trim() === '' ? '(empty)' : said);
}

/** Takes a sentence and returns it with what stands between backticks as names, and our own documents as links. */
export function sentence(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  shown(text)
    .split(/`([^`]+)`/)
    .forEach((part, index) => {
      if (part !== '') fragment.append(index % 2 === 1 ? nameOrLink(part) : part);
    });
  return fragment;
}

function nameOrLink(part: string): HTMLElement {
  const page = HOME !== null && part.startsWith(`${HOME}/`) ? part.slice(HOME.length + 1) : '';
  return /^docs\/[\w./-]+$/.test(page) ? el('a', { href: part, rel: 'noreferrer' }, page) : el('code', {}, part);
}

/** Text for screen readers alone. */
export function unseen(text: string): HTMLElement {
  return el('span', { class: 'unseen' }, text);
}

/** The element of the page with an id. It is our own page, so it is there. */
export function byId<Element extends HTMLElement>(id: string, type: new () => Element): Element {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`index.html has no #${id}`);
  return element;
}
