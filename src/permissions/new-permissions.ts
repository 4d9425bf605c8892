import type { NewPermission } from '../model/permission.ts';
import type { Problem } from '../model/problem.ts';
import type { ReadWorkflow } from '../model/workflow.ts';
import type { PermissionLevels } from './permission-table.ts';

/**
 * A table with permissions added, in alphabetical order; what it has already stays as it is. What GitHub grants a new
 * permission is not known yet, so it is taken to be as all have been that came since 2024: `read-all` reads and
 * `write-all` writes it, as far as it has these levels, the permissive default gives as much as `write-all`, the
 * restricted one nothing, and a fork's pull request reads it at most.
 */
export function withNewPermissions(
  table: readonly PermissionLevels[],
  added: readonly NewPermission[],
): readonly PermissionLevels[] {
  const all = new Map(table.map((facts) => [facts.name, facts]));
  for (const permission of added) {
    if (!all.has(permission.name)) all.set(permission.name, levelsOf(permission));
  }
  return [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function levelsOf({ name, levels }: NewPermission): PermissionLevels {
  const read = levels.includes('read') ? 'read' : 'none';
  const most = levels.includes('write') ? 'write' : read;
  return {
    name,
    levels: ['none', ...levels.filter((level) => level !== 'none')],
    readAll: read,
    writeAll: most,
    defaultWrite: most,
    defaultRead: 'none',
    reducedWrite: read,
  };
}

/**
 * What is wrong with a file where permissions are known that the grammar does not have: lines about these are checked
 * like any other, and with no other mistake left in the way, so is the rest.
 */
export function problemsWithNewPermissions(
  { problems, ifPermissionsAreKnown = [] }: ReadWorkflow,
  added: readonly NewPermission[],
): readonly Problem[] {
  if (added.length === 0 || !problems.some(({ code }) => code === 'unknown-permission')) return problems;
  const remaining = problems.flatMap((problem) => {
    const permission = added.find(({ name }) => name === problem.value);
    if (problem.code !== 'unknown-permission' || permission === undefined) return [problem];
    return problemsOfLevel(problem, permission);
  });
  const isRead = remaining.every(({ code }) => code === 'encoding');
  return isRead ? [...remaining, ...ifPermissionsAreKnown] : remaining;
}

function problemsOfLevel({ ifKnown }: Problem, { name, levels }: NewPermission): readonly Problem[] {
  if (ifKnown?.level == null) return ifKnown?.problems ?? [];
  const { text, line, column } = ifKnown.level;
  if (['none', ...levels].includes(text)) return [];
  const hint = `The policy says that '${name}' can be: ${[...levels, 'none'].join(', ')}.`;
  return [{ code: 'unexpected-value', value: text, message: `Unexpected value '${text}'`, hint, line, column }];
}
