import { groupBy } from '../../calls/group-by.ts';
import type { NonEmpty } from '../../calls/group-by.ts';
import { allJobs } from '../../calls/call-tree.ts';
import type { JobInChain } from '../../calls/call-tree.ts';
import type { Grant } from '../../model/grant.ts';
import type { Position } from '../../model/position.ts';
import { workflowReference } from '../../workflow/workflow-reference.ts';
import { actionReference, isCommit } from '../../workflow/action-reference.ts';
import type { CheckedWorkflow } from '../checked-workflow.ts';
import { guessOf } from '../guess.ts';
import type { Guess } from '../guess.ts';
import { SAY_WHO_YOU_ARE } from '../guess-words.ts';
import { isOurs, placesOfJob } from '../job-places.ts';
import { trustedOwners } from '../may-loosen.ts';
import { violationsOf } from '../violations-of.ts';
import type { Evidence, Rule, Subject, Told, Violation } from '../rule.ts';
import { listedShort } from '../../words/in-words.ts';

/**
 * The rule `write-to-unpinned-action`: what somebody else can change without us runs in a job with a write. One finding
 * for a workflow file, since whoever pins one action of a file pins them all, and one tool does it in one go.
 */
export const writeToUnpinnedAction: Rule = { name: 'write-to-unpinned-action', check };

/** GitHub's own owners, Dependabot's included: whoever can change these has no need of our token. */
const GITHUB: readonly string[] = ['actions', 'github', 'dependabot'];

/**
 * The builder of SLSA checks that it was called by a tag of a version, and refuses a commit.
 *
 * @see https://github.com/slsa-framework/slsa-github-generator#referencing-slsa-builders-and-generators
 */
const TAG_ONLY = /^slsa-framework\/slsa-github-generator\/.*@v\d+\.\d+\.\d+$/;

/** Something that is not pinned, where it stands. */
interface Unpinned {
  /** As written. */
  readonly written: string;
  readonly position: Position;
  readonly kind: 'action' | 'image' | 'workflow';
}

/** An unpinned thing in a job that has writes. */
interface Use {
  readonly workflow: CheckedWorkflow;
  readonly job: JobInChain;
  readonly unpinned: Unpinned;
  /** The permissions that are `write` in some row. */
  readonly writes: readonly string[];
  readonly guess: Guess | null;
}

function check({ workflows, settings, policy }: Evidence): readonly Violation[] {
  const owner = settings.repository?.owner.toLowerCase();
  const trusted = new Set([...GITHUB, ...(owner === undefined ? [] : [owner]), ...trustedOwners(policy)]);
  const uses = workflows.flatMap((workflow) => usesIn(workflow, trusted));
  return groupBy(uses, ({ job, guess }) => JSON.stringify([job.file.path, guess])).flatMap((same) =>
    violations(same, owner === undefined),
  );
}

function usesIn(workflow: CheckedWorkflow, trusted: ReadonlySet<string>): readonly Use[] {
  const rows = new Map(workflow.jobs.map(({ chained, reported }) => [chained, reported.grants]));
  return workflow.jobs.flatMap(({ chained }) => {
    // What a workflow of another repository uses is for that one to pin.
    if (!isOurs(chained)) return [];
    const unpinned = unpinnedIn(chained, trusted);
    if (unpinned.length === 0) return [];
    const jobs = chained.job.uses === null ? [chained] : allJobs([chained]);
    const { writes, guess } = writesOf(jobs.map((one) => rows.get(one) ?? []));
    // What an unknown setting alone would give goes with a block, which the rule about missing ones asks for.
    const isDefault = guess?.defaultPermissions !== undefined;
    return writes.length === 0 || isDefault
      ? []
      : unpinned.map((one) => ({ workflow, job: chained, unpinned: one, writes, guess }));
  });
}

/** What some of the jobs may write, and under what alone: certain, when it is of one of them. */
function writesOf(grants: readonly (readonly Grant[])[]): Pick<Use, 'writes' | 'guess'> {
  const isWrite = (row: Grant) => Object.values(row.permissions).includes('write');
  const writing = grants.filter((rows) => rows.some(isWrite));
  const writes = writing.flatMap((rows) =>
    rows.flatMap(({ permissions }) => Object.keys(permissions).filter((one) => permissions[one] === 'write')),
  );
  const guesses = writing.map((rows) => guessOf(rows, isWrite));
  const guess = guesses.includes(null) ? null : (guesses[0] ?? null);
  return { writes: [...new Set(writes)], guess };
}

function unpinnedIn({ job }: JobInChain, trusted: ReadonlySet<string>): readonly Unpinned[] {
  if (job.uses !== null) {
    const { reference, position } = job.uses;
    const read = workflowReference(reference);
    const isTrusted = 'error' in read || read.kind === 'local' || trusted.has(read.owner.toLowerCase());
    if (isTrusted || isCommit(read.ref) || TAG_ONLY.test(reference)) return [];
    return [{ written: reference, position, kind: 'workflow' }];
  }
  return job.steps.flatMap(({ uses }): readonly Unpinned[] => {
    const reference = uses === null ? null : actionReference(uses.text);
    if (uses === null || reference === null || reference.kind === 'local' || reference.isPinned) return [];
    const owner = reference.kind === 'action' ? reference.owner : ownerOfImage(reference.image);
    if (owner !== null && trusted.has(owner)) return [];
    return [{ written: uses.text.trim(), position: uses.position, kind: reference.kind }];
  });
}

/** Images in GitHub's registry have an owner; of others nothing is known. */
function ownerOfImage(image: string): string | null {
  return /^ghcr\.io\/([^/]+)\//i.exec(image)?.[1]?.toLowerCase() ?? null;
}

function violations(same: NonEmpty<Use>, isOwnerUnknown: boolean): readonly Violation[] {
  const [{ job, guess }] = same;
  return violationsOf(same, {
    cause: job.file.path,
    ...(guess === null ? {} : { guess }),
    placeOf: (use) => ({ path: use.job.file.path, ...use.unpinned.position }),
    subjectsOf,
    tell: (uses) => told(uses, isOwnerUnknown),
  });
}

function subjectsOf({ workflow, job, unpinned, writes }: Use): readonly Subject[] {
  return writes.map((permission) => ({
    workflow: workflow.report.path,
    job: job.ids,
    definedIn: job.file.path,
    permission,
    granted: 'write',
    about: unpinned.written,
    places: placesOfJob(job),
  }));
}

function told(uses: readonly Use[], isOwnerUnknown: boolean): Told {
  const byName = groupBy(uses, ({ unpinned }) => unpinned.written.toLowerCase());
  const names = byName.map(([{ unpinned }]) => `'${unpinned.written}' (line ${unpinned.position.line})`);
  const jobs = listedShort(
    uses.map(({ job }) => `'${job.ids.join('/')}'`),
    5,
  );
  const isOne = new Set(uses.map(({ job }) => job.ids.join('/'))).size === 1;
  const writes = listedShort(
    uses.flatMap((use) => use.writes.map((one) => `\`${one}: write\``)),
    4,
  );
  const owner = isOwnerUnknown ? ` Whether one of the owners is your own is not known. ${SAY_WHO_YOU_ARE}` : '';
  const what = byName.length === 1 ? 'is' : 'are';
  return {
    message: `${listedShort(names, 6)} ${what} at a tag or a branch, which somebody else can move, and ${isOne ? 'the job' : 'the jobs'} ${jobs} ${isOne ? 'has' : 'have'} ${writes}.${owner}`,
    hint: `${hintFor(byName.map(([{ unpinned }]) => unpinned))} Dependabot and Renovate keep such pins up to date.`,
  };
}

function hintFor(all: readonly Unpinned[]): string {
  const action = all.find(({ kind }) => kind !== 'image');
  if (action === undefined) {
    const image = all[0]?.written.replace(/:[^:/]*$/, '') ?? '';
    return `Pin it to a digest: \`uses: ${image}@sha256:…\`.`;
  }
  const [location = '', ref = ''] = action.written.split('@');
  return `Pin each to a full commit, with the version in a comment: \`uses: ${location}@<commit> # ${ref}\`. Or give the write to a job without it.`;
}
