import type { Grant } from '../../src/model/grant.ts';
import type { JobNeeds, StepNeed } from '../../src/model/needs.ts';
import type { Permissions } from '../../src/model/permission.ts';
import type { Advice, Finding } from '../../src/model/report.ts';
import type { Evidence } from '../../src/policy/rule.ts';
import { foundBy } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';

export const CI = '.github/workflows/ci.yml';
export const CALLED = '.github/workflows/called.yml';
export const MIDDLE = '.github/workflows/middle.yml';

/** A step that writes a permission, in line 8. */
export function use(permission: string, more: Partial<StepNeed> = {}): StepNeed {
  return { path: CI, line: 8, column: 9, by: 'gh x', because: 'it does', permission, level: 'write', ...more };
}

/** What the steps of a job use: in all runs, or by the kind of run. */
type Uses = readonly StepNeed[] | ((row: Grant) => readonly StepNeed[]);

interface More extends Partial<Omit<JobNeeds, 'needs' | 'rows'>> {
  readonly unsure?: (row: Grant) => readonly StepNeed[];
}

/** The need of each job, by its id; it is not known of others. */
export function using(byJob: Readonly<Record<string, Uses>>, more: More = {}): Evidence['needsOf'] {
  const { unsure = () => [], ...rest } = more;
  return ({ reported }) => {
    const uses = byJob[reported.path.at(-1) ?? ''];
    if (uses === undefined) return null;
    const rows = reported.grants
      .filter(({ status }) => status !== 'not-run')
      .map((row) => ({
        row,
        needs: typeof uses === 'function' ? uses(row) : uses,
        impossible: [],
        unsure: unsure(row),
      }));
    const needs = [...new Set(rows.flatMap((row) => row.needs))];
    const none: Omit<JobNeeds, 'needs' | 'rows'> = {
      uncertain: [],
      impossible: [],
      complete: false,
      open: 'all',
      permissions: {},
      suggested: null,
    };
    return { ...none, ...rest, needs, rows };
  };
}

/** What lacks in a file, or several. */
export function lacking(
  texts: string | Readonly<Record<string, string>>,
  needsOf: Judging['needsOf'],
  given: Judging = {},
): readonly Finding[] {
  return foundBy('insufficient-permission', texts, { ...given, needsOf: needsOf ?? 'real' });
}

export const messages = (findings: readonly Finding[]): readonly string[] => findings.map(({ message }) => message);
export const advices = (findings: readonly Finding[]): readonly Advice[] =>
  findings.flatMap(({ advice = [] }) => advice);

const RUNS = '    runs-on: x\n    steps:\n      - run: make\n';
export const job = (id: string, lines = '') => `  ${id}:\n${lines}${RUNS}`;
export const calling = (id: string, file: string, lines = '') => `  ${id}:\n${lines}    uses: ${file}\n`;
export const workflow = (on: string, block: string, ...jobs: readonly string[]) =>
  `on: ${on}\n${block}jobs:\n${jobs.join('')}`;
export const block = (permissions: Permissions) => `permissions: ${JSON.stringify(permissions)}\n`;
