import type { OrganizationFacts, RepositoryFacts } from '../../organization/facts.ts';
import { reachedByOutsiders } from '../../organization/held.ts';
import { listed, number, plural } from '../../words/in-words.ts';

/** The answer to whether all is well, and what it rests on. */
export interface OrganizationVerdict {
  readonly kind: 'yes' | 'no';
  readonly text: string;
  /** How much was read, a sentence each. */
  readonly sentences: readonly string[];
}

/** Takes facts and returns the answer that a report about many repositories begins with. */
export function organizationVerdict(facts: OrganizationFacts): OrganizationVerdict {
  const { repositories, skipped } = facts;
  const inState = (state: RepositoryFacts['state']) => repositories.filter((one) => one.state === state).length;
  const [lost, unread, empty] = [inState('lost'), inState('not-read'), inState('no-workflows')];
  const failing = repositories.filter(({ result }) => result === 'fail').length;
  const reused = repositories.filter(({ reused: taken }) => taken === true).length;
  const workflows = repositories.reduce((sum, one) => sum + one.workflows.length, 0);
  const jobs = repositories.flatMap((one) => one.workflows).reduce((sum, one) => sum + one.jobs.length, 0);
  const reached = reachedByOutsiders(facts).length;
  const errors = repositories.flatMap((one) => one.findings).filter(({ level }) => level === 'error').length;
  const wrong = [
    ...(lost > 0 ? [`${plural(lost, 'repository', 'repositories')} ${lost === 1 ? 'is' : 'are'} lost`] : []),
    ...(unread > 0 ? [`${plural(unread, 'repository', 'repositories')} could not be read`] : []),
    ...(failing > 0 ? [`${plural(failing, 'repository has', 'repositories have')} findings that fail the audit`] : []),
  ];
  const parts = [
    `${number(inState('read'))} read`,
    ...(empty > 0 ? [`${number(empty)} without workflows`] : []),
    ...(unread > 0 ? [`${number(unread)} not read`] : []),
    ...(lost > 0 ? [`${number(lost)} lost`] : []),
  ];
  const left = (why: 'archived' | 'fork', one: string, several: string) => {
    const count = skipped.filter((each) => each.why === why).length;
    return count === 0 ? [] : [plural(count, one, several)];
  };
  const leftOut = [...left('archived', 'archived one', 'archived ones'), ...left('fork', 'fork', 'forks')];
  const all =
    repositories.length === 0
      ? 'There is no repository.'
      : `${plural(repositories.length, 'repository', 'repositories')}: ${listed(parts)}.`;
  return {
    kind: wrong.length > 0 || repositories.length === 0 ? 'no' : 'yes',
    text:
      wrong.length > 0
        ? listed(wrong)
        : repositories.length === 0
          ? 'Nothing was audited'
          : 'Every repository was read, and none has a finding that fails the audit',
    sentences: [
      `${all} They have ${plural(workflows, 'workflow file')} with ${plural(jobs, 'job')}.`,
      ...(errors > 0 && failing === 0
        ? [
            `${plural(errors, 'finding is an error', 'findings are errors')}: as was asked, ${errors === 1 ? 'it does' : 'they do'} not fail the audit.`,
          ]
        : []),
      ...(reached > 0
        ? [
            `Somebody without write access can start ${plural(reached, 'job')} so that ${reached === 1 ? 'it' : 'they'} can write.`,
          ]
        : []),
      ...(reused > 0
        ? [
            `${plural(reused, 'repository is', 'repositories are')} unchanged since an earlier audit, and taken from it.`,
          ]
        : []),
      ...(leftOut.length > 0 ? [`Left out, as it was asked: ${listed(leftOut)}.`] : []),
      ...(lost + unread > 0 ? ['Nothing is known of what is lost or not read. It may hold anything.'] : []),
    ],
  };
}
