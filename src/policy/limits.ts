import type { Grant, Origin } from '../model/grant.ts';
import type { AccessLevel } from '../model/permission.ts';
import type { Limit, Policy, PolicyFile } from '../model/policy.ts';
import type { CheckedJob, CheckedWorkflow } from './checked-workflow.ts';
import type { Guess } from './guess.ts';
import { matchesJob } from './job-matcher.ts';
import type { NamedJob } from './job-matcher.ts';

/** A limit on a job, and the file that sets it. */
export interface SetLimit {
  readonly file: PolicyFile;
  readonly limit: Limit;
}

/** A job that gets more of a permission than a limit allows. */
export interface OverLimit {
  readonly workflow: CheckedWorkflow;
  readonly job: CheckedJob;
  readonly permission: string;
  readonly granted: AccessLevel;
  readonly allowed: AccessLevel;
  readonly limit: Limit;
  readonly file: PolicyFile;
  readonly origin: Origin;
  /** The runs in which it is so. */
  readonly rows: readonly Grant[];
  readonly guess: Guess | null;
}

/** Makes the function that says which limits of a policy are on a job in runs of one event by one actor. */
export function limitsOn(policy: Policy, job: NamedJob): (event: string, actor: Grant['actor']) => readonly SetLimit[] {
  const matching = policy.map(({ limits }) => limits.filter((limit) => matchesJob(limit, job)));
  return (event, actor) => {
    const counting = matching.map((limits) =>
      limits.findLast(
        ({ events, actors }) =>
          (events === null || events.includes(event)) && (actors === null || actors.includes(actor)),
      ),
    );
    return policy.flatMap((file, index) => {
      const limit = counting[index];
      return limit === undefined || isReplaced(policy, counting, index) ? [] : [{ file, limit }];
    });
  };
}

/** Whether a file that extends this one has a limit of its own, and may put it in the place of this one's. */
function isReplaced(policy: Policy, counting: readonly (Limit | undefined)[], index: number): boolean {
  for (let at = index; at > 0 && policy[at]?.mayLoosen.limits === true; at--) {
    if (counting[at - 1] !== undefined) return true;
  }
  return false;
}
