import { checkAll } from './check-all.ts';
import type { Checked, State } from './check-all.ts';
import { changesBetween } from './changes/changes-between.ts';
import type { Comparison } from './changes/changes-between.ts';
import type { JobInChain } from './calls/call-tree.ts';
import type { Compared as ToldBase } from './model/change.ts';
import type { Observation } from './model/observation.ts';
import type { Policy } from './model/policy.ts';
import type { FindingLevel, Report, ReportedPolicy } from './model/report.ts';
import type { Settings, WhatIf } from './model/settings.ts';
import type { WorkflowFile } from './model/workflow.ts';
import type { PrepareNeeds, WorkOutNeeds } from './needs/prepare-needs.ts';
import { withPolicy } from './policy/in-force.ts';
import type { PolicyInForce, Rulebook } from './policy/in-force.ts';
import { foundIn, judge } from './policy/judge.ts';
import type { InBase, Judgement } from './policy/judge.ts';
import { policyNotices } from './policy/notices.ts';
import { previewOf } from './policy/preview.ts';
import type { Evidence } from './policy/rule.ts';
import { RULE_CHECKS } from './policy/rules.ts';
import { inBase } from './policy/in-base.ts';
import { verdict } from './policy/verdict.ts';
import type { Reported } from './policy/verdict.ts';
import { withConfirmedRows } from './confirmed-rows.ts';
import { withOutsiders } from './with-outsiders.ts';
import { loadCalledFiles } from './calls/called-files.ts';
import type { CalledFiles } from './calls/called-files.ts';
import type { ReadCalledWorkflow } from './model/called-file.ts';
import { policyWhatIf } from './policy/may-loosen.ts';
import { tryOut } from './try-out.ts';
import { TABLE_DATE } from './permissions/permission-table.ts';
import { platformName } from './permissions/platform.ts';

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
  /** The base; without one, the report has no changes. */
  readonly comparedWith?: ComparedWith;
  /** Which findings count for the result when there is a base; all, when it is not given. */
  readonly reported?: Reported;
  /** What is checked is to be merged; not, when it is not given. */
  readonly beforeMerge?: boolean;
  /** What the report says of the base, or why there is none. */
  readonly compared?: ToldBase;
  /** A value of a setting to try; without one, what a policy wants to be tried is. */
  readonly whatIf?: WhatIf;
  /** What earlier runs showed; not given when nobody looked. */
  readonly observed?: Observation;
}

/** What is known of a base beside its files. */
interface AboutBase {
  /** What is known about the repository there, where that is not the same; what a policy says is added to it. */
  readonly settings?: Settings;
  /**
   * Whether a job whose workflow did not change needs the same in both: the actions and scripts that it uses may be in
   * other files of the checkout. Without it, all such jobs do.
   */
  readonly sharesNeeds?: (job: JobInChain) => boolean;
}

/** A state to compare with. A file that is the same in both has the very same `workflow`, so that it is computed once. */
export interface ComparedWith extends State, AboutBase {}

/** The same, before the files that it calls were read. */
export interface BaseFiles extends AboutBase {
  readonly files: readonly WorkflowFile[];
  readonly read: ReadCalledWorkflow;
  readonly prepareNeeds?: PrepareNeeds | null;
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
 * asked for once. `prepareNeeds` reads the actions that they use. `base`: what to compare with. Pure: the same files and settings give the same report, and a file that is broken never hides the others.
 */
export async function checkFiles(
  files: readonly WorkflowFile[],
  settings: Settings,
  options: CheckOptions,
  read: ReadCalledWorkflow,
  prepareNeeds: PrepareNeeds | null = null,
  base: BaseFiles | null = null,
): Promise<Report> {
  const called = await loadCalledFiles(files, read);
  const workOutNeeds = await prepareNeeds?.(files, called);
  const comparedWith = base === null ? undefined : await loaded(base);
  return report(files, called, settings, {
    ...options,
    ...(workOutNeeds === undefined ? {} : { workOutNeeds }),
    ...(comparedWith === undefined ? {} : { comparedWith }),
  });
}

async function loaded({ files, read, prepareNeeds, ...about }: BaseFiles): Promise<ComparedWith> {
  const called = await loadCalledFiles(files, read);
  const workOutNeeds = await prepareNeeds?.(files, called);
  return { ...about, files, called, workOutNeeds };
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
  const workOutNeeds = await prepareNeeds?.(files, called);
  const checked = checkAll({ files, called, workOutNeeds }, known, policy);
  return judged(checked, { ...NOTHING, policy }).ignored;
}

/** The same with the called files that are given. */
export function report(
  files: readonly WorkflowFile[],
  called: CalledFiles,
  given: Settings,
  options: CheckOptions,
): Report {
  const { toolVersion, home, failOn, inForce, workOutNeeds, observed } = options;
  const { comparedWith, compared: told, reported: counting = 'all', beforeMerge = false, whatIf } = options;
  const force = inForce ?? NOTHING;
  const settings = settingsBy(given, force.policy);
  const { repository, visibility, defaultPermissions, forkPullRequests, platform } = settings;
  const { canApprovePullRequestReviews: approve } = settings;
  const state = { files, called, workOutNeeds };
  const checked = checkAll(state, settings, force.policy);
  const { workflows } = checked;
  const compared = comparedWith === undefined ? null : compare(comparedWith, checked, force, observed);
  const seen = { compared, observed };
  const judgement = judged(checked, force, seen);
  const tried = whatIf ?? policyWhatIf(force.policy);
  const { findings, suppressed } = judgement;
  const reported = withOutsiders(workflows, settings);
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
    policy: inForce === undefined ? null : reportedPolicy(state, given, inForce, judgement, seen),
    workflows: reported,
    findings,
    suppressed,
    ...(tried === null ? {} : tryOut(tried, checked, force.policy)),
    ...(compared === null ? {} : { changes: compared.changes }),
    ...(told === undefined ? {} : { compared: told }),
    ...(observed === undefined ? {} : { observed: withConfirmedRows(observed, reported) }),
    result: verdict(findings, failOn, counting),
    gate: { failOn, report: counting, beforeMerge },
  };
}

/** A comparison with a base, and what is found in the base by the same policy. */
interface Compared extends Comparison {
  readonly inBase: InBase;
}

/** What is known beside the files: a base, and earlier runs. */
interface Seen {
  readonly compared: Compared | null;
  readonly observed: Observation | undefined;
}

/** Earlier runs are the base's doing as well, so that a pull request is not blamed for them. */
function compare(base: ComparedWith, head: Checked, force: PolicyInForce, observed: Observation | undefined): Compared {
  const settings = settingsOfBase(base, head, force.policy);
  const known = { checked: head, sharesNeeds: base.sharesNeeds ?? (() => true) };
  const checked = checkAll(base, settings, force.policy, known);
  const comparison = changesBetween(checked, head);
  const { policy, today } = force;
  const evidence = { ...evidenceOf(checked, policy), ...(observed === undefined ? {} : { observed }) };
  const found = foundIn(evidence, RULE_CHECKS, { baseline: [], ignoredInBase: null, today });
  return { ...comparison, inBase: inBase(found, comparison.inHead) };
}

/** GitHub's sentences name the commit: here they name the head's, so that what is the same reads the same. */
function settingsOfBase({ settings: given }: ComparedWith, head: Checked, policy: Policy): Settings {
  if (given === undefined) return head.settings;
  const { commit } = head.settings;
  const settings = settingsBy({ ...given, ...(commit === undefined ? {} : { commit }) }, policy);
  return JSON.stringify(settings) === JSON.stringify(head.settings) ? head.settings : settings;
}

function judged(
  checked: Checked,
  force: PolicyInForce,
  { compared, observed }: Seen = { compared: null, observed: undefined },
): Judgement {
  const { policy, baseline, ignoredInBase, today, gateChange } = force;
  const evidence = {
    ...evidenceOf(checked, policy),
    ...(gateChange === null ? {} : { gateChange }),
    ...(compared === null ? {} : { changes: compared.changes }),
    ...(observed === undefined ? {} : { observed }),
  };
  const excuses = { baseline: baseline?.entries ?? [], ignoredInBase, today };
  return judge(evidence, RULE_CHECKS, excuses, compared?.inBase);
}

function evidenceOf({ workflows, settings, needsOf }: Checked, policy: Policy): Evidence {
  return { workflows, settings, policy, needsOf: ({ chained }) => needsOf(chained) };
}

function reportedPolicy(
  state: State,
  given: Settings,
  force: PolicyInForce,
  { findings, mended }: Judgement,
  seen: Seen,
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

  /** Judges again as if what the head has were in force. What changed since the base stays what it is. */
  function preview(): ReturnType<typeof previewOf> {
    const next = { ...force, ...change, ignoredInBase: null };
    const settings = settingsBy(given, next.policy);
    return previewOf(findings, judged(checkAll(state, settings, next.policy), next, seen).findings);
  }
}

/** The settings with what a policy says of them. A platform has the permissions that the settings add to our table. */
function settingsBy(given: Settings, policy: Policy): Settings {
  const settings = withPolicy(given, policy);
  const { newPermissions, platform } = settings;
  return newPermissions === undefined ? settings : { ...settings, platform: { ...platform, newPermissions } };
}
