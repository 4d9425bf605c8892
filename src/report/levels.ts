import type { Permissions } from '../model/permission.ts';

/** The permissions of one token by level, the most important first. `metadata: read`, which every token has, is left out. */
export interface Levels {
  readonly write: readonly string[];
  readonly read: readonly string[];
}

/** What an attacker would want most comes first: code, identities and releases, then runs and reviews, then the rest. */
const IMPORTANCE: ReadonlyMap<string, number> = new Map(
  [
    'contents',
    'id-token',
    'packages',
    'actions',
    'deployments',
    'pages',
    'attestations',
    'artifact-metadata',
    'pull-requests',
    'checks',
    'statuses',
    'security-events',
    'issues',
    'discussions',
    'repository-projects',
    'copilot-requests',
    'code-quality',
    'drives',
    'vulnerability-alerts',
    'models',
  ].map((permission, index) => [permission, index]),
);

/** Orders permissions by how much a token with them can do; those that are not known come last, by name. */
export function byImportance(a: string, b: string): number {
  const difference = importance(a) - importance(b);
  return difference !== 0 ? difference : a < b ? -1 : a > b ? 1 : 0;
}

/** Takes a permission and returns its place in the order, from 0 for the most important. */
export function importance(permission: string): number {
  return IMPORTANCE.get(permission) ?? IMPORTANCE.size;
}

/** Takes the permissions of a token and returns them by level. */
export function levelsOf(permissions: Permissions): Levels {
  const write: string[] = [];
  const read: string[] = [];
  for (const [permission, level] of Object.entries(permissions)) {
    if (level === 'write') write.push(permission);
    else if (level === 'read' && permission !== 'metadata') read.push(permission);
  }
  return { write: write.sort(byImportance), read: read.sort(byImportance) };
}

/** Takes levels and returns a text that is the same for the same levels only. */
export function levelsKey(levels: Levels): string {
  return `${levels.write.join(' ')}/${levels.read.join(' ')}`;
}

/** Takes levels and returns them as a workflow file would list them: `contents: write, issues: read`. */
export function levelsInWords({ write, read }: Levels): string {
  const all = [...write.map((name) => `${name}: write`), ...read.map((name) => `${name}: read`)];
  return all.length > 0 ? all.join(', ') : 'no permissions';
}
