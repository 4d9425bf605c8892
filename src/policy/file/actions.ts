import type { Permissions } from '../../model/permission.ts';
import type { Platform } from '../../model/settings.ts';
import type { Node } from '../../workflow/node.ts';
import { OWNER, REPOSITORY } from './names.ts';
import { pairsOf } from './nodes.ts';
import { entriesIn } from './permissions.ts';
import type { Reading } from './reading.ts';

/** What actions need, under `actions`, by `owner/name` or `owner/name/path` in lower case. */
export function actionsIn(reading: Reading, node: Node, platform: Platform): ReadonlyMap<string, Permissions> {
  const actions = new Map<string, Permissions>();
  for (const { key, value } of (
    pairsOf(reading, node, '`actions`', 'actions and what they need') ?? new Map<string, never>()
  ).values()) {
    const name = key.text.toLowerCase();
    const entries = entriesIn(reading, value, platform).filter(({ level }) => level !== 'none');
    const error = actionError(key.text);
    if (error !== null)
      reading.problem(key, `'${key.text}' is no action: ${error}.`, 'Write owner/name or owner/name/path.');
    else if (actions.has(name)) reading.problem(key, `'${key.text}' is written twice: case does not matter here.`);
    else actions.set(name, Object.fromEntries(entries.map(({ permission, level }) => [permission, level])));
  }
  return actions;
}

function actionError(text: string): string | null {
  if (text.includes('@')) return 'what it needs is said for all its versions, so there is no `@`';
  const [owner = '', name = '', ...path] = text.split('/');
  if (!OWNER.test(owner) || !REPOSITORY.test(name)) return 'it does not begin with an owner and a repository';
  return path.some((part) => part === '' || part === '.' || part === '..') ? 'its path is not a plain one' : null;
}
