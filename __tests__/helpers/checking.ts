import type { Grant } from '../../src/model/grant.ts';
import type { Permissions } from '../../src/model/permission.ts';
import type { Report, ReportedJob, ReportedWorkflow } from '../../src/model/report.ts';
import type { Settings } from '../../src/model/settings.ts';
import { check } from '../../src/check.ts';
import { PERMISSION_TABLE } from '../../src/permissions/permission-table.ts';

export const PATH = '.github/workflows/ci.yml';

/** Nothing is known about the repository. */
export const UNKNOWN: Settings = {
  platform: { kind: 'github.com' },
  repository: null,
  visibility: 'unknown',
  defaultPermissions: { value: 'unknown', source: 'none' },
  forkPullRequests: 'unknown',
};

/** What tests say of the settings; what is not named is unknown. */
export interface Known {
  readonly default?: 'read' | 'write';
  readonly visibility?: Settings['visibility'];
  readonly forks?: Settings['forkPullRequests'];
  readonly repository?: string;
  readonly ghes?: `${number}.${number}`;
}

export function settingsOf(known: Known): Settings {
  const [owner, name] = known.repository?.split('/') ?? [];
  const [major, minor] = known.ghes?.split('.').map(Number) ?? [];
  return {
    platform:
      major === undefined || minor === undefined ? UNKNOWN.platform : { kind: 'ghes', version: { major, minor } },
    repository: owner === undefined || name === undefined ? null : { owner, name },
    visibility: known.visibility ?? 'unknown',
    defaultPermissions:
      known.default === undefined ? UNKNOWN.defaultPermissions : { value: known.default, source: 'option' },
    forkPullRequests: known.forks ?? 'unknown',
  };
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The report of one file or several, by path. */
export function reportOf(texts: string | Readonly<Record<string, string>>, known: Known = {}): Report {
  const files = typeof texts === 'string' ? { [PATH]: texts } : texts;
  const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
  return check(sources, settingsOf(known), { toolVersion: '1.0.0', failOn: 'error' });
}

export function workflowOf(text: string, known: Known = {}): ReportedWorkflow {
  return reportOf(text, known).workflows[0]!;
}

/** The job of an id, the first one when none is named. */
export function jobOf(text: string, known: Known = {}, id?: string): ReportedJob {
  const { jobs, problems } = workflowOf(text, known);
  const job = id === undefined ? jobs[0] : jobs.find(({ path }) => path.at(-1) === id);
  if (job === undefined) throw new Error(`no such job: ${JSON.stringify(problems)}`);
  return job;
}

/** A workflow with one job; `block` stands at its root, `jobBlock` in the job. */
export function workflow(on: string, block = '', more = ''): string {
  return `on: ${on}\n${block === '' ? '' : `permissions: ${block}\n`}jobs:\n  build:\n    runs-on: x\n${more}`;
}

/** What a row says in short: who, in which events, under which settings, and what. */
export function rowsOf({ grants }: ReportedJob): readonly string[] {
  return grants.map((grant) => `${whenOf(grant)}: ${whatOf(grant)}`);
}

export function whenOf(grant: Grant): string {
  return [
    grant.events.join('+'),
    ...(grant.actions === undefined ? [] : [`[${grant.actions.join()}]`]),
    grant.actor,
    ...(grant.baseRefCreatedByDependabot === true ? ['on its own base'] : []),
    ...(grant.defaultPermissions === undefined ? [] : [`default=${grant.defaultPermissions}`]),
    ...(grant.visibility === undefined ? [] : [grant.visibility]),
    ...(grant.forkPullRequests === undefined ? [] : [`forks=${grant.forkPullRequests}`]),
    ...(grant.ifAllowed === true ? ['if allowed'] : []),
    ...(grant.confidence === 'high' ? [] : [grant.confidence]),
  ].join(' ');
}

export function whatOf({ status, permissions }: Grant): string {
  return status === 'granted' ? brief(permissions) : `${status} ${brief(permissions)}`.trim();
}

/** Permissions in one line, `metadata` left out; all of a level are counted when there are many. */
export function brief(permissions: Permissions): string {
  const entries = Object.entries(permissions).filter(([name]) => name !== 'metadata');
  if (entries.length <= 5) return entries.map(([name, level]) => `${name}:${level}`).join(' ');
  const count = (level: string) => entries.filter(([, one]) => one === level).length;
  return `${count('write')} writes, ${count('read')} reads`;
}

/** A token's permissions as GitHub prints them in the log of a job. */
export function printed(permissions: Permissions): readonly string[] {
  return PERMISSION_TABLE.flatMap(({ name, logName }) => {
    const level = permissions[name] ?? 'none';
    return logName === null || level === 'none' ? [] : [`${logName}: ${level}`];
  });
}
