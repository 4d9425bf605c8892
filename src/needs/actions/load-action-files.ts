import type { ActionDefinition } from '../../model/action.ts';
import type { CalledFiles } from '../../calls/called-files.ts';
import type { Place } from '../../calls/place.ts';
import type { CalledSource, ReadCalledFile } from '../../model/called-file.ts';
import type { Settings } from '../../model/settings.ts';
import type { Step, Workflow, WorkflowFile } from '../../model/workflow.ts';
import { actionReference } from '../../workflow/action-reference.ts';
import { decode } from '../../workflow/yaml/decode.ts';
import { PROGRAM } from '../../workflow/action-in.ts';
import { actionKey, MOST_NESTED_ACTIONS } from './action-files.ts';
import type { ActionFile, ActionFiles, ActionPlace } from './action-files.ts';
import { actionHome, actionPlace, jobHome } from './action-place.ts';
import type { StepHome } from './action-place.ts';

/** Reads a file of the checkout under test, from its root. Never throws. */
export type ReadLocalFile = (path: string) => Promise<CalledSource>;

/** What loading actions takes beside the workflows. */
export interface ActionReaders {
  readonly read: ReadCalledFile;
  readonly readLocal: ReadLocalFile;
  /** Reads the text of an `action.yml`. */
  readonly readAction: (text: string) => ActionDefinition | Promise<ActionDefinition>;
  /** Whether it is known what an action does; `name` is `owner/name` or `owner/name/path`, in lower case. */
  readonly isKnown: (name: string, ref: string) => boolean;
  /** The repository under test. */
  readonly repository: Settings['repository'];
}

/** No run of ours reads more actions of repositories: each may take several requests. */
const MOST_REPOSITORY_ACTIONS = 100;

/** The files that make a folder an action, in the order in which GitHub looks for them. */
const FILE_NAMES = ['action.yml', 'action.yaml', 'Dockerfile'];

/** Steps and where they stand. */
interface Steps {
  readonly home: StepHome;
  readonly steps: readonly Step[];
}

/**
 * Reads the actions that steps use, and those that composite ones among them use, each once: all of the checkout, and
 * those of repositories that are not known. The readers are arguments: this function touches nothing itself.
 */
export async function loadActionFiles(
  files: readonly WorkflowFile[],
  called: CalledFiles,
  readers: ActionReaders,
): Promise<ActionFiles> {
  const known = new Map<string, ActionFile>();
  const followed = new Set<string>();
  let allowed = MOST_REPOSITORY_ACTIONS;
  let using = stepsOfWorkflows(files, called, readers.repository);
  for (let level = 1; level <= MOST_NESTED_ACTIONS && using.length > 0; level++) {
    const wanted = new Map<string, ActionPlace>();
    const uses = using.flatMap(({ home, steps }) =>
      steps.flatMap((step) => {
        const place = placeToRead(step, home, readers);
        if (place === null) return [];
        const key = actionKey(place);
        if (!known.has(key) && !wanted.has(key)) wanted.set(key, place);
        return [{ key, home: actionHome(place, home) }];
      }),
    );
    const loaded = [...wanted].map(async ([key, place]) => {
      if (place.kind === 'repository') allowed -= 1;
      return [key, allowed < 0 && place.kind === 'repository' ? TOO_MANY : await load(place, readers)] as const;
    });
    for (const [key, file] of await Promise.all(loaded)) known.set(key, file);
    using = uses.flatMap(({ key, home }) => {
      const file = known.get(key);
      // What an action means by `./` depends on the job.
      const from = JSON.stringify([key, home.checkouts]);
      if (file?.kind !== 'found' || file.definition.kind !== 'composite' || followed.has(from)) return [];
      followed.add(from);
      return [{ home, steps: file.definition.steps }];
    });
  }
  return known;
}

const TOO_MANY: ActionFile = {
  kind: 'unavailable',
  reason: `More than ${MOST_REPOSITORY_ACTIONS} actions of other repositories would have to be read, and this one was not`,
};

function stepsOfWorkflows(
  files: readonly WorkflowFile[],
  called: CalledFiles,
  repository: Settings['repository'],
): readonly Steps[] {
  const stepsIn = ({ jobs }: Workflow, place: Place): readonly Steps[] =>
    jobs.map((job) => ({ home: jobHome(place, job, repository), steps: job.steps }));
  return [
    ...files.flatMap(({ path, workflow }) => stepsIn(workflow, { kind: 'checkout', path })),
    ...[...called.values()].flatMap((file) => (file.kind === 'found' ? stepsIn(file.read.workflow, file.place) : [])),
  ];
}

function placeToRead({ uses }: Step, home: StepHome, { isKnown }: ActionReaders): ActionPlace | null {
  const reference = uses === null ? null : actionReference(uses.text);
  if (uses === null || reference === null) return null;
  return reference.kind === 'action' && isKnown(reference.name, reference.ref) ? null : actionPlace(uses.text, home);
}

async function load(
  place: ActionPlace,
  readers: ActionReaders,
  [name = '', ...others]: readonly string[] = FILE_NAMES,
): Promise<ActionFile> {
  const { read, readLocal, readAction } = readers;
  const path = place.folder === '' ? name : `${place.folder}/${name}`;
  const source = await (place.kind === 'checkout' ? readLocal(path) : read({ ...repositoryOf(place), path }));
  if (source.kind === 'found') {
    const definition = name === 'Dockerfile' ? PROGRAM : await readAction(decode(source.bytes).text);
    return { kind: 'found', path: fileName(place, path), definition, anyRef: source.anyRef };
  }
  if (source.kind === 'unavailable' || others.length === 0) return source;
  const other = await load(place, readers, others);
  return other.kind === 'not-found' ? source : other;
}

function repositoryOf({ owner, name, ref }: ActionPlace & { kind: 'repository' }) {
  return { owner, name, ref };
}

function fileName(place: ActionPlace, path: string): string {
  return place.kind === 'checkout' ? path : `${place.owner}/${place.name}/${path}@${place.ref}`;
}
