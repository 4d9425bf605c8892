import { groupBy } from '../calls/group-by.ts';
import type { NonEmpty } from '../calls/group-by.ts';
import { rootOf } from '../calls/call-tree.ts';
import type { JobInChain } from '../calls/call-tree.ts';
import type { Permissions } from '../model/permission.ts';
import type { Advice } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import { declaredPermissions, defaultPermissions } from '../permissions/declared.ts';
import { firstBlock, mostOf } from './first-block.ts';
import { appliedBlock, isOurs, nearestOfOurs, placeOf } from './job-places.ts';
import type { AppliedBlock } from './job-places.ts';
import type { NeedsInChain } from './known-needs.ts';
import type { Lacking, LackingJob } from './lacking.ts';

/** Whether a block can help: none gives a write to the run of a pull request from a fork. */
function isInReach({ needed, isOfOutsiders, rows }: Lacking): boolean {
  return !isOfOutsiders || needed === 'read' || rows.some(({ actor }) => actor === 'dependabot');
}

/** What to do where no block helps, or not in all runs; `null` where one does. */
export function lackingHint(all: readonly LackingJob[]): string | null {
  const isForks = all.some(({ lacking: { needed, rows, isOfOutsiders } }) => {
    return isOfOutsiders && needed === 'write' && rows.some(({ actor }) => actor === 'fork');
  });
  return isForks ? FORKS : null;
}

/** @see https://docs.github.com/en/actions/reference/security/secure-use#mitigating-the-risks-of-untrusted-code-checkout */
const FORKS =
  'No block gives a write to a pull request from a fork. Leave the step out there, by `if: github.event.pull_request.head.repo.full_name == github.repository`, or hand the result over as an artifact to a workflow on `workflow_run`, which has a token of its own. `pull_request_target` has one, too, but must never run what the pull request brings.';

/** Where to write which block: one for each place, with what the job has now and what it lacks. */
export function lackingAdvice(
  all: readonly LackingJob[],
  { platform, defaultPermissions: setting }: Settings,
  needsOf: NeedsInChain,
): readonly Advice[] {
  const inReach = all.filter(({ lacking }) => isInReach(lacking));
  const jobs = new Set(inReach.map(({ job: { reported, chained } }) => `${reported.definedIn}:${chained.job.id}`));
  const isForAll = jobs.size > 1 && inReach.every(({ lacking }) => lacking.needed === 'read');
  return groupBy(inReach, ({ job }) => placeKey(job.chained)).map((same) => {
    const [{ job }] = same;
    const { chained } = job;
    const missing = missingIn(same);
    const applied = appliedBlock(chained);
    return applied === null ? forDefault(chained, missing) : forBlock(chained, applied, missing);
  });

  /** Nobody wrote a block: the first one takes the place of the default. */
  function forDefault(chained: JobInChain, missing: Permissions): Advice {
    const root = rootOf(chained);
    const { path, line } = placeOf(root);
    const unseen = () => defaultPermissions(setting.value === 'write' ? 'write' : 'read', platform);
    const first = firstBlock(root, platform, needsOf, unseen);
    const text = `Write a block at the job '${root.job.id}' that gives ${lines(missing)}, too.`;
    return { text, path, line, ...(first === null ? {} : { permissions: mostOf([first, missing]) }) };
  }

  function forBlock(chained: JobInChain, { owner, isOfJob, block }: AppliedBlock, missing: Permissions): Advice {
    if (!isOurs(owner)) {
      const { path, line } = placeOf(nearestOfOurs(owner));
      return {
        text: `It is for the called workflow to add ${lines(missing)} to its block (${owner.file.path}:${block.position.line}).`,
        path,
        line,
      };
    }
    const declared = declaredPermissions(block, platform);
    const known = needsOf(owner)?.suggested ?? declared;
    const permissions = mostOf([isOfJob || !isForAll ? known : declared, missing]);
    const isCalled = owner === chained && owner.file.read.workflow.call !== null;
    const callers = isCalled ? ' Whoever calls this workflow has to give it, too.' : '';
    const heirs = owner.file.read.workflow.jobs.filter((job) => job.permissions === null);
    if (isOfJob || isForAll || heirs.length === 1) {
      const text = `Add ${lines(missing)} to this block.${callers}`;
      return { text, path: owner.file.path, line: block.position.line, permissions };
    }
    const { path, line } = placeOf(owner);
    const text = `Write this block at the job '${owner.job.id}': it takes the place of the workflow's and adds ${lines(missing)}.${callers}`;
    return { text, path, line, permissions };
  }

  function placeKey(chained: JobInChain): string {
    const applied = appliedBlock(chained);
    if (applied === null) return JSON.stringify(placeOf(rootOf(chained)));
    return JSON.stringify([applied.key, ...(isForAll ? [] : [placeOf(applied.owner)])]);
  }
}

function missingIn(same: NonEmpty<LackingJob>): Permissions {
  return mostOf(same.map(({ lacking: { permission, needed } }) => ({ [permission]: needed })));
}

function lines(permissions: Permissions): string {
  return Object.entries(permissions)
    .map(([name, level]) => `\`${name}: ${level}\``)
    .join(' and ');
}
