import type { ProblemCode } from '../../model/problem.ts';
import type { Rule } from '../rule.ts';
import { problemsOf } from './invalid-workflow.ts';

/** The rule `unknown-permission`: a block names a permission that our table does not know. */
export const unknownPermission: Rule = {
  name: 'unknown-permission',
  check: ({ workflows }) =>
    workflows.flatMap(({ file, report }) => {
      const isUnknown = ({ code }: { readonly code: ProblemCode }) => code === 'unknown-permission';
      const places = new Map(file.problems.filter(isUnknown).map((one) => [`${one.line}:${one.column}`, one.value]));
      // By its name one permission can be excepted and not the others.
      return problemsOf(report, isUnknown, ({ line, column }) => places.get(`${line}:${column}`));
    }),
};
