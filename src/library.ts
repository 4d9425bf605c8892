import packageJson from '../package.json' with { type: 'json' };
import { checkWithCalls } from './check.ts';
import type { CalledSource, ReadCalledFile } from './model/called-file.ts';
import type { FindingLevel, Report } from './model/report.ts';
import type { DefaultPermissions, ForkPullRequests, Settings, Visibility } from './model/settings.ts';
import { knowsAction } from './needs/actions/action-use.ts';
import { loadActionFiles } from './needs/actions/load-action-files.ts';
import { needsOfJobs } from './needs/needs-of-jobs.ts';
import type { PrepareNeeds } from './needs/prepare-needs.ts';
import { parseServerVersion } from './permissions/platform.ts';
import { readAction } from './workflow/read-action.ts';

export type { CalledSource, ReadCalledFile, RepositoryFile } from './model/called-file.ts';
export type { Report } from './model/report.ts';

/** What is known of a repository from outside of its files. What is left out is unknown, and all that is possible computed. */
export interface CheckSettings {
  /** Which repository it is, as `OWNER/NAME`: so its own workflows are known when they are called by their full name. */
  readonly repository?: string;
  /** Decides what a pull request from a fork gets. */
  readonly visibility?: Visibility;
  /** The setting "Workflow permissions": what a job gets when no permissions block applies to it. */
  readonly defaultPermissions?: DefaultPermissions;
  /** Private and internal repositories: what a pull request from a fork starts. */
  readonly forkPullRequests?: ForkPullRequests;
  /** Computes for GitHub Enterprise Server of that version, 3.2 or newer, such as `'3.17'`. */
  readonly ghes?: string;
  /** The least level of a finding that makes the `result` of the report `fail`; `error` if it is left out. */
  readonly failOn?: FindingLevel | 'never';
  /** Reads called workflows and actions of other repositories. Without it, they are unresolved. */
  readonly read?: ReadCalledFile;
}

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;

/**
 * Computes what the `GITHUB_TOKEN` of every job may do, and judges it by the rules. Touches neither files nor network: the
 * same files and settings give the same report. A file that is broken never hides the others.
 *
 * @param files the text of each file, by its path from the repository's root, with `/`: the workflows under
 *   `.github/workflows`, and the scripts and actions of the repository that they use, as far as these are to be looked into.
 * @throws TypeError when a setting is malformed.
 */
export async function check(
  files: Readonly<Record<string, string | Uint8Array>>,
  settings: CheckSettings = {},
): Promise<Report> {
  const encoder = new TextEncoder();
  const bytes = new Map(
    Object.entries(files).map(([path, text]) => [path, typeof text === 'string' ? encoder.encode(text) : text]),
  );
  const sources = [...bytes].flatMap(([path, text]) => (WORKFLOW.test(path) ? [{ path, bytes: text }] : []));
  const known = toSettings(settings);
  const read = settings.read ?? (() => Promise.resolve(NOT_READ));
  const options = { toolVersion: packageJson.version, failOn: settings.failOn ?? ('error' as const) };
  return checkWithCalls(sources, known, options, read, needsFrom(bytes, known.repository, read));
}

const NOT_READ: CalledSource = { kind: 'unavailable', reason: 'no way to read it was given' };

function toSettings(settings: CheckSettings): Settings {
  const { repository, visibility, defaultPermissions, forkPullRequests, ghes } = settings;
  const [, owner, name] = /^([^/\s]+)\/([^/\s]+)$/.exec(repository ?? '') ?? [];
  if (repository !== undefined && (owner === undefined || name === undefined)) {
    throw new TypeError(`repository is OWNER/NAME, not ${JSON.stringify(repository)}`);
  }
  const version = ghes === undefined ? null : parseServerVersion(ghes);
  if (ghes !== undefined && version === null) {
    throw new TypeError(`ghes is the version of a GitHub Enterprise Server, 3.2 or newer, not ${JSON.stringify(ghes)}`);
  }
  return {
    platform: version === null ? { kind: 'github.com' } : { kind: 'ghes', version },
    repository: owner === undefined || name === undefined ? null : { owner, name },
    visibility: visibility ?? 'unknown',
    defaultPermissions:
      defaultPermissions === undefined
        ? { value: 'unknown', source: 'none' }
        : { value: defaultPermissions, source: 'option' },
    forkPullRequests: forkPullRequests ?? 'unknown',
  };
}

function needsFrom(
  bytes: ReadonlyMap<string, Uint8Array>,
  repository: Settings['repository'],
  read: ReadCalledFile,
): PrepareNeeds {
  const readLocal = (path: string): Promise<CalledSource> => {
    const found = bytes.get(path);
    return Promise.resolve(
      found === undefined
        ? { kind: 'not-found', reason: 'it was not given' }
        : { kind: 'found', bytes: found, commit: null, anyRef: false },
    );
  };
  const readFile = (path: string): string | null => {
    const found = bytes.get(path);
    return found === undefined ? null : textOf(found);
  };
  return async (files, called) => {
    const readers = { read, readLocal, readAction, isKnown: knowsAction, repository };
    const actionFiles = await loadActionFiles(files, called, readers);
    return (jobs, settings, declaredActions) => needsOfJobs(jobs, { settings, actionFiles, readFile, declaredActions });
  };
}

/** `null` for what is no text. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
