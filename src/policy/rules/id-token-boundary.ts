import { groupBy } from '../../calls/group-by.ts';
import type { NonEmpty } from '../../calls/group-by.ts';
import type { JobInChain } from '../../calls/call-tree.ts';
import type { Grant } from '../../model/grant.ts';
import { workflowReference } from '../../workflow/workflow-reference.ts';
import type { CheckedJob, CheckedWorkflow } from '../checked-workflow.ts';
import { guessOf } from '../guess.ts';
import type { Guess } from '../guess.ts';
import { SAY_WHO_YOU_ARE } from '../guess-words.ts';
import { isOurs, nearestOfOurs, placesOfJob } from '../job-places.ts';
import { isOpen } from '../known-needs.ts';
import { trustedOwners } from '../may-loosen.ts';
import { violationsOf } from '../violations-of.ts';
import type { Evidence, Rule, Subject, Violation } from '../rule.ts';
import { listedShort } from '../../words/in-words.ts';

/**
 * The rule `id-token-boundary`: a job can sign in to other systems as this repository, and it is one of a called workflow
 * of another owner, or one that has no use for it. One finding for a called workflow and the file that calls it.
 *
 * @see https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows
 */
export const idTokenBoundary: Rule = {
  name: 'id-token-boundary',
  check: (evidence) => [...outside(evidence), ...withoutUse(evidence)],
};

/**
 * A workflow whose one purpose is to sign in the name of its caller, which takes the identity token: there is nothing to
 * mend in such a call.
 *
 * @see https://github.com/slsa-framework/slsa-github-generator#what-is-slsa-github-generator
 */
const SIGNS = /^slsa-framework\/slsa-github-generator\//i;

/** A job with an identity token, behind a call that leaves the trust boundary. */
interface Crossing {
  readonly workflow: CheckedWorkflow;
  readonly job: CheckedJob;
  /** The call that leaves it. */
  readonly calling: JobInChain;
  readonly guess: Guess | null;
}

function outside({ workflows, policy, settings }: Evidence): readonly Violation[] {
  const trusted = trustedOwners(policy);
  const crossings = workflows.flatMap((workflow) =>
    workflow.jobs.flatMap((job): readonly Crossing[] => {
      if (!job.reported.grants.some(hasIdToken)) return [];
      const calling = crossingOf(job.chained, trusted);
      return calling === null ? [] : [{ workflow, job, calling, guess: guessOf(job.reported.grants, hasIdToken) }];
    }),
  );
  return groupBy(crossings, ({ calling, guess }) => JSON.stringify([causeOf(calling), guess])).flatMap((same) =>
    crossingFindings(same, settings.repository === null),
  );
}

/** The first call on the way to a job, from the root down, that leads to somebody else's workflow. */
function crossingOf(chained: JobInChain, trusted: ReadonlySet<string>): JobInChain | null {
  const above = chained.caller === null ? null : crossingOf(chained.caller, trusted);
  if (above !== null) return above;
  const { call, job } = chained;
  if (call === null || call.trusted || job.uses === null) return null;
  const reference = workflowReference(job.uses.reference);
  const isRemote = !('error' in reference) && reference.kind === 'remote';
  const isOutside = isRemote && !trusted.has(reference.owner.toLowerCase()) && !SIGNS.test(job.uses.reference);
  return isOutside ? chained : null;
}

function causeOf(calling: JobInChain): string {
  return `${nearestOfOurs(calling).file.path}:${referenceOf(calling)}`;
}

function referenceOf({ job }: JobInChain): string {
  return job.uses?.reference ?? '';
}

function crossingFindings(same: NonEmpty<Crossing>, isOwnerUnknown: boolean): readonly Violation[] {
  const [{ calling, guess }] = same;
  const reference = referenceOf(calling);
  const unknown = isOwnerUnknown ? ` Whether its owner is your own is not known. ${SAY_WHO_YOU_ARE}` : '';
  return violationsOf(same, {
    cause: causeOf(calling),
    ...(guess === null ? {} : { guess }),
    placeOf: (one) => {
      const here = nearestOfOurs(one.calling);
      return { path: here.file.path, ...(here.job.uses?.position ?? here.job.position) };
    },
    subjectsOf: ({ workflow, job }) => [subjectOf(workflow, job, reference)],
    tell: (crossings) => ({
      message: `\`id-token: write\` reaches '${reference}', a workflow of another owner. Its ${jobWords(crossings)} can sign in to other systems as this repository.${unknown}`,
      hint: 'Give it no `id-token`, or do what needs it in a job of your own. If you trust the owner, or it belongs to the same enterprise, list it under `trusted-owners` in the policy. Cloud roles can ask for the claim `job_workflow_ref`, which names the called workflow.',
    }),
  });
}

/** Jobs that are known to use no identity token. */
function withoutUse({ workflows, needsOf }: Evidence): readonly Violation[] {
  const idle = workflows.flatMap((workflow) =>
    workflow.jobs.flatMap((job) => {
      const { chained, reported } = job;
      const hasSteps = chained.job.uses === null;
      if (!hasSteps || !isOurs(chained) || !reported.grants.some(hasIdToken)) return [];
      const needs = needsOf(job);
      if (isOpen(needs, 'id-token') || needs?.permissions['id-token'] === 'write') return [];
      return [{ workflow, job, guess: guessOf(reported.grants, hasIdToken) }];
    }),
  );
  // The block that gives it is what has to change.
  const blockOf = ({ job: { chained, reported } }: (typeof idle)[number]) => {
    const { block } = chained;
    return block === null || block.from === 'job'
      ? `${reported.definedIn}:${chained.job.id}`
      : `${block.path}:${block.from}:${nearestOfOurs(chained).file.path}`;
  };
  return groupBy(idle, (one) => JSON.stringify([blockOf(one), one.guess])).flatMap((same) => {
    const [first] = same;
    return violationsOf(same, {
      cause: `${blockOf(first)}:no use`,
      ...(first.guess === null ? {} : { guess: first.guess }),
      placeOf: ({ job: { chained } }) => {
        const { block, file, job } = chained;
        const isHere = block !== null && !block.path.includes('@');
        return isHere ? { path: block.path, ...block.block.position } : { path: file.path, ...job.position };
      },
      subjectsOf: ({ workflow, job }) => [subjectOf(workflow, job)],
      tell: (jobs) => ({
        message: `The ${jobWords(jobs)} can sign in to other systems as this repository by \`id-token: write\`, and no step has a use for that.`,
        hint: withoutIt(first.job),
      }),
    });
  });
}

function withoutIt({ chained: { block } }: CheckedJob): string {
  const shorthand = block?.block.shorthand?.value;
  return shorthand === undefined
    ? 'Remove `id-token: write`, or write it in the block of the job alone that uses it.'
    : `Name the permissions that the steps need instead of \`${shorthand}\`, and leave \`id-token\` out.`;
}

function hasIdToken({ permissions }: Grant): boolean {
  return permissions['id-token'] === 'write';
}

function subjectOf({ report }: CheckedWorkflow, { chained, reported }: CheckedJob, about?: string): Subject {
  return {
    workflow: report.path,
    job: reported.path,
    definedIn: reported.definedIn,
    permission: 'id-token',
    granted: 'write',
    ...(about === undefined ? {} : { about }),
    places: placesOfJob(chained),
  };
}

function jobWords(jobs: readonly { readonly job: CheckedJob }[]): string {
  const names = [...new Set(jobs.map(({ job }) => `'${job.reported.path.join('/')}'`))];
  return `${names.length === 1 ? 'job' : 'jobs'} ${listedShort(names, 5)}`;
}
