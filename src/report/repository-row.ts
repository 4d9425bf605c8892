import type { AuditLine, AuditState } from '../model/audit.ts';
import type { FindingLevel, Outcome, Report } from '../model/report.ts';
import type { RuleName } from '../policy/rule-table.ts';
import { isCounted } from '../organization/repository-facts.ts';
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

/** What is counted in a repository: its jobs, as an audit counts them, and its findings by level. */
export type RowCounts = Readonly<Record<'jobs' | FindingLevel, number>>;

/** Takes the line of a repository and returns what is shown of it. */
export function rowOf(line: AuditLine): RepositoryRow {
  const { repository: name, state } = line.audit;
  if ('error' in line) {
    return { name, state, result: 'error', counts: null, said: [`not read: ${line.error.message}`] };
  }
  const { workflows, findings, whatIf, result } = line;
  const failed = failingRules(line);
  const said = [
    ...(workflows.length === 0 ? ['no workflow files'] : []),
    ...[...failed].sort(([, one], [, other]) => other - one).map(([rule, count]) => `${number(count)} ${rule}`),
    ...outcomesIn(line, failed),
    ...(whatIf === undefined ? [] : noticedBy(whatIf)),
  ];
  const count = (level: FindingLevel): number => findings.filter((finding) => finding.level === level).length;
  const jobs = workflows.reduce((sum, workflow) => sum + workflow.jobs.filter(isCounted).length, 0);
  const counts = { jobs, error: count('error'), warning: count('warning'), note: count('note') };
  return { name, state, result, counts, said };
}

/** How many findings of each rule fail the run. */
function failingRules({ findings, gate }: Report): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    if (verdict([finding], gate.failOn) === 'fail') counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1);
  }
  return counts;
}

/** What became of workflows that could not be computed, in the words of the other texts, and the rule that tells of it. */
const OUTCOMES: readonly (readonly [Exclude<Outcome, 'ok'>, words: string, rule: RuleName])[] = [
  ['invalid', 'invalid', 'invalid-workflow'],
  ['startup_failure', 'cannot start', 'startup-failure'],
  ['unresolved', 'unresolved', 'unresolved-call'],
];

/** How many workflows could not be computed, where no rule that fails says so. */
function outcomesIn({ workflows }: Report, failed: ReadonlyMap<string, number>): readonly string[] {
  return OUTCOMES.flatMap(([outcome, words, rule]) => {
    const count = workflows.filter((workflow) => workflow.outcome === outcome).length;
    return count === 0 || failed.has(rule) ? [] : [`${number(count)} ${words}`];
  });
}
