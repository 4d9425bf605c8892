import { checkWithCalls } from '../../src/check.ts';
import type { CalledSource, RepositoryFile } from '../../src/model/called-file.ts';
import type { Finding, Report, ReportedJob, ReportedProblem, ReportedWorkflow } from '../../src/model/report.ts';
import type { Settings } from '../../src/model/settings.ts';

/** What a test says of a repository beside its files. */
export interface World extends Partial<Omit<Settings, 'defaultPermissions'>> {
  readonly defaultPermissions?: Settings['defaultPermissions']['value'];
  /** Called files by `OWNER/NAME/path@REF`: the text, or why there is none. */
  readonly called?: Readonly<Record<string, string | CalledSource>>;
  /** Gets every file that is asked for. */
  readonly asked?: RepositoryFile[];
}

export const FOLDER = '.github/workflows/';

/** The report of a repository whose workflow files are given by name, with the text of each. */
export async function reportOf(files: Readonly<Record<string, string>>, world: World = {}): Promise<Report> {
  const { called = {}, asked = [], defaultPermissions = 'unknown', ...settings } = world;
  const sources = Object.entries(files).map(([name, text]) => ({ path: FOLDER + name, bytes: bytesOf(text) }));
  return checkWithCalls(
    sources,
    {
      platform: { kind: 'github.com' },
      repository: { owner: 'octo', name: 'app' },
      visibility: 'public',
      forkPullRequests: 'unknown',
      ...settings,
      defaultPermissions: { value: defaultPermissions, source: 'option' },
    },
    { toolVersion: '0.0.0', failOn: 'error' },
    (file) => {
      asked.push(file);
      const found = called[`${file.owner}/${file.name}/${file.path}@${file.ref}`];
      if (found === undefined) return Promise.resolve({ kind: 'not-found', reason: 'Nothing is there' });
      return Promise.resolve(typeof found === 'string' ? foundSource(found) : found);
    },
  );
}

export function foundSource(text: string, more: { commit?: string; anyRef?: boolean } = {}): CalledSource {
  return { kind: 'found', bytes: bytesOf(text), commit: more.commit ?? null, anyRef: more.anyRef ?? false };
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function workflowIn(report: Report, name: string): ReportedWorkflow {
  const found = report.workflows.find(({ path }) => path === FOLDER + name);
  if (found === undefined) throw new Error(`No workflow ${name}`);
  return found;
}

export function jobIn(report: Report, name: string, ...ids: string[]): ReportedJob {
  const found = workflowIn(report, name).jobs.find(({ path }) => path.join() === ids.join());
  if (found === undefined) throw new Error(`No job ${ids.join('/')} in ${name}`);
  return found;
}

/** Where a problem or a finding stands, in short: `ci.yml:3:5`. */
export function placeOf({ path, line, column }: Pick<Finding | ReportedProblem, 'path' | 'line' | 'column'>): string {
  return `${path.replace(FOLDER, '')}:${line}:${column}`;
}

export function problemsIn(report: Report, name: string): readonly string[] {
  return workflowIn(report, name).problems.map((problem) => `${placeOf(problem)} ${problem.message}`);
}

export function findingsIn(report: Report): readonly string[] {
  return report.findings.map((finding) => `${finding.level} ${placeOf(finding)} ${finding.message}`);
}

/** The rows of a job in short: `push repository read: contents: read, issues: write`. `metadata` is left out. */
export function rowsOf({ grants }: ReportedJob): readonly string[] {
  return grants.map(({ events, actor, status, defaultPermissions, permissions }) => {
    const levels = Object.entries(permissions)
      .filter(([name]) => name !== 'metadata')
      .map(([name, level]) => `${name}: ${level}`);
    const words = [events.join('+'), actor, defaultPermissions, status === 'granted' ? undefined : status];
    return `${words.filter((word) => word !== undefined).join(' ')}: ${levels.join(', ')}`;
  });
}

/** A job with a step, indented to stand under `jobs:`. */
export function job(id: string, permissions?: string): string {
  return [
    `  ${id}:`,
    '    runs-on: ubuntu-latest',
    ...block(permissions, 4),
    '    steps:',
    '      - run: make',
    '',
  ].join('\n');
}

/** A job that calls a workflow. */
export function call(id: string, uses: string, permissions?: string, more: readonly string[] = []): string {
  const reference = uses.includes('/') ? uses : `./${FOLDER}${uses}`;
  return [
    `  ${id}:`,
    ...block(permissions, 4),
    `    uses: ${reference}`,
    ...more.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** A workflow file: events, a block or none, jobs. */
export function workflow(on: string, permissions: string | undefined, ...jobs: readonly string[]): string {
  return [`on: ${on}`, ...block(permissions, 0), 'jobs:', ...jobs.map((text) => text.trimEnd()), ''].join('\n');
}

function block(permissions: string | undefined, indent: number): readonly string[] {
  return permissions === undefined ? [] : [`${' '.repeat(indent)}permissions: ${permissions}`];
}
