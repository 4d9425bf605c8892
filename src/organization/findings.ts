import type { FindingLevel } from '../model/report.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';
import type { FindingFacts, OrganizationFacts, RepositoryFacts } from './facts.ts';

/** What a rule found in all repositories. */
export interface RuleFindings {
  readonly rule: string;
  readonly level: FindingLevel;
  readonly findings: number;
  readonly repositories: number;
}

/** What was found in a repository. */
export interface RepositoryFindings {
  readonly facts: RepositoryFacts;
  readonly counts: Readonly<Record<FindingLevel, number>>;
  /** The worst one, the first of these in the report. */
  readonly worst: FindingFacts;
}

const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'note'];

/** By rule and level: the worst first, then what is in most repositories. */
export function findingsByRule({ repositories }: OrganizationFacts): readonly RuleFindings[] {
  const rules = new Map<string, { rule: string; level: FindingLevel; findings: number; in: Set<RepositoryFacts> }>();
  for (const facts of repositories) {
    for (const { rule, level } of facts.findings) {
      const key = `${level} ${rule}`;
      const count = rules.get(key) ?? { rule, level, findings: 0, in: new Set<RepositoryFacts>() };
      rules.set(key, count);
      count.findings += 1;
      count.in.add(facts);
    }
  }
  return [...rules.values()]
    .map(({ in: own, ...count }) => ({ ...count, repositories: own.size }))
    .sort(
      (a, b) =>
        LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
        b.repositories - a.repositories ||
        b.findings - a.findings ||
        byCodeUnit(a.rule, b.rule),
    );
}

/** By repository: the one with the most errors first, then the most warnings, then the most notes. */
export function findingsByRepository({ repositories }: OrganizationFacts): readonly RepositoryFindings[] {
  return repositories
    .flatMap((facts): readonly RepositoryFindings[] => {
      const ofLevel = (level: FindingLevel) => facts.findings.filter((one) => one.level === level);
      const [error, warning, note] = [ofLevel('error'), ofLevel('warning'), ofLevel('note')];
      const [worst] = [...error, ...warning, ...note];
      const counts = { error: error.length, warning: warning.length, note: note.length };
      return worst === undefined ? [] : [{ facts, counts, worst }];
    })
    .sort(({ counts: a }, { counts: b }) => b.error - a.error || b.warning - a.warning || b.note - a.note);
}
