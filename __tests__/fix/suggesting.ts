import { check } from '../../src/check.ts';
import { planFix } from '../../src/fix/plan-fix.ts';
import type { FixPlan } from '../../src/fix/plan-fix.ts';
import type { ReportedNeeds, Report, ReportedJob } from '../../src/model/report.ts';
import type { Permissions } from '../../src/model/permission.ts';
import type { Settings } from '../../src/model/settings.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import { bytesOf, PATH, UNKNOWN } from '../helpers/checking.ts';

/** What a job is to have; `null` when that is not known. */
export type Suggest = (job: ReportedJob) => Permissions | null;

/** By job id: `{ build: { contents: 'read' } }`. A job that is not named is not known. */
export function byId(suggested: Readonly<Record<string, Permissions>>): Suggest {
  return ({ path }) => suggested[path.at(-1) ?? ''] ?? null;
}

/** How often and by whom: what uses a permission, `contents: ['actions/checkout']`. */
export type Users = Readonly<Record<string, readonly string[]>>;

/** A report with what its jobs are to have. */
export function withSuggestions(report: Report, suggest: Suggest, users: Users = {}): Report {
  const workflows = report.workflows.map((workflow) => ({
    ...workflow,
    jobs: workflow.jobs.map((job): ReportedJob => {
      const suggested = suggest(job);
      return { ...job, suggested, needs: suggested === null ? null : needsBy(users, job, suggested) };
    }),
  }));
  return { ...report, workflows };
}

function needsBy(users: Users, job: ReportedJob, permissions: Permissions): ReportedNeeds {
  const place = { path: job.definedIn, ...job.position };
  const because = Object.entries(users).flatMap(([permission, names]) =>
    names.map((by) => ({ by, permission, level: 'read' as const, because: 'it does', ...place })),
  );
  return { complete: true, uncertain: [], permissions, because, unseen: [], impossible: [] };
}

/** Plans the fix of these files. */
export async function planned(
  sources: readonly WorkflowSource[],
  suggest: Suggest,
  { users = {}, settings = UNKNOWN }: { readonly users?: Users; readonly settings?: Settings } = {},
): Promise<FixPlan> {
  const reportOf = (files: readonly WorkflowSource[]) =>
    withSuggestions(check(files, settings, { toolVersion: '1.0.0', failOn: 'error' }), suggest, users);
  return planFix(sources, reportOf(sources), {
    recheck: (files) => Promise.resolve(reportOf(files)),
    cannotWrite: () => null,
  });
}

/** Files by path; one alone has the usual path. */
export function sourcesOf(texts: string | Readonly<Record<string, string>>): readonly WorkflowSource[] {
  const files = typeof texts === 'string' ? { [PATH]: texts } : texts;
  return Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** The sources with the changes of a plan. */
export function applied(sources: readonly WorkflowSource[], { changes }: FixPlan): readonly WorkflowSource[] {
  const after = new Map(changes.map((change) => [change.path, change.after]));
  return sources.map((source) => {
    const bytes = after.get(source.path);
    return bytes === undefined ? source : { path: source.path, bytes };
  });
}

/** The text of a file behind its fix, and what is said about what was not changed. A second fix changes nothing. */
export async function fixedText(
  text: string,
  suggest: Suggest,
  users: Users = {},
): Promise<{ readonly text: string; readonly refused: readonly string[] }> {
  const sources = sourcesOf(text);
  const plan = await planned(sources, suggest, { users });
  const after = applied(sources, plan);
  const again = await planned(after, suggest, { users });
  if (again.changes.length > 0) throw new Error(`changed again:\n${again.changes[0]!.patch}`);
  const [source] = after;
  return {
    text: source !== undefined && 'bytes' in source ? textOf(source.bytes) : '',
    refused: plan.refused.map(({ line, reason }) => `${line}: ${reason}`),
  };
}
