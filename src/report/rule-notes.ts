import { ruleFacts, rulePage } from '../policy/rule-table.ts';
import type { Issue } from './issues.ts';

/** What is to be said once of a rule that found something. */
export interface RuleNote {
  readonly rule: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** Where its documentation is, in this project. */
  readonly page: string;
}

/** Takes what to act on and returns a note for each rule in it, in the order of the first finding of each. */
export function ruleNotes(issues: readonly Issue[]): readonly RuleNote[] {
  return [...new Set(issues.map(({ rule }) => rule))].flatMap((rule) => {
    const facts = ruleFacts(rule);
    return facts === undefined ? [] : [{ rule, why: facts.why, page: rulePage(rule) }];
  });
}
