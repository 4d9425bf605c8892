import type { AuditLine, AuditState } from '../model/audit.ts';
import type { Finding, FindingLevel, Outcome, Report } from '../model/report.ts';
import { verdict } from '../policy/verdict.ts';
import { number } from '../words/in-words.ts';
import { noticedBy } from './tried-setting.ts';

/** What is shown of one repository out of many. */
export interface RepositoryRow {
  readonly name: string;
  readonly result: AuditLine['result'];
  readonly state: AuditState;
  /** `null` where nothing is known. */
  readonly counts: RowCounts | null;
  /** What failed, and what else is to be said. */
  readonly said: readonly string[];
}

/** What is counted in a repository: its jobs, and its findings by level. */
export type RowCounts = Readonly<Record<'jobs' | FindingLevel, number>>;

/** Takes the line of a repository and returns what is shown of it. */
export function rowOf(line: AuditLine): RepositoryRow {
  const { repository: name, state } = line.audit;
  if ('error' in line) {
    return { name, state, result: 'error', counts: null, said: [`not read: ${line.error.message}`] };
  }
  const { workflows, findings, whatIf, result } = line;
  const said = [
    ...(workflows.length === 0 ? ['no workflow files'] : []),
    ...failing(line),
    ...outcomesIn(line),
    ...(whatIf === undefined ? [] : noticedBy(whatIf)),
  ];
  const count = (level: FindingLevel): number => findings.filter((finding) => finding.level === level).length;
  const jobs = workflows.reduce((sum, workflow) => sum + workflow.jobs.length, 0);
  const counts = { jobs, error: count('error'), warning: count('warning'), note: count('note') };
  return { name, state, result, counts, said };
}

/** How many findings of each rule fail the run, the most frequent rule first. */
function failing({ findings, gate }: Report): readonly string[] {
  const counts = new Map<Finding['rule'], number>();
  for (const finding of findings) {
    if (verdict([finding], gate.failOn) === 'fail') counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one).map(([rule, count]) => `${number(count)} ${rule}`);
}

const OUTCOMES: readonly (readonly [Exclude<Outcome, 'ok'>, string])[] = [
  ['invalid', 'invalid'],
  ['startup_failure', 'cannot start'],
  ['unresolved', 'unresolved'],
];

/** How many workflows could not be computed, and why, in the words of the other texts. */
function outcomesIn({ workflows }: Report): readonly string[] {
  return OUTCOMES.flatMap(([outcome, words]) => {
    const count = workflows.filter((workflow) => workflow.outcome === outcome).length;
    return count === 0 ? [] : [`${number(count)} ${words}`];
  });
}
