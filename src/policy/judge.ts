import { groupBy } from '../calls/group-by.ts';
import type { RuleLevel } from '../model/policy.ts';
import type { Finding, FindingLevel, SuppressedFinding } from '../model/report.ts';
import { excuser } from './excuses.ts';
import type { Excuse, Excuser, Excuses } from './excuses.ts';
import { findingOf } from './finding.ts';
import type { Weighed } from './finding.ts';
import type { Identity } from './identity.ts';
import { identityKey, identityOf } from './identity.ts';
import { ignoresIn } from './ignores.ts';
import { milder, weightOf } from './levels.ts';
import type { RuleName } from './rule-table.ts';
import type { Evidence, Rule, Violation } from './rule.ts';
import { unexplainedIgnore } from './rules/unexplained-ignore.ts';
import { unusedException } from './rules/unused-exception.ts';
import { unusedLimit } from './rules/unused-limit.ts';

/** What a policy says of a repository. */
export interface Judgement {
  /** By path, line, column and rule. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** All that was found, excused or not: what a baseline would hold. */
  readonly identities: readonly Identity[];
  /** By `identityKey`: what ignore comments excuse, or would if they were in the base. */
  readonly ignored: ReadonlySet<string>;
  /** Entries of the baseline that match nothing any more. */
  readonly mended: readonly Identity[];
}

/** A violation and what becomes of some of its subjects. */
interface Judged extends Weighed {
  readonly excuse: Excuse | null;
  readonly remarks: readonly string[];
}

/**
 * Judges a repository by rules and a policy: each violation gets the level that the policy says, subjects that are
 * excused are taken out, and what is left of one cause is one finding.
 */
export function judge(
  evidence: Evidence,
  rules: readonly Rule[],
  given: Omit<Excuses, 'policy' | 'ignores'>,
): Judgement {
  const { policy, workflows } = evidence;
  const ignores = ignoresIn(workflows);
  const excuses = excuser({ policy, ignores, ...given });
  const found = rules.flatMap((rule) => judgeAll(rule.name, rule.check(evidence), evidence, excuses));
  const ofThePolicy = [
    ...judgeAll('unexplained-ignore', unexplainedIgnore(ignores), evidence, excuses),
    ...judgeAll('unused-limit', unusedLimit(evidence), evidence, excuses),
    ...judgeAll('unused-exception', unusedException(policy, ignores, excuses), evidence, excuses),
  ];
  const all = [...found, ...ofThePolicy];
  return {
    findings: together(all.filter(({ excuse }) => excuse === null))
      .map(withRemarks)
      .sort(byPlace),
    suppressed: together(all.filter(({ excuse }) => excuse !== null))
      .flatMap((same): readonly SuppressedFinding[] => {
        const [{ excuse }] = same;
        return excuse === null ? [] : [{ ...findingOf(same), by: excuse.by, reason: excuse.reason }];
      })
      .sort(byPlace),
    identities: all.flatMap(({ rule, subjects }) => subjects.map((subject) => identityOf(rule, subject))),
    ignored: excuses.ignored,
    mended: given.baseline.filter((identity) => !excuses.usedBaseline.has(identityKey(identity))),
  };
}

function judgeAll(
  rule: RuleName,
  violations: readonly Violation[],
  { policy }: Evidence,
  { excuse }: Excuser,
): readonly Judged[] {
  return violations.flatMap((violation) => {
    const { grade, guess, demanding, place, isWhole, subjects } = violation;
    const { level, floor } = weightOf(policy, rule, grade, demanding);
    if (level === 'off') return [];
    // A guess never fails a run.
    const most = guess === undefined ? 'error' : 'warning';
    const verdicts = subjects.map((subject) => ({ subject, ...excuse(rule, subject, place) }));
    const isExcused = isWhole !== true || verdicts.every((one) => one.excuse !== null);
    const judged = verdicts.map(({ subject, excuse: own, remarks }): Judged => {
      const counts = isExcused && own !== null && (!own.isOwn || floor === 'off') ? own : null;
      const isLowered = isExcused && own !== null && counts === null && floor !== 'off';
      return {
        rule,
        violation,
        level: milder(isLowered ? lower(level, floor) : level, most),
        subjects: [subject],
        excuse: counts,
        remarks: isLowered ? [...remarks, MAY_NOT] : remarks,
      };
    });
    return judged;
  });
}

const MAY_NOT =
  'It is excused here, but the policy that this one extends does not let a repository excuse it: that needs `may-loosen: { exceptions: true }` there.';

function lower(level: FindingLevel, floor: RuleLevel): FindingLevel {
  return floor === 'off' ? level : milder(level, floor);
}

/** Violations that make one finding. */
function together(judged: readonly Judged[]): readonly (readonly [Judged, ...Judged[]])[] {
  return groupBy(judged, ({ rule, level, violation, excuse }) =>
    JSON.stringify([rule, level, violation.cause, violation.guess, excuse?.by, excuse?.reason]),
  );
}

function withRemarks(same: readonly [Judged, ...Judged[]]): Finding {
  const finding = findingOf(same);
  const remarks = [...new Set(same.flatMap((one) => one.remarks))];
  if (remarks.length === 0) return finding;
  return { ...finding, hint: [finding.hint, ...remarks].filter((text) => text !== undefined).join(' ') };
}

function byPlace(a: Finding, b: Finding): number {
  return compare(a.path, b.path) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule);
}

/** By code unit, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
