import type { FindingLevel } from '../model/report.ts';
import type { Policy, PolicyFile, RuleLevel } from '../model/policy.ts';
import { ruleFacts } from './rule-table.ts';

/** From strictest to mildest. */
const LEVELS: readonly RuleLevel[] = ['error', 'warning', 'note', 'off'];

/** The stricter of two levels. */
export function stricter<Level extends RuleLevel>(one: Level, other: Level): Level {
  return LEVELS.indexOf(one) <= LEVELS.indexOf(other) ? one : other;
}

/** The milder of two levels. */
export function milder<Level extends RuleLevel>(one: Level, other: Level): Level {
  return LEVELS.indexOf(one) <= LEVELS.indexOf(other) ? other : one;
}

/** What a policy makes of a violation. */
export interface Weight {
  readonly level: RuleLevel;
  /**
   * By the file of the policy that excuses a violation, the repository's own first: what remains of it all the same,
   * since a policy further up demands it and does not let others excuse it.
   */
  readonly floors: readonly RuleLevel[];
}

/**
 * How a policy weighs a violation of a rule. A policy that extends another one can only raise the level of a rule, except
 * for the rules that the other one lists under `may-loosen`. `grade` is how bad this violation is, where not all are
 * alike. `demanding` is the file whose limit is violated, where that is what is wrong.
 */
export function weightOf(
  policy: Policy,
  rule: string,
  grade: FindingLevel | undefined,
  demanding?: PolicyFile,
): Weight {
  const facts = ruleFacts(rule);
  let level: RuleLevel = grade ?? facts?.level ?? 'off';
  /** What each file demands together with those that it extends. */
  const demanded: RuleLevel[] = [];
  for (const [index, file] of [...policy.entries()].reverse()) {
    const extended = policy[index + 1];
    const setting = file.rules.get(rule);
    if (setting !== undefined) {
      const keepsGrade = setting.inProportion || facts?.inProportion !== true;
      const own = keepsGrade ? milder(setting.level, grade ?? setting.level) : setting.level;
      level = extended === undefined || extended.mayLoosen.rules.includes(rule) ? own : stricter(level, own);
    }
    demanded[index] = level;
  }
  const violated = demanding === undefined ? policy.length : policy.indexOf(demanding);
  const floors = policy.map((_, from): RuleLevel => {
    const strict = policy.findIndex(({ mayLoosen }, index) => index > from && !mayLoosen.exceptions);
    return strict < 0 || strict > violated ? 'off' : (demanded[strict] ?? 'off');
  });
  return { level, floors };
}
