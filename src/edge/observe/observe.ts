import { checkFiles } from '../../check-files.ts';
import type { ReadCalledFile } from '../../model/called-file.ts';
import type { NeverStarting, Observation, ObservedResult } from '../../model/observation.ts';
import type { DefaultPermissions, Settings } from '../../model/settings.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { platformOn } from '../../permissions/platform.ts';
import { ApiError, type GitHubApi } from '../github/github-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { readCalled } from '../reading/reading.ts';
import { apiProblem } from '../runs/api-problem.ts';
import type { ReachedFiles } from '../runs/reached-files.ts';
import { asReferenced } from '../runs/referenced.ts';
import type { Server } from '../runs/server-of-run.ts';
import type { WorkflowRun } from '../runs/workflow-run.ts';
import { byCodeUnit } from '../../words/by-code-unit.ts';
import { ToolError } from '../tool-error.ts';
import { TOOL } from '../tool.ts';
import { compareRun, isOfMerge } from './compare-run.ts';
import { StopError } from './limited-api.ts';
import { failedStarts } from './never-starting.ts';
import { recentRuns, runsOfWorkflow } from './run-lists.ts';

/** What observing needs. */
export interface ObserveWorld {
  readonly api: GitHubApi;
  readonly server: Server;
  readonly repository: RepositoryName;
  /** `null` when it is not known. */
  readonly defaultBranch: string | null;
  /** Reads the workflow file and what it calls at a commit. Throws as the API does. */
  readonly filesAt: (commit: string, path: string) => Promise<ReachedFiles>;
  readonly read: ReadCalledFile;
}

/** What was seen, and what it tells about the settings. */
export interface Observed {
  readonly observation: Observation;
  readonly learned: { readonly value: DefaultPermissions; readonly run: string } | null;
  /** Those of the notes that somebody has to do something about. */
  readonly warnings: readonly string[];
}

/** Runs that have logs. */
const HAS_LOGS: ReadonlySet<string | null> = new Set(['success', 'failure', 'cancelled', 'timed_out', 'neutral']);

/**
 * Looks at the last finished run of each workflow and event, newest first, and compares its logs with what is computed
 * for its commit. What was found when the API wants no more is kept.
 */
export async function observe(
  files: readonly WorkflowFile[],
  settings: Settings,
  world: ObserveWorld,
): Promise<Observed> {
  const seen: Seen = { results: [], neverStarts: [], notes: [], warnings: [], learned: null };
  try {
    await look(files, settings, world, seen);
  } catch (error) {
    note(error, 'The runs', world, seen);
  }
  const { results: runs, neverStarts, warnings, learned } = seen;
  const notes = [...warnings, ...seen.notes];
  return { observation: { runs, neverStarts, notes }, learned: learned?.found ?? null, warnings };
}

interface Seen {
  readonly results: ObservedResult[];
  readonly neverStarts: NeverStarting[];
  readonly notes: string[];
  readonly warnings: string[];
  learned: { readonly found: NonNullable<Observed['learned']>; readonly isSure: boolean } | null;
}

async function look(
  files: readonly WorkflowFile[],
  settings: Settings,
  world: ObserveWorld,
  seen: Seen,
): Promise<void> {
  const { api, repository } = world;
  const paths = files.filter(isStarted).map(({ path }) => path);
  const missing = (runs: readonly WorkflowRun[]): readonly string[] =>
    paths.filter((path) => !runs.some(({ run }) => run.path === path));
  const recent = await recentRuns(api.json, repository, (runs) => missing(runs).length === 0);
  const own = new Set(paths);
  // Those of files that are not there any more, or never were, tell nothing about what is checked.
  const runs = recent.filter(({ run }) => own.has(run.path));
  for (const path of missing(runs)) {
    runs.push(...(await runsOfWorkflow(api.json, repository, path).catch(nothingFor404)));
  }
  const failing = await lookAtStarts(files, runs, settings, world, seen);
  for (const found of lastOfEach(runs.filter(({ run }) => HAS_LOGS.has(run.conclusion)))) {
    if (failing.has(found.run.path)) continue;
    await lookAtRun(found, settings, world, seen);
  }
}

/** A file that is only called has no runs of its own. */
function isStarted({ workflow }: WorkflowFile): boolean {
  return workflow.triggers.some(({ event }) => event !== 'workflow_call');
}

/** GitHub knows no such workflow: none of its runs was ever created. */
function nothingFor404(error: unknown): readonly WorkflowRun[] {
  if (error instanceof ApiError && error.status === 404) return [];
  throw error;
}

/** The first of each workflow and event, newest first. */
function lastOfEach(runs: readonly WorkflowRun[]): readonly WorkflowRun[] {
  const first = new Map<string, WorkflowRun>();
  for (const found of runs.toSorted((a, b) => byCodeUnit(b.run.date, a.run.date))) {
    const key = `${found.run.path} ${found.run.event}`;
    if (!first.has(key)) first.set(key, found);
  }
  return [...first.values()];
}

async function lookAtRun(found: WorkflowRun, settings: Settings, world: ObserveWorld, seen: Seen): Promise<void> {
  const { run } = found;
  try {
    const { result, defaultPermissions: value, stopped } = await compareRun(found, settings, world);
    seen.results.push(result);
    if (stopped !== null) throw stopped;
    if (value === null || seen.learned?.isSure === true) return;
    // The files of a pull request's run were perhaps other ones.
    const isSure = !isOfMerge(run);
    if (isSure || seen.learned === null) seen.learned = { found: { value, run: run.url }, isSure };
  } catch (error) {
    if (error instanceof StopError) throw error;
    note(error, `The run ${run.id} of ${run.path} on ${run.event}`, world, seen);
  }
}

/** Finds the workflows whose runs do not start any more, and why. Returns their paths. */
async function lookAtStarts(
  files: readonly WorkflowFile[],
  runs: readonly WorkflowRun[],
  settings: Settings,
  world: ObserveWorld,
  seen: Seen,
): Promise<ReadonlySet<string>> {
  const failing = new Set<string>();
  for (const { path } of files) {
    const recent = runs.filter(({ run }) => run.path === path);
    if (failedStarts(recent, world.defaultBranch) === null) continue;
    // Only all of its runs tell since when.
    const all = await runsOfWorkflow(world.api.json, world.repository, path);
    const found = failedStarts(all.length === 0 ? recent : all, world.defaultBranch);
    if (found === null) continue;
    const { run, ...row } = found;
    const why = await whyNot(run, settings, world);
    if (await isMended(files, path, settings, world, run)) {
      seen.notes.push(`${path}: its last runs did not start, and the file has been changed since.`);
      continue;
    }
    failing.add(path);
    seen.neverStarts.push({ path, ...row, why });
  }
  return failing;
}

/** What GitHub refuses at the commit of a run. */
async function whyNot({ run, referenced }: WorkflowRun, settings: Settings, world: ObserveWorld): Promise<string[]> {
  const { files } = await world.filesAt(run.commit, run.path);
  const then = { ...settings, commit: run.commit, platform: platformOn(settings.platform, run.date.slice(0, 10)) };
  return problemsOf(files, run.path, then, asReferenced(world.read, referenced));
}

async function problemsOf(
  files: readonly WorkflowFile[],
  path: string,
  settings: Settings,
  read: ReadCalledFile,
): Promise<string[]> {
  const options = { toolVersion: TOOL.version, failOn: 'never' as const };
  const { workflows } = await checkFiles(files, settings, options, readCalled(read));
  const problems = workflows.find((workflow) => workflow.path === path)?.problems ?? [];
  return problems.filter(({ code }) => code !== 'call-not-read' && code !== 'encoding').map(({ message }) => message);
}

/** Whether the file has been changed since a run, and nothing that GitHub would refuse is seen in it now. */
async function isMended(
  files: readonly WorkflowFile[],
  path: string,
  settings: Settings,
  world: ObserveWorld,
  { run }: WorkflowRun,
): Promise<boolean> {
  const then = await world.filesAt(run.commit, run.path);
  const now = new Map(files.map((file) => [file.path, JSON.stringify(file)]));
  const isSame = then.files.length > 0 && then.files.every((file) => now.get(file.path) === JSON.stringify(file));
  return !isSame && (await problemsOf(files, path, settings, world.read)).length === 0;
}

/** That a bound was reached needs nobody; a right that is missing, or a server that fails, does. */
function note(error: unknown, what: string, { server }: ObserveWorld, { notes, warnings }: Seen): void {
  if (error instanceof StopError) notes.push(`Not every run was looked at: ${error.message}.`);
  else if (error instanceof ApiError || error instanceof ToolError) {
    warnings.push(apiProblem(error, what, 'actions: read', server));
  } else throw error;
}
