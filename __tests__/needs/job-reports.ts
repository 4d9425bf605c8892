import { check } from '../../src/check.ts';
import type { Permissions } from '../../src/model/permission.ts';
import type { ReportedJob } from '../../src/model/report.ts';
import { needsOfJobs } from '../../src/needs/needs-of-jobs.ts';
import type { ActionFiles } from '../../src/needs/actions/action-files.ts';
import { bytesOf, PATH, settingsOf } from '../helpers/checking.ts';
import type { Known } from '../helpers/checking.ts';

/** What else a test says of a repository. */
export interface Repository extends Known {
  /** Files beside the workflows, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly actionFiles?: ActionFiles;
  /** What a policy says of actions. */
  readonly declared?: Readonly<Record<string, Permissions>>;
}

/** The jobs of a report with their needs, by the path of their ids. */
export function jobReports(
  texts: string | Readonly<Record<string, string>>,
  { files = {}, actionFiles = new Map(), declared = {}, ...known }: Repository = {},
): ReadonlyMap<string, ReportedJob> {
  const workflows = typeof texts === 'string' ? { [PATH]: texts } : texts;
  const sources = Object.entries(workflows).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
  const readFile = (path: string) => (Object.hasOwn(files, path) ? (files[path] ?? null) : null);
  const report = check(sources, settingsOf(known), {
    toolVersion: '0.0.0',
    failOn: 'error',
    workOutNeeds: (jobs, settings, ofPolicies) =>
      needsOfJobs(jobs, {
        settings,
        actionFiles,
        readFile,
        declaredActions: [...ofPolicies, new Map(Object.entries(declared))],
      }),
  });
  return new Map(report.workflows.flatMap(({ jobs }) => jobs.map((job) => [job.path.join('/'), job])));
}

/** What a job needs in short: `contents: read`, `? all`, `! administration: write`, and what is suggested. */
export function shortNeeds(job: ReportedJob | undefined): string {
  if (job?.needs === null || job === undefined) return 'not known';
  const { permissions, uncertain, impossible } = job.needs;
  const parts = [
    ...Object.entries(permissions).map(([name, level]) => `${name}: ${level}`),
    ...(uncertain === 'all' ? ['? all'] : uncertain.map((name) => `? ${name}`)),
    ...impossible.map(({ what }) => `! ${what}`),
  ];
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}
