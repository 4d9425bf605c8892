import { askedPermissions } from '../permissions/declared.ts';
import { allJobs } from './call-tree.ts';
import type { JobInChain } from './call-tree.ts';
import { askingBlocks } from './violations.ts';
import type { UnsetCallers } from './violations.ts';

/** The permissions that called workflows ask for where no caller has a block, so that the setting alone allows them. */
export function askedByDefault(tree: readonly JobInChain[], { defaults, platform }: UnsetCallers): ReadonlySet<string> {
  if (defaults.length === 0) return new Set();
  const unset = allJobs(tree).filter(({ block }) => block === null);
  const blocks = unset.flatMap(askingBlocks).map(({ block }) => askedPermissions(block, platform));
  return new Set(blocks.flatMap(Object.keys));
}
