import type { CalledSource, RepositoryFile } from '../../model/called-file.ts';
import { noFile, notAFile, shortenedCommit, unreadFor, type Asker } from '../called/api-reasons.ts';
import { once } from '../called/once.ts';
import { repositoryOf } from '../called/source.ts';
import { ApiError } from '../github/github-api.ts';
import type { GraphqlAnswer } from '../github/graphql-answer.ts';
import { splitRepositoryName } from '../command-line/option-values.ts';
import { isWorkflowPath, WORKFLOW_FOLDER } from '../files/workflow-folder.ts';
import { errorsBelow, part, text, toApiError, type Part } from './answer-parts.ts';
import type { AuditApi } from './api.ts';
import { batched } from './batched.ts';
import { inParts } from './in-parts.ts';
import { LINK, SUBMODULE, type ListedRepository } from './listed.ts';

/** Where git has what a call names, or why that cannot be told. */
export type CalledId =
  | { readonly kind: 'id'; readonly id: string; readonly size: number; readonly commit: string }
  | Exclude<CalledSource, { kind: 'found' }>;

/** So many files are asked for in one question. */
const TOGETHER = 50;

const ENTRY = 'file(path: $p) { type mode oid size }';

/** The file at a ref; an annotated tag has another object in between, or two. */
function fileField(index: number): string {
  const commit = `... on Commit { ${ENTRY.replace('$p', `$p${index}`)} }`;
  const tag = (inner: string): string => `... on Tag { target { oid ${inner} } }`;
  return (
    `f${index}: repository(owner: $o${index}, name: $n${index}) ` +
    `{ nameWithOwner object(expression: $r${index}) { oid ${commit} ${tag(`${commit} ${tag(commit)}`)} } }`
  );
}

/** What a ref may not hold: git would read it as more than a name (https://git-scm.com/docs/gitrevisions). */
// eslint-disable-next-line no-control-regex -- control characters are among what it looks for
const NO_NAME = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|^-|^\/|\/$/;

/** What a ref leads to, behind its tags. */
function committed(object: Part | null): Part | null {
  let found = object;
  while (part(found?.target) !== null) found = part(found?.target);
  return found;
}

function idIn(answer: GraphqlAnswer, index: number, file: RepositoryFile, asker: Asker): CalledId {
  const alias = `f${index}`;
  const repository = part(answer.data[alias]);
  const errors = errorsBelow(answer, [alias]);
  const failure = errors.find(({ type, path }) => type !== 'NOT_FOUND' || path.length === 0);
  if (failure !== undefined && /over 10 ?mb/i.test(failure.message)) {
    return { kind: 'unavailable', reason: `${repositoryOf(file)}, ${file.path}: it has more than 10 MB` };
  }
  if (failure !== undefined) return unreadFor(toApiError(failure), file, asker);
  if (repository === null) return unreadFor(new ApiError(404, 'Not Found'), file, asker);
  if (text(repository.nameWithOwner)?.toLowerCase() !== repositoryOf(file).toLowerCase()) {
    return unreadFor(new ApiError(301, 'moved for good'), file, asker);
  }
  const found = committed(part(repository.object));
  const commit = text(found?.oid);
  if (commit === null) return unreadFor(new ApiError(422, 'no such ref'), file, asker);
  const shortened = shortenedCommit(file.ref, commit);
  if (shortened !== null) return shortened;
  const entry = part(found?.file);
  const id = text(entry?.oid);
  if (entry === null || id === null) return noFile(file, commit);
  const mode = Number(entry.mode).toString(8);
  if (entry.type !== 'blob' || mode === LINK || mode === SUBMODULE) return notAFile(file);
  return { kind: 'id', id, size: Number(entry.size), commit };
}

async function askForIds(api: AuditApi, files: readonly RepositoryFile[], asker: Asker): Promise<readonly CalledId[]> {
  const declared = files.map((_, index) => ['o', 'n', 'r', 'p'].map((name) => `$${name}${index}: String!`).join(', '));
  const variables = Object.fromEntries(
    files.flatMap(({ owner, name, ref, path }, index) => [
      [`o${index}`, owner],
      [`n${index}`, name],
      [`r${index}`, ref],
      [`p${index}`, path],
    ]),
  );
  const fields = files.map((_, index) => fileField(index));
  const answer = await api.graphql({ query: `query(${declared.join(', ')}) {\n${fields.join('\n')}\n}`, variables });
  return files.map((file, index) => idIn(answer, index, file, asker));
}

/** The file out of the listing, where the ref is the default branch of a listed repository; `null` for any other. */
function fromListing(listed: ReadonlyMap<string, ListedRepository>, file: RepositoryFile): CalledId | null {
  const found = listed.get(repositoryOf(file).toLowerCase());
  if (found === undefined || found.commit === null || found.error !== undefined || !isWorkflowPath(file.path))
    return null;
  if (file.ref.replace(/^(?:refs\/)?heads\//, '') !== found.branch && file.ref !== found.commit) return null;
  if ('linked' in found.workflows) return notAFile(file);
  const name = file.path.slice(WORKFLOW_FOLDER.length + 1);
  const entry = found.workflows.find((one) => one.name === name);
  if (entry === undefined) return noFile(file, found.commit);
  if (entry.mode === LINK || entry.mode === SUBMODULE) return notAFile(file);
  return { kind: 'id', id: entry.id, size: entry.size, commit: found.commit };
}

/**
 * Finds where git has the files that calls name, each once, and many in one question. Never throws: what goes wrong is part
 * of the answer.
 *
 * @param listed the default branches that are known already.
 */
export function calledIds(
  api: AuditApi,
  asker: Asker,
  listed: readonly ListedRepository[],
): (file: RepositoryFile) => Promise<CalledId> {
  const defaults = new Map(
    listed.filter(({ isDefault }) => isDefault).map((one) => [one.repository.toLowerCase(), one] as const),
  );
  const ask = batched(TOGETHER, (files: readonly RepositoryFile[]) =>
    inParts(files, (some) => askForIds(api, some, asker)),
  );
  return once(
    ({ owner, name, path, ref }) => JSON.stringify([owner.toLowerCase(), name.toLowerCase(), path, ref]),
    async (file): Promise<CalledId> => {
      const known = fromListing(defaults, file);
      if (known !== null) return known;
      // `..` is such a name.
      if (splitRepositoryName(repositoryOf(file)) === null) {
        return { kind: 'not-found', reason: `No repository can have the name ${repositoryOf(file)}` };
      }
      if (NO_NAME.test(file.ref)) return unreadFor(new ApiError(422, 'no such ref'), file, asker);
      return ask(file).catch((error: unknown) => unreadFor(error, file, asker));
    },
  );
}
