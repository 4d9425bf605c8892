import type { Finding, FoundSubject, Report, ReportedJob } from '../model/report.ts';
import type { FixPart } from './fix-parts.ts';
import type { Change, FixPlan } from './plan-fix.ts';

/** The change of one file that mends a finding. */
export interface FindingFix extends Pick<Change, 'path' | 'text'> {
  readonly parts: readonly FixPart[];
}

/** Part of the change of a file. */
interface Part {
  readonly change: Change;
  readonly part: FixPart;
}

/**
 * Takes a report and a plan that changes its files, and makes the function that gives what of the plan mends a finding: the
 * blocks of its jobs and, along calls, those without which a run would not start. Each of these fixes is right by itself.
 * Empty for a finding that stays.
 */
export function findingFixes(
  report: Report,
  { changes, report: after }: Pick<FixPlan, 'changes' | 'report'>,
): (finding: Finding) => readonly FindingFix[] {
  if (changes.length === 0) return () => [];
  const { partOf, jobsOf } = lookups(report, changes);
  const below = partsBelow(report, partOf);
  const left = new Set([...after.findings, ...after.suppressed].flatMap(keysOf));
  return (finding) => {
    if (keysOf(finding).some((key) => left.has(key))) return [];
    const found = new Set(finding.subjects.flatMap(startOf));
    for (const part of found) for (const other of below.get(part) ?? []) found.add(other);
    return changes.flatMap((change) => {
      const parts = [...found].filter((one) => one.change === change).map(({ part }) => part);
      return parts.length === 0 ? [] : [{ path: change.path, text: change.text, parts }];
    });
  };

  /** The blocks by which a job gets what it has: its file's, else those of the jobs that call it. */
  function startOf({ workflow, job: path = [] }: FoundSubject): readonly Part[] {
    const chain = path.flatMap((_, index) => jobsOf.get(keyOf(workflow, path.slice(0, index + 1))) ?? []);
    const from = chain.findLastIndex(({ definedIn, declaredAt }) => declaredAt?.path === definedIn);
    return chain.slice(Math.max(from, 0)).flatMap((job) => partOf(job) ?? []);
  }
}

function lookups(report: Report, changes: readonly Change[]) {
  const parts = new Map(
    changes.flatMap((change) =>
      change.parts.flatMap((part) => {
        const one: Part = { change, part };
        return part.jobs.map((id) => [keyOf(change.path, [id]), one] as const);
      }),
    ),
  );
  const partOf = ({ definedIn, path }: ReportedJob): Part | undefined => parts.get(keyOf(definedIn, path.slice(-1)));
  const jobsOf = new Map(
    report.workflows.flatMap(({ path, jobs }) => jobs.map((job) => [keyOf(path, job.path), job] as const)),
  );
  return { partOf, jobsOf };
}

/**
 * What a part takes with it. With less, a caller starts its run only when the called jobs ask for less, too; a called job
 * may ask for more only when its callers give it.
 */
function partsBelow(
  { workflows }: Report,
  partOf: (job: ReportedJob) => Part | undefined,
): ReadonlyMap<Part, ReadonlySet<Part>> {
  const taken = new Map<Part, Set<Part>>();
  const take = (part: Part, other: Part): void => {
    const others = taken.get(part) ?? new Set();
    taken.set(part, others.add(other));
  };
  for (const { jobs } of workflows) {
    const byPath = new Map(jobs.map((job) => [keyOf('', job.path), job]));
    for (const job of jobs) {
      const part = partOf(job);
      if (part === undefined) continue;
      for (let length = job.path.length - 1; length > 0; length--) {
        const caller = byPath.get(keyOf('', job.path.slice(0, length)));
        const above = caller === undefined ? undefined : partOf(caller);
        if (above === undefined || above === part) continue;
        take(above, part);
        if (part.part.raises) take(part, above);
      }
    }
  }
  return taken;
}

/** What a finding is about, in words that stay the same when it is about less. */
function keysOf({ rule, subjects }: Finding): readonly string[] {
  return subjects.map(({ workflow, job, permission, about }) =>
    JSON.stringify([rule, workflow, job ?? null, permission ?? null, about ?? null]),
  );
}

function keyOf(workflow: string, path: readonly string[]): string {
  return JSON.stringify([workflow, path]);
}
