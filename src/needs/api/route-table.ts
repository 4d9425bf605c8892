import { lazily } from '../lazily.ts';
import table from './routes.json' with { type: 'json' };

/** A permission at a level, with GITHUB_TOKEN's name for it, or the name that GitHub Apps have when it cannot have it. */
export interface Demand {
  readonly permission: string;
  readonly level: 'read' | 'write';
}

/** What a request takes: any one of these sets, whole. None when there is nothing to take. */
export type Demands = readonly (readonly Demand[])[];

/** A route: a method and a path, whose parameters are `*`. */
export interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  /** What it takes; `'user'` for what is about a user, whom the job's token does not stand for. */
  readonly takes: Demands | 'user';
}

const REPOSITORY = '/repos/*/*';

/** `issues: read | pull-requests: read`, `administration: write + pages: write`, `nothing` or `a user's token`. */
export function demandsIn(heading: string): Demands | 'user' {
  if (heading === 'nothing') return [];
  if (heading === "a user's token") return 'user';
  return heading.split(' | ').map((set) =>
    set.split(' + ').map((demand) => {
      const [permission = '', level] = demand.split(': ');
      return { permission, level: level === 'read' ? 'read' : 'write' };
    }),
  );
}

/** The whole path of one that `routes.json` writes short. */
export function wholePath(path: string): string {
  if (path === '.') return REPOSITORY;
  return path.startsWith('/') ? path : `${REPOSITORY}/${path}`;
}

/** The segments of a path, without the empty ones before and after it. */
export function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/**
 * GitHub's REST routes with what they take.
 *
 * @see https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
 */
export const routes = lazily((): readonly Route[] => Object.entries(table.routes).flatMap(routesOf));

function routesOf([heading, routes]: [string, readonly string[]]): readonly Route[] {
  const takes = demandsIn(heading);
  return routes.map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, segments: segmentsOf(wholePath(path)), takes };
  });
}
