import type { TargetBlock } from './layout.ts';
import type { TextEdit } from './text-edit.ts';

/** A block, and the edits that write it. */
export interface EditedBlock {
  readonly target: TargetBlock;
  readonly edits: readonly TextEdit[];
}

/** The least part of the change of a file that is right by itself, as far as this file goes. */
export interface FixPart {
  /** Whose blocks are written: jobs by their ids, and `null` for the workflow. */
  readonly owners: readonly (string | null)[];
  /** The jobs that get something else by it. */
  readonly jobs: readonly string[];
  /** One of them gets more of a permission than the file gave it. */
  readonly raises: boolean;
  readonly edits: readonly TextEdit[];
}

/**
 * Takes the blocks that are written and returns what belongs together: the block of the workflow with those that are added
 * to jobs, as these would else get what it gives. Every other block is a part of its own.
 *
 * @param bare the jobs that have no block of their own before the change.
 * @param raised the jobs that get more.
 */
export function partsOf(
  blocks: readonly EditedBlock[],
  bare: readonly string[],
  raised: ReadonlySet<string>,
): readonly FixPart[] {
  const hasRoot = blocks.some(({ target }) => target.owner === null);
  const isWithRoot = ({ target: { owner } }: EditedBlock): boolean =>
    hasRoot && (owner === null || bare.includes(owner));
  const together = blocks.filter(isWithRoot);
  const alone = blocks.filter((block) => !isWithRoot(block)).map((block) => partOf([block], block.target.jobs, raised));
  return hasRoot ? [partOf(together, bare, raised), ...alone] : alone;
}

function partOf(blocks: readonly EditedBlock[], jobs: readonly string[], raised: ReadonlySet<string>): FixPart {
  return {
    owners: blocks.map(({ target }) => target.owner),
    jobs,
    raises: jobs.some((id) => raised.has(id)),
    edits: blocks.flatMap(({ edits }) => edits),
  };
}
