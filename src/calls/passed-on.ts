import type { Permissions } from '../model/permission.ts';
import { higher } from '../permissions/access-level.ts';
import { askedPermissions, declaredPermissions } from '../permissions/declared.ts';
import { passesOn } from './call-tree.ts';
import type { JobInChain } from './call-tree.ts';
import { writable } from './contract.ts';
import { askingBlocks, excessOf } from './violations.ts';
import type { UnsetCallers } from './violations.ts';

/**
 * Whether what a calling job has now must stay. A block that someone wrote always does. What the setting gives is needed
 * only by called jobs without a block of their own, or which nobody could read.
 */
export function isReliedOn(calling: JobInChain): boolean {
  if (calling.block !== null) return true;
  return passesOn(calling).some(({ call }) => call === null || call.jobs.length === 0);
}

/** All that the called workflows ask of what a calling job passes on. */
export function askedBelow(calling: JobInChain, { platform }: UnsetCallers): Permissions {
  const blocks = passesOn(calling).flatMap(askingBlocks);
  const asked = blocks.map(({ block }) => askedPermissions(block, platform));
  return writable(asked.reduce(union, {}), platform);
}

/** Whether a caller of a `read-all` can write the same, so that it need not give `id-token: write` in a list. */
export function isReadAllEnough(calling: JobInChain, permissions: Permissions, { platform }: UnsetCallers): boolean {
  if (calling.caller !== null) return false;
  const blocks = passesOn(calling).flatMap(askingBlocks);
  const asking = blocks.map(({ block }) => block).find(({ shorthand }) => shorthand?.value === 'read-all');
  if (asking === undefined) return false;
  const readAll = askedPermissions(asking, platform);
  const has = calling.block === null ? {} : declaredPermissions(calling.block.block, platform);
  const asked = blocks.map(({ block }) => askedPermissions(block, platform));
  // In the list to write `id-token: write` stands for the `read` that nobody can write.
  const { 'id-token': _, ...listed } = permissions;
  return [has, listed, ...asked].every((one) => excessOf(one, readAll, platform).length === 0);
}

/** Permission by permission the higher level. */
export function union(a: Permissions, b: Permissions): Permissions {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(names.map((name) => [name, higher(a[name] ?? 'none', b[name] ?? 'none')]));
}
