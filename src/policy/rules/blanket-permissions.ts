import type { JobInChain } from '../../calls/call-tree.ts';
import { groupBy } from '../../calls/group-by.ts';
import type { NonEmpty } from '../../calls/group-by.ts';
import type { Shorthand } from '../../model/permission.ts';
import type { Advice } from '../../model/report.ts';
import type { Settings } from '../../model/settings.ts';
import { declaredPermissions } from '../../permissions/declared.ts';
import { TABLE_DATE } from '../../permissions/permission-table.ts';
import type { CheckedJob, CheckedWorkflow } from '../checked-workflow.ts';
import { firstBlock, HOW_SURE, mostOf } from '../first-block.ts';
import { appliedBlock, chainOf, isOurs, subjectOf } from '../job-places.ts';
import type { AppliedBlock } from '../job-places.ts';
import { jobsInWords } from '../job-words.ts';
import { certaintyOf, needsInChains } from '../known-needs.ts';
import type { NeedsInChain } from '../known-needs.ts';
import type { Rule, Subject, Violation } from '../rule.ts';
import { listed, plural } from '../../words/in-words.ts';

/** A job that gets what a shorthand gives. */
interface Reached extends CheckedJob {
  readonly workflow: CheckedWorkflow;
  readonly applied: AppliedBlock;
  readonly shorthand: Shorthand;
}

/**
 * The rule `blanket-permissions`: `read-all` or `write-all` in a block of this repository that applies to a job. One
 * finding a block, whatever calls lead to its jobs.
 */
export const blanketPermissions: Rule = {
  name: 'blanket-permissions',
  check: (evidence) => {
    const { workflows, settings } = evidence;
    const needsOf = needsInChains(evidence);
    const reached = workflows.flatMap((workflow) => workflow.jobs.flatMap((job) => reach(workflow, job)));
    return groupBy(reached, ({ applied }) => applied.key).map((same) => violationOf(same, settings, needsOf));
  },
};

function reach(workflow: CheckedWorkflow, job: CheckedJob): readonly Reached[] {
  const applied = appliedBlock(job.chained);
  const shorthand = applied?.block.shorthand ?? null;
  if (applied === null || shorthand === null || !isOurs(applied.owner)) return [];
  // A job that never runs gets nothing, and a calling job has no token: its called jobs stand for it.
  if (job.reported.grants.every(({ status }) => status === 'not-run')) return [];
  return [{ ...job, workflow, applied, shorthand }];
}

function violationOf(same: NonEmpty<Reached>, settings: Settings, needsOf: NeedsInChain): Violation {
  const [{ applied, shorthand }] = same;
  const { owner, key } = applied;
  const names = new Map<Subject, readonly string[]>();
  for (const one of same) {
    names.set({ ...subjectOf(one.workflow, one), about: shorthand.value }, idsBelow(one));
  }
  const [first, ...others] = names.keys();
  const isKnown = same.some(({ reported }) => reported.grants.some(({ status }) => status === 'granted'));
  return {
    cause: `${key}:${shorthand.value}`,
    place: { path: owner.file.path, ...shorthand.position },
    subjects: [first as Subject, ...others],
    ...(isKnown ? {} : { guess: { upperBound: true } }),
    tell: (subjects) => ({
      message: `\`${shorthand.value}\` gives ${jobsInWords(subjects.map((one) => names.get(one) ?? []))} ${meaning(shorthand, applied, settings)}, and each one that GitHub adds later.`,
      hint: 'Name the permissions that the steps need, each on a line of its own: what is not named is none.',
      advice: adviceFor(same, settings, needsOf),
    }),
  };
}

/** A job as seen from the file that holds the block: the same whoever calls that file. */
function idsBelow({ chained, applied: { owner } }: Reached): readonly string[] {
  return chained.ids.slice(chainOf(owner).length - 1);
}

function meaning({ value }: Shorthand, { block }: AppliedBlock, { platform }: Settings): string {
  const given = Object.entries(declaredPermissions(block, platform));
  const writes = given.filter(([, level]) => level === 'write').map(([name]) => name);
  const reads = given.length - writes.length;
  if (value === 'read-all') return `${plural(reads, 'permission')} to read (as of ${TABLE_DATE})`;
  return `${plural(writes.length, 'permission')} to write (${listed(writes)}; as of ${TABLE_DATE}) and ${reads} to read`;
}

/** The jobs that have the block by themselves, each of which may call others. */
function heirsOf({ applied: { owner, isOfJob }, workflow }: Reached): readonly JobInChain[] {
  if (isOfJob) return [owner];
  const siblings = owner.caller === null ? workflow.tree : (owner.caller.call?.jobs ?? []);
  return siblings.filter(({ job }) => job.permissions === null);
}

/** A block in the place of the shorthand, where all that it is passed on to is known. */
function adviceFor(same: NonEmpty<Reached>, { platform }: Settings, needsOf: NeedsInChain): readonly Advice[] {
  const [{ applied }] = same;
  const at = { path: applied.owner.file.path, line: applied.block.position.line };
  const heirs = [...new Set(same.flatMap(heirsOf))];
  const blocks = heirs.map((job) => firstBlock(job, platform, needsOf));
  if (blocks.includes(null)) {
    const text =
      'Write a list that holds what the called workflows ask for, too: with less the run does not start. Not all of them were read.';
    return [{ text, ...at }];
  }
  return [
    { text: `Write this block instead. ${HOW_SURE[certaintyOf(heirs, needsOf)]}`, ...at, permissions: mostOf(blocks) },
  ];
}
