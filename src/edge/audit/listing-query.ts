import type { Visibility } from '../../model/settings.ts';
import { byCodeUnit } from '../../words/by-code-unit.ts';
import type { GraphqlAnswer } from '../github/graphql-answer.ts';
import { BASELINE_FILE, POLICY_FILE } from '../policy/policy-places.ts';
import { isWorkflowName, WORKFLOW_FOLDER } from '../files/workflow-folder.ts';
import { errorsBelow, list, part, text, type Part } from './answer-parts.ts';
import { LINK, type ListedFile, type ListedRepository } from './listed.ts';

/** The folder above that of the workflow files, which has policy and baseline too. */
const ABOVE = '.github';
const JUDGED: ReadonlySet<string> = new Set([POLICY_FILE, POLICY_FILE.replace(/\.yml$/, '.yaml'), BASELINE_FILE]);

const ENTRY = 'type mode oid object { ... on Tree { entries { name type mode oid size } } }';

/**
 * What is asked of a branch. `file` takes what stands at a path of this very commit, and does not follow links.
 *
 * @see https://docs.github.com/en/graphql/reference/objects#commit
 */
export const BRANCH_FIELDS =
  `name target { oid ... on Commit { above: file(path: "${ABOVE}") { ${ENTRY} } ` +
  `workflows: file(path: "${WORKFLOW_FOLDER}") { ${ENTRY} } } }`;

const ABOUT = 'nameWithOwner visibility isArchived isFork';

/** What is asked of a repository and its default branch. */
export const REPOSITORY_FIELDS = `${ABOUT} isEmpty defaultBranchRef { ${BRANCH_FIELDS} }`;

/** What is asked of a repository and another branch, whose full name is in the variable of that name. */
export function branchFields(variable: string): string {
  return `${ABOUT} ref(qualifiedName: $${variable}) { ${BRANCH_FIELDS} }`;
}

const VISIBILITIES: readonly Visibility[] = ['public', 'private', 'internal'];

function toFile(value: unknown, folder: string): ListedFile[] {
  const { name, mode, oid, size } = part(value) ?? {};
  if (typeof name !== 'string' || typeof mode !== 'number' || typeof oid !== 'string') return [];
  const octal = mode.toString(8).padStart(6, '0');
  return [{ name: `${folder}${name}`, mode: octal, id: oid, size: typeof size === 'number' ? size : 0 }];
}

function entriesOf(entry: Part | null): readonly unknown[] {
  return list(part(entry?.object)?.entries);
}

function isLink(entry: Part | null): boolean {
  return typeof entry?.mode === 'number' && entry.mode.toString(8) === LINK;
}

function workflowsIn(above: Part | null, folder: Part | null): ListedRepository['workflows'] {
  if (isLink(above)) return { linked: ABOVE };
  if (isLink(folder)) return { linked: WORKFLOW_FOLDER };
  return entriesOf(folder)
    .filter((entry) => part(entry)?.type !== 'tree')
    .flatMap((entry) => toFile(entry, ''))
    .filter(({ name }) => isWorkflowName(name))
    .sort((a, b) => byCodeUnit(a.name, b.name));
}

/** A folder that is not there has an error of its own in the answer; any other error leaves something unknown. */
function troubleIn(answer: GraphqlAnswer, place: readonly (string | number)[]): string | null {
  const error = errorsBelow(answer, place).find(
    ({ type, path }) => !(type === 'NOT_FOUND' && ['above', 'workflows'].includes(String(path.at(-1)))),
  );
  return error?.message ?? null;
}

/**
 * Takes what an answer says of a repository.
 *
 * @param place where it stands in the answer.
 * @param branchField the field that has its branch.
 * @returns `null` when nothing stands there.
 */
export function listedIn(
  answer: GraphqlAnswer,
  place: readonly (string | number)[],
  branchField: 'defaultBranchRef' | 'ref',
): ListedRepository | null {
  let found: unknown = answer.data;
  for (const step of place) found = (found as Record<string | number, unknown> | null | undefined)?.[step];
  const about = part(found);
  const repository = text(about?.nameWithOwner);
  if (about === null || repository === null) return null;
  const ref = part(about[branchField]);
  const commit = part(ref?.target);
  const [above, folder] = [part(commit?.above), part(commit?.workflows)];
  const trouble = troubleIn(answer, place);
  return {
    repository,
    branch: text(ref?.name),
    commit: text(commit?.oid),
    visibility: VISIBILITIES.find((one) => one.toUpperCase() === about.visibility) ?? 'unknown',
    archived: about.isArchived === true,
    fork: about.isFork === true,
    isDefault: branchField === 'defaultBranchRef',
    workflows: workflowsIn(above, folder),
    judged: entriesOf(above)
      .flatMap((entry) => toFile(entry, `${ABOVE}/`))
      .filter(({ name }) => JUDGED.has(name)),
    ...(trouble === null ? {} : { error: trouble }),
  };
}
