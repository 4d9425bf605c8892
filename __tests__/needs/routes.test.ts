import { describe, expect, test } from '@jest/globals';
import { PERMISSION_TABLE } from '../../src/permissions/permission-table.ts';
import methods from '../../src/needs/api/octokit-methods.json' with { type: 'json' };
import { ANYTHING, OWN_REPOSITORY } from '../../src/needs/marked-text.ts';
import { octokitRoute } from '../../src/needs/api/octokit-route.ts';
import { routeNeeds } from '../../src/needs/api/route-needs.ts';
import routes from '../../src/needs/api/routes.json' with { type: 'json' };

/** The alternatives of a request: `issues: write | pull-requests: write`. */
function taken(method: string, path: string): string {
  const found = routeNeeds(method, path);
  if (found.kind !== 'takes') return found.kind;
  return found.demands
    .map((set) => set.map(({ permission, level }) => `${permission}: ${level}`).join(' + '))
    .join(' | ');
}

describe('what a route takes', () => {
  test.each([
    ['GET', '/repos/octo/hello', 'metadata: read'],
    ['get', 'repos/octo/hello/branches/feature/one', 'contents: read'],
    ['PUT', '/repos/octo/hello/contents/docs/a/b.md', 'contents: write'],
    ['POST', '/repos/octo/hello/issues', 'issues: write'],
    ['POST', '/repos/octo/hello/issues/1/comments', 'issues: write | pull-requests: write'],
    ['POST', '/repos/octo/hello/issues/comments/1/reactions', 'issues: write | pull-requests: write'],
    ['POST', '/repos/octo/hello/commits/abc/comments', 'contents: write'],
    ['GET', '/repos/octo/hello/issues/comments', 'issues: read | pull-requests: read'],
    ['GET', '/repos/octo/hello/issues/1', 'issues: read'],
    ['PUT', '/repos/octo/hello/pulls/1/merge', 'contents: write'],
    ['POST', '/repos/octo/hello/statuses/abc', 'statuses: write'],
    ['POST', '/repos/octo/hello/actions/workflows/ci.yml/dispatches', 'actions: write'],
    ['GET', '/repos/octo/hello/releases/tags/v1.0', 'contents: read'],
    ['PATCH', '/repos/octo/hello/git/refs/heads/main', 'contents: write'],
    ['GET', '/repos/octo/hello/compare/main...feature/x?per_page=1', 'contents: read'],
    ['PUT', '/repos/octo/hello/branches/main/protection', 'administration: write'],
    ['POST', '/repos/octo/hello/pages', 'administration: write + pages: write'],
    ['DELETE', '/orgs/octo/packages/npm/hello/versions/1', 'packages: write'],
    ['GET', '/rate_limit', ''],
    ['GET', '/user', 'user'],
    ['POST', '/gists', 'user'],
    ['GET', '/repos/octo/hello/no-such-thing', 'unknown'],
    ['PATCH', '/repos/octo/hello/issues', 'unknown'],
  ])('%s %s: %s', (method, path, expected) => {
    expect(taken(method, path)).toBe(expected);
  });

  test.each([
    [`/repos/${OWN_REPOSITORY}/issues/${ANYTHING}/labels`],
    [`/repos/${ANYTHING}/issues/${ANYTHING}/labels`],
    [`/repos/${ANYTHING}/${ANYTHING}/issues/7/labels`],
  ])('a path with parts that are not known: %j', (path) => {
    expect(taken('POST', path)).toBe('issues: write | pull-requests: write');
  });

  test('a repository that is named may be another one', () => {
    expect(routeNeeds('GET', '/repos/octo/hello/pulls')).toMatchObject({ repository: 'given' });
    expect(routeNeeds('GET', `/repos/${OWN_REPOSITORY}/pulls`)).toMatchObject({ repository: 'own' });
  });
});

describe('the data', () => {
  test('says where it is from and when it was read', () => {
    for (const data of [routes, methods]) {
      expect(data.source).toMatch(/^https:/);
      expect(data.licence).not.toBe('');
      expect(data.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  test('knows every permission that there is by the name of a workflow file', () => {
    const names = new Set(PERMISSION_TABLE.map(({ name }) => name));
    const apps = new Set(PERMISSION_TABLE.map(({ name }) => name.replaceAll('-', '_')));
    const used = Object.keys(routes.routes).flatMap((heading) =>
      [...heading.matchAll(/([\w-]+): /g)].map(([, name]) => name!),
    );
    expect(used.filter((name) => !names.has(name) && apps.has(name))).toEqual([]);
  });

  test('gives the routes of methods', () => {
    expect(octokitRoute('issues', 'createComment')).toEqual({ method: 'POST', path: '/repos/*/*/issues/*/comments' });
    expect(octokitRoute('repos', 'get')).toEqual({ method: 'GET', path: '/repos/*/*' });
    expect(octokitRoute('issues', 'toString')).toBeNull();
  });
});
