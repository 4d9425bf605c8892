import type { Rule } from '../rule.ts';
import { problemsOf } from './invalid-workflow.ts';

/** The rule `unknown-permission`: a block names a permission that our table does not know. */
export const unknownPermission: Rule = {
  name: 'unknown-permission',
  check: ({ workflows }) =>
    workflows.flatMap(({ report }) => problemsOf(report, ({ code }) => code === 'unknown-permission')),
};
