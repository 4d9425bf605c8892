import { groupBy } from '../../calls/group-by.ts';
import type { NonEmpty } from '../../calls/group-by.ts';
import type { Advice } from '../../model/report.ts';
import type { CheckedJob, CheckedWorkflow } from '../checked-workflow.ts';
import { mostOf } from '../first-block.ts';
import { appliedBlock, chainOf, isOurs, placeOf, subjectOf } from '../job-places.ts';
import type { AppliedBlock } from '../job-places.ts';
import { jobsInWords } from '../job-words.ts';
import { isOpen } from '../known-needs.ts';
import type { JobNeeds } from '../../model/needs.ts';
import type { Evidence, Rule, Subject, Violation } from '../rule.ts';
import { capital } from '../../words/in-words.ts';

/**
 * A job that the block of a workflow applies to, with what its steps use; or a job of the workflow that calls another one,
 * with what that asks for.
 */
interface Heir extends CheckedJob {
  readonly workflow: CheckedWorkflow;
  readonly applied: AppliedBlock;
  readonly needs: JobNeeds | null;
}

/**
 * The rule `workflow-level-write`: a write in the block of a workflow that more jobs get than use it. Silent where one job
 * alone gets it, and where a step that cannot be seen into may use it. What no job uses at all is excessive, and `write-all`
 * and identity tokens have rules of their own.
 */
export const workflowLevelWrite: Rule = {
  name: 'workflow-level-write',
  check: (evidence) => {
    const heirs = evidence.workflows.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => inherit(workflow, job, evidence)),
    );
    return groupBy(heirs, ({ applied }) => applied.key).flatMap(violationsOf);
  },
};

function inherit(workflow: CheckedWorkflow, job: CheckedJob, { needsOf }: Evidence): readonly Heir[] {
  const applied = appliedBlock(job.chained);
  if (applied === null || applied.isOfJob || !isOurs(applied.owner)) return [];
  const isCalling = job.chained.call?.callee.kind === 'found';
  if (isCalling ? applied.owner !== job.chained : job.reported.grants.every(({ status }) => status === 'not-run')) {
    return [];
  }
  return [{ ...job, workflow, applied, needs: needsOf(job) }];
}

function violationsOf(heirs: NonEmpty<Heir>): readonly Violation[] {
  const [{ applied }] = heirs;
  const writes = applied.block.entries.filter(
    ({ level, permission }) => level === 'write' && permission !== 'id-token',
  );
  return writes.flatMap(({ permission, position }) => {
    if (heirs.some(({ needs }) => isOpen(needs, permission))) return [];
    const getting = heirs.filter(({ reported }) =>
      reported.grants.some((row) => row.permissions[permission] === 'write'),
    );
    const isUsedBy = ({ needs }: Heir) => needs?.permissions[permission] === 'write';
    // A job of a called workflow is one job, however many calls lead to it.
    const idle = getting.filter(
      (job) => !getting.some((other) => other.chained.job === job.chained.job && isUsedBy(other)),
    );
    const users = getting.filter((job) => !idle.includes(job));
    // A call that passes it on to a block of the called workflow uses it, too.
    const passing = heirs.filter(
      (job) =>
        job.chained.call?.callee.kind === 'found' &&
        isUsedBy(job) &&
        !users.some((user) => chainOf(user.chained).includes(job.chained)),
    );
    const using = [...users, ...passing];
    if (idle.length === 0 || using.length === 0) return [];
    return [violationOf(permission, { path: applied.owner.file.path, ...position }, idle, using)];
  });
}

function violationOf(
  permission: string,
  place: Violation['place'],
  idle: readonly Heir[],
  using: readonly Heir[],
): Violation {
  const ids = new Map<Subject, readonly string[]>();
  for (const job of idle) ids.set({ ...subjectOf(job.workflow, job), permission, granted: 'write' }, idsOf(job));
  const [first, ...others] = ids.keys();
  const users = using.map(idsOf);
  const only = `only ${jobsInWords(users)} ${countOf(users) === 1 ? 'uses' : 'use'} it`;
  return {
    cause: `${place.path}:${permission}`,
    place,
    subjects: [first as Subject, ...others],
    tell: (subjects) => {
      const jobs = subjects.map((subject) => ids.get(subject) ?? []);
      const isOne = countOf(jobs) === 1;
      return {
        message: `${capital(jobsInWords(jobs))} ${isOne ? 'gets' : 'get'} \`${permission}: write\` from the block of the workflow and ${isOne ? 'does' : 'do'} not use it: ${only}.`,
        advice: adviceFor(permission, place, using),
      };
    },
  };
}

/** How many jobs of a file there are, whatever calls lead to them. */
function countOf(jobs: readonly (readonly string[])[]): number {
  return new Set(jobs.map((ids) => ids.join('/'))).size;
}

function idsOf({ chained, applied }: Heir): readonly string[] {
  return chained.ids.slice(chainOf(applied.owner).length - 1);
}

/** A block at a job takes the place of the workflow's, so it has to hold all that the job uses, whoever calls its file. */
function adviceFor(permission: string, { path, line }: Violation['place'], using: readonly Heir[]): readonly Advice[] {
  const holders = groupBy(using, ({ applied: { owner } }) => JSON.stringify(placeOf(owner)));
  return [
    { text: `Take \`${permission}: write\` out of the block of the workflow.`, path, line },
    ...holders.map((same): Advice => {
      const [{ applied, chained }] = same;
      const { owner } = applied;
      const { path: file, line: at } = placeOf(owner);
      const job = `the job '${owner.job.id}'`;
      return owner === chained
        ? {
            text: `Write this block at ${job}: it takes the place of the workflow's and holds what the job uses.`,
            path: file,
            line: at,
            permissions: mostOf(same.map(({ needs }) => needs?.suggested ?? null)),
          }
        : { text: `Write a block at ${job} that holds what the jobs that it calls use.`, path: file, line: at };
    }),
  ];
}
