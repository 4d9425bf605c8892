import { checkWorkflow } from '../../src/check-workflow.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { CheckedWorkflow } from '../../src/policy/checked-workflow.ts';
import { judge } from '../../src/policy/judge.ts';
import type { InBase, Judgement } from '../../src/policy/judge.ts';
import type { Evidence, Rule, Subject, Violation } from '../../src/policy/rule.ts';
import { RULE_CHECKS } from '../../src/policy/rules.ts';
import type { RuleName } from '../../src/policy/rule-table.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { bytesOf, UNKNOWN } from '../helpers/checking.ts';
import { policyOf } from './file/reading-policy.ts';

export const CI = '.github/workflows/ci.yml';

/** Two jobs, from line 2 and from line 5 on. */
export const TWO_JOBS = 'on: push\njobs:\n  build:\n    runs-on: x\n    steps: [{ run: a }]\n  test:\n    runs-on: x\n';

/** What is wrong with a job of the file, at the line of the job. */
export function subject(job: string | null, more: Partial<Subject> = {}): Subject {
  return { workflow: CI, job: job === null ? null : job.split('/'), definedIn: CI, places: [], ...more };
}

/** A violation at the first line of the file that tells its subjects. */
export function violation(...subjects: readonly [Subject, ...Subject[]]): Violation {
  return {
    cause: 'a cause',
    place: { path: CI, line: 1, column: 1 },
    subjects,
    tell: (left) => ({
      message: left.map(({ job, permission = '' }) => `${job?.join('/') ?? 'file'} ${permission}`.trim()).join(', '),
    }),
  };
}

/** A rule that finds these violations. */
export function rule(name: RuleName, ...violations: readonly Violation[]): Rule {
  return { name, check: () => violations };
}

export interface Given {
  readonly text?: string;
  /** The repository's own policy, then what it extends; without `version: 1`. */
  readonly policies?: readonly string[];
  readonly baseline?: Parameters<typeof judge>[2]['baseline'];
  readonly ignoredInBase?: ReadonlySet<string> | null;
  readonly today?: string;
  readonly inBase?: InBase;
}

/** Judges one workflow file by made-up rules. */
export function judged(rules: readonly Rule[], given: Given = {}): Judgement {
  const { text = TWO_JOBS, policies = [], baseline = [], ignoredInBase = null, today = '2026-11-21', inBase } = given;
  const policy: Policy = policies.map((lines, index) =>
    policyOf(`version: 1\n${lines}\n`, undefined, index === 0 ? 'own.yml' : `shared-${index}.yml`),
  );
  const evidence = { workflows: checked(text), settings: UNKNOWN, policy, needsOf: () => null };
  return judge(evidence, rules, { baseline, ignoredInBase, today }, inBase);
}

/** The text of `CI`, or several files by path. */
type Texts = string | Readonly<Record<string, string>>;

/** Judges workflow files by rules as they are, with what else is known beside them. */
export function judgedWith(names: readonly RuleName[], more: Partial<Evidence>, text: Texts = TWO_JOBS): Judgement {
  const rules = RULE_CHECKS.filter(({ name }) => names.includes(name));
  const evidence = { workflows: checked(text), settings: UNKNOWN, policy: [], needsOf: () => null, ...more };
  return judge(evidence, rules, { baseline: [], ignoredInBase: null, today: '2026-11-21' });
}

function checked(texts: Texts): readonly CheckedWorkflow[] {
  const byPath = typeof texts === 'string' ? { [CI]: texts } : texts;
  const files = readFiles(Object.entries(byPath).map(([path, text]) => ({ path, bytes: bytesOf(text) })));
  const checkout = new Map(files.map((file) => [file.path, file]));
  return files.map((file) => checkWorkflow(file, { checkout, called: new Map(), settings: UNKNOWN }));
}

/** Findings in short: `level rule: message`. */
export function found({ findings }: Judgement): readonly string[] {
  return findings.map(({ level, rule: name, message }) => `${level} ${name}: ${message}`);
}

/** What is excused, in short: `by rule: message (reason)`. */
export function excused({ suppressed }: Judgement): readonly string[] {
  return suppressed.map(({ by, rule: name, message, reason }) => `${by} ${name}: ${message} (${reason})`);
}
