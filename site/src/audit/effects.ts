import type { AskedCaller } from '../../../src/organization/facts.ts';
import { EFFECTS } from '../../../src/report/organization/organization-asked.ts';
import { listed } from '../../../src/words/in-words.ts';
import { el } from '../page/dom.ts';

const LOOKS: Readonly<Record<AskedCaller['effect'], string>> = {
  breaks: 'error',
  'breaks-if-read': 'warning',
  'by-callers': 'note',
  'fails-already': 'note',
  fits: 'good',
};

/** The effects, the worst first. */
export const EFFECT_ORDER = Object.keys(EFFECTS) as readonly AskedCaller['effect'][];

/** Makes what becomes of a call. */
export function effectMark({ effect }: AskedCaller): HTMLElement {
  return el('span', { class: `level ${LOOKS[effect]}` }, EFFECTS[effect]);
}

/** What a call lacks: `packages: write, has read`. */
export function lacksWords({ lacks }: AskedCaller): string {
  return listed(lacks.map(({ permission, needed, has }) => `${permission}: ${needed}, has ${has}`));
}
