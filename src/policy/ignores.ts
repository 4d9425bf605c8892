import type { Location } from '../model/position.ts';
import type { IgnoreComment } from '../model/workflow.ts';
import type { CheckedWorkflow } from './checked-workflow.ts';

/** An ignore comment and the file that it stands in. */
export interface Ignore {
  readonly path: string;
  readonly comment: IgnoreComment;
}

/** All ignore comments of a repository's workflow files. */
export function ignoresIn(workflows: readonly CheckedWorkflow[]): readonly Ignore[] {
  return workflows.flatMap(({ file: { path, workflow } }) =>
    workflow.ignoreComments.map((comment) => ({ path, comment })),
  );
}

/** An ignore comment counts only with a rule and a reason. */
export function isExplained({ comment: { rules, reason } }: Ignore): boolean {
  return rules.length > 0 && reason !== '';
}

/** Whether an ignore comment is about a rule at one of some places. */
export function isAbout({ path, comment }: Ignore, rule: string, places: readonly Location[]): boolean {
  const { rules, firstLine, lastLine } = comment;
  return (
    rules.includes(rule) &&
    places.some((place) => place.path === path && place.line >= firstLine && place.line <= lastLine)
  );
}
