import type { AccessLevel, Permissions } from '../model/permission.ts';
import type { Platform } from '../model/settings.ts';
import { higher } from '../permissions/access-level.ts';
import { askedPermissions } from '../permissions/declared.ts';
import { permissionsOn } from '../permissions/platform.ts';
import type { FileInChain, JobInChain } from './call-tree.ts';

/** What a workflow that can be called asks of its callers. */
export interface Contract {
  /** The least that a caller must grant. */
  readonly permissions: Permissions;
  /** The same in GitHub's terms, where `read-all` asks for `id-token: read`. */
  readonly asked: Permissions;
  /** False when a called workflow further down, which was not read, may ask for more. */
  readonly complete: boolean;
}

/**
 * The least that a caller must grant: permission by permission the most that the file's own block and the blocks of its
 * jobs ask, since GitHub checks each of them against the caller, whatever `if` says. A nested call counts only where
 * neither the calling job nor the file has a block: otherwise that block, fixed in this file, is what the nested
 * workflow is checked against. `null` for a file that cannot be called.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations#supported-keywords-for-jobs-that-call-a-reusable-workflow
 */
export function contractOf(
  { read }: Pick<FileInChain, 'read'>,
  jobs: readonly JobInChain[],
  platform: Platform,
): Contract | null {
  const { workflow } = read;
  if (workflow.call === null) return null;
  const asked: Permissions[] = [];
  let complete = true;
  const own = workflow.permissions;
  if (own !== null) asked.push(askedPermissions(own, platform));
  for (const { job, call } of jobs) {
    if (job.permissions !== null) asked.push(askedPermissions(job.permissions, platform));
    else if (own === null && call !== null) {
      const nested = call.callee.kind === 'found' ? contractOf(call.callee.file, call.jobs, platform) : null;
      if (nested === null) complete = false;
      else {
        asked.push(nested.asked);
        complete &&= nested.complete;
      }
    }
  }
  const all = most(asked, platform);
  return { permissions: writable(all, platform), asked: all, complete };
}

function most(asked: readonly Permissions[], platform: Platform): Permissions {
  const levels = permissionsOn(platform).map(({ name }): [string, AccessLevel] => [
    name,
    asked.map((permissions) => permissions[name] ?? 'none').reduce(higher, 'none'),
  ]);
  return Object.fromEntries(levels.filter(([, level]) => level !== 'none'));
}

/** Nobody can write `id-token: read`, which `read-all` asks for: the least that satisfies it is `write`. */
export function writable(permissions: Permissions, platform: Platform): Permissions {
  const entries = permissionsOn(platform).flatMap(({ name, levels }): [string, AccessLevel][] => {
    const level = permissions[name];
    return level === undefined ? [] : [[name, levels.includes(level) ? level : 'write']];
  });
  return Object.fromEntries(entries);
}
