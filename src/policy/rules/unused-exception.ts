import type { Policy } from '../../model/policy.ts';
import type { Location } from '../../model/position.ts';
import type { Excuser } from '../excuses.ts';
import { isExplained } from '../ignores.ts';
import type { Ignore } from '../ignores.ts';
import { weightOf } from '../levels.ts';
import { ruleFacts } from '../rule-table.ts';
import type { Violation } from '../rule.ts';

/**
 * The rule `unused-exception`: an exception of the repository's own policy, or an ignore comment, that excuses nothing. A
 * shared policy is for many repositories, so its exceptions need not match here.
 */
export function unusedException(policy: Policy, ignores: readonly Ignore[], used: Excuser): readonly Violation[] {
  const [own] = policy;
  const exceptions = (own?.exceptions ?? [])
    .filter((exception) => !used.usedExceptions.has(exception))
    .map(({ rule, path, line, column }) => violation(`The exception from '${rule}'`, rule, { path, line, column }));
  const comments = ignores
    .filter((ignore) => isExplained(ignore) && !used.usedIgnores.has(ignore))
    .filter(({ comment: { rules } }) => rules.some((rule) => isJudged(policy, rule)))
    .map(({ path, comment: { rules, line, column } }) =>
      violation(`The ignore comment for '${rules.join(', ')}'`, rules.join(), { path, line, column }),
    );
  return [...exceptions, ...comments];
}

/** A comment about a rule that is off, or that a later version has, may well have its use. */
function isJudged(policy: Policy, rule: string): boolean {
  return ruleFacts(rule) !== undefined && weightOf(policy, rule, undefined).level !== 'off';
}

function violation(what: string, about: string, place: Location): Violation {
  return {
    cause: `${place.path}:${what}:${place.line}`,
    place,
    subjects: [{ workflow: place.path, job: null, definedIn: place.path, about, places: [] }],
    tell: () => ({ message: `${what} excuses nothing.`, hint: 'Remove it.' }),
  };
}
