import { FieldError, type ApiObject } from './graphql.ts';
import type { Entry, Files } from './objects.ts';
import { commitOf, find, type Organization, type Repository } from './organization.ts';
import { sha1 } from './objects.ts';

function entryObject(entry: Entry): ApiObject {
  const { name, mode, type, oid, size, entries } = entry;
  return {
    __typename: 'TreeEntry',
    ...{ name, mode, type, oid, size },
    object: () => (entries === undefined ? null : { __typename: 'Tree', oid, entries: () => entries.map(entryObject) }),
  };
}

function commitObject(repository: Repository, files: Files): ApiObject {
  return {
    __typename: 'Commit',
    oid: commitOf(repository, files),
    file: ({ path }: { path: string }) => {
      const entry = find(files, path);
      if (entry === null) throw new FieldError('NOT_FOUND', `Could not resolve file for path '${path}'.`);
      return entryObject(entry);
    },
  };
}

function refObject(repository: Repository, name: string, files: Files): ApiObject {
  return { __typename: 'Ref', name, target: () => commitObject(repository, files) };
}

/** What a ref, or a commit, leads to. A tag wins over a branch. */
function objectAt(repository: Repository, expression: string): ApiObject | null {
  const { branches, tags } = repository;
  const short = expression.replace(/^(?:refs\/)?(?:heads|tags)\//, '');
  const tag = tags.get(short);
  if (tag?.isAnnotated === true) {
    return { __typename: 'Tag', oid: sha1('tag', short), target: () => commitObject(repository, tag.files) };
  }
  const files = tag?.files ?? branches.get(short);
  if (files !== undefined) return commitObject(repository, files);
  const all = [...branches.values(), ...[...tags.values()].map((one) => one.files)];
  const known = /^[0-9a-f]{7,40}$/.test(expression)
    ? all.find((one) => commitOf(repository, one).startsWith(expression))
    : undefined;
  return known === undefined ? null : commitObject(repository, known);
}

function page<Item>(items: readonly Item[], { first, after }: { first: number; after?: string | null }) {
  if (first > 100) throw new Error('Requesting more than 100 records');
  const start = after ? Number(Buffer.from(after, 'base64').toString()) : 0;
  const end = Math.min(items.length, start + first);
  return {
    items: items.slice(start, end),
    pageInfo: {
      __typename: 'PageInfo',
      hasNextPage: end < items.length,
      endCursor: Buffer.from(String(end)).toString('base64'),
    },
  };
}

/** @param blob the text of a file by its id, `undefined` for none that the API has. */
function repositoryObject(repository: Repository, blob: (id: string) => string | undefined): ApiObject {
  const { owner, name, visibility, archived, fork, defaultBranch, branches } = repository;
  const files = branches.get(defaultBranch);
  return {
    __typename: 'Repository',
    nameWithOwner: `${owner}/${name}`,
    visibility,
    isArchived: archived,
    isFork: fork,
    isEmpty: files === undefined,
    defaultBranchRef: () => (files === undefined ? null : refObject(repository, defaultBranch, files)),
    ref: ({ qualifiedName }: { qualifiedName: string }) => {
      const branch = qualifiedName.replace('refs/heads/', '');
      const found = branches.get(branch);
      return found === undefined ? null : refObject(repository, branch, found);
    },
    refs: ({ first, after }: { first: number; after?: string | null }) => {
      const { items, pageInfo } = page([...branches.keys()], { first, after: after ?? null });
      return { __typename: 'RefConnection', pageInfo, nodes: items.map((one) => ({ __typename: 'Ref', name: one })) };
    },
    object: ({ expression, oid }: { expression?: string; oid?: string }) => {
      if (expression !== undefined) return objectAt(repository, expression);
      const text = blob(oid ?? '');
      if (text === undefined) return null;
      // As GitHub does with what is no UTF-8: the bytes that are none are replaced.
      return { __typename: 'Blob', isTruncated: false, text: Buffer.from(text, 'latin1').toString('utf8') };
    },
  };
}

/** All that can be asked for. `blob` gives the text of a file by its id. */
export function rootObject(organization: Organization, blob: (id: string) => string | undefined): ApiObject {
  const { owner, repositories, renamed, forbidden } = organization;
  const sorted = [...repositories.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    __typename: 'Query',
    repositoryOwner: ({ login }: { login: string }) => {
      if (login.toLowerCase() !== owner.toLowerCase()) {
        throw new FieldError('NOT_FOUND', `Could not resolve to a RepositoryOwner with the login of '${login}'.`);
      }
      return {
        __typename: 'Organization',
        repositories: (args: { first: number; after?: string | null }) => {
          const { items, pageInfo } = page(sorted, args);
          const nodes = items.map((one) => repositoryObject(one, blob));
          return { __typename: 'RepositoryConnection', totalCount: sorted.length, pageInfo, nodes };
        },
      };
    },
    repository: (args: { owner: string; name: string }) => {
      const asked = args.name.toLowerCase();
      if (forbidden.has(asked))
        throw new FieldError('FORBIDDEN', 'Resource protected by organization SAML enforcement.');
      const found =
        args.owner.toLowerCase() === owner.toLowerCase() ? repositories.get(renamed.get(asked) ?? asked) : undefined;
      if (found === undefined) {
        throw new FieldError(
          'NOT_FOUND',
          `Could not resolve to a Repository with the name '${args.owner}/${args.name}'.`,
        );
      }
      return repositoryObject(found, blob);
    },
  };
}
