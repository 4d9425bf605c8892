import type { OrganizationFacts, RepositoryFacts, SinceFacts, SinceFinding } from './facts.ts';
import { repositoryKey } from './lost.ts';
import { workflowChanges } from './workflow-changes.ts';

/**
 * Takes the facts of an earlier audit and those of this one, and returns what is different. Repositories that one of the two
 * could not read are named and not compared: nothing is known of what changed there.
 */
export function sinceFacts(before: OrganizationFacts, after: OrganizationFacts): SinceFacts {
  const earlier = new Map(before.repositories.map((one) => [repositoryKey(one), one]));
  const later = new Map(after.repositories.map((one) => [repositoryKey(one), one]));
  const pairs = after.repositories.flatMap((one) => {
    const known = earlier.get(repositoryKey(one));
    return known === undefined ? [] : [{ before: known, after: one }];
  });
  const compared = pairs.filter(isKnown);
  return {
    new: after.repositories.filter((one) => !earlier.has(repositoryKey(one))).map(nameOf),
    gone: before.repositories.filter((one) => !later.has(repositoryKey(one))).map(nameOf),
    notCompared: pairs.filter((pair) => !isKnown(pair)).map((pair) => nameOf(pair.after)),
    jobs: compared.flatMap((pair) =>
      workflowChanges(
        { workflows: pair.before.workflows, outcomes: before.outcomes, sets: before.sets },
        { workflows: pair.after.workflows, outcomes: after.outcomes, sets: after.sets },
      ).map((change) => ({ ...change, repository: pair.after.repository, branch: pair.after.branch })),
    ),
    findings: compared.flatMap((pair) => [
      ...findingsOnlyIn(pair.after, pair.before, 'new'),
      ...findingsOnlyIn(pair.before, pair.after, 'mended'),
    ]),
  };
}

/** `OWNER/NAME`, with the branch where there is one. */
function nameOf({ repository, branch }: RepositoryFacts): string {
  return branch === null ? repository : `${repository}@${branch}`;
}

interface Pair {
  readonly before: RepositoryFacts;
  readonly after: RepositoryFacts;
}

function isKnown({ before, after }: Pair): boolean {
  return [before, after].every(({ state }) => state === 'read' || state === 'no-workflows');
}

function findingsOnlyIn(
  one: RepositoryFacts,
  other: RepositoryFacts,
  kind: SinceFinding['kind'],
): readonly SinceFinding[] {
  const known = new Set(other.findings.map(({ id }) => id));
  const { repository, branch } = one;
  return one.findings.filter(({ id }) => !known.has(id)).map((finding) => ({ kind, repository, branch, ...finding }));
}
