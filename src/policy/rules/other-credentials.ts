import { groupBy } from '../../calls/group-by.ts';
import type { NonEmpty } from '../../calls/group-by.ts';
import type { JobInChain } from '../../calls/call-tree.ts';
import type { CheckedWorkflow } from '../checked-workflow.ts';
import { credentialsOf } from '../credentials/credentials.ts';
import type { Credential } from '../credentials/credentials.ts';
import { isOurs, placesOfJob } from '../job-places.ts';
import { violationsOf } from '../violations-of.ts';
import type { Rule, Subject, Told, Violation } from '../rule.ts';
import { listedShort } from '../../words/in-words.ts';

/**
 * The rule `other-credentials`: power over GitHub that no `permissions` block shows or limits. One finding for a
 * credential, wherever it is used: it is replaced, or limited, as a whole.
 */
export const otherCredentials: Rule = {
  name: 'other-credentials',
  check: ({ workflows }) =>
    groupBy(workflows.flatMap(usesIn), ({ credential }) => causeOf(credential)).flatMap(violations),
};

interface Use {
  readonly workflow: CheckedWorkflow;
  readonly job: JobInChain;
  readonly credential: Credential;
}

function causeOf({ kind, name, isLimited }: Credential): string {
  return `${kind}:${name}${isLimited === true ? ':limited' : ''}`;
}

/** Without those of called workflows of other repositories, which their owners are told of. */
function usesIn(workflow: CheckedWorkflow): readonly Use[] {
  if (workflow.report.outcome === 'invalid') return [];
  return workflow.jobs.flatMap(({ chained, reported }) => {
    const mayRun = reported.grants.length === 0 || reported.grants.some(({ status }) => status !== 'not-run');
    if (!isOurs(chained) || !mayRun) return [];
    return credentialsOf(chained.job, chained.file.read.workflow).map((credential) => ({
      workflow,
      job: chained,
      credential,
    }));
  });
}

function violations(same: NonEmpty<Use>): readonly Violation[] {
  const [{ credential }] = same;
  return violationsOf(same, {
    cause: causeOf(credential),
    placeOf: (use) => ({ path: use.job.file.path, ...use.credential.position }),
    subjectsOf: (use) => [subjectOf(use)],
    tell: (uses) => told(credential, uses),
  });
}

function subjectOf({ workflow, job, credential }: Use): Subject {
  return {
    workflow: workflow.report.path,
    job: job.ids,
    definedIn: job.file.path,
    about: credential.name,
    places: placesOfJob(job),
  };
}

function told(credential: Credential, uses: readonly Use[]): Told {
  const files = groupBy(uses, ({ job }) => job.file.path).map((same) => {
    const [{ job }] = same;
    const lines = [...new Set(same.map((one) => one.credential.position.line))];
    return `${job.file.path}:${lines.join()}`;
  });
  return {
    message: `${wordsFor(credential)}, which no \`permissions\` block limits: ${listedShort(files, 6)}.`,
    hint: credential.isLimited === false ? LIMIT : REPLACE[credential.kind],
  };
}

const LIMIT =
  'Give the token only what the job needs, such as `permission-contents: write`: without any such input it can do all that the App may.';

const REPLACE: Readonly<Record<Credential['kind'], string>> = {
  token:
    'Where the own token is enough, use `${{ github.token }}` and a `permissions` block. Otherwise prefer the token of a GitHub App with `permission-…` inputs, and keep the secret in an environment.',
  app: 'Where the own token is enough, use `${{ github.token }}` and a `permissions` block. Otherwise keep the key of the App in an environment.',
  key: 'Where the own token is enough, leave the key out: `actions/checkout` stores the own token. Otherwise let the key read only, and keep it in an environment.',
};

function wordsFor({ kind, name, isLimited }: Credential): string {
  if (kind === 'token') return `'${name}' is used as a token of GitHub beside the job's own`;
  if (kind === 'key') return `'${name}' is used as an SSH key, such as a deploy key`;
  const limits = isLimited === true ? 'limited to some permissions' : 'with all that the App may do';
  return `'${name}' makes a token of a GitHub App, ${limits}`;
}
