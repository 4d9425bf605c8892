import type { Platform, Settings } from '../model/settings.ts';
import type { Job, ReadWorkflow, WorkflowFile } from '../model/workflow.ts';
import { jobBlock } from '../permissions/job-block.ts';
import type { JobBlock } from '../permissions/job-block.ts';
import { workflowReference } from '../workflow/workflow-reference.ts';
import type { CalledFile, CalledFiles } from './called-files.ts';
import { fileProblems, isRefused } from './file-problems.ts';
import { calledPlace, placeKey, placeName } from './place.ts';
import type { Place } from './place.ts';
import { isTrusted } from './trust.ts';

/** A workflow file in a chain of calls. */
export interface FileInChain {
  readonly place: Place;
  /** How a report names it. */
  readonly path: string;
  readonly read: ReadWorkflow;
  /** It was read from a checkout that stands for any ref. */
  readonly anyRef: boolean;
}

/** A job in a chain of calls, with the jobs that it calls. */
export interface JobInChain {
  /** Job ids, from the calling job down. */
  readonly ids: readonly string[];
  readonly job: Job;
  readonly file: FileInChain;
  /** The block that applies; `null` when none does anywhere up the chain. */
  readonly block: JobBlock | null;
  readonly call: CallInChain | null;
  /** The job that calls this one's workflow. */
  readonly caller: JobInChain | null;
}

/** A call and what became of it. */
export interface CallInChain {
  /** The called workflow as GitHub's sentences name it. */
  readonly reference: string;
  readonly trusted: boolean;
  readonly callee: Callee;
  /** The jobs of the called workflow; none when it cannot be read or GitHub refuses the file. */
  readonly jobs: readonly JobInChain[];
}

export type Callee =
  | { readonly kind: 'found'; readonly file: FileInChain }
  | { readonly kind: 'not-found' | 'unavailable'; readonly reason: string }
  /** The checkout does not have the file; `similar`: it has one whose path differs in capitals alone. */
  | { readonly kind: 'missing'; readonly similar: string | null }
  | { readonly kind: 'too-deep'; readonly limit: number; readonly isCycle: boolean }
  /** `total`: how many files the whole chain names, as far as it was followed. */
  | { readonly kind: 'too-many-files'; readonly limit: number; readonly total: number };

/** What the chains of a repository are made from. */
export interface Chains {
  readonly checkout: ReadonlyMap<string, WorkflowFile>;
  readonly called: CalledFiles;
  readonly settings: Settings;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** How long chains may be, and how many files they may name. */
interface Limits {
  readonly calls: number;
  readonly files: number;
}

/**
 * The limits of a platform: github.com takes ten levels, the first caller included, and 50 called files; servers take
 * four levels and 20 files.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations#limitations-of-reusable-workflows
 */
function limitsOf(platform: Platform): Limits {
  return platform.kind === 'github.com' ? { calls: 9, files: 50 } : { calls: 3, files: 20 };
}

/** No run of ours follows more jobs of one root. GitHub has a limit of its own, which it does not publish. */
const MOST_JOBS = 5000;

/**
 * The jobs of a workflow with all that they call, in the order in which GitHub reads them. Nothing is judged here: a
 * call that GitHub refuses is followed all the same, so that every mistake can be told at once.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/ReusableWorkflowsLoader.cs
 */
export function callTree(root: WorkflowFile, chains: Chains): readonly JobInChain[] {
  const { path, ...read } = root;
  const place: Place = { kind: 'checkout', path };
  const limits = limitsOf(chains.settings.platform);
  const references = new Set<string>();
  const beyond = new Set<string>();
  const tooManyFiles: Writable<Callee & { kind: 'too-many-files' }> = {
    kind: 'too-many-files',
    limit: limits.files,
    total: 0,
  };
  let followed = 0;
  const file: FileInChain = { place, path, read, anyRef: false };
  const tree = jobsInChain(file, null, [placeKey(place)]);
  tooManyFiles.total = references.size + beyond.size;
  return tree;

  function jobsInChain(from: FileInChain, caller: JobInChain | null, above: readonly string[]): readonly JobInChain[] {
    const { workflow } = from.read;
    followed += workflow.jobs.length;
    return workflow.jobs.map((job) => {
      const block = jobBlock(job, workflow, from.path, caller?.block ?? null);
      const ids = [...(caller?.ids ?? []), job.id];
      const calling: Writable<JobInChain> = { ids, job, file: from, block, call: null, caller };
      // The jobs of the called workflow lead back to this very object.
      if (job.uses !== null) calling.call = follow(calling, job.uses.reference, above);
      return calling;
    });
  }

  function follow(calling: JobInChain, written: string, above: readonly string[]): CallInChain | null {
    const reference = workflowReference(written);
    // A malformed reference makes the file invalid that holds it.
    if ('error' in reference) return null;
    const target = calledPlace(reference, calling.file.place);
    const trusted = isTrusted(target, chains.settings.repository);
    const key = placeKey(target);
    const callee = calleeOf(target, key, above);
    return {
      reference: callee.kind === 'found' ? sentenceName(callee.file.place, written, reference.kind) : written,
      trusted,
      callee,
      jobs: callee.kind === 'found' && isSound(callee.file) ? jobsInChain(callee.file, calling, [...above, key]) : [],
    };
  }

  function calleeOf(target: Place, key: string, above: readonly string[]): Callee {
    // `above` holds the root too: as many calls lead here as it has entries.
    if (above.includes(key)) return { kind: 'too-deep', limit: limits.calls, isCycle: true };
    if (above.length > limits.calls) return { kind: 'too-deep', limit: limits.calls, isCycle: false };
    if (!references.has(key) && references.size >= limits.files) {
      beyond.add(key);
      return tooManyFiles;
    }
    references.add(key);
    if (followed > MOST_JOBS) {
      return { kind: 'unavailable', reason: `the calls of this workflow lead to more than ${MOST_JOBS} jobs` };
    }
    if (target.kind === 'checkout') {
      const found = chains.checkout.get(target.path);
      if (found === undefined) return notThere(target.path);
      const { path: foundPath, ...foundRead } = found;
      return { kind: 'found', file: { place: target, path: foundPath, read: foundRead, anyRef: false } };
    }
    const known: CalledFile | undefined = chains.called.get(key);
    if (known === undefined) return { kind: 'unavailable', reason: 'Files of other repositories were not read' };
    if (known.kind !== 'found') return known;
    return {
      kind: 'found',
      file: { place: known.place, path: placeName(target), read: known.read, anyRef: known.anyRef },
    };
  }

  function notThere(missing: string): Callee {
    const similar = similarPath(missing, chains);
    return chains.settings.onlySomeFiles === true && similar === null
      ? { kind: 'unavailable', reason: `the file ${missing} is not among those that were given` }
      : { kind: 'missing', similar };
  }

  /** Whether the platform takes a file for a workflow. One that cannot be called is followed: it may lack just that. */
  function isSound({ read }: FileInChain): boolean {
    return !isRefused(fileProblems(read, chains.settings.platform));
  }

  /** GitHub names a local call by repository and commit; where we do not know them, it stays as written. */
  function sentenceName(place: Place, written: string, kind: 'local' | 'remote'): string {
    if (kind === 'remote') return written;
    if (place.kind === 'repository') return `${place.owner}/${place.name}/${place.path}@${place.commit ?? place.ref}`;
    const { repository, commit } = chains.settings;
    if (repository === null || commit === undefined) return written;
    return `${repository.owner}/${repository.name}/${place.path}@${commit}`;
  }
}

/** The first path of a checkout that differs in capitals alone. */
function similarPath(path: string, { checkout }: Pick<Chains, 'checkout'>): string | null {
  let paths = inLowerCase.get(checkout);
  if (paths === undefined) {
    paths = new Map([...checkout.keys()].reverse().map((known) => [known.toLowerCase(), known]));
    inLowerCase.set(checkout, paths);
  }
  return paths.get(path.toLowerCase()) ?? null;
}

/** By path in lower case; a repository may call many files that it does not have. */
const inLowerCase = new WeakMap<Chains['checkout'], ReadonlyMap<string, string>>();

/** Every job of a tree, each before those that it calls. */
export function allJobs(jobs: readonly JobInChain[]): readonly JobInChain[] {
  return jobs.flatMap((job) => [job, ...allJobs(job.call?.jobs ?? [])]);
}

/** The calling job at or above this one whose block it has; the root's job where nobody has one. */
export function whereItIsWritten(calling: JobInChain): JobInChain {
  let job = calling;
  while (job.caller !== null && inherits(job)) job = job.caller;
  return job;
}

/** A calling job, and the jobs below it that have what it passes on. */
export function passesOn(calling: JobInChain): readonly JobInChain[] {
  return [calling, ...(calling.call?.jobs ?? []).filter(inherits).flatMap(passesOn)];
}

/** Whether a job of a called workflow has what its caller passes on, be it nothing. */
export function inherits({ block }: JobInChain): boolean {
  return block === null || block.from === 'caller';
}

/** The job of the root that starts the chain of a job. */
export function rootOf(job: JobInChain): JobInChain {
  return job.caller === null ? job : rootOf(job.caller);
}
