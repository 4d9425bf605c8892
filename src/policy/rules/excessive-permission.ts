import { groupBy } from '../../calls/group-by.ts';
import type { NonEmpty } from '../../calls/group-by.ts';
import type { JobNeeds } from '../../model/needs.ts';
import type { AccessLevel, Permissions } from '../../model/permission.ts';
import type { Advice } from '../../model/report.ts';
import { higher, isMore } from '../../permissions/access-level.ts';
import type { CheckedJob, CheckedWorkflow } from '../checked-workflow.ts';
import { EXCUSED_STAYS, HOW_SURE, mostOf } from '../first-block.ts';
import { appliedBlock, isOurs, subjectOf } from '../job-places.ts';
import type { AppliedBlock } from '../job-places.ts';
import { jobsInWords } from '../job-words.ts';
import { isOpen } from '../known-needs.ts';
import type { Evidence, Rule, Subject, Told, Violation } from '../rule.ts';
import { listed } from '../../words/in-words.ts';

/** A job at whose level a block is written: its own one or that of its workflow. */
interface Holder extends CheckedJob {
  readonly workflow: CheckedWorkflow;
  readonly applied: AppliedBlock;
  readonly needs: JobNeeds | null;
}

/** A line of a block that gives more than any of its jobs needs. */
interface Excess {
  readonly permission: string;
  readonly granted: AccessLevel;
  readonly needed: AccessLevel;
}

/**
 * The rule `excessive-permission`: a block gives what none of its jobs needs, in any chain of calls that leads to them.
 * Silent of what a step may use that cannot be seen into. `read-all` and `write-all` have a rule of their own, and so have
 * what only some of the jobs use and the identity token of jobs with steps.
 */
export const excessivePermission: Rule = {
  name: 'excessive-permission',
  check: (evidence) => {
    const runs = evidence.workflows.filter(({ report: { outcome } }) => outcome === 'ok' || outcome === 'unresolved');
    const all = runs.flatMap((workflow) => workflow.jobs.flatMap((job) => holder(workflow, job, evidence)));
    const signing = new Set(runs.flatMap(({ jobs }) => jobs.flatMap(blockOfIdentity)));
    return groupBy(all, ({ applied }) => applied.key).flatMap((holders) =>
      violationsIn(holders, signing.has(holders[0].applied.key)),
    );
  },
};

function holder(workflow: CheckedWorkflow, job: CheckedJob, { needsOf }: Evidence): readonly Holder[] {
  const { chained, reported } = job;
  const applied = appliedBlock(chained);
  if (applied === null || applied.owner !== chained || !isOurs(chained) || applied.block.shorthand !== null) return [];
  // A job that never runs needs nothing. What a call passes on is compared with what is asked whether it runs or not.
  if (chained.call === null && reported.grants.every(({ status }) => status === 'not-run')) return [];
  return [{ ...job, workflow, applied, needs: needsOf(job) }];
}

/** The block by which a job with steps gets an identity token: `id-token-boundary` says whether that is used. */
function blockOfIdentity({ chained, reported }: CheckedJob): readonly string[] {
  const isSigning = reported.grants.some(({ permissions }) => permissions['id-token'] === 'write');
  const applied = appliedBlock(chained);
  return isSigning && applied !== null && chained.call === null && isOurs(chained) ? [applied.key] : [];
}

function violationsIn(holders: NonEmpty<Holder>, isIdentityTold: boolean): readonly Violation[] {
  const [{ applied }] = holders;
  const { block, owner, key } = applied;
  const excesses = new Map<Subject, Excess>();
  const found = block.entries.flatMap(({ permission, level: granted, position }): readonly Violation[] => {
    if (permission === 'id-token' && isIdentityTold) return [];
    if (holders.some(({ needs }) => isOpen(needs, permission))) return [];
    const needed = holders.map(({ needs }) => needs?.permissions[permission] ?? 'none').reduce(higher, 'none');
    if (!isMore(granted, needed)) return [];
    const subjects = holders.map((one): Subject => {
      return { ...subjectOf(one.workflow, one), permission, granted, allowed: needed };
    });
    for (const subject of subjects) excesses.set(subject, { permission, granted, needed });
    return [
      {
        cause: key,
        place: { path: owner.file.path, ...position },
        subjects: subjects as [Subject, ...Subject[]],
        tell: (left, excused) => tell(holders, left, excused, excesses),
      },
    ];
  });
  return found;
}

function tell(
  holders: NonEmpty<Holder>,
  subjects: readonly Subject[],
  excused: readonly Subject[],
  excesses: ReadonlyMap<Subject, Excess>,
): Told {
  const excessesOf = (some: readonly Subject[]) => distinct(some.flatMap((subject) => excesses.get(subject) ?? []));
  const told = excessesOf(subjects);
  const unused = told.filter(({ needed }) => needed === 'none');
  const tooHigh = told.filter(({ needed }) => needed !== 'none');
  const what = [
    ...(unused.length === 0 ? [] : [`${lines(unused)}, which ${nobody(holders)}`]),
    ...tooHigh.map(({ permission, granted, needed }) => {
      return `\`${permission}: ${granted}\` where \`${permission}: ${needed}\` is enough`;
    }),
  ];
  return {
    message: [`${blockInWords(holders)} ${what.join(', and ')}.`, ...unseen(holders)].join(' '),
    advice: [adviceFor(holders, told, excessesOf(excused))],
  };
}

function lines(excesses: readonly Excess[]): string {
  return listed(excesses.map(({ permission, granted }) => `\`${permission}: ${granted}\``));
}

/** The block, with the jobs that have it where that is not said by its place. */
function blockInWords(holders: NonEmpty<Holder>): string {
  const [{ applied }] = holders;
  const { owner, isOfJob } = applied;
  const verb = holders.some(({ chained }) => chained.call === null) ? 'gives' : 'passes on';
  if (isOfJob) return `The block of the job '${owner.job.id}' ${verb}`;
  const jobs = jobsInWords(holders.map(({ chained }) => [chained.job.id]));
  return verb === 'gives'
    ? `The block of the workflow gives ${jobs}`
    : `The block of the workflow passes on to ${jobs}`;
}

/** Who does not use it. */
function nobody(holders: NonEmpty<Holder>): string {
  const calling = holders.filter(({ chained }) => chained.call !== null);
  if (calling.length === 0) return 'no step uses';
  const isOne = new Set(calling.map(({ chained }) => chained.job.id)).size === 1;
  const called = isOne
    ? 'the called workflow neither asks for nor uses'
    : 'the called workflows neither ask for nor use';
  return calling.length === holders.length ? called : `no step uses, and ${called}`;
}

/** What is left open, where not all can be seen. */
function unseen(holders: NonEmpty<Holder>): readonly string[] {
  const open = [...new Set(holders.flatMap(({ needs }) => (needs === null || needs.open === 'all' ? [] : needs.open)))];
  if (open.length === 0) return [];
  const names = listed(open.map((name) => `\`${name}\``));
  return [`This tool cannot see the code of every step, but what it cannot see could only use ${names}.`];
}

/** The block without any excess but what is excused: another finding may be about the rest of it. */
function adviceFor(holders: NonEmpty<Holder>, told: readonly Excess[], excused: readonly Excess[]): Advice {
  const [{ applied }] = holders;
  const left = excused.filter((one) => !told.some(({ permission }) => permission === one.permission));
  const kept: Permissions = Object.fromEntries(left.map(({ permission, granted }) => [permission, granted]));
  const isComplete = holders.every(({ needs }) => needs?.complete === true);
  const stays = left.length === 0 ? '' : ` ${EXCUSED_STAYS}`;
  return {
    text: `Write this block instead. ${HOW_SURE[isComplete ? 'complete' : 'partly']}${stays}`,
    path: applied.owner.file.path,
    line: applied.block.position.line,
    permissions: mostOf([...holders.map(({ needs }) => needs?.suggested ?? {}), kept]),
  };
}

function distinct(excesses: readonly Excess[]): readonly Excess[] {
  return [...new Map(excesses.map((one) => [one.permission, one])).values()];
}
