import { matchesGlob } from '../../policy/glob.ts';
import { mapBounded } from '../map-bounded.ts';
import { ToolError } from '../tool-error.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { errorsBelow, list, part, text } from './answer-parts.ts';
import type { AuditApi } from './api.ts';
import { inParts } from './in-parts.ts';
import { PAGE } from './list-repositories.ts';
import type { ListedRepository } from './listed.ts';
import { branchFields, listedIn } from './listing-query.ts';

const AT_ONCE = 4;
const MOST_OF_A_PAGE = 100;

/** A repository, and where the next page of its branches begins. */
interface Asked {
  readonly of: ListedRepository;
  readonly after: string | null;
}

/** A branch that is to be read. */
interface Branch {
  readonly of: ListedRepository;
  readonly name: string;
}

interface BranchNames {
  readonly branches: readonly Branch[];
  readonly next: Asked | null;
}

function parts<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / PAGE) }, (_, index) =>
    items.slice(index * PAGE, (index + 1) * PAGE),
  );
}

/** The variables that name repositories, for a question about several of them. */
function named(repositories: readonly ListedRepository[]): readonly (readonly [string, string])[] {
  return repositories.flatMap(({ repository }, index) => {
    const [owner = '', name = ''] = repository.split('/');
    return [[`o${index}`, owner] as const, [`n${index}`, name] as const];
  });
}

function unlisted(of: ListedRepository, what: string, said: string | undefined): ToolError {
  return new ToolError(
    `${what} of ${of.repository} could not be listed (${inQuotes(said ?? 'the answer does not say why')}). Run this again, or leave --all-branches out.`,
  );
}

async function askForNames(api: AuditApi, asked: readonly Asked[]): Promise<readonly BranchNames[]> {
  const fields = asked.map(
    (_, index) =>
      `r${index}: repository(owner: $o${index}, name: $n${index}) { refs(refPrefix: "refs/heads/", ` +
      `first: ${MOST_OF_A_PAGE}, after: $a${index}) { pageInfo { hasNextPage endCursor } nodes { name } } }`,
  );
  const declared = asked.map((_, index) => `$o${index}: String!, $n${index}: String!, $a${index}: String`).join(', ');
  const variables = {
    ...Object.fromEntries(named(asked.map(({ of }) => of))),
    ...Object.fromEntries(asked.map(({ after }, index) => [`a${index}`, after])),
  };
  const answer = await api.graphql({ query: `query(${declared}) {\n${fields.join('\n')}\n}`, variables });
  return asked.map(({ of }, index) => {
    const refs = part(part(answer.data[`r${index}`])?.refs);
    if (refs === null) throw unlisted(of, 'The branches', errorsBelow(answer, [`r${index}`])[0]?.message);
    const { hasNextPage, endCursor } = part(refs.pageInfo) ?? {};
    const names = list(refs.nodes).flatMap((node) => text(part(node)?.name) ?? []);
    const after = text(endCursor);
    return {
      branches: names.map((name) => ({ of, name })),
      next: hasNextPage === true && after !== null ? { of, after } : null,
    };
  });
}

async function askForBranches(api: AuditApi, branches: readonly Branch[]): Promise<readonly ListedRepository[]> {
  const fields = branches.map(
    (_, index) => `r${index}: repository(owner: $o${index}, name: $n${index}) { ${branchFields(`b${index}`)} }`,
  );
  const declared = branches
    .map((_, index) => `$o${index}: String!, $n${index}: String!, $b${index}: String!`)
    .join(', ');
  const variables = {
    ...Object.fromEntries(named(branches.map(({ of }) => of))),
    ...Object.fromEntries(branches.map(({ name }, index) => [`b${index}`, `refs/heads/${name}`])),
  };
  const answer = await api.graphql({ query: `query(${declared}) {\n${fields.join('\n')}\n}`, variables });
  return branches.map(({ of, name }, index) => {
    const listed = listedIn(answer, [`r${index}`], 'ref');
    if (listed === null)
      throw unlisted(of, `The branch ${inQuotes(name)}`, errorsBelow(answer, [`r${index}`])[0]?.message);
    // A branch that went away meanwhile is not there any more.
    return { ...listed, branch: name };
  });
}

/**
 * Lists the branches beside the default ones whose names match a pattern.
 *
 * @throws ToolError when the server does not show those of a repository.
 */
export async function branchesOf(
  api: AuditApi,
  repositories: readonly ListedRepository[],
  patterns: readonly string[],
): Promise<readonly ListedRepository[]> {
  const found: Branch[] = [];
  let asked: readonly Asked[] = repositories
    .filter(({ commit, error }) => commit !== null && error === undefined)
    .map((of) => ({ of, after: null }));
  while (asked.length > 0) {
    const names = await mapBounded(parts(asked), AT_ONCE, (some) => inParts(some, (few) => askForNames(api, few)));
    found.push(...names.flat().flatMap(({ branches }) => branches));
    asked = names.flat().flatMap(({ next }) => next ?? []);
  }
  const wanted = found.filter(
    ({ of, name }) => name !== of.branch && patterns.some((pattern) => matchesGlob(pattern, name)),
  );
  const listed = await mapBounded(parts(wanted), AT_ONCE, (some) => inParts(some, (few) => askForBranches(api, few)));
  return listed.flat().filter(({ commit }) => commit !== null);
}
