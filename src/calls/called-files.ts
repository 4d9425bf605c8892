import type { CalledWorkflow, ReadCalledWorkflow } from '../model/called-file.ts';
import type { ReadWorkflow, WorkflowFile } from '../model/workflow.ts';
import { workflowReference } from '../workflow/workflow-reference.ts';
import { calledPlace, placeKey } from './place.ts';
import type { Place } from './place.ts';

/** A called file: what it holds and where it stands, or why it could not be read. */
export type CalledFile =
  | { readonly kind: 'found'; readonly place: Place; readonly read: ReadWorkflow; readonly anyRef: boolean }
  | Exclude<CalledWorkflow, { kind: 'found' }>;

/** The called files outside of the checkout, by `placeKey`. */
export type CalledFiles = ReadonlyMap<string, CalledFile>;

/** No chain is longer on any platform. */
const MOST_LEVELS = 10;

/**
 * Reads every file outside of the checkout that the given files call, and those that these call, each once. The reader
 * is an argument: this function touches nothing itself.
 */
export async function loadCalledFiles(files: readonly WorkflowFile[], read: ReadCalledWorkflow): Promise<CalledFiles> {
  const known = new Map<string, CalledFile>();
  let callers: readonly { place: Place; read: ReadWorkflow }[] = files.map(({ path, ...file }) => ({
    place: { kind: 'checkout', path },
    read: file,
  }));
  for (let level = 1; level <= MOST_LEVELS && callers.length > 0; level++) {
    const wanted = new Map<string, Place & { kind: 'repository' }>();
    for (const { place, read: caller } of callers) {
      for (const called of calledFrom(caller, place)) {
        if (called.kind === 'repository' && !known.has(placeKey(called))) wanted.set(placeKey(called), called);
      }
    }
    const loaded = await Promise.all([...wanted].map(async ([key, place]) => [key, await load(place, read)] as const));
    for (const [key, file] of loaded) known.set(key, file);
    callers = loaded.flatMap(([, file]) => (file.kind === 'found' ? [file] : []));
  }
  return known;
}

async function load(place: Place & { kind: 'repository' }, read: ReadCalledWorkflow): Promise<CalledFile> {
  const { owner, name, path, ref } = place;
  const called = await read({ owner, name, path, ref });
  if (called.kind !== 'found') return called;
  return { ...called, place: { ...place, commit: called.commit ?? place.commit } };
}

function calledFrom({ workflow }: ReadWorkflow, place: Place): readonly Place[] {
  return workflow.jobs.flatMap(({ uses }) => {
    const reference = uses === null ? null : workflowReference(uses.reference);
    return reference === null || 'error' in reference ? [] : [calledPlace(reference, place)];
  });
}
