import type { Permissions } from '../../../src/model/permission.ts';
import type { Cell } from '../../../src/report/cells.ts';
import { isWrite } from '../../../src/report/cells.ts';
import { number } from '../../../src/words/in-words.ts';
import { el, shown, unseen } from '../page/dom.ts';
import type { Reach } from './held.ts';

/** More than these are counted. */
const MOST = 6;

/** Makes the permissions of a job that are written, most important first, each as a mark with its name. */
export function writeMarks(levels: ReadonlyMap<string, Cell>): readonly HTMLElement[] {
  const writes = [...levels].filter(([, cell]) => isWrite(cell));
  if (writes.length === 0) return [el('span', { class: 'quiet' }, levels.size === 0 ? 'nothing' : 'reads only')];
  const most = writes.length > MOST + 1 ? MOST : writes.length;
  const rest = writes.slice(most).map(([permission]) => shown(permission));
  const more = el('span', { class: 'quiet', title: rest.join(', ') }, `and ${number(rest.length)} more`);
  const marks = writes.slice(0, most).map(([permission, cell]) => mark(permission, cell));
  return [el('span', { class: 'marks' }, ...marks, ...(rest.length === 0 ? [] : [more]))];
}

/** Makes one permission with its level. */
export function mark(permission: string, cell: Cell): HTMLElement {
  const isMaybe = cell.endsWith('?');
  const look = `${isWrite(cell) ? 'write' : 'read'}${isMaybe ? ' maybe' : ''}`;
  return el(
    'code',
    { class: `mark ${look}` },
    shown(permission),
    isMaybe ? '?' : '',
    isMaybe ? unseen(' perhaps') : null,
  );
}

/** Makes permissions as a block lists them. */
export function permissionMarks(permissions: Permissions): readonly HTMLElement[] {
  const given = Object.entries(permissions).filter(([, level]) => level !== 'none');
  if (given.length === 0) return [el('span', { class: 'quiet' }, 'nothing')];
  return given.map(([permission, level]) => el('code', { class: `mark ${level}` }, shown(`${permission}: ${level}`)));
}

export const REACH_WORDS: Readonly<Record<Reach, string>> = {
  write: 'write',
  'write?': 'perhaps write',
  read: 'read',
  none: 'nothing',
};

/** Makes what outsiders reach. */
export function reachMark(reach: Reach): HTMLElement {
  if (reach === 'none') return el('span', { class: 'quiet' }, '–', unseen('nothing'));
  const look = reach === 'read' ? 'read' : `write${reach === 'write?' ? ' maybe' : ''}`;
  return el(
    'span',
    { class: `mark ${look}`, title: REACH_WORDS[reach] },
    reach === 'read' ? 'read' : 'write',
    reach === 'write?' ? '?' : '',
  );
}

/** Makes a number. Nothing to see is seen as such. */
export function figure(count: number): HTMLElement {
  return el('span', { class: count === 0 ? 'quiet' : '' }, number(count));
}
