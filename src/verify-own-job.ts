import type { LogOfFile, LoggedJob } from './model/logged-job.ts';
import type { ObservedJob } from './model/observation.ts';
import type { AccessLevel } from './model/permission.ts';
import type { DefaultPermissions } from './model/settings.ts';
import { compareIdToken } from './observed/compare-id-token.ts';
import { fitOf, jobNames } from './observed/job-names.ts';
import { notObserved, observedJob } from './observed/observed-job.ts';
import type { CheckedJob } from './policy/checked-workflow.ts';
import { chainOf, jobsWithToken, verifyLogs, type VerifyRequest } from './verify-logs.ts';
import { workflowReference } from './workflow/workflow-reference.ts';

/** What a job can tell of itself. */
export interface OwnJob {
  /** Its id in the file that defines it. */
  readonly id: string;
  /** `OWNER/NAME/PATH` of that file; `null` when the runner does not tell. */
  readonly definedIn: string | null;
  /** `OWNER/NAME` of the run. */
  readonly repository: string;
  readonly idToken: AccessLevel;
  /** What the runner's diagnostic log says, or why there is nothing of it, in a sentence. */
  readonly logged: LoggedJob | string;
}

/** What comparing a job's own token gave. */
export interface VerifiedOwnJob {
  readonly observed: ObservedJob;
  /** The value of the setting "Workflow permissions" that the token shows; `null` when it shows none. */
  readonly defaultPermissions: DefaultPermissions | null;
}

/** Compares what a job knows of its own token with what is computed for it. Pure, as all that it calls. */
export function verifyOwnJob(request: VerifyRequest, own: OwnJob): VerifiedOwnJob {
  const { id, logged } = own;
  const name = typeof logged === 'string' ? id : (logged.name ?? id);
  const [job, other] = matching(jobsWithToken(request), own);
  if (job === undefined || other !== undefined) {
    const why = job === undefined ? 'No job' : 'More than one job';
    return onlySeen(notObserved(name, `${why} that ${request.file.path} reaches has the id of this one, ${id}.`));
  }
  const { path } = job.reported;
  const idToken = compareIdToken(job.reported.grants, own.idToken, request.run, request.settings);
  const differs = idToken !== null && idToken !== 'agrees';
  const more = typeof logged === 'string' ? logged : verified(request, path, logged);
  if (typeof more === 'string' || more.observed.result === 'not-compared') {
    const why = typeof more === 'string' ? more : more.observed.reason;
    return onlySeen(
      unlessMoved(job, {
        ...notObserved(name, `${idTokenInWords(own, idToken !== null)} ${why}`),
        job: path,
        result: differs ? 'differs' : idToken === null ? 'not-compared' : 'agrees',
        differences: differs ? [idToken] : [],
      }),
    );
  }
  const { observed, defaultPermissions } = more;
  const differences = differs ? [...observed.differences, idToken] : observed.differences;
  const isSame = observed.result === 'agrees' && !differs;
  return {
    observed: unlessMoved(job, {
      ...observed,
      result: isSame ? 'agrees' : 'differs',
      reason: isSame ? 'Its token is what is computed.' : 'Its token is not what is computed.',
      granted: { ...observed.granted, ...(own.idToken === 'none' ? {} : { 'id-token': own.idToken }) },
      differences,
    }),
    defaultPermissions,
  };
}

function onlySeen(observed: ObservedJob): VerifiedOwnJob {
  return { observed, defaultPermissions: null };
}

/** The jobs that this one can be. A job of a called workflow has its id there, whoever calls it. */
function matching(jobs: readonly CheckedJob[], { id, definedIn, repository, logged }: OwnJob): readonly CheckedJob[] {
  const withId = jobs.filter(
    ({ reported, chained }) =>
      reported.path.at(-1) === id && (definedIn === null || isFile(chained.file.path, definedIn, repository)),
  );
  if (typeof logged === 'string' || logged.name === null || withId.length < 2) return withId;
  const { name } = logged;
  return withId.filter((job) => fitOf(jobNames(chainOf(job)), name, false) !== null);
}

/** A report names the files of other repositories with the repository in front. */
function isFile(path: string, definedIn: string, repository: string): boolean {
  const [file = ''] = path.split('@');
  const whole = file.startsWith('.github/') ? `${repository}/${file}` : file;
  return whole.toLowerCase() === definedIn.toLowerCase();
}

function verified(request: VerifyRequest, path: readonly string[], job: LoggedJob): VerifiedOwnJob {
  const log: LogOfFile = { log: path.join('/'), job };
  const found = verifyLogs({ ...request, job: path }, [log]);
  const { result, defaultPermissions } = found;
  return {
    observed: observedJob(job.name ?? path.join(' / '), found),
    defaultPermissions: result === 'agrees' ? defaultPermissions : null,
  };
}

function idTokenInWords({ idToken }: OwnJob, isComputed: boolean): string {
  return `Its variables show \`id-token: ${idToken}\`${isComputed ? '' : ', and nothing is computed to compare it with'}.`;
}

/** A branch or tag may be another commit by now than when the run began: such a difference proves nothing. */
function unlessMoved(job: CheckedJob, observed: ObservedJob): ObservedJob {
  const hasMoved = chainOf(job).some(({ uses }) => {
    const reference = uses === null ? null : workflowReference(uses.reference);
    return (
      reference !== null &&
      'kind' in reference &&
      reference.kind === 'remote' &&
      !/^[0-9a-f]{40,64}$/.test(reference.ref)
    );
  });
  if (observed.result !== 'differs' || !hasMoved) return observed;
  const reason =
    'Its token is not what is computed, but a workflow that it is called through is named by a branch or tag, which may have moved.';
  return { ...observed, result: 'not-compared', reason, causes: [], differences: [] };
}
