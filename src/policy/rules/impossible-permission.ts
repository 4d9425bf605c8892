import { groupBy } from '../../calls/group-by.ts';
import type { NonEmpty } from '../../calls/group-by.ts';
import type { Grant } from '../../model/grant.ts';
import type { ImpossibleNeed, RowNeeds } from '../../model/needs.ts';
import type { Settings } from '../../model/settings.ts';
import { platformName } from '../../permissions/platform.ts';
import type { CheckedJob, CheckedWorkflow } from '../checked-workflow.ts';
import { guessOf } from '../guess.ts';
import type { Guess } from '../guess.ts';
import { placeOfStep, subjectOf } from '../job-places.ts';
import { jobsInWords } from '../job-words.ts';
import { isThere } from '../lacking.ts';
import type { Evidence, Rule, Told } from '../rule.ts';
import { violationsOf } from '../violations-of.ts';

/** Something that a step of a job uses and that no block can give. */
interface Found {
  readonly workflow: CheckedWorkflow;
  readonly job: CheckedJob;
  readonly need: ImpossibleNeed;
  /** It is a permission, and this platform alone does not have it. */
  readonly isOfPlatform: boolean;
  readonly guess: Guess | null;
}

/**
 * The rule `impossible-permission`: a step uses what no block can give, on this platform or at all. One finding for a step
 * of a job, whatever calls lead to it.
 */
export const impossiblePermission: Rule = {
  name: 'impossible-permission',
  check: (evidence) => {
    const all = evidence.workflows.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => foundIn(workflow, job, evidence)),
    );
    return groupBy(all, (one) => JSON.stringify([causeOf(one), one.guess])).flatMap((same) =>
      violationsOf(same, {
        cause: causeOf(same[0]),
        ...(same[0].guess === null ? {} : { guess: same[0].guess }),
        placeOf: ({ job, need }) => placeOfStep(job.chained, need),
        subjectsOf: ({ workflow, job, need }) => [{ ...subjectOf(workflow, job), about: need.what }],
        tell: (found) => tell(found, evidence.settings),
      }),
    );
  },
};

function causeOf({ job: { reported, chained }, need: { by, what } }: Found): string {
  return [reported.definedIn, chained.job.id, by, what].join(':');
}

function foundIn(workflow: CheckedWorkflow, job: CheckedJob, { needsOf, settings }: Evidence): readonly Found[] {
  const { chained, reported } = job;
  const needs = chained.job.uses === null ? needsOf(job) : null;
  if (needs === null) return [];
  const hits = new Map(needs.rows.map((row) => [row.row, impossibleIn(row, settings)]));
  return groupBy([...hits.values()].flat(), keyOf).map(([need]): Found => {
    const isHit = (row: Grant) => hits.get(row)?.some((one) => keyOf(one) === keyOf(need)) === true;
    // Runs that share their row with the repository's own are of one kind for all settings.
    const isShared = needs.rows.some(({ row }) => !reported.grants.includes(row) && isHit(row));
    return {
      workflow,
      job,
      need,
      isOfPlatform: !needs.impossible.some((one) => keyOf(one) === keyOf(need)),
      guess: isShared ? null : guessOf(reported.grants, isHit),
    };
  });
}

function keyOf({ path, line, by, what }: ImpossibleNeed): string {
  return JSON.stringify([path, line, by, what]);
}

/** What no block can give at all, and what none can give on this platform. */
function impossibleIn({ needs, impossible }: RowNeeds, { platform }: Settings): readonly ImpossibleNeed[] {
  const missing = needs.filter((need) => need.tolerated !== true && !isThere(need, platform));
  return [
    ...impossible,
    ...missing.map(({ path, line, column, by, because, permission, level }): ImpossibleNeed => {
      return { path, line, column, by, because, what: `${permission}: ${level}` };
    }),
  ];
}

function tell(found: NonEmpty<Found>, { platform }: Settings): Told {
  const [{ need, isOfPlatform }] = found;
  const { by, what, because } = need;
  const isPermission = /^[\w-]+: (read|write)$/.test(what);
  const jobs = jobsInWords(found.map(({ job }) => job.reported.path));
  const reason = because.startsWith(by) && because.length <= by.length + 1 ? '' : ` (${because})`;
  const who = isOfPlatform ? `GitHub Enterprise Server ${platformName(platform)} does not have` : 'no block can give';
  return {
    message: `\`${by}\` in ${jobs} needs ${isPermission ? `\`${what}\`` : what}${reason}, which ${who}.`,
    hint: isOfPlatform
      ? 'Leave the step out on this server, or run it where there is such a permission.'
      : isPermission
        ? `Hand the step the token of a GitHub App that has this permission (\`actions/create-github-app-token\`), or a personal access token, from a secret.`
        : 'Hand the step a personal access token from a secret, or where an app will do, the token of a GitHub App that is installed there (`actions/create-github-app-token`).',
  };
}
