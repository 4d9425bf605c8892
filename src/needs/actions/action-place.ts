import type { Place } from '../../calls/place.ts';
import type { Settings } from '../../model/settings.ts';
import type { Job, Step } from '../../model/workflow.ts';
import { actionReference } from '../../workflow/action-reference.ts';
import { pathBelow } from '../../words/path-below.ts';
import type { ActionPlace } from './action-files.ts';

/** Where a step stands, for what it means by an action without a repository. */
export interface StepHome {
  /** Whose file it is; `null` for a file of the checkout under test. */
  readonly repository: { readonly owner: string; readonly name: string; readonly ref: string } | null;
  /** Folders of the workspace that hold the repository under test, beside the workspace itself. */
  readonly checkouts: readonly string[];
}

/** The home of a job's steps. */
export function jobHome(place: Place, { steps }: Job, repository: Settings['repository']): StepHome {
  return { repository: repositoryOf(place), checkouts: checkoutsIn(steps, repository) };
}

/** The home of the steps of a composite action: its own files, and the workspace of the job that uses it. */
export function actionHome(place: ActionPlace, { checkouts }: StepHome): StepHome {
  return { repository: repositoryOf(place), checkouts };
}

function repositoryOf(place: Place | ActionPlace): StepHome['repository'] {
  if (place.kind === 'checkout') return null;
  const { owner, name, ref } = place;
  return { owner, name, ref };
}

/** Where steps check out the repository under test: most workflows that name a path use actions from there. */
function checkoutsIn(steps: readonly Step[], repository: Settings['repository']): readonly string[] {
  return steps.flatMap((step) => {
    const reference = step.uses === null ? null : actionReference(step.uses.text);
    if (reference?.kind !== 'action' || reference.name !== 'actions/checkout') return [];
    const input = (wanted: string) => step.with.find(({ name }) => name.toLowerCase() === wanted)?.text.trim() ?? '';
    const path = input('path');
    const folder = path.includes('${{') ? null : pathBelow(path);
    return folder === null || folder === '' || !isOwn(input('repository'), repository) ? [] : [folder];
  });
}

function isOwn(written: string, repository: Settings['repository']): boolean {
  if (written === '' || /^\$\{\{\s*github\.repository\s*\}\}$/i.test(written)) return true;
  return repository !== null && written.toLowerCase() === `${repository.owner}/${repository.name}`.toLowerCase();
}

/**
 * Where the action stands that a step uses; `null` for an image, and for what leads to no place that we know. `./` is the
 * job's workspace, whichever file the step stands in, and what is checked out there is taken to be the repository under
 * test. `$/` is the repository and the commit of the file itself.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses
 * @see https://github.blog/changelog/2026-07-30-reference-same-repository-actions-with-self-repository-syntax/
 */
export function actionPlace(written: string, home: StepHome): ActionPlace | null {
  const reference = actionReference(written);
  switch (reference?.kind) {
    case 'local':
      return localPlace(reference.path, home);
    case 'action': {
      // The reference is in lower case, and paths are not the same in any case.
      const [owner = '', name = '', ...path] = (written.trim().split('@', 1)[0] ?? '').split('/');
      const folder = pathBelow(path.join('/'));
      return folder === null ? null : { kind: 'repository', owner, name, folder, ref: reference.ref };
    }
    case 'image':
    case undefined:
      return null;
  }
}

function localPlace(written: string, { repository, checkouts }: StepHome): ActionPlace | null {
  const path = pathBelow(written.slice('./'.length));
  if (path === null) return null;
  if (written.startsWith('$/')) {
    return repository === null
      ? { kind: 'checkout', folder: path }
      : { kind: 'repository', ...repository, folder: path };
  }
  const within = checkouts.filter((folder) => path === folder || path.startsWith(`${folder}/`));
  const longest = Math.max(0, ...within.map(({ length }) => length));
  return { kind: 'checkout', folder: path.slice(longest).replace(/^\//, '') };
}

/** The folder of the workspace that holds a local action; `null` where it is elsewhere, or not known. */
export function workspaceFolder(written: string, { repository, checkouts }: StepHome): string | null {
  const path = /^[.$]\//.test(written.trim()) ? pathBelow(written.trim().slice('./'.length)) : null;
  if (path === null || !written.trim().startsWith('$/')) return path;
  if (repository !== null) return null;
  const [folder] = checkouts;
  return folder === undefined ? path : pathBelow(`${folder}/${path}`);
}
