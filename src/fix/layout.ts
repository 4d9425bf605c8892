import type { Permissions } from '../model/permission.ts';
import { namesIn, levelIn, samePermissions } from './same-permissions.ts';

/** A job of a workflow file, as far as its layout goes. */
export interface LaidOutJob {
  readonly id: string;
  readonly hasBlock: boolean;
  /** What its block gives, or that of the workflow; `null` without either. */
  readonly declared: Permissions | null;
  /** What it is to have; `null` when that is not known: it then keeps what it has. */
  readonly suggested: Permissions | null;
}

/** The file around the jobs. */
export interface LaidOutFile {
  readonly hasBlock: boolean;
  /** Nothing but other workflows starts it. */
  readonly isOnlyCalled: boolean;
  /** The block of the workflow has to stay as it is, and none may be added. */
  readonly isFixed: boolean;
}

/** What a block is to give. */
export interface TargetBlock {
  /** The job that it belongs to; `null` for that of the workflow. */
  readonly owner: string | null;
  readonly permissions: Permissions;
  /** The jobs that it is for. */
  readonly jobs: readonly string[];
}

const NOTHING: Permissions = {};
const CONTENTS: Permissions = { contents: 'read' };

type Known = LaidOutJob & { readonly suggested: Permissions };

/**
 * The blocks of a file that have to become others, or to be added, so that every job of which it is known has what is
 * suggested. Blocks that are right already stay, and so do those of jobs whose needs are not known. New ones stand
 * where people put them: at the workflow when all jobs are alike, else `{}` or `contents: read` there and a block at each
 * job that differs.
 */
export function layoutOf(jobs: readonly LaidOutJob[], file: LaidOutFile): readonly TargetBlock[] {
  const bare = jobs.filter(({ hasBlock }) => !hasBlock);
  const own = jobs.filter((job): job is Known => job.hasBlock && isWrong(job));
  const changed = own.map((job) => ofJob(job, job.suggested));
  // What a file that is only called does not say, its callers do.
  if (!file.hasBlock && file.isOnlyCalled) return changed;
  const known = bare.filter((job): job is Known => job.suggested !== null);
  const current = file.hasBlock ? (bare[0]?.declared ?? null) : null;
  const isFixed = file.isFixed || known.length < bare.length;
  const root = isFixed ? current : bestRoot(known, current, bare.length < jobs.length);
  const different = known.filter(({ suggested }) => !samePermissions(suggested, root));
  const added = different.map((job) => ofJob(job, job.suggested));
  if (root === null || samePermissions(root, current)) return [...added, ...changed];
  const heirs = known.filter((job) => !different.includes(job)).map(({ id }) => id);
  return [{ owner: null, permissions: root, jobs: heirs }, ...added, ...changed];
}

function isWrong(job: LaidOutJob): job is Known {
  return job.suggested !== null && !samePermissions(job.declared, job.suggested);
}

function ofJob({ id }: LaidOutJob, permissions: Permissions): TargetBlock {
  return { owner: id, permissions, jobs: [id] };
}

/** The block of the workflow that leaves the fewest jobs to differ from it; `null` for none. */
function bestRoot(bare: readonly Known[], current: Permissions | null, hasJobBlocks: boolean): Permissions | null {
  const [first] = bare;
  if (first === undefined) return current;
  if (bare.every(({ suggested }) => samePermissions(suggested, first.suggested))) {
    // Beside blocks of other jobs, a write belongs to the job that needs it.
    return current === null && hasJobBlocks && hasWrite(first.suggested) ? null : first.suggested;
  }
  const candidates = [...(current === null ? [] : [current]), CONTENTS, NOTHING];
  let best: Permissions | null = null;
  let most = 0;
  for (const candidate of candidates) {
    const fitting = bare.filter(({ suggested }) => samePermissions(suggested, candidate)).length;
    if (fitting > most) [best, most] = [candidate, fitting];
  }
  if (best !== null) return best;
  if (current === null) return hasJobBlocks ? null : NOTHING;
  return samePermissions(current, CONTENTS) ? current : NOTHING;
}

function hasWrite(permissions: Permissions): boolean {
  return namesIn(permissions).some((name) => levelIn(permissions, name) === 'write');
}
