import { groupBy, type NonEmpty } from '../calls/group-by.ts';
import { heldWrites, type HeldWrite } from './held.ts';
import type { AskedCaller, AskedFacts, OrganizationFacts, RepositoryFacts, SinceFacts, SinceJob } from './facts.ts';

/** Changes of one repository that are the same for each of these jobs. */
export function alikeChanges({ jobs }: SinceFacts): readonly NonEmpty<SinceJob>[] {
  return groupBy(jobs, ({ kind, repository, branch, permissions, actors, job }) =>
    JSON.stringify([kind, repository, branch, permissions, actors, job === undefined]),
  );
}

/** Calls of one repository of which the same becomes. */
export function alikeCallers({ callers }: AskedFacts, facts: OrganizationFacts): readonly NonEmpty<AskedCaller>[] {
  return groupBy(callers, ({ repository, workflow, call, effect, lacks }) => {
    const ref = facts.repositories[repository]?.workflows[workflow]?.calls[call]?.ref;
    return JSON.stringify([repository, effect, lacks, ref]);
  });
}

/** Repositories of which nothing is known, for the same reason; what is lost comes first. */
export function alikeUnknown({ repositories }: OrganizationFacts): readonly NonEmpty<RepositoryFacts>[] {
  const unknown = (['lost', 'not-read'] as const).flatMap((state) => repositories.filter((one) => one.state === state));
  return groupBy(unknown, ({ state, reason }) => JSON.stringify([state, reason]));
}

/** Permissions that just as many jobs can write. */
export function alikeWrites(facts: OrganizationFacts): readonly NonEmpty<HeldWrite>[] {
  return groupBy(heldWrites(facts), ({ permission: _, ...counts }) => JSON.stringify(counts));
}
