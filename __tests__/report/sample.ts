import type { Grant, Origin } from '../../src/model/grant.ts';
import type { AccessLevel, Permissions } from '../../src/model/permission.ts';
import type { StepNeed, Uncertainty } from '../../src/model/needs.ts';
import type { Finding, Report, ReportedJob, ReportedNeeds, ReportedWorkflow } from '../../src/model/report.ts';

/** Reports made by hand, for tests that must not depend on how a report is computed. */

export const PATH = '.github/workflows/ci.yml';

const WRITABLE =
  'actions artifact-metadata attestations checks code-quality contents copilot-requests deployments discussions drives ' +
  'issues packages pages pull-requests repository-projects security-events statuses';

/** `write: contents, read: issues` as a permissions object; `metadata: read` is always there. */
export function permissions(levels: Partial<Record<AccessLevel, string>>): Permissions {
  const entries = (['write', 'read'] as const).flatMap((level) =>
    (levels[level] ?? '').split(/[ ,]+/).flatMap((name) => (name === '' ? [] : [[name, level] as const])),
  );
  return Object.fromEntries([...entries, ['metadata', 'read']].sort());
}

export const DEFAULT_WRITE = permissions({ write: WRITABLE, read: 'models vulnerability-alerts' });
export const DEFAULT_READ = permissions({ read: 'contents packages' });
export const DEFAULT_REDUCED = permissions({
  read: `${WRITABLE.replace('copilot-requests ', '')} models vulnerability-alerts`,
});

/** Where every permission of a grant comes from, but `metadata`. */
export function origins(given: Permissions, origin: Origin): Grant['origins'] {
  return Object.fromEntries(
    Object.keys(given).map((name) => [name, name === 'metadata' ? { from: 'always' as const } : origin]),
  );
}

/** A row, of a workflow that a push starts unless told otherwise. */
export function grant(given: Permissions, changes: Partial<Grant> & { readonly origin?: Origin } = {}): Grant {
  const { origin = { from: 'default' }, ...rest } = changes;
  return {
    events: ['push'],
    actor: 'repository',
    status: 'granted',
    confidence: 'high',
    permissions: given,
    origins: origins(given, origin),
    ...rest,
  };
}

export function notRun(changes: Partial<Grant>): Grant {
  return grant({}, { status: 'not-run', ...changes });
}

export function job(id: string, grants: readonly Grant[], changes: Partial<ReportedJob> = {}): ReportedJob {
  return {
    path: [id],
    name: null,
    uses: null,
    definedIn: PATH,
    position: { line: 7, column: 3 },
    declared: null,
    declaredAt: null,
    needs: null,
    suggested: null,
    grants,
    ...changes,
  };
}

/** A job with a block of its own that stands in `line`. */
export function blockJob(id: string, given: Permissions, line: number, changes: Partial<Grant> = {}): ReportedJob {
  const origin = { from: 'job', path: PATH, line: line + 1, column: 7 } as const;
  return job(id, [grant(given, { origin, ...changes })], {
    declared: given,
    declaredAt: { path: PATH, line, column: 5 },
    position: { line: line - 1, column: 3 },
  });
}

/** What a step uses. */
export function stepNeed(by: string, permission: string, level: 'read' | 'write', changes: Partial<StepNeed> = {}) {
  return { path: PATH, line: 20, column: 9, by, permission, level, because: by, ...changes };
}

/** A step that cannot be seen into. */
export function unseenStep(by: string, line: number, changes: Partial<Uncertainty> = {}): Uncertainty {
  return { path: PATH, line, column: 9, by, permissions: 'all', because: 'what it does is not known', ...changes };
}

/** What a job needs, made of what its steps use and of those that cannot be seen into. */
export function needs(because: readonly StepNeed[], unseen: readonly Uncertainty[] = []): ReportedNeeds {
  const levels: Record<string, AccessLevel> = {};
  for (const { permission, level } of because) if (levels[permission] !== 'write') levels[permission] = level;
  const open = unseen.flatMap((one) => (one.permissions === 'all' ? [] : one.permissions));
  return {
    complete: unseen.length === 0,
    uncertain: unseen.some((one) => one.permissions === 'all') ? 'all' : [...new Set(open)],
    permissions: levels,
    because,
    unseen,
    impossible: [],
  };
}

/** The job with needs, and with the block that follows from them. */
export function needing(one: ReportedJob, needed: ReportedNeeds): ReportedJob {
  const granted = one.grants[0]?.permissions ?? {};
  const open = needed.uncertain === 'all' ? [] : needed.uncertain;
  const kept = open.map((name) => [name, granted[name] ?? 'none'] as const);
  const suggested =
    needed.uncertain === 'all' ? null : Object.fromEntries([...Object.entries(needed.permissions), ...kept]);
  // No block names what every token has.
  const { metadata: _, ...declared } = one.declared ?? {};
  return { ...one, declared: one.declared === null ? null : declared, needs: needed, suggested };
}

/** A job without a block, when the repository's default is not known. */
export function defaultJob(id: string, changes: Partial<Grant> = {}): ReportedJob {
  return job(id, [
    grant(DEFAULT_READ, { defaultPermissions: 'read', ...changes }),
    grant(DEFAULT_WRITE, { defaultPermissions: 'write', ...changes }),
  ]);
}

export function workflow(
  path: string,
  jobs: readonly ReportedJob[],
  changes: Partial<ReportedWorkflow> = {},
): ReportedWorkflow {
  return { path, name: null, events: ['push'], outcome: 'ok', problems: [], contract: null, jobs, ...changes };
}

export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    id: 'id',
    rule: 'invalid-workflow',
    level: 'error',
    message: "Unexpected value 'none'",
    hint: 'Write `permissions: {}` for no permissions.',
    path: PATH,
    line: 4,
    column: 14,
    subjects: [{ workflow: PATH }],
    ...changes,
  };
}

type Changes = Partial<Omit<Report, 'repository'>> & { readonly repository?: Partial<Report['repository']> };

export function report(workflows: readonly ReportedWorkflow[], changes: Changes = {}): Report {
  const { repository, ...rest } = changes;
  return {
    schemaVersion: 1,
    tool: { name: 'effective-permissions', version: '1.2.3' },
    repository: {
      name: 'octo-org/octo-repo',
      visibility: 'public',
      defaultPermissions: { value: 'unknown', source: 'none' },
      forkPullRequests: 'unknown',
      platform: 'github.com',
      ...repository,
    },
    permissionsTable: '2026-11-12',
    policy: null,
    workflows,
    findings: [],
    suppressed: [],
    result: 'pass',
    gate: { failOn: 'error', report: 'all', beforeMerge: false },
    ...rest,
  };
}

/** A report with much of what can stand in one. */
export function richReport(): Report {
  const pullRequest = { events: ['pull_request'] };
  const workflowOrigin = { from: 'workflow', path: '.github/workflows/pr.yml', line: 5, column: 3 } as const;
  const labels = permissions({ write: 'pull-requests', read: 'contents' });
  const release = permissions({ write: 'contents id-token packages', read: 'actions' });
  return report(
    [
      workflow('.github/workflows/bad.yml', [], {
        name: 'Bad',
        outcome: 'invalid',
        problems: [
          {
            code: 'unexpected-value',
            message: "Unexpected value 'none'",
            hint: 'Write `permissions: {}` for no permissions.',
            path: '.github/workflows/bad.yml',
            line: 4,
            column: 14,
          },
        ],
      }),
      workflow(
        '.github/workflows/ci.yml',
        [
          ...['build', 'lint', 'test-ubuntu-latest', 'test-windows-latest', 'test-macos-latest', 'docs'].map((id) =>
            job(id, [
              grant(DEFAULT_READ, { events: ['push', 'pull_request'], defaultPermissions: 'read' }),
              grant(DEFAULT_WRITE, { events: ['push', 'pull_request'], defaultPermissions: 'write' }),
              grant(DEFAULT_REDUCED, {
                ...pullRequest,
                actor: 'fork',
                defaultPermissions: 'write',
                visibility: 'public',
              }),
              grant(DEFAULT_REDUCED, {
                ...pullRequest,
                actor: 'fork',
                defaultPermissions: 'write',
                visibility: 'private',
                forkPullRequests: 'read',
              }),
              notRun({ ...pullRequest, actor: 'fork', visibility: 'private', forkPullRequests: 'off' }),
              grant(DEFAULT_REDUCED, {
                events: ['push', 'pull_request'],
                actor: 'dependabot',
                defaultPermissions: 'write',
              }),
            ]),
          ),
          blockJob('publish-test-report', permissions({ write: 'checks', read: 'contents' }), 70, {
            events: ['push'],
          }),
        ],
        { name: 'CI', events: ['push', 'pull_request'] },
      ),
      workflow(
        '.github/workflows/pr.yml',
        [
          job('label', [
            grant(labels, { events: ['pull_request_target'], origin: workflowOrigin, ifAllowed: true }),
            grant(permissions({ read: 'pull-requests contents' }), {
              events: ['pull_request_target'],
              actor: 'dependabot',
              baseRefCreatedByDependabot: true,
              confidence: 'medium',
              doubts: [
                'GitHub does not say whether a block is reduced as well when Dependabot created the base branch.',
              ],
            }),
          ]),
        ],
        { name: '🏷️ Labels', events: ['pull_request_target'] },
      ),
      workflow(
        '.github/workflows/release.yml',
        [
          needing(
            blockJob('publish', release, 12, { events: ['push', 'workflow_dispatch'] }),
            needs(
              [
                stepNeed('actions/checkout', 'contents', 'read', {
                  because: 'it reads the repository',
                  publicRead: true,
                }),
                stepNeed('docker push', 'packages', 'write', { when: { events: ['push'] }, tolerated: true }),
              ],
              [
                unseenStep('make publish', 30, { permissions: ['id-token'] }),
                unseenStep('acme/notify', 31, { permissions: ['actions'], action: 'acme/notify' }),
              ],
            ),
          ),
          blockJob('announce', permissions({}), 40, { events: ['push', 'workflow_dispatch'] }),
          job('deploy', [], {
            uses: 'octo-org/shared/.github/workflows/deploy.yml@v1',
            declared: permissions({ write: 'id-token', read: 'contents' }),
          }),
        ],
        {
          name: 'Release',
          events: ['push', 'workflow_dispatch'],
          outcome: 'unresolved',
          problems: [
            {
              code: 'call-not-read',
              message: 'The called workflow octo-org/shared/.github/workflows/deploy.yml@v1 was not read.',
              path: '.github/workflows/release.yml',
              line: 50,
              column: 11,
            },
          ],
        },
      ),
    ],
    { repository: { visibility: 'unknown' } },
  );
}
