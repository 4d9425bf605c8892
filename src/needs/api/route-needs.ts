import { lazily } from '../lazily.ts';
import { ANYTHING, OWN_NAME, OWN_OWNER, OWN_REPOSITORY } from '../marked-text.ts';
import { routes, segmentsOf } from './route-table.ts';
import type { Demands, Route } from './route-table.ts';

/** What one request to GitHub's API takes. */
export type RouteNeeds =
  | { readonly kind: 'takes'; readonly demands: Demands; readonly repository: 'own' | 'given' | 'none' }
  | { readonly kind: 'user' }
  | { readonly kind: 'unknown' };

/** The methods and the number of segments decide first: there are 600 routes. */
const byShape = lazily(() => {
  const shapes = new Map<string, Route[]>();
  for (const route of routes()) {
    const shape = shapeOf(route.method, route.segments);
    const same = shapes.get(shape) ?? [];
    shapes.set(shape, same);
    same.push(route);
  }
  return shapes;
});

function shapeOf(method: string, segments: readonly string[]): string {
  return `${method} ${segments.length}`;
}

const HAS_MARK = /[\uE000-\uE008]/;

/** Whether a segment may be a parameter's value or this very word. What is not known stands for a parameter only. */
function fits(pattern: string, segment: string): boolean {
  return pattern === '*' || pattern === segment;
}

/** The route with the most words of its own, as GitHub's router prefers `issues/comments` to `issues/*`. */
function bestRoute(method: string, segments: readonly string[]): Route | undefined {
  const fitting = (byShape().get(shapeOf(method, segments)) ?? []).filter((route) =>
    route.segments.every((pattern, index) => fits(pattern, segments[index] ?? '')),
  );
  const parameters = (route: Route): number => route.segments.filter((pattern) => pattern === '*').length;
  return fitting.sort((a, b) => parameters(a) - parameters(b))[0];
}

/** Parameters that go on over slashes: a path of a file, a ref, two refs. */
const LONG = [
  ['contents'],
  ['readme'],
  ['compare'],
  ['commits'],
  ['branches'],
  ['tarball'],
  ['zipball'],
  ['releases', 'tags'],
  ['git', 'ref'],
  ['git', 'refs'],
  ['git', 'matching-refs'],
  ['dependency-graph', 'compare'],
];

/** What the segments below a repository may be read as: each as it is, or a long parameter as one. */
function readings(segments: readonly string[]): readonly (readonly string[])[] {
  if (segments[0] !== 'repos') return [segments];
  const below = segments.slice(3);
  const long = LONG.find((words) => words.every((word, index) => below[index] === word));
  if (long === undefined || below.length < long.length + 2) return [segments];
  return [segments, [...segments.slice(0, 3), ...long, below.slice(long.length).join('/')]];
}

/** The path's segments with the own repository as two, and a repository of unknown name as two when that makes sense. */
function repositorySegments(path: string): readonly string[] {
  const whole = path.replaceAll(OWN_REPOSITORY, `${OWN_OWNER}/${OWN_NAME}`);
  const segments = segmentsOf(whole.split(/[?#]/, 1)[0] ?? '');
  const [first, second, third] = segments;
  if (first !== 'repos' || second !== ANYTHING) return segments;
  const isName = third !== undefined && (HAS_MARK.test(third) || !knownBelow().has(third));
  return isName ? segments : ['repos', ANYTHING, ANYTHING, ...segments.slice(2)];
}

/** The words that follow the repository in a route. */
const knownBelow = lazily(
  () =>
    new Set(
      routes()
        .filter(({ segments }) => segments[0] === 'repos')
        .map(({ segments }) => segments[3]),
    ),
);

/**
 * What a request takes of the job's token.
 *
 * @param path Without the host, with or without a query; what is not known as marks.
 * @see https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
 */
export function routeNeeds(method: string, path: string): RouteNeeds {
  const segments = repositorySegments(path);
  for (const reading of readings(segments)) {
    const route = bestRoute(method.toUpperCase(), reading);
    if (route === undefined) continue;
    if (route.takes === 'user') return { kind: 'user' };
    return { kind: 'takes', demands: route.takes, repository: repositoryOf(segments) };
  }
  return { kind: 'unknown' };
}

/** Whose repository the path is about. One whose name is not known is taken for the own one: the token is good for no other. */
function repositoryOf(segments: readonly string[]): 'own' | 'given' | 'none' {
  if (segments[0] !== 'repos') return 'none';
  const named = segments.slice(1, 3).every((segment) => !HAS_MARK.test(segment) && !/^(\{\w+\}|:\w+)$/.test(segment));
  return named ? 'given' : 'own';
}
