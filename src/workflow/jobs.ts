import type { Job } from '../model/workflow.ts';
import { literalTexts, valueOf } from './node.ts';
import type { Node } from './node.ts';
import { callOf } from './call.ts';
import { concurrencyOf } from './concurrency.ts';
import { permissionsBlock } from './permissions-block.ts';

/** The jobs as written, in their order. */
export function jobsOf(jobs: Node | undefined): readonly Job[] {
  if (jobs?.kind !== 'mapping') return [];
  return jobs.pairs.map(({ key, value }) => {
    return {
      id: key.text,
      position: { line: key.line, column: key.column },
      name: nameOf(valueOf(value, 'name')),
      permissions: permissionsBlock(value),
      needs: literalTexts(valueOf(value, 'needs')) ?? [],
      condition: conditionOf(valueOf(value, 'if')),
      uses: callOf(value),
      ...concurrencyOf(value),
    };
  });
}

/** The expression under `if`. An empty one is as if there were none. */
function conditionOf(node: Node | undefined): string | null {
  if (node?.kind !== 'scalar' || node.text.trim() === '') return null;
  return node.text;
}

/** A name as written, with its `${{ }}`. */
function nameOf(node: Node | undefined): string | null {
  if (node?.kind !== 'scalar' || node.text === '') return null;
  return node.template?.written ?? node.text;
}
