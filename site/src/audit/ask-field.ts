import type { AccessLevel, Permissions } from '../../../src/model/permission.ts';
import { PERMISSION_TABLE } from '../../../src/permissions/permission-table.ts';
import { byImportance } from '../../../src/report/levels.ts';
import { el } from '../page/dom.ts';
import { labelled } from './filters.ts';

/** Makes the field for what a workflow may ask for beside what it asks now. `asked` is `packages: write`, several of these, or
 * empty. */
export function askField(asked: string, onChange: (asked: string) => void): HTMLElement {
  const names = PERMISSION_TABLE.filter(({ levels }) => levels.length > 0).map(({ name }) => name);
  const entries = names.sort(byImportance).flatMap((name) =>
    levelsOf(name)
      .toReversed()
      .map((level) => `${name}: ${level}`),
  );
  const select = el(
    'select',
    { autocomplete: 'off', id: 'ask' },
    el('option', { value: '' }, 'nothing more'),
    ...(asked === '' || entries.includes(asked) || askedIn(asked) === null ? entries : [asked, ...entries]).map(
      (entry) => el('option', { value: entry, selected: entry === asked }, entry),
    ),
  );
  select.addEventListener('change', () => onChange(select.value));
  return labelled('Who breaks if it also asks for', select);
}

/** Takes what an address says and returns what is asked for; `null` for what no workflow can ask for. */
export function askedIn(asked: string): Permissions | null {
  const entries = asked.split(', ').map((entry) => {
    const [name = '', level = ''] = entry.split(': ');
    return [name, levelsOf(name).find((one) => one === level)] as const;
  });
  const known = entries.flatMap(([name, level]) => (level === undefined ? [] : [[name, level] as const]));
  return known.length === entries.length ? Object.fromEntries(known) : null;
}

/** The same back: `contents: read, packages: write`. */
export function askedText(permissions: Permissions): string {
  return Object.entries(permissions)
    .map(([permission, level]) => `${permission}: ${level}`)
    .join(', ');
}

function levelsOf(permission: string): readonly AccessLevel[] {
  const levels = PERMISSION_TABLE.find(({ name }) => name === permission)?.levels ?? [];
  return levels.filter((level) => level !== 'none');
}
