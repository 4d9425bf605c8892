import type { Grant, Origin } from '../model/grant.ts';
import type { DefaultPermissions, Settings } from '../model/settings.ts';
import { alwaysGranted, declaredPermissions, defaultPermissions, mostACalleeMayAsk } from '../permissions/declared.ts';
import { doubtsOf } from './doubts.ts';
import type { JobBlock } from '../permissions/job-block.ts';
import { reduceWrites } from '../permissions/reduce.ts';
import type { Reduced } from '../permissions/reduce.ts';
import type { Run } from './run.ts';
import type { SettingsCase } from './settings-case.ts';
import { isReducedForDependabot, isReducedForForks } from './trigger-events.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';

/** What a job gets in one kind of run under one combination of settings. */
export type JobOutcome = Pick<Grant, 'status' | 'confidence' | 'doubts' | 'permissions' | 'origins'>;

/** A job as the calculus sees it. */
export interface GrantedJob {
  readonly block: JobBlock | null;
  /**
   * `null` for a job with steps. A job that calls a workflow has no token itself: when that workflow was not read, what
   * the job passes on is the most that the called jobs can get. `trusted`: it is inside the trust boundary.
   */
  readonly call: { readonly trusted: boolean } | null;
}

export const NOT_RUN: JobOutcome = { status: 'not-run', confidence: 'high', permissions: {}, origins: {} };

/**
 * Makes the function that says what a job gets. Outcomes that are the same are the very same object.
 *
 * The order is GitHub's: the job's block, else the workflow's, else the default; then the reductions for forks and for
 * Dependabot; then `metadata: read`, which every token has.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#how-permissions-are-calculated-for-a-workflow-job
 */
export function outcomesOf(job: GrantedJob, settings: Settings): OutcomeOf {
  if (job.block !== null) return computeOutcomes(job, settings);
  // Jobs without a block differ in nothing: they share their outcomes.
  const kind = job.call === null ? 'job' : `call ${job.call.trusted}`;
  const shared = unset.get(settings) ?? new Map<string, OutcomeOf>();
  unset.set(settings, shared);
  const outcomes = shared.get(kind) ?? computeOutcomes(job, settings);
  shared.set(kind, outcomes);
  return outcomes;
}

/** What a job gets in a kind of run, under one combination of settings. */
export type OutcomeOf = (run: Run, one: SettingsCase) => JobOutcome;

const unset = new WeakMap<Settings, Map<string, OutcomeOf>>();

function computeOutcomes(job: GrantedJob, settings: Settings): OutcomeOf {
  const { platform } = settings;
  const areForkSettingsKnown = settings.visibility !== 'unknown' && settings.forkPullRequests !== 'unknown';
  const basis = basisOf(job, settings);
  const known = new Map<string, JobOutcome>();

  return (run, one) => {
    if (doesNotStart(run, one)) return NOT_RUN;
    const { full, reduced } = basis(one.defaultPermissions);
    const reduction = reduced.lowered.length === 0 ? null : reductionOf(run, one, job);
    const { permissions, lowered } = reduction === null ? full : reduced;
    const doubts = doubtsOf({
      run,
      settings: one,
      platform,
      isDefault: job.block === null && job.call === null,
      isMostByDefault: job.block === null && job.call !== null,
      reducedBy: reduction,
      permissions,
      areForkSettingsKnown,
    });

    const key = [job.block === null ? one.defaultPermissions : '', reduction, ...doubts].join('\n');
    let outcome = known.get(key);
    if (outcome === undefined) {
      const always = alwaysGranted(platform);
      outcome = {
        status: job.call === null ? 'granted' : 'upper-bound',
        confidence: doubts.length === 0 ? 'high' : 'medium',
        ...(doubts.length === 0 ? {} : { doubts }),
        permissions: sorted({ ...permissions, ...always }),
        origins: sorted({
          ...originsOf(job, Object.keys(full.permissions), lowered, reduction),
          ...Object.fromEntries(Object.keys(always).map((name) => [name, { from: 'always' }])),
        }),
      };
      known.set(key, outcome);
    }
    return outcome;
  };
}

/** What a job has before and after a reduction, for each value of the setting. */
function basisOf(
  { block, call }: GrantedJob,
  { platform }: Settings,
): (setting: DefaultPermissions) => { readonly full: Reduced; readonly reduced: Reduced } {
  const explicit = block === null ? null : declaredPermissions(block.block, platform);
  const known = new Map<DefaultPermissions | null, { full: Reduced; reduced: Reduced }>();
  return (setting) => {
    const key = explicit === null ? setting : null;
    let basis = known.get(key);
    if (basis === undefined) {
      const unset = () =>
        call === null ? defaultPermissions(setting, platform) : mostACalleeMayAsk(setting, call.trusted, platform);
      const permissions = explicit ?? unset();
      basis = { full: { permissions, lowered: [] }, reduced: reduceWrites(permissions, platform) };
      known.set(key, basis);
    }
    return basis;
  };
}

/** A private repository can refuse to run what pull requests from forks bring; `pull_request_target` brings nothing. */
function doesNotStart({ actor, trigger }: Run, { forkPullRequests }: SettingsCase): boolean {
  return actor === 'fork' && isReducedForForks(trigger.event) && forkPullRequests === 'off';
}

/**
 * Who makes GitHub reduce the token. Forks: always, unless a private repository sends write tokens. Dependabot: the
 * default only, a block is honoured; on a base branch that Dependabot created, both.
 */
function reductionOf(run: Run, { forkPullRequests }: SettingsCase, job: GrantedJob): 'fork' | 'dependabot' | null {
  const { event } = run.trigger;
  if (run.actor === 'fork') return isReducedForForks(event) && forkPullRequests !== 'write' ? 'fork' : null;
  if (run.actor !== 'dependabot') return null;
  // A called workflow may have a block of its own, which Dependabot does not reduce.
  if (run.baseRefCreatedByDependabot) return 'dependabot';
  return isReducedForDependabot(event) && job.block === null && job.call === null ? 'dependabot' : null;
}

function originsOf(
  { block }: GrantedJob,
  permissions: readonly string[],
  lowered: readonly string[],
  reduction: 'fork' | 'dependabot' | null,
): Record<string, Origin> {
  const positions = new Map(block?.block.entries.map(({ permission, position }) => [permission, position]));
  const origin = (permission: string): Origin => {
    const reducedBy = reduction !== null && lowered.includes(permission) ? { reducedBy: reduction } : {};
    if (block === null) return { from: 'default', ...reducedBy };
    const position = positions.get(permission) ?? block.block.shorthand?.position ?? block.block.position;
    return { from: block.from, path: block.path, ...position, ...reducedBy };
  };
  return Object.fromEntries(permissions.map((permission) => [permission, origin(permission)]));
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => byCodeUnit(a, b)));
}
