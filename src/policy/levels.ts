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
  /** What remains of it when the repository's own policy excuses it: what the policies demand that it extends. */
  readonly floor: RuleLevel;
}

/**
 * How a policy weighs a violation of a rule. A policy that extends another one can only raise the level of a rule, except
 * for the rules that the other one lists under `may-loosen`. `grade` is how bad a violation of a rule in proportion is.
 * `demanding` is the file whose limit is violated, where that is what is wrong.
 */
export function weightOf(
  policy: Policy,
  rule: string,
  grade: FindingLevel | undefined,
  demanding?: PolicyFile,
): Weight {
  const facts = ruleFacts(rule);
  let level: RuleLevel = grade ?? facts?.level ?? 'off';
  let floor: RuleLevel = 'off';
  for (const [index, file] of [...policy.entries()].reverse()) {
    const extended = policy[index + 1];
    const setting = file.rules.get(rule);
    if (index === 0) floor = extended === undefined || demanding === file ? 'off' : level;
    if (setting === undefined) continue;
    const own = setting.inProportion ? milder(setting.level, grade ?? setting.level) : setting.level;
    level = extended === undefined || extended.mayLoosen.rules.includes(rule) ? own : stricter(level, own);
  }
  const mayExcuse = policy.slice(1).every(({ mayLoosen }) => mayLoosen.exceptions);
  return { level, floor: mayExcuse ? 'off' : floor };
}
