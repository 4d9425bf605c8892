import type { JobNeeds } from '../../src/model/needs.ts';
import type { Violation } from '../../src/policy/rule.ts';
import { RULE_CHECKS } from '../../src/policy/rules.ts';
import { checkWorkflow } from '../../src/check-workflow.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { checkWithCalls } from '../../src/check.ts';
import type { Finding } from '../../src/model/report.ts';
import { bytesOf, PATH, reportOf, settingsOf } from '../helpers/checking.ts';
import type { Known } from '../helpers/checking.ts';
import { policyFile } from '../helpers/judging.ts';

type Files = string | Readonly<Record<string, string>>;

/** The findings of one rule. */
export function findingsOf(rule: string, files: Files, known: Known = {}): readonly Finding[] {
  return reportOf(files, known).findings.filter((finding) => finding.rule === rule);
}

/** The same in short: `warning ci.yml:4`, with the setting under which alone it holds. */
export function levelsOf(rule: string, files: Files, known: Known = {}): readonly string[] {
  return findingsOf(rule, files, known).map(brief);
}

export function brief(finding: Finding): string {
  const { level, path, line, defaultPermissions, visibility } = finding;
  return [`${level} ${path.replace('.github/workflows/', '')}:${line}`, defaultPermissions, visibility]
    .filter((word) => word !== undefined)
    .join(' ');
}

/** The findings of one rule where files of other repositories are at hand, by `OWNER/NAME/path@REF`. */
export async function findingsWithCalls(
  rule: string,
  files: Readonly<Record<string, string>>,
  called: Readonly<Record<string, string>>,
  known: Known = {},
): Promise<readonly Finding[]> {
  const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
  const { findings } = await checkWithCalls(
    sources,
    settingsOf(known),
    { toolVersion: '1.0.0', failOn: 'error' },
    ({ owner, name, path, ref }) => {
      const text = called[`${owner}/${name}/${path}@${ref}`];
      return Promise.resolve(
        text === undefined
          ? { kind: 'unavailable', reason: 'not at hand' }
          : { kind: 'found', bytes: bytesOf(text), commit: null, anyRef: false },
      );
    },
  );
  return findings.filter((finding) => finding.rule === rule);
}

/** A workflow with one job; each step is a few lines without indentation. */
export function jobWith(on: string, block: string, steps: readonly string[], more = ''): string {
  const lines = steps.map((step) => `      - ${step.replaceAll('\n', '\n        ')}\n`);
  return `on: ${on}\njobs:\n  build:\n    runs-on: x\n    permissions: ${block}\n${more}    steps:\n${lines.join('')}`;
}

export { PATH };

/** What a policy or later knowledge adds to what a rule judges by. */
export interface Given {
  readonly trustedOwners?: readonly string[];
  readonly needsOf?: (path: string) => JobNeeds | null;
}

/** What one rule objects to, by itself: with a policy, or with what jobs are known to need. */
export function checkedJobs(rule: string, files: Files, { trustedOwners = [], needsOf }: Given): readonly Violation[] {
  const texts = typeof files === 'string' ? { [PATH]: files } : files;
  const settings = settingsOf({ repository: 'octo-org/octo-repo' });
  const read = readFiles(Object.entries(texts).map(([path, text]) => ({ path, bytes: bytesOf(text) })));
  const checkout = new Map(read.map((file) => [file.path, file]));
  const workflows = read.map((file) => checkWorkflow(file, { checkout, called: new Map(), settings }));
  const check = RULE_CHECKS.find(({ name }) => name === rule)?.check;
  if (check === undefined) throw new Error(`no rule ${rule}`);
  return check({
    workflows,
    settings,
    policy: [policyFile({ trustedOwners })],
    needsOf: ({ reported }) => needsOf?.(reported.path.join('/')) ?? null,
  });
}
