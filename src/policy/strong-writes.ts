/**
 * Writes that change code, releases, packages, deployments, or let a job sign in as the repository. `actions` starts and
 * approves runs, and fills their caches. Not here: what issues and pull requests are about (`issues`, `pull-requests`,
 * `discussions`, `checks`, `statuses`, `repository-projects`), and what changes none of these: `security-events` hides
 * alerts, `artifact-metadata` describes packages, `copilot-requests` costs money.
 */
export const STRONG_WRITES: ReadonlySet<string> = new Set([
  'actions',
  'attestations',
  'contents',
  'deployments',
  'id-token',
  'packages',
  'pages',
]);
