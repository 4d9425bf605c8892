import type { StepUse } from '../../model/needs.ts';
import { ANYTHING, API_URL, GRAPHQL_URL, OWN_REPOSITORY, readable, SERVER_URL } from '../marked-text.ts';
import { graphqlUse } from './graphql-use.ts';
import { routeNeeds } from './route-needs.ts';
import type { Caller } from '../uses.ts';
import { impossibleFor, namesIn, NO_USE, neededBy, uncertainFor } from '../uses.ts';

/** One request to GitHub's API. */
export interface ApiRequest {
  /** In capitals; {@link ANYTHING} when it is not known. */
  readonly method: string;
  /** Without the host. */
  readonly path: string;
  /** The query or mutation, for GraphQL; `null` when it is not known. */
  readonly graphql: string | null;
}

/**
 * The path within the API that an address leads to; `null` for an address outside of it, {@link ANYTHING} when that cannot
 * be told.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api
 * @see https://docs.github.com/en/enterprise-server/rest/enterprise-admin — `https://HOST/api/v3` and `/api/uploads`
 */
export function apiPath(address: string): string | null {
  if (address.startsWith(GRAPHQL_URL)) return '/graphql';
  if (address.startsWith(API_URL)) return slashed(address.slice(API_URL.length));
  const url = /^https?:\/\/([^/?#]*)([^]*)/.exec(address);
  if (url === null) {
    if (address.startsWith(SERVER_URL)) return serverPath(address.slice(SERVER_URL.length));
    return address.startsWith(ANYTHING) ? ANYTHING : null;
  }
  const [, authority = '', rest = ''] = url;
  const host = authority.replace(/^.*@/, '').toLowerCase();
  if (/^(api|uploads)\.github\.com$/.test(host) || /^(api|uploads)\.[\w-]+\.ghe\.com$/.test(host)) return slashed(rest);
  if (/^\/api\/(v3|uploads|graphql)(\/|$)/.test(rest)) return slashed(rest.replace(/^\/api(\/v3|\/uploads)?/, ''));
  return host.startsWith(ANYTHING) ? ANYTHING : null;
}

/** GitHub's own pages below `github.com`: none of them takes the job's token, but the API of a server. */
function serverPath(rest: string): string | null {
  return /^\/api\/(v3|graphql)/.test(rest) ? slashed(rest.replace(/^\/api(\/v3)?/, '')) : null;
}

function slashed(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/** The repository that a path names, when it names one. */
function namedRepository(path: string): string | null {
  return /^\/?repos\/([^/\uE000-\uE008]+\/[^/?\uE000-\uE008]+)/.exec(path)?.[1] ?? null;
}

/** Searches find what the token may read: without a permission they give less, and do not fail. */
const SEARCHES: readonly (readonly [string, readonly string[]])[] = [
  ['/search/issues', ['issues', 'pull-requests']],
  ['/search/code', ['contents']],
  ['/search/commits', ['contents']],
];

/** What a request uses. `repository` is the own one's name, where it is known. */
export function requestUse(request: ApiRequest, caller: Caller, repository: string | undefined): StepUse {
  const { method, path } = request;
  if (/^\/?graphql(\?|$)/.test(path)) {
    if (request.graphql === null) return uncertainFor(caller, 'all', 'the GraphQL query is not known');
    return graphqlUse(request.graphql, caller);
  }
  const route = `${readable(method)} ${readable(path)}`;
  if (method.includes(ANYTHING))
    return uncertainFor(caller, 'all', `the method of the request to ${readable(path)} is not known`);
  const searched = SEARCHES.find(([start]) => path.replace(/^\/*/, '/').startsWith(start));
  if (searched !== undefined) return uncertainFor(caller, searched[1], `${route} finds what the token may read`);
  const found = routeNeeds(method, path);
  switch (found.kind) {
    case 'user':
      return impossibleFor(caller, "a user's token", `${route} is about a user, and the job's token stands for none`);
    case 'unknown':
      return uncertainFor(caller, 'all', `it is not known what ${route} takes`);
    case 'takes': {
      const other = otherRepository(namedRepository(path), repository);
      if (found.repository !== 'given' || other === false) {
        // Labels, milestones and who may be assigned belong to the repository.
        const subject = path.includes('/issues/') ? undefined : 'none';
        return neededBy(caller, found.demands, route, subject);
      }
      if (other === null) return neededElsewhere(caller, found.demands, route);
      if (method === 'GET') return NO_USE;
      return impossibleFor(caller, `a token for ${other}`, `${route} is about another repository`);
    }
  }
}

/** The other repository's name; `false` for the own one, `null` when that is not known. */
function otherRepository(named: string | null, own: string | undefined): string | false | null {
  if (named === null || named === OWN_REPOSITORY) return false;
  if (own === undefined) return null;
  return named.toLowerCase() === own.toLowerCase() ? false : named;
}

/** What is needed should the repository that is named be the own one. */
function neededElsewhere(caller: Caller, demands: Parameters<typeof namesIn>[0], route: string): StepUse {
  const names = namesIn(demands);
  if (names.length === 0) return NO_USE;
  return uncertainFor(caller, names, `${route} may be about this repository or another one`);
}
