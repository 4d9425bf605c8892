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
    .filter((exception) => isJudged(policy, exception.rule) && !used.usedExceptions.has(exception))
    .map(({ path, line, column, rule, workflows, jobs, called, permissions }) => ({
      what: `The exception from '${rule}'`,
      about: JSON.stringify([rule, workflows, jobs, called, permissions]),
      place: { path, line, column },
    }));
  const comments = ignores
    .filter((ignore) => isExplained(ignore) && !used.usedIgnores.has(ignore))
    .filter(({ comment: { rules } }) => rules.some((rule) => isJudged(policy, rule)))
    .map(({ path, comment: { rules, line, column } }) => ({
      what: `The ignore comment for '${rules.join(', ')}'`,
      about: `ignore[${rules.join(', ')}]`,
      place: { path, line, column },
    }));
  const seen = new Map<string, number>();
  return [...exceptions, ...comments].map((one) => {
    const key = JSON.stringify([one.place.path, one.about]);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    // The second of two that say the same is told apart by its number.
    return violation(one.what, count === 1 ? one.about : `${one.about} (${count})`, one.place);
  });
}

/** What is about a rule that is off, or that speaks of changes or of earlier runs alone, may well have its use. */
function isJudged(policy: Policy, rule: string): boolean {
  const facts = ruleFacts(rule);
  if (facts === undefined || facts.ofChanges === true || facts.ofRuns === true) return false;
  return weightOf(policy, rule, undefined).level !== 'off';
}

function violation(what: string, about: string, place: Location): Violation {
  return {
    cause: `${place.path}:${about}`,
    place,
    subjects: [{ workflow: place.path, job: null, definedIn: place.path, about, places: [] }],
    tell: () => ({ message: `${what} excuses nothing.`, hint: 'Remove it.' }),
  };
}
