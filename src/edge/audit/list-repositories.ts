import { visible } from '../../report/escape-terminal.ts';
import { ApiError } from '../github/github-api.ts';
import type { GraphqlAnswer } from '../github/graphql-answer.ts';
import { mapBounded } from '../map-bounded.ts';
import { inQuotes } from '../output/in-quotes.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { ToolError } from '../tool-error.ts';
import { errorsBelow, list, part, text, type Part } from './answer-parts.ts';
import { gaveUp, type AuditApi } from './api.ts';
import { inParts } from './in-parts.ts';
import type { ListedRepository } from './listed.ts';
import { listedIn, REPOSITORY_FIELDS } from './listing-query.ts';

/** So many repositories go into one question. */
export const PAGE = 50;

/** How often the smallest page is asked for. */
const ATTEMPTS = 4;

/** So many questions about named repositories are under way at a time. */
const AT_ONCE = 4;

/** Some repositories, and how many there are in all. */
export interface Page {
  readonly repositories: readonly ListedRepository[];
  readonly total: number;
}

const BY_OWNER = `query($login: String!, $size: Int!, $after: String) {
  repositoryOwner(login: $login) {
    repositories(first: $size, after: $after, ownerAffiliations: [OWNER], orderBy: { field: NAME, direction: ASC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ${REPOSITORY_FIELDS} }
    }
  }
}`;

const PLACE = ['repositoryOwner', 'repositories', 'nodes'] as const;

/** The repositories of one page. One that the server lists and does not show must not get lost. */
function nodesOf(answer: GraphqlAnswer, nodes: readonly unknown[], owner: string): readonly ListedRepository[] {
  return nodes.map((_, index) => {
    const listed = listedIn(answer, [...PLACE, index], 'defaultBranchRef');
    if (listed !== null) return listed;
    const [error] = errorsBelow(answer, [...PLACE, index]);
    throw new ToolError(
      `GitHub's API counts a repository of ${owner} that it does not show` +
        `${error === undefined ? '' : ` (${inQuotes(error.message)})`}. ` +
        'Give a token that may read it, or name the repositories to read in a file: --repositories-from FILE.',
    );
  });
}

function noOwner(answer: GraphqlAnswer, owner: string): ToolError {
  const [error] = errorsBelow(answer, ['repositoryOwner']);
  const said = error === undefined ? '' : ` (${inQuotes(error.message)})`;
  return new ToolError(
    `There is no organization or user ${inQuotes(owner)}, or the token may not see it${said}. Correct the name, or set GH_TOKEN to a token that may read its repositories.`,
  );
}

/**
 * Lists the repositories of an organization or a user, page by page. A page that is too much for the server is asked for
 * again with half as many, and the next one with all again.
 *
 * @throws ToolError when there is no such owner, or the server does not show all of them.
 */
export async function* repositoriesOf(api: AuditApi, owner: string): AsyncGenerator<Page> {
  let after: string | null = null;
  let size = PAGE;
  let failures = 0;
  for (;;) {
    let answer: GraphqlAnswer;
    try {
      answer = await api.graphql({ query: BY_OWNER, variables: { login: owner, size, after } });
    } catch (error) {
      failures += 1;
      if (!gaveUp(error) || (size === 1 && failures >= ATTEMPTS)) throw error;
      if (size > 1) failures = 0;
      size = Math.max(1, Math.floor(size / 2));
      continue;
    }
    const found: Part | null = part(answer.data.repositoryOwner);
    if (found === null) throw noOwner(answer, owner);
    const page = part(found.repositories);
    const { hasNextPage, endCursor } = part(page?.pageInfo) ?? {};
    const nodes = list(page?.nodes);
    const total = page?.totalCount;
    yield { repositories: nodesOf(answer, nodes, owner), total: typeof total === 'number' ? total : nodes.length };
    if (hasNextPage !== true) return;
    after = text(endCursor);
    if (after === null) throw new ApiError(0, 'the answer does not say where the next page begins');
    size = PAGE;
    failures = 0;
  }
}

/** What is known of a repository that could not be listed: its name, and why. */
function unlisted({ owner, name }: RepositoryName, error: string): ListedRepository {
  return {
    repository: `${owner}/${name}`,
    branch: null,
    commit: null,
    visibility: 'unknown',
    archived: false,
    fork: false,
    isDefault: true,
    workflows: [],
    judged: [],
    error,
  };
}

async function askByName(api: AuditApi, names: readonly RepositoryName[]): Promise<readonly ListedRepository[]> {
  const asked = names.map(
    (_, index) => `r${index}: repository(owner: $o${index}, name: $n${index}) { ${REPOSITORY_FIELDS} }`,
  );
  const declared = names.map((_, index) => `$o${index}: String!, $n${index}: String!`).join(', ');
  const variables = Object.fromEntries(
    names.flatMap(({ owner, name }, index) => [
      [`o${index}`, owner],
      [`n${index}`, name],
    ]),
  );
  const answer = await api.graphql({ query: `query(${declared}) {\n${asked.join('\n')}\n}`, variables });
  return names.map((name, index) => {
    const listed = listedIn(answer, [`r${index}`], 'defaultBranchRef');
    if (listed !== null) return listed;
    const said = errorsBelow(answer, [`r${index}`])[0]?.message ?? 'the answer does not say why';
    return unlisted(
      name,
      `${visible(`${name.owner}/${name.name}`)} does not exist, or the token may not see it (${inQuotes(said)}). Correct the name, or give a token with the rights "contents: read" and "metadata: read" for it.`,
    );
  });
}

/** Lists repositories by their names. One that cannot be had is among them, with the reason. */
export async function repositoriesByName(
  api: AuditApi,
  names: readonly RepositoryName[],
): Promise<readonly ListedRepository[]> {
  const pages = Array.from({ length: Math.ceil(names.length / PAGE) }, (_, index) =>
    names.slice(index * PAGE, (index + 1) * PAGE),
  );
  return (await mapBounded(pages, AT_ONCE, (page) => inParts(page, (some) => askByName(api, some)))).flat();
}
