import { withoutReductions } from '../reductions.ts';
import { isForOutsiders, raisesIn, raiseViolations, raiseWords } from '../raises.ts';
import type { Rule } from '../rule.ts';

/**
 * The rule `raised-permission`: a job gets more than in the base, a new job included. Of what reaches forks and Dependabot in
 * part, the whole is told; what outsiders get to write is told by the rule `raised-for-outsiders`.
 */
export const raisedPermission: Rule = {
  name: 'raised-permission',
  check: ({ changes = [], ...evidence }) =>
    raiseViolations(
      raisesIn({ ...evidence, changes: withoutReductions(changes) }, (change, permission) => {
        return !isForOutsiders(change, permission);
      }),
      {
        tell: (raises) => ({
          message: `${raiseWords(raises)} ${raises[0].change.because.message}`,
          hint: 'Where it is not meant, write a block that gives the job no more than the base does.',
        }),
      },
    ),
};
