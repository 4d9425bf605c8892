import { jobsOfFiles, type FileJob, type FileJobs } from '../../fix/file-jobs.ts';
import { layoutOf } from '../../fix/layout.ts';
import { reasonsFor } from '../../fix/reason.ts';
import { namesIn } from '../../fix/same-permissions.ts';
import type { Permissions } from '../../model/permission.ts';
import type { Report, ReportedJob } from '../../model/report.ts';

/** The blocks of a workflow file that should become others, as lines of YAML that show where each of them stands. */
export interface SuggestedBlocks {
  readonly lines: readonly string[];
  /** The jobs that keep what they have, as their needs are not known in full. */
  readonly kept: readonly string[];
}

/** Takes a report and returns the blocks to write, by the path of the workflow file; a file that is right is not there. */
export function suggestedBlocks(report: Report): ReadonlyMap<string, SuggestedBlocks> {
  return new Map(
    jobsOfFiles(report).flatMap((file) => {
      const blocks = blocksFor(file);
      return blocks === null ? [] : [[file.path, blocks] as const];
    }),
  );
}

function blocksFor({ isOnlyCalled, jobs }: FileJobs): SuggestedBlocks | null {
  const laidOut = jobs.map((job) => ({
    id: job.id,
    hasBlock: hasBlock(job),
    declared: job.declared,
    suggested: suggestionFor(job),
  }));
  const hasRoot = laidOut.some((job) => !job.hasBlock && job.declared !== null);
  const targets = layoutOf(laidOut, { hasBlock: hasRoot, isOnlyCalled, isFixed: false });
  if (targets.length === 0) return null;
  const linesFor = (owner: string | null): readonly string[] => {
    const target = targets.find((one) => one.owner === owner);
    if (target === undefined) return [];
    const users = jobs.filter(({ id }) => target.jobs.includes(id)).flatMap(({ reported }) => reported);
    return blockWithReasons(target.permissions, users);
  };
  const own = jobs.flatMap(({ id }): readonly string[] => {
    const lines = linesFor(id);
    return lines.length === 0 ? [] : [`  ${id}:`, ...lines.map((line) => `    ${line}`)];
  });
  return {
    lines: [...linesFor(null), ...(own.length === 0 ? [] : ['jobs:', ...own])],
    kept: laidOut.filter(({ suggested }) => suggested === null).map(({ id }) => id),
  };
}

/** That a job needs nothing is never said of one that cannot be seen into. */
function suggestionFor({ suggested, reported }: FileJob): Permissions | null {
  if (suggested === null || namesIn(suggested).length > 0) return suggested;
  const isSeen = reported.length > 0 && reported.every(({ needs }) => needs?.complete === true);
  return isSeen ? suggested : null;
}

/** Whether the block that applies to a job of a file is the job's own. */
function hasBlock({ reported }: FileJob): boolean {
  const job = reported.find(({ path }) => path.length === 1);
  if (job === undefined || job.declaredAt === null) return false;
  const origins = job.grants.flatMap((grant) => Object.values(grant.origins).map(({ from }) => from));
  if (origins.includes('job')) return true;
  return !origins.includes('workflow') && standsIn(job.declaredAt, job);
}

/** A block that gives nothing is told from its place: the keys of a job stand further right than its id, and below it. */
function standsIn({ line, column }: { readonly line: number; readonly column: number }, { position }: ReportedJob) {
  return column > position.column && line >= position.line;
}

function blockWithReasons(permissions: Permissions, users: readonly ReportedJob[]): readonly string[] {
  const names = namesIn(permissions);
  if (names.length === 0) return ['permissions: {}'];
  const reasons = reasonsFor(permissions, users);
  return [
    'permissions:',
    ...names.map((name) => {
      const reason = reasons.get(name) ?? '';
      return `  ${name}: ${permissions[name] ?? 'none'}${reason === '' ? '' : ` # ${reason}`}`;
    }),
  ];
}
