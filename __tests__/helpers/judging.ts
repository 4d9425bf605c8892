import { changesBetween } from '../../src/changes/changes-between.ts';
import { checkAll } from '../../src/check-all.ts';
import type { State } from '../../src/check-all.ts';
import { checkWorkflow } from '../../src/check-workflow.ts';
import { loadCalledFiles } from '../../src/calls/called-files.ts';
import type { CalledFiles } from '../../src/calls/called-files.ts';
import type { ReadCalledFile } from '../../src/model/called-file.ts';
import type { Change } from '../../src/model/change.ts';
import type { Permissions } from '../../src/model/permission.ts';
import type { Limit, Policy, PolicyFile, RuleLevel } from '../../src/model/policy.ts';
import type { Finding } from '../../src/model/report.ts';
import type { Settings } from '../../src/model/settings.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import { emptyPolicy } from '../../src/policy/read-policy.ts';
import { judge } from '../../src/policy/judge.ts';
import type { InBase, Judgement } from '../../src/policy/judge.ts';
import type { Evidence } from '../../src/policy/rule.ts';
import { RULES } from '../../src/policy/rule-table.ts';
import type { RuleName } from '../../src/policy/rule-table.ts';
import { RULE_CHECKS } from '../../src/policy/rules.ts';
import { withUnmetContracts } from '../../src/unmet-contracts.ts';
import { calledWorkflows } from '../../src/workflow/read-called.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { readBytes } from '../../src/workflow/read-source.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { bytesOf, PATH, settingsOf } from './checking.ts';
import type { Known } from './checking.ts';
import { realNeeds } from './needs.ts';
import { MAY_LOOSEN_NOTHING } from '../../src/policy/file/may-loosen.ts';

export const POLICY_PATH = '.github/permissions-policy.yml';

/** A policy file that says nothing but what is given. */
export function policyFile(given: Partial<PolicyFile> = {}): PolicyFile {
  return { ...emptyPolicy(POLICY_PATH), ...given };
}

export function mayLoosen(what: Partial<PolicyFile['mayLoosen']>): PolicyFile['mayLoosen'] {
  return { ...MAY_LOOSEN_NOTHING, ...what };
}

/** A limit on all jobs, if nothing else is said. */
export function limit(permissions: Permissions, given: Partial<Limit> = {}): Limit {
  const everything = { workflows: null, jobs: null, called: null, events: null, actors: null };
  return { ...everything, path: POLICY_PATH, line: 5, column: 5, permissions, ...given };
}

/** What else a test says of a judgement. */
export interface Judging extends Known {
  readonly policy?: Policy;
  /** What jobs need; `real` works it out. Without it, nothing is known of that. */
  readonly needsOf?: Evidence['needsOf'] | 'real';
  readonly inBase?: InBase;
}

/** Judges workflow files, without those of other repositories. */
export function judgementOf(
  texts: string | Readonly<Record<string, string>>,
  { policy = [], needsOf = () => null, inBase, ...known }: Judging = {},
): Judgement {
  const files = typeof texts === 'string' ? { [PATH]: texts } : texts;
  const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
  return judged(sources, new Map(), settingsOf(known), policy, needsOf, undefined, inBase);
}

/** The same with files of other repositories. */
export async function judgementWithCalls(
  sources: readonly WorkflowSource[],
  settings: Settings,
  read: ReadCalledFile,
  policy: Policy,
  needsOf: Judging['needsOf'] = () => null,
  base: readonly WorkflowSource[] | null = null,
): Promise<Judgement> {
  const readCalled = calledWorkflows(read, (bytes) => readBytes<never>(bytes, readWorkflow));
  const stateOf = async (texts: readonly WorkflowSource[]): Promise<State> => {
    const files = readFiles(texts);
    return { files, called: await loadCalledFiles(files, readCalled) };
  };
  const head = await stateOf(sources);
  if (base === null) return judged(sources, head.called, settings, policy, needsOf);
  const [before, after] = [await stateOf(base), head].map((state) => checkAll(state, settings, policy));
  const { changes } = changesBetween(before!, after!);
  return judged(sources, head.called, settings, policy, needsOf, changes);
}

function judged(
  sources: readonly WorkflowSource[],
  called: CalledFiles,
  settings: Settings,
  policy: Policy,
  needs: NonNullable<Judging['needsOf']>,
  changes?: readonly Change[],
  inBase?: InBase,
): Judgement {
  const files = readFiles(sources);
  const checkout = new Map(files.map((file) => [file.path, file]));
  const workflows = withUnmetContracts(
    files.map((file) => checkWorkflow(file, { checkout, called, settings })),
    settings,
  );
  const jobs = workflows.flatMap((workflow) => workflow.jobs);
  const declared = policy.map(({ actions }) => actions);
  const needsOf = needs === 'real' ? realNeeds(jobs, settings, declared) : needs;
  return judge(
    { workflows, settings, policy, needsOf, ...(changes && { changes }) },
    RULE_CHECKS,
    { baseline: [], ignoredInBase: null, today: '2026-11-21' },
    inBase,
  );
}

/** The findings of one rule, which a policy turns on where it is off. */
export function foundBy(
  rule: RuleName,
  texts: string | Readonly<Record<string, string>>,
  given: Judging = {},
): readonly Finding[] {
  const { policy = [] } = given;
  return judgementOf(texts, { ...given, policy: turnedOn(policy, rule) }).findings.filter((one) => one.rule === rule);
}

/** A policy under which a rule that is off by itself is a warning. */
export function turnedOn(policy: Policy, rule: RuleName): Policy {
  const level: RuleLevel = RULES[rule].level;
  if (level !== 'off') return policy;
  const [own = policyFile(), ...others] = policy;
  return [{ ...own, rules: new Map([[rule, { level: 'warning', inProportion: true }], ...own.rules]) }, ...others];
}

/** A finding in a line: where it is, and the jobs. */
export function briefly({ path, line, column, jobs = [] }: Finding): string {
  const place = `${path.slice(path.lastIndexOf('/') + 1)}:${line}:${column}`;
  return [place, ...jobs.map((job) => job.join('/'))].join(' ');
}
