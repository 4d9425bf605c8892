import type { Observation } from './model/observation.ts';
import type { Policy } from './model/policy.ts';
import type { FindingLevel, Report, ReportedPolicy } from './model/report.ts';
import type { Settings } from './model/settings.ts';
import type { WorkflowFile } from './model/workflow.ts';
import type { NeedsOf, PrepareNeeds, WorkOutNeeds } from './needs/prepare-needs.ts';
import type { CheckedJob, CheckedWorkflow } from './policy/checked-workflow.ts';
import { withPolicy } from './policy/in-force.ts';
import type { PolicyInForce, Rulebook } from './policy/in-force.ts';
import { judge } from './policy/judge.ts';
import type { Judgement } from './policy/judge.ts';
import { policyNotices } from './policy/notices.ts';
import { previewOf } from './policy/preview.ts';
import { RULE_CHECKS } from './policy/rules.ts';
import { verdict } from './policy/verdict.ts';
import { withConfirmedRows } from './confirmed-rows.ts';
import { loadCalledFiles } from './calls/called-files.ts';
import type { CalledFiles } from './calls/called-files.ts';
import { checkWorkflow } from './check-workflow.ts';
import type { ReadCalledWorkflow } from './model/called-file.ts';
import { withNeeds } from './with-needs.ts';
import { withUnmetContracts } from './unmet-contracts.ts';
import { TABLE_DATE } from './permissions/permission-table.ts';
import { platformName } from './permissions/platform.ts';
import { byCodeUnit } from './words/by-code-unit.ts';

/** What `check` needs beside the files and the settings. */
export interface CheckOptions {
  /** The version of this tool, for the report. */
  readonly toolVersion: string;
  /** Where the files of this version are to be read, without a `/` at its end; not given when it is not known. */
  readonly home?: string;
  /** The least level of a finding that fails the run. */
  readonly failOn: FindingLevel | 'never';
  /** What to judge by; without one, every rule has its own level. */
  readonly inForce?: PolicyInForce;
  /** Works out what jobs need; without it, nothing is known of that. */
  readonly workOutNeeds?: WorkOutNeeds;
  /** What earlier runs showed; not given when nobody looked. */
  readonly observed?: Observation;
}

/** No policy, no baseline and no base. */
const NOTHING: PolicyInForce = {
  policy: [],
  baseline: null,
  origin: { path: null, from: 'folder', ref: null, commit: null },
  ignoredInBase: null,
  today: '9999-12-31',
  notices: [],
  gateChange: null,
  change: null,
};

/**
 * Computes the report of one repository from its workflow files and the ones that they call, which `read` provides. Each is
 * asked for once. `prepareNeeds` reads the actions that they use. Pure: the same files and settings give the same report, and a file that is broken never hides the others.
 */
export async function checkFiles(
  files: readonly WorkflowFile[],
  settings: Settings,
  options: CheckOptions,
  read: ReadCalledWorkflow,
  prepareNeeds: PrepareNeeds | null = null,
): Promise<Report> {
  const called = await loadCalledFiles(files, read);
  const workOutNeeds = await prepareNeeds?.(files, called);
  return report(files, called, settings, { ...options, ...(workOutNeeds === undefined ? {} : { workOutNeeds }) });
}

/** By `identityKey`: what the ignore comments of these files excuse, judged by a policy. Files without any cost nothing. */
export async function ignoredIn(
  files: readonly WorkflowFile[],
  settings: Settings,
  { policy }: Rulebook,
  read: ReadCalledWorkflow,
  prepareNeeds: PrepareNeeds | null = null,
): Promise<ReadonlySet<string>> {
  if (files.every(({ workflow }) => workflow.ignoreComments.length === 0)) return new Set();
  const known = settingsBy(settings, policy);
  const called = await loadCalledFiles(files, read);
  const checked = checkAll(files, called, known, policy, await prepareNeeds?.(files, called));
  return judged(checked, known, { ...NOTHING, policy }).ignored;
}

/** The same with the called files that are given. */
export function report(
  files: readonly WorkflowFile[],
  called: CalledFiles,
  given: Settings,
  options: CheckOptions,
): Report {
  const { toolVersion, home, failOn, inForce, workOutNeeds, observed } = options;
  const force = inForce ?? NOTHING;
  const settings = settingsBy(given, force.policy);
  const { repository, visibility, defaultPermissions, forkPullRequests, platform } = settings;
  const { canApprovePullRequestReviews: approve } = settings;
  const checked = checkAll(files, called, settings, force.policy, workOutNeeds);
  const { workflows } = checked;
  const judgement = judged(checked, settings, force, observed);
  const { findings, suppressed } = judgement;
  return {
    schemaVersion: 1,
    tool: { name: 'effective-permissions', version: toolVersion, ...(home === undefined ? {} : { home }) },
    repository: {
      name: repository === null ? null : `${repository.owner}/${repository.name}`,
      visibility,
      defaultPermissions,
      forkPullRequests,
      ...(approve === undefined ? {} : { canApprovePullRequestReviews: approve }),
      platform: platformName(platform),
    },
    permissionsTable: TABLE_DATE,
    policy: inForce === undefined ? null : reportedPolicy(files, called, given, inForce, judgement, options),
    workflows: workflows.map(({ report: workflow }) => workflow),
    findings,
    suppressed,
    result: verdict(findings, failOn),
    ...(observed === undefined
      ? {}
      : {
          observed: withConfirmedRows(
            observed,
            workflows.map((one) => one.report),
          ),
        }),
  };
}

/** All workflows, with what is known of the needs of their jobs. */
interface Checked {
  readonly workflows: readonly CheckedWorkflow[];
  readonly needsOf: NeedsOf;
}

function checkAll(
  files: readonly WorkflowFile[],
  called: CalledFiles,
  settings: Settings,
  policy: Policy,
  workOutNeeds: WorkOutNeeds | undefined,
): Checked {
  const checkout = new Map(files.map((file) => [file.path, file]));
  const checked = [...files].sort(byPath).map((file) => checkWorkflow(file, { checkout, called, settings }));
  const workflows = withUnmetContracts(checked, settings);
  if (workOutNeeds === undefined) return { workflows, needsOf: () => null };
  const jobs = workflows.flatMap((workflow) => workflow.jobs);
  const declared = policy.map(({ actions }) => actions);
  const needsOf = workOutNeeds(jobs, settings, declared);
  return { workflows: withNeeds(workflows, needsOf), needsOf };
}

function judged(
  { workflows, needsOf }: Checked,
  settings: Settings,
  force: PolicyInForce,
  observed?: Observation,
): Judgement {
  const { policy, baseline, ignoredInBase, today, gateChange } = force;
  const evidence = {
    workflows,
    settings,
    policy,
    needsOf: ({ chained }: CheckedJob) => needsOf(chained),
    ...(gateChange === null ? {} : { gateChange }),
    ...(observed === undefined ? {} : { observed }),
  };
  return judge(evidence, RULE_CHECKS, { baseline: baseline?.entries ?? [], ignoredInBase, today });
}

function reportedPolicy(
  files: readonly WorkflowFile[],
  called: CalledFiles,
  given: Settings,
  force: PolicyInForce,
  { findings, mended }: Judgement,
  { workOutNeeds, observed }: CheckOptions,
): ReportedPolicy {
  const { origin, policy, baseline, notices, today, change } = force;
  const entries = baseline?.entries.length ?? 0;
  return {
    ...origin,
    extends: policy.slice(1).map(({ path }) => path),
    baseline: baseline === null ? null : { path: baseline.path, entries, mended },
    notices: [...notices, ...policyNotices(policy, today)],
    change: change === null ? null : { files: change.files, ...preview() },
  };

  /** Judges again as if what the head has were in force. */
  function preview(): ReturnType<typeof previewOf> {
    const next = { ...force, ...change, ignoredInBase: null };
    const settings = settingsBy(given, next.policy);
    const checked = checkAll(files, called, settings, next.policy, workOutNeeds);
    return previewOf(findings, judged(checked, settings, next, observed).findings);
  }
}

/** The settings with what a policy says of them. A platform has the permissions that the settings add to our table. */
function settingsBy(given: Settings, policy: Policy): Settings {
  const settings = withPolicy(given, policy);
  const { newPermissions, platform } = settings;
  return newPermissions === undefined ? settings : { ...settings, platform: { ...platform, newPermissions } };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return byCodeUnit(a.path, b.path);
}
