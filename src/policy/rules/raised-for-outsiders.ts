import { isForOutsiders, raisesIn, raiseViolations, raiseWords } from '../raises.ts';
import type { Rule } from '../rule.ts';
import { STRONG_WRITES } from '../strong-writes.ts';
import { guardFor } from '../untrusted/guard.ts';

/** The rule `raised-for-outsiders`: runs that an outsider can start get a write that they do not have in the base. */
export const raisedForOutsiders: Rule = {
  name: 'raised-for-outsiders',
  check: (evidence) =>
    raiseViolations(raisesIn(evidence, isForOutsiders), {
      gradeOf: ({ permissions }) =>
        permissions.some(({ permission }) => STRONG_WRITES.has(permission)) ? 'error' : 'warning',
      tell: (raises) => {
        const events = [...new Set(raises.flatMap(({ change }) => change.events))];
        return {
          message: `${raiseWords(raises, 'In runs that outsiders can start, ')} ${raises[0].change.because.message}`,
          hint: `Leave the write out, move it to a job that outsiders cannot start, or let only people with write access start this one: \`if: ${guardFor(events)}\`.`,
        };
      },
    }),
};
