/** Where GitHub looks for workflow files. */
export const WORKFLOWS = '.github/workflows/';

/** Whether GitHub would take the file of a path for a workflow. */
export function isWorkflow(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/i.test(path);
}

/** Takes the path of a file that was dropped or opened, and returns the one that it has in its repository, as far as that can be told. */
export function pathInRepository(given: string): string {
  const path = given.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
  const below = /(?:^|\/)(\.github\/.*)$/.exec(path)?.[1];
  if (below !== undefined) return below;
  const workflow = /(?:^|\/)workflows\/([^/]+)$/.exec(path)?.[1];
  if (workflow !== undefined) return WORKFLOWS + workflow;
  // `action.yml` is an action and no workflow, wherever it stands. A folder that was dropped is the repository.
  const isAction = /(?:^|\/)action\.ya?ml$/i.test(path);
  return isAction || path.includes('/') ? path.slice(path.indexOf('/') + 1) : WORKFLOWS + path;
}

/** Takes paths that are taken and one that is wanted, and returns the next one like it that is free. */
export function freePath(taken: readonly string[], wanted: string): string {
  if (!taken.includes(wanted)) return wanted;
  const [, stem = wanted, end = ''] = /^(.*?)(\.[^./]*)?$/.exec(wanted) ?? [];
  for (let count = 2; ; count++) {
    const path = `${stem}-${count}${end}`;
    if (!taken.includes(path)) return path;
  }
}
