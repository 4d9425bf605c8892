import type { Node } from '../workflow/node.ts';
import { yamlTree } from '../workflow/yaml/yaml-tree.ts';

/** Whether two texts of a workflow say the same but for the blocks of the workflow and of its jobs. */
export function sameElsewhere(before: string, after: string): boolean {
  const [a, b] = [yamlTree(before), yamlTree(after)];
  if (a.root === null || b.root === null || b.problems.length > a.problems.length) return false;
  return isSame(a.root, b.root, 0);
}

/** `depth`: 0 for the workflow, 1 for its jobs, 2 for a job; below, and elsewhere, nothing is left out. */
function isSame(a: Node, b: Node, depth: number): boolean {
  if (a.kind === 'scalar') {
    const isAlike = b.kind === 'scalar' && a.type === b.type && a.text === b.text;
    return isAlike && a.template?.written === b.template?.written;
  }
  if (a.kind === 'sequence') {
    if (b.kind !== 'sequence' || a.items.length !== b.items.length) return false;
    return a.items.every((item, index) => isSamePart(item, b.items[index], 3));
  }
  if (b.kind !== 'mapping') return false;
  const [pairs, others] = [a.pairs, b.pairs].map((each) =>
    each.filter(({ key }) => (depth !== 0 && depth !== 2) || key.text !== 'permissions'),
  );
  if (pairs === undefined || pairs.length !== others?.length) return false;
  return pairs.every(({ key, value }, index) => {
    const other = others[index];
    const below = depth === 0 ? (key.text === 'jobs' ? 1 : 3) : depth + 1;
    return isSamePart(key, other?.key, 3) && isSamePart(value, other?.value, below);
  });
}

function isSamePart(a: Node, b: Node | undefined, depth: number): boolean {
  return b !== undefined && isSame(a, b, depth);
}
