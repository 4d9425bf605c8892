import type { AccessLevel } from '../model/permission.ts';

/** Since when github.com takes a permission in a workflow file, and when it first stood in logs of the default. */
export interface Introduction {
  /** YYYY, YYYY-MM or YYYY-MM-DD, as exactly as it is known. */
  readonly inFiles: string;
  /** The last log of the permissive default without it and the first one with it; `null` where no such log was seen. */
  readonly inLogs: { readonly lastMissing: string | null; readonly firstSeen: string } | null;
}

/** What one permission of `GITHUB_TOKEN` can be. */
export interface PermissionLevels {
  readonly name: string;
  /** The levels that a workflow file may give; empty for `metadata`, which cannot be written. */
  readonly levels: readonly AccessLevel[];
  /** What `read-all` and `write-all` give. */
  readonly readAll: AccessLevel;
  readonly writeAll: AccessLevel;
  /** What a job without a block gets when the setting "Workflow permissions" is permissive, and when it is restricted. */
  readonly defaultWrite: AccessLevel;
  readonly defaultRead: AccessLevel;
  /** What is left of `write` in a run that a fork's pull request or Dependabot starts. */
  readonly reducedWrite: AccessLevel;
}

/** What is known of one permission of `GITHUB_TOKEN`. */
export interface PermissionFacts extends PermissionLevels {
  /** Its name in the log group "GITHUB_TOKEN Permissions"; `null` when GitHub never prints it. */
  readonly logName: string | null;
  readonly since: Introduction;
  /** The first GitHub Enterprise Server version that has it; `null` when none is known to. */
  readonly serverSince: `${number}.${number}` | null;
}

/** When the table was last compared with GitHub, YYYY-MM-DD. */
export const TABLE_DATE = '2026-11-12';

const ANY: readonly AccessLevel[] = ['none', 'read', 'write'];
const WRITE_OR_NONE: readonly AccessLevel[] = ['none', 'write'];
const READ_OR_NONE: readonly AccessLevel[] = ['none', 'read'];

/** The first ten, announced on 2021-04-20. */
const FIRST: Introduction = { inFiles: '2021-04-20', inLogs: { lastMissing: null, firstSeen: '2021-04-20' } };

/**
 * The permissions of `GITHUB_TOKEN`, in alphabetical order. The table grows whenever GitHub adds a permission, and with
 * it the meaning of no block, `read-all` and `write-all`.
 *
 * Sources: levels, https://github.com/actions/languageservices/blob/main/workflow-parser/src/workflow-v1.0.json;
 * `read-all` and `write-all`, https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Permissions.cs; defaults
 * and reductions, run logs and
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions.
 *
 * - `id-token: read` under `read-all` only counts where a called workflow is compared with its caller: OIDC needs write.
 * - `models` and `vulnerability-alerts` cannot be written, so `write-all` reads them.
 * - `repository-projects` is no longer documented, yet accepted and granted.
 */
export const PERMISSION_TABLE: readonly PermissionFacts[] = [
  row('actions', ANY, 'Actions', 'read write write none read', FIRST, '3.2'),
  row('artifact-metadata', ANY, 'ArtifactMetadata', 'read write write none read', {
    inFiles: '2025-11-13',
    inLogs: { lastMissing: null, firstSeen: '2025-11-21' },
  }),
  row('attestations', ANY, 'Attestations', 'read write write none read', {
    inFiles: '2024-05-01',
    inLogs: { lastMissing: '2024-02-28', firstSeen: '2024-05-03' },
  }),
  row('checks', ANY, 'Checks', 'read write write none read', FIRST, '3.2'),
  row('code-quality', ANY, 'CodeQuality', 'read write write none read', {
    inFiles: '2026-05-04',
    inLogs: { lastMissing: '2026-05-07', firstSeen: '2026-05-15' },
  }),
  row('contents', ANY, 'Contents', 'read write write read read', FIRST, '3.2'),
  row('copilot-requests', WRITE_OR_NONE, 'CopilotRequests', 'none write write none none', {
    inFiles: '2026-03-10',
    inLogs: { lastMissing: '2026-06-08', firstSeen: '2026-06-10' },
  }),
  row('deployments', ANY, 'Deployments', 'read write write none read', FIRST, '3.2'),
  row('discussions', ANY, 'Discussions', 'read write write none read', seenBy('2021-12-03'), '3.2'),
  row('drives', ANY, 'Drives', 'read write write none read', {
    inFiles: '2026-07-13',
    inLogs: { lastMissing: '2026-07-03', firstSeen: '2026-07-15' },
  }),
  row('id-token', WRITE_OR_NONE, null, 'read write none none none', { inFiles: '2021', inLogs: null }, '3.5'),
  row('issues', ANY, 'Issues', 'read write write none read', FIRST, '3.2'),
  row('metadata', [], 'Metadata', 'read read read read read', FIRST, '3.2'),
  row('models', READ_OR_NONE, 'Models', 'read read read none read', {
    inFiles: '2025-04-11',
    inLogs: { lastMissing: null, firstSeen: '2025-06-15' },
  }),
  row('packages', ANY, 'Packages', 'read write write read read', FIRST, '3.2'),
  row('pages', ANY, 'Pages', 'read write write none read', seenBy('2021-12-03'), '3.2'),
  row('pull-requests', ANY, 'PullRequests', 'read write write none read', FIRST, '3.2'),
  row('repository-projects', ANY, 'RepositoryProjects', 'read write write none read', FIRST, '3.2'),
  row('security-events', ANY, 'SecurityEvents', 'read write write none read', FIRST, '3.2'),
  row('statuses', ANY, 'Statuses', 'read write write none read', FIRST, '3.2'),
  row('vulnerability-alerts', READ_OR_NONE, 'VulnerabilityAlerts', 'read read read none read', {
    inFiles: '2026-09-03',
    inLogs: { lastMissing: '2026-04-14', firstSeen: '2026-04-27' },
  }),
];

/** Since when the restricted default has `packages: read`: logs of December 2022 lack it. */
export const RESTRICTED_PACKAGES: NonNullable<Introduction['inLogs']> = {
  lastMissing: '2022-12-01',
  firstSeen: '2023-02-26',
};

/** The level columns are: read-all, write-all, permissive default, restricted default, what is left of a reduced write. */
function row(
  name: string,
  levels: readonly AccessLevel[],
  logName: string | null,
  columns: `${AccessLevel} ${AccessLevel} ${AccessLevel} ${AccessLevel} ${AccessLevel}`,
  since: Introduction,
  serverSince: PermissionFacts['serverSince'] = null,
): PermissionFacts {
  const [readAll, writeAll, defaultWrite, defaultRead, reducedWrite] = columns.split(' ') as [
    AccessLevel,
    AccessLevel,
    AccessLevel,
    AccessLevel,
    AccessLevel,
  ];
  return { name, levels, logName, readAll, writeAll, defaultWrite, defaultRead, reducedWrite, since, serverSince };
}

function seenBy(date: string): Introduction {
  return { inFiles: date, inLogs: { lastMissing: null, firstSeen: date } };
}
