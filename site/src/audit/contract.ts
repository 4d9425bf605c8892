import type { CalledFacts } from '../../../src/organization/facts.ts';
import type { Permissions } from '../../../src/model/permission.ts';
import { shortReference } from '../../../src/report/words.ts';
import { el, name, shown } from '../page/dom.ts';
import type { Audit } from './audit.ts';
import { permissionMarks } from './chips.ts';

/** What a called workflow asks of its callers; `null` when that is not known. */
export function contractOf({ facts }: Audit, { contract }: CalledFacts): Permissions | null {
  return contract === null ? null : (facts.sets[contract.permissions] ?? null);
}

/** Makes what a called workflow asks of its callers. */
export function contractMarks(audit: Audit, called: CalledFacts): readonly HTMLElement[] {
  const permissions = contractOf(audit, called);
  if (permissions === null) return [el('span', { class: 'quiet' }, 'not known')];
  const marks = el('span', { class: 'marks' }, ...permissionMarks(permissions));
  return called.contract?.complete === false ? [marks, el('span', { class: 'quiet' }, ' at least')] : [marks];
}

/** Makes the ref that is called; `null` is the commit of the calling file itself. */
export function refName(ref: string | null): HTMLElement {
  if (ref === null) return el('span', { class: 'quiet' }, 'same commit');
  return name(shortReference(`@${ref}`).slice(1), { title: shown(ref) });
}

/** Makes the name of a called file: its repository, and the file. */
export function calledName(file: string): HTMLElement {
  const [owner = '', repository = '', ...path] = file.split('/');
  const short = path.join('/').replace(/^\.github\/workflows\//, '');
  return el('span', { class: 'called' }, name(`${owner}/${repository}`, { class: 'quiet' }), ' ', name(short));
}
