import { checkWithCalls } from '../../src/check.ts';
import type { Permissions } from '../../src/model/permission.ts';
import type { Report, ReportedJob, ReportedNeeds } from '../../src/model/report.ts';
import type { Settings } from '../../src/model/settings.ts';
import { needsOfJobs } from '../../src/needs/needs-of-jobs.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { policyText } from '../helpers/policies.ts';
import { POLICY_PATH } from '../helpers/judging.ts';
import { wrapped } from './example-result.ts';
import type { Example } from './examples-in.ts';
import { inExample } from './in-example.ts';

/** Works out what the jobs of an example need, as the command line does, without a network. */
export async function needsReport(example: Example): Promise<Report> {
  const files = example.files.filter(({ path }) => path !== POLICY_PATH);
  return inExample({ ...example, files }, ({ sources, settings, read }) => {
    const declaredActions = [actionsOf(example, settings)];
    return checkWithCalls(sources, settings, { toolVersion: '0.0.0', failOn: 'error' }, read, () =>
      Promise.resolve((jobs, known) =>
        needsOfJobs(jobs, { settings: known, actionFiles: new Map(), readFile: () => null, declaredActions }),
      ),
    );
  });
}

function actionsOf({ files }: Example, settings: Settings): ReadonlyMap<string, Permissions> {
  const file = files.find(({ path }) => path === POLICY_PATH);
  if (file === undefined) return new Map();
  const read = readPolicy(policyText(file.yaml, POLICY_PATH), settings);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.policy.actions;
}

/** What each job gets and needs, why, and what is suggested for it, as the document about needs says it. */
export function needsResult(report: Report): string {
  return report.workflows
    .flatMap(({ jobs }) => jobs.flatMap(jobLines))
    .map((line) => `${line}\n`)
    .join('');
}

function jobLines(job: ReportedJob): readonly string[] {
  const { path, needs, suggested } = job;
  if (needs === null) throw new Error(`It is not known what ${path.join('/')} needs`);
  const lines = [
    path.join(' / '),
    `  gets       ${getsInWords(job)}`,
    `  needs      ${needsInWords(needs)}`,
    ...needs.because.flatMap(({ by, line, permission, level, because, tolerated, optional, publicRead }) => {
      const conditions = [
        ...(tolerated ? ['the run goes on without'] : []),
        ...(optional ? ['works without, too'] : []),
        ...(publicRead ? ['in a private repository'] : []),
      ];
      const more = [...(because === by ? [] : [because]), ...conditions];
      return reasonLines(`line ${line}, ${by}: ${permission}: ${level}`, more);
    }),
    ...needs.unseen.flatMap(({ by, line, because, permissions }) => {
      const what = permissions === 'all' ? '' : `perhaps ${permissions.join(', ')}; `;
      return wrapped(`line ${line}, ${by}: ${what}${because}`, '  ').map((one) => `    ${one}`);
    }),
    ...needs.impossible.flatMap(({ by, line, what, because }) => reasonLines(`line ${line}, ${by}: ${what}, which no block gives`, [because])), // prettier-ignore
    `  suggested  ${suggested === null ? 'not known' : (levelsInWords(suggested) ?? '{}')}`,
  ];
  // An action may do the same for two reasons.
  return [...new Set(lines)];
}

function reasonLines(text: string, more: readonly string[]): readonly string[] {
  const whole = more.length === 0 ? text : `${text} (${more.join('; ')})`;
  return wrapped(whole, '  ').map((line) => `    ${line}`);
}

function getsInWords({ grants, declared }: ReportedJob): string {
  if (grants.length === 0) return declared === null ? 'what the caller gives' : (levelsInWords(declared) ?? 'nothing');
  const rows = new Set(grants.filter(({ status }) => status !== 'not-run').map(({ permissions }) => levelsInWords(permissions) ?? 'nothing')); // prettier-ignore
  return [...rows].join(' or ');
}

function needsInWords({ complete, uncertain, permissions }: ReportedNeeds): string {
  const levels = levelsInWords(permissions);
  if (complete) return levels ?? 'nothing';
  if (uncertain === 'all') return levels === null ? 'not known' : `at least ${levels}`;
  const open = uncertain.map((name) => (permissions[name] === 'read' ? `${name}: write` : name));
  const perhaps = `perhaps ${open.join(', ')}`;
  return levels === null ? perhaps : `${levels}, ${perhaps}`;
}

/** More come from a shorthand or the default. */
const MOST_NAMES = 6;

function levelsInWords(permissions: Permissions): string | null {
  const names = Object.keys(permissions).filter((name) => name !== 'metadata' && permissions[name] !== 'none');
  if (names.length > MOST_NAMES) return `${names.length} permissions`;
  return names.length === 0 ? null : names.map((name) => `${name}: ${permissions[name] ?? ''}`).join(', ');
}
