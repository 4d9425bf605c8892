import { isForOutsiders, raisesIn, raiseViolations, raiseWords } from '../raises.ts';
import type { Rule } from '../rule.ts';

/**
 * The rule `raised-permission`: a job gets more than in the base, a new job included. What outsiders get to write is told by
 * the rule `raised-for-outsiders`.
 */
export const raisedPermission: Rule = {
  name: 'raised-permission',
  check: (evidence) =>
    raiseViolations(
      raisesIn(evidence, (change, permission) => !isForOutsiders(change, permission)),
      {
        tell: (raises) => ({
          message: `${raiseWords(raises)} ${raises[0].change.because.message}`,
          hint: 'Where it is not meant, write a block that gives the job no more than the base does.',
        }),
      },
    ),
};
