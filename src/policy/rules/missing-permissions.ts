import { rootOf } from '../../calls/call-tree.ts';
import type { JobInChain } from '../../calls/call-tree.ts';
import type { Permissions } from '../../model/permission.ts';
import type { Advice } from '../../model/report.ts';
import type { DefaultPermissions, Settings } from '../../model/settings.ts';
import { defaultPermissions } from '../../permissions/declared.ts';
import { possibleDefaults } from '../../permissions/default-setting.ts';
import { TABLE_DATE } from '../../permissions/permission-table.ts';
import type { CheckedJob, CheckedWorkflow } from '../checked-workflow.ts';
import { covers, firstBlock, HOW_SURE, mostOf } from '../first-block.ts';
import { placeOf, subjectOf } from '../job-places.ts';
import { jobsInWords } from '../job-words.ts';
import { certaintyOf, needsInChains } from '../known-needs.ts';
import type { NeedsInChain } from '../known-needs.ts';
import type { Rule, Subject, Violation } from '../rule.ts';
import { listed, plural } from '../../words/in-words.ts';

/**
 * The rule `missing-permissions`: no block applies to a job, so the setting of the repository decides what it gets. One
 * finding a workflow, where a block is to be written; a job of a called workflow counts for the one that calls it.
 */
export const missingPermissions: Rule = {
  name: 'missing-permissions',
  check: (evidence) => {
    const known = { settings: evidence.settings, needsOf: needsInChains(evidence) };
    return evidence.workflows.flatMap((workflow) => violationIn(workflow, known));
  },
};

/** What the advice is made from. */
interface KnownOfJobs {
  readonly settings: Settings;
  readonly needsOf: NeedsInChain;
}

function violationIn(workflow: CheckedWorkflow, known: KnownOfJobs): readonly Violation[] {
  const { settings } = known;
  const { file, failures } = workflow;
  const missing = workflow.jobs.filter(hasDefault);
  const [first, ...others] = missing.map((job) => subjectOf(workflow, job));
  if (first === undefined) return [];
  const roots = [...new Set(missing.map(({ chained }) => rootOf(chained)))];
  const [root] = roots;
  const only = roots.length === 1 && workflow.tree.length > 1 ? root : undefined;
  const failing = new Set(failures.map(({ defaultPermissions: value }) => value));
  const bounds = new Set(missing.filter(isUpperBound).map(({ reported }) => reported.path.join('/')));
  return [
    {
      cause: file.path,
      place: only === undefined ? { path: file.path, ...file.workflow.position } : placeOf(only),
      subjects: [first, ...others],
      ...(bounds.size === missing.length ? { guess: { upperBound: true } } : {}),
      tell: (subjects) => ({
        message: [
          `No \`permissions\` block applies to ${jobsInWords(pathsOf(subjects))}: the repository's default decides.`,
          ...possibleDefaults(settings).map((value) =>
            failing.has(value) ? `If it is '${value}', the run does not start.` : whatItGives(value, settings),
          ),
          ...mayHaveBlocks(
            subjects.filter(({ job }) => job !== null && bounds.has(job.join('/'))),
            subjects,
          ),
        ].join(' '),
        advice: adviceFor(workflow, roots, only, known),
      }),
    },
  ];
}

/** A job that never runs gets nothing. In a file that is only called there are no rows: its callers decide. */
function hasDefault({ reported: { declared, grants } }: CheckedJob): boolean {
  return declared === null && grants.some(({ status }) => status !== 'not-run');
}

function isUpperBound({ reported: { grants } }: CheckedJob): boolean {
  return grants.every(({ status }) => status !== 'granted');
}

function pathsOf(subjects: readonly Subject[]): readonly (readonly string[])[] {
  return subjects.flatMap(({ job }) => (job === null ? [] : [job]));
}

function whatItGives(value: DefaultPermissions, settings: Settings): string {
  const given = Object.entries(defaultPermissions(value, settings.platform));
  const writes = given.filter(([, level]) => level === 'write');
  const isKnown = settings.defaultPermissions.value !== 'unknown';
  const joined = isKnown ? `It is '${value}', which gives` : `If it is '${value}', it gives`;
  if (writes.length === 0) return `${joined} ${listed(given.map(([name, level]) => `\`${name}: ${level}\``))} only.`;
  return `${joined} ${plural(writes.length, 'permission')} to write, \`contents\` among them (as of ${TABLE_DATE}).`;
}

function mayHaveBlocks(bounds: readonly Subject[], all: readonly Subject[]): readonly string[] {
  if (bounds.length === 0 || bounds.length === all.length) return [];
  return [`What ${jobsInWords(pathsOf(bounds))} can call was not read and may have blocks of its own.`];
}

/**
 * The blocks to write. One at the top reaches the jobs that call workflows, too: there it is a limit, and a run whose
 * called workflow asks for more does not start. So these get a block of their own.
 */
function adviceFor(
  { file, tree }: CheckedWorkflow,
  roots: readonly JobInChain[],
  only: JobInChain | undefined,
  known: KnownOfJobs,
): readonly Advice[] {
  if (only !== undefined) return [adviceAt(only, known)];
  const plain = roots.filter(({ call }) => call === null);
  const permissions = mostOf(plain.map((root) => blockFor(root, known)));
  // A job that calls is given a block of its own where that one would be too little for it, or may be.
  const calling = tree
    .filter(({ call, job }) => call !== null && job.permissions === null)
    .filter((job) => plain.length === 0 || !isCovered(permissions, blockFor(job, known)));
  const below = calling.length === 0 ? '' : ', together with those for the jobs that call workflows';
  const top: Advice = {
    text: `Write this block at the top of the workflow${below}. ${howSure(permissions, plain, known)}`,
    path: file.path,
    line: file.workflow.position.line,
    permissions,
  };
  return [...(plain.length === 0 ? [] : [top]), ...calling.map((job) => adviceAt(job, known))];
}

function isCovered(block: Permissions, needed: Permissions | null): boolean {
  return needed !== null && covers(block, needed);
}

function adviceAt(job: JobInChain, known: KnownOfJobs): Advice {
  const { path, line } = placeOf(job);
  const at = `the job '${job.job.id}'`;
  const permissions = blockFor(job, known);
  const reference = job.job.uses?.reference ?? '';
  if (permissions === null) {
    const text = `Write a block at ${at} that holds what '${reference}' and the workflows that it calls ask for: with less the run does not start. Not all of them were read.`;
    return { text, path, line };
  }
  const asked = job.call === null ? '' : `It holds what '${reference}' asks for: with less the run does not start. `;
  return { text: `Write this block at ${at}. ${asked}${howSure(permissions, [job], known)}`, path, line, permissions };
}

/** With the restricted default, what a job has is short enough to be written down where it is not known what it uses. */
function blockFor(job: JobInChain, { settings, needsOf }: KnownOfJobs): Permissions | null {
  const { defaultPermissions: setting, platform } = settings;
  return setting.value === 'read'
    ? firstBlock(job, platform, needsOf, () => defaultPermissions('read', platform))
    : firstBlock(job, platform, needsOf);
}

/** How much is to be tested: `jobs` are those that the block is for. */
function howSure(block: Permissions, jobs: readonly JobInChain[], { settings, needsOf }: KnownOfJobs): string {
  const certainty = certaintyOf(jobs, needsOf);
  if (certainty !== 'unknown') return HOW_SURE[certainty];
  if (settings.defaultPermissions.value === 'read') {
    return 'It holds what the default gives now. Test whether less is enough.';
  }
  return `${Object.keys(block).length === 0 ? 'No step is given the token. ' : ''}${HOW_SURE.unknown}`;
}
