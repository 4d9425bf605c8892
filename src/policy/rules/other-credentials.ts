import { groupBy } from '../../calls/group-by.ts';
import type { NonEmpty } from '../../calls/group-by.ts';
import type { JobInChain } from '../../calls/call-tree.ts';
import { listed } from '../../words/lists.ts';
import type { CheckedWorkflow } from '../checked-workflow.ts';
import { credentialsOf } from '../credentials/credentials.ts';
import type { Credential } from '../credentials/credentials.ts';
import { placesOfJob } from '../in-checkout.ts';
import type { Rule, Subject, Told, Violation } from '../rule.ts';

/**
 * The rule `other-credentials`: power over GitHub that no `permissions` block shows or limits. One finding for a workflow
 * file, with all that its jobs use.
 */
export const otherCredentials: Rule = {
  name: 'other-credentials',
  check: ({ workflows }) => groupBy(workflows.flatMap(usesIn), ({ job }) => job.file.path).map(violationOf),
};

interface Use {
  readonly workflow: CheckedWorkflow;
  readonly job: JobInChain;
  readonly credential: Credential;
}

/** Without those of called workflows of other repositories, which their owners are told of. */
function usesIn(workflow: CheckedWorkflow): readonly Use[] {
  if (workflow.report.outcome === 'invalid') return [];
  return workflow.jobs.flatMap(({ chained, reported }) => {
    const mayRun = reported.grants.length === 0 || reported.grants.some(({ status }) => status !== 'not-run');
    if (chained.file.place.kind !== 'checkout' || !mayRun) return [];
    return credentialsOf(chained.job, chained.file.read.workflow).map((credential) => ({
      workflow,
      job: chained,
      credential,
    }));
  });
}

function violationOf(same: NonEmpty<Use>): Violation {
  const uses = groupBy(same, ({ workflow, job, credential }) =>
    JSON.stringify([workflow.report.path, job.ids, credential.name]),
  ).map((alike) => alike);
  const facts = new Map<Subject, Use>(uses.map((alike) => [subjectOf(alike), alike[0]]));
  const [first, ...others] = facts.keys();
  if (first === undefined) throw new Error('A group has a member');
  const [{ job, credential }] = same;
  return {
    cause: job.file.path,
    place: { path: job.file.path, ...credential.position },
    subjects: [first, ...others],
    tell: (subjects) => told(subjects.flatMap((one) => facts.get(one) ?? [])),
  };
}

function subjectOf(alike: NonEmpty<Use>): Subject {
  const [{ workflow, job, credential }] = alike;
  return {
    workflow: workflow.report.path,
    job: job.ids,
    definedIn: job.file.path,
    about: credential.name,
    places: [...alike.map((one) => ({ path: job.file.path, ...one.credential.position })), ...placesOfJob(job)],
  };
}

const KINDS: Readonly<Record<Credential['kind'], string>> = {
  token: 'a personal access token or the token of another App',
  app: 'the token of a GitHub App',
  key: 'a deploy key or another SSH key',
};

function told(uses: readonly Use[]): Told {
  const words = groupBy(uses, ({ credential: { kind } }) => kind).map(([{ credential }, ...more]) => {
    const all = [credential, ...more.map((one) => one.credential)];
    const names = groupBy(all, ({ name }) => name).map(
      ([one]) => `'${one.name}' (line ${one.position.line}${limits(one)})`,
    );
    return `${KINDS[credential.kind]}: ${listed(names)}`;
  });
  const hasUnlimited = uses.some(({ credential }) => credential.isLimited === false);
  return {
    message: `Jobs of this workflow act on GitHub with more than their own token, and no \`permissions\` block limits that: ${words.join('; ')}.`,
    hint: hasUnlimited
      ? 'Give the token of the App only what the job needs, such as `permission-contents: write`. Where the own token is enough, use `${{ github.token }}`.'
      : 'Where the own token is enough, use `${{ github.token }}` and a `permissions` block. Otherwise prefer a GitHub App with `permission-…` inputs to a personal access token, and keep the secret in an environment.',
  };
}

function limits({ isLimited }: Credential): string {
  if (isLimited === undefined) return '';
  if (isLimited === null) return ', with all that the App may do';
  return isLimited ? ', limited to some permissions' : ', with all that the App may do: no `permission-…` input';
}
