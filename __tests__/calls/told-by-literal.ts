import type { Report, ReportedProblem, ReportedWorkflow } from '../../src/model/report.ts';
import { effective } from './literal.ts';
import type { Level, LiteralError, LiteralJob, Policy } from './literal.ts';
import type { Rendered } from './random-chains.ts';
import { reportOf, rowsOf } from './report-of.ts';

export const SETTING = { LimitedRead: 'read', Write: 'write' } as const;

/** Our report of a chain. */
export function reportOn({ files, called }: Rendered, setting: Policy | 'unknown' = 'unknown'): Promise<Report> {
  return reportOf(files, { called, defaultPermissions: setting === 'unknown' ? setting : SETTING[setting] });
}

/** One sentence of GitHub's in short: calling job, nested job, levels. */
export function inShort({ path, nested, violations }: LiteralError): string {
  const levels = violations.map(({ scope, requested, allowed }) => `${scope} ${requested}>${allowed}`);
  return `${path.join('/')} ${nested ?? '-'} ${levels.join(' ')}`;
}

export function problemInShort({ message, job }: ReportedProblem): string {
  const match = /\. (?:The workflow|The nested job '(.*?)') is requesting '(.*?)', but is only allowed '(.*?)'\.$/.exec(
    message,
  );
  const [, nested, requested = '', allowed = ''] = match ?? [];
  const levelsOf = (list: string) => list.split(', ').map((one) => one.split(': '));
  const most = levelsOf(allowed);
  const levels = levelsOf(requested).map(([scope, level], index) => `${scope} ${level}>${most[index]?.[1]}`);
  return `${job?.join('/')} ${nested ?? '-'} ${levels.join(' ')}`;
}

export function leavesOf(
  jobs: readonly LiteralJob[],
  above: readonly string[] = [],
): { ids: string; job: LiteralJob }[] {
  return jobs.flatMap((job) => {
    const ids = [...above, job.id];
    return job.ref === null ? [{ ids: ids.join('/'), job }] : leavesOf(job.jobs, ids);
  });
}

export function lines(permissions: Readonly<Record<string, Level>>): string {
  return Object.entries(permissions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([scope, level]) => `${scope}: ${level}`)
    .join(', ');
}

/** What is said of a chain: GitHub's sentences in their order, and what every leaf declares and gets. */
export interface Told {
  readonly sentences: readonly string[];
  readonly outcome: string;
  readonly leaves: readonly {
    readonly ids: string;
    readonly declared: string | null;
    readonly rows: readonly string[];
  }[];
}

/** What our report says of the root of a chain. */
export function toldByUs({ outcome, problems, jobs }: ReportedWorkflow): Told {
  const leaves = jobs.filter(({ uses }) => uses === null);
  return {
    sentences: problems.map(problemInShort),
    outcome,
    leaves: leaves.map((leaf) => ({
      ids: leaf.path.join('/'),
      declared: leaf.declared === null ? null : lines(leaf.declared),
      rows: rowsOf(leaf).filter((row) => row.startsWith('push repository')),
    })),
  };
}

/** What the literal algorithm says of it. */
export function toldByLiteral(rendered: Rendered, setting: Policy): Told {
  const { errors, jobs } = rendered.literal(setting);
  return {
    sentences: errors.map(inShort),
    outcome: errors.length > 0 ? 'startup_failure' : 'ok',
    leaves: leavesOf(jobs).map(({ ids, job }) => {
      const given = lines(effective(job.permissions, setting));
      return {
        ids,
        declared: job.permissions === null ? null : given,
        rows: errors.length > 0 ? [] : [`push repository: ${given}`],
      };
    }),
  };
}
