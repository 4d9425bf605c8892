import { groupBy } from '../calls/group-by.ts';
import type { RuleLevel } from '../model/policy.ts';
import type { Finding, FindingLevel, Identity, SuppressedFinding } from '../model/report.ts';
import { excuser } from './excuses.ts';
import type { Excuse, Excuser, Excuses, Verdict } from './excuses.ts';
import { findingOf } from './finding.ts';
import type { Weighed } from './finding.ts';
import { identityKey, identityOf } from './identity.ts';
import { ignoresIn } from './ignores.ts';
import { milder, stricter, weightOf } from './levels.ts';
import { ruleFacts } from './rule-table.ts';
import type { RuleName } from './rule-table.ts';
import type { Evidence, Rule, Subject, Violation } from './rule.ts';
import { unexplainedIgnore } from './rules/unexplained-ignore.ts';
import { unusedException } from './rules/unused-exception.ts';
import { unusedLimit } from './rules/unused-limit.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';

/** What a policy says of a repository. */
export interface Judgement {
  /** What is new first, by path, line, column and rule. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** All that was found, excused or not: what a baseline would hold. */
  readonly identities: readonly Identity[];
  /** By `identityKey`: what ignore comments excuse, or would if they were in the base. */
  readonly ignored: ReadonlySet<string>;
  /** Entries of the baseline that match nothing any more. */
  readonly mended: readonly Identity[];
}

/** Whether the base has a subject of a rule, at a level that is no milder. */
export type InBase = (rule: RuleName, level: FindingLevel, subject: Subject) => boolean;

/** A violation and what becomes of some of its subjects. */
interface Judged extends Weighed {
  readonly excuse: Excuse | null;
  readonly remarks: readonly string[];
  readonly isExisting: boolean;
}

/**
 * Judges a repository by rules and a policy: each violation gets the level that the policy says, subjects that are
 * excused are taken out, and what is left of one cause is one finding, or two: what is new, and what the base has too.
 */
export function judge(
  evidence: Evidence,
  rules: readonly Rule[],
  given: Omit<Excuses, 'policy' | 'ignores'>,
  inBase: InBase = () => false,
): Judgement {
  const { all, excuses } = judgedBy(evidence, rules, given, inBase);
  const excused = groupBy(
    all.filter(({ excuse }) => excuse !== null),
    causeKey,
  );
  const excusedByCause = new Map(excused.map((same) => [causeKey(same[0]), same.flatMap(({ subjects }) => subjects)]));
  return {
    findings: together(all.filter(({ excuse }) => excuse === null))
      .map((same) => withRemarks(same, excusedByCause.get(causeKey(same[0]))))
      .sort(byPlace),
    suppressed: together(all.filter(({ excuse }) => excuse !== null))
      .flatMap((same): readonly SuppressedFinding[] => {
        const [{ excuse }] = same;
        return excuse === null ? [] : [{ ...findingOf(same), ...existing(same), by: excuse.by, reason: excuse.reason }];
      })
      .sort(byPlace),
    // What differs from a base is in the base itself once it is merged: there is nothing to accept for later.
    identities: all
      .filter(({ rule }) => ruleFacts(rule)?.ofChanges !== true)
      .flatMap(({ rule, subjects }) => subjects.map((subject) => identityOf(rule, subject))),
    ignored: excuses.ignored,
    mended: given.baseline.filter((identity) => !excuses.usedBaseline.has(identityKey(identity))),
  };
}

/** What is found and not excused, one entry for each subject, without the words of findings. */
export function foundIn(
  evidence: Evidence,
  rules: readonly Rule[],
  given: Omit<Excuses, 'policy' | 'ignores'>,
): readonly Found[] {
  const { all } = judgedBy(evidence, rules, given, () => false);
  return all.flatMap(({ rule, level, subjects: [subject], excuse }) =>
    excuse === null ? [{ rule, level, subject }] : [],
  );
}

/** A subject of a rule, at a level. */
export interface Found {
  readonly rule: RuleName;
  readonly level: FindingLevel;
  readonly subject: Subject;
}

function judgedBy(
  evidence: Evidence,
  rules: readonly Rule[],
  given: Omit<Excuses, 'policy' | 'ignores'>,
  inBase: InBase,
): { readonly all: readonly Judged[]; readonly excuses: Excuser } {
  const { policy, workflows } = evidence;
  const ignores = ignoresIn(workflows);
  const excuses = excuser({ policy, ignores, ...given });
  const found = rules.flatMap((rule) => judgeAll(rule.name, rule.check(evidence), evidence, excuses, inBase));
  const ofThePolicy = [
    ...judgeAll('unexplained-ignore', unexplainedIgnore(ignores), evidence, excuses, inBase),
    ...judgeAll('unused-limit', unusedLimit(evidence), evidence, excuses, inBase),
    ...judgeAll('unused-exception', unusedException(policy, ignores, excuses), evidence, excuses, inBase),
  ];
  return { all: [...found, ...ofThePolicy], excuses };
}

function judgeAll(
  rule: RuleName,
  violations: readonly Violation[],
  { policy }: Evidence,
  { excuse }: Excuser,
  inBase: InBase,
): readonly Judged[] {
  return violations.flatMap((violation) => {
    const { grade, guess, demanding, place, isWhole, subjects } = violation;
    const { level, floors } = weightOf(policy, rule, grade, demanding);
    if (level === 'off') return [];
    const fates = subjects.map((subject) => fateOf(excuse(rule, subject, place), floors));
    const whole = isWhole === true ? fateOfAll(fates) : null;
    const weighed = subjects.map((subject, index): Judged => {
      const { excuse: counting, floor, remarks } = whole ?? fates[index] ?? NOT_EXCUSED;
      const left = floor === null ? level : milder(level, floor);
      // A guess never fails a run.
      const final = guess === undefined ? left : milder(left, 'warning');
      return {
        rule,
        violation,
        level: final,
        subjects: [subject],
        excuse: counting,
        remarks: floor === null ? remarks : [...remarks, MAY_NOT],
        isExisting: inBase(rule, final, subject),
      };
    });
    const isExisting = weighed.every((one) => one.isExisting);
    return isWhole === true ? weighed.map((one) => ({ ...one, isExisting })) : weighed;
  });
}

/** What becomes of a subject. */
interface Fate {
  /** Why it does not count. */
  readonly excuse: Excuse | null;
  /** The level that remains where it is excused by somebody who may not; `null` where that is not so. */
  readonly floor: FindingLevel | null;
  readonly remarks: readonly string[];
}

const NOT_EXCUSED: Fate = { excuse: null, floor: null, remarks: [] };

const MAY_NOT =
  'It is excused here, but the policy that this one extends does not let a repository excuse it: that needs `may-loosen: { exceptions: true }` there.';

/** `floors` are what remains of it by the file that excuses it. */
function fateOf({ excuses, remarks }: Verdict, floors: readonly RuleLevel[]): Fate {
  let floor: FindingLevel | null = null;
  for (const excuse of excuses) {
    const left = floors[excuse.from] ?? 'off';
    if (left === 'off') return { excuse, floor: null, remarks };
    floor = floor === null ? left : milder(floor, left);
  }
  return { excuse: null, floor, remarks };
}

/** Of what is told as a whole: it is excused where all of it is, and no milder than any part of it. */
function fateOfAll(fates: readonly Fate[]): Fate {
  const remarks = fates.flatMap((fate) => fate.remarks);
  if (fates.some(({ excuse, floor }) => excuse === null && floor === null)) return { ...NOT_EXCUSED, remarks };
  const floors = fates.flatMap(({ floor }) => floor ?? []);
  if (floors.length === 0) return { excuse: fates[0]?.excuse ?? null, floor: null, remarks };
  return { excuse: null, floor: floors.reduce(stricter), remarks };
}

/** Violations that make one finding. */
function together(judged: readonly Judged[]): readonly (readonly [Judged, ...Judged[]])[] {
  return groupBy(judged, ({ rule, level, violation, excuse, isExisting }) =>
    JSON.stringify([rule, level, violation.cause, violation.guess, excuse?.by, excuse?.reason, isExisting]),
  );
}

/** What one change mends, or several findings are about where it is new in part. */
function causeKey({ rule, violation }: Judged): string {
  return JSON.stringify([rule, violation.cause]);
}

function withRemarks(same: readonly [Judged, ...Judged[]], excused: readonly Subject[] | undefined): Finding {
  const finding = { ...findingOf(same, excused), ...existing(same) };
  const remarks = [...new Set(same.flatMap((one) => one.remarks))];
  if (remarks.length === 0) return finding;
  return { ...finding, hint: [finding.hint, ...remarks].filter((text) => text !== undefined).join(' ') };
}

function existing([{ isExisting }]: readonly [Judged, ...Judged[]]): Pick<Finding, 'existing'> {
  return isExisting ? { existing: true } : {};
}

/** What the base has too comes last. */
function byPlace(a: Finding, b: Finding): number {
  const order = Number(a.existing === true) - Number(b.existing === true);
  return order || byCodeUnit(a.path, b.path) || a.line - b.line || a.column - b.column || byCodeUnit(a.rule, b.rule);
}
