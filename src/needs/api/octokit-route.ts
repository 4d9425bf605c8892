import data from './octokit-methods.json' with { type: 'json' };
import { wholePath } from './route-table.ts';

const scopes: Readonly<Record<string, Readonly<Record<string, string>>>> = data.methods;

/** The route of `rest.issues.createComment`, its parameters as `*`; `null` for one that is not known. */
export function octokitRoute(scope: string, method: string): { method: string; path: string } | null {
  if (scope === 'search' && method === 'issuesAndPullRequests') return { method: 'GET', path: '/search/issues' };
  const named = Object.hasOwn(scopes, scope) ? scopes[scope] : undefined;
  const route = named !== undefined && Object.hasOwn(named, method) ? named[method] : undefined;
  if (route === undefined) return null;
  const [verb = '', path = ''] = route.split(' ');
  return { method: verb, path: wholePath(path) };
}

/** Whether Octokit groups methods under this name. */
export function isOctokitScope(scope: string): boolean {
  return Object.hasOwn(scopes, scope) || scope === 'projects' || scope === 'projectsClassic';
}
