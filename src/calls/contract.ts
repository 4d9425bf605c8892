import type { AccessLevel, Permissions } from '../model/permission.ts';
import type { Platform } from '../model/settings.ts';
import type { Workflow } from '../model/workflow.ts';
import { declaredPermissions } from '../permissions/declared.ts';
import { permissionsOn } from '../permissions/platform.ts';

/** What a workflow that can be called asks of its callers. */
export interface Contract {
  /** The least that a caller must grant. */
  readonly permissions: Permissions;
  /** False when a called workflow further down, which was not read, may ask for more. */
  readonly complete: boolean;
}

/**
 * The least that a caller must grant: permission by permission the most that the file's own block and the blocks of its
 * jobs ask, since GitHub checks each of them against the caller, whatever `if` says. `null` for a file that cannot be
 * called.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations#supported-keywords-for-jobs-that-call-a-reusable-workflow
 */
export function contractOf(workflow: Workflow, platform: Platform): Contract | null {
  if (!workflow.triggers.some(({ event }) => event === 'workflow_call')) return null;
  const blocks = [workflow.permissions, ...workflow.jobs.map(({ permissions }) => permissions)].filter(
    (block) => block !== null,
  );
  const asked = blocks.map((block) => declaredPermissions(block, platform));
  // `read-all` asks for `id-token: read` too, which nobody can write: the least that satisfies it is `write`.
  const asksToReadAll = blocks.some(({ shorthand }) => shorthand?.value === 'read-all');
  const levels = permissionsOn(platform).map(({ name }): [string, AccessLevel] => {
    const least: AccessLevel = name === 'id-token' && asksToReadAll ? 'write' : 'none';
    return [name, asked.map((permissions) => permissions[name] ?? 'none').reduce(higher, least)];
  });
  return {
    permissions: Object.fromEntries(levels.filter(([, level]) => level !== 'none')),
    complete: workflow.permissions !== null || workflow.jobs.every(({ uses, permissions }) => !uses || permissions),
  };
}

const RANK: Readonly<Record<AccessLevel, number>> = { none: 0, read: 1, write: 2 };

function higher(a: AccessLevel, b: AccessLevel): AccessLevel {
  return RANK[a] >= RANK[b] ? a : b;
}
