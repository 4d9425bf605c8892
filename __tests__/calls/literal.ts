/**
 * GitHub's algorithm once more, written down literally from its C#: mutable objects, one function for each of its own.
 * Slow and blind to everything but permissions; it shares nothing with the code under test, not even the table.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/ReusableWorkflowsLoader.cs
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/WorkflowTemplateConverter.cs
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/PermissionsHelper.cs
 */

export type Level = 'none' | 'read' | 'write';
export type Permissions = Record<string, Level>;
export type Policy = 'LimitedRead' | 'Write';

/** What stands under `permissions`; `null`: the key is not there. */
export type Written = null | 'read-all' | 'write-all' | Readonly<Record<string, Level>>;

/** A workflow file as it comes out of the YAML reader. */
export interface Tokens {
  readonly permissions: Written;
  readonly jobs: readonly { readonly id: string; readonly permissions: Written; readonly uses: string | null }[];
}

export interface LiteralJob {
  readonly id: string;
  permissions: Permissions | null;
  ref: string | null;
  jobs: LiteralJob[];
}

export interface LiteralError {
  /** The calling job and those above it. */
  readonly path: readonly string[];
  readonly nested: string | null;
  readonly violations: readonly { readonly scope: string; readonly requested: Level; readonly allowed: Level }[];
}

/** Name, then what `read-all`, `write-all` and the permissive default give. */
const SCOPES: readonly (readonly [string, Level, Level, Level])[] = [
  ['actions', 'read', 'write', 'write'],
  ['artifact-metadata', 'read', 'write', 'write'],
  ['attestations', 'read', 'write', 'write'],
  ['checks', 'read', 'write', 'write'],
  ['contents', 'read', 'write', 'write'],
  ['deployments', 'read', 'write', 'write'],
  ['discussions', 'read', 'write', 'write'],
  ['issues', 'read', 'write', 'write'],
  ['packages', 'read', 'write', 'write'],
  ['pages', 'read', 'write', 'write'],
  ['pull-requests', 'read', 'write', 'write'],
  ['repository-projects', 'read', 'write', 'write'],
  ['statuses', 'read', 'write', 'write'],
  ['security-events', 'read', 'write', 'write'],
  ['id-token', 'read', 'write', 'none'],
  ['models', 'read', 'read', 'read'],
  ['vulnerability-alerts', 'read', 'read', 'read'],
  ['code-quality', 'read', 'write', 'write'],
  ['copilot-requests', 'none', 'write', 'write'],
  ['drives', 'read', 'write', 'write'],
];

export class LiteralLoader {
  readonly errors: LiteralError[] = [];
  private readonly files: ReadonlyMap<string, Tokens>;
  private readonly trusted: ReadonlySet<string>;
  private readonly policy: Policy;

  constructor(files: ReadonlyMap<string, Tokens>, trusted: ReadonlySet<string>, policy: Policy) {
    this.files = files;
    this.trusted = trusted;
    this.policy = policy;
  }

  load(root: Tokens): LiteralJob[] {
    const jobs = convertToJobs(root);
    if (root.permissions !== null) {
      for (const job of jobs) {
        job.permissions ??= convertToPermissions(root.permissions);
      }
    }
    for (const job of jobs) {
      if (job.ref !== null) this.loadRecursive(job, [job.id]);
    }
    return jobs;
  }

  private loadRecursive(workflowJob: LiteralJob, path: readonly string[]): void {
    const tokens = this.files.get(workflowJob.ref!);
    if (tokens === undefined) throw new Error(`No file ${workflowJob.ref ?? ''}`);
    const isTrusted = this.trusted.has(workflowJob.ref!);
    this.convertToReferencedWorkflow(tokens, workflowJob, isTrusted, path);
    // GitHub stops here when there are errors; we go on.
    for (const nestedJob of workflowJob.jobs) {
      if (nestedJob.ref !== null) this.loadRecursive(nestedJob, [...path, nestedJob.id]);
    }
  }

  private convertToReferencedWorkflow(
    referencedWorkflow: Tokens,
    workflowJob: LiteralJob,
    isTrusted: boolean,
    path: readonly string[],
  ): void {
    const explicitMaxPermissions = workflowJob.permissions;
    workflowJob.jobs.push(...convertToJobs(referencedWorkflow));
    if (referencedWorkflow.permissions !== null) {
      const embeddedRootPermissions = convertToPermissions(referencedWorkflow.permissions);
      this.validateEmbeddedPermissions(path, null, embeddedRootPermissions, explicitMaxPermissions, isTrusted);
      workflowJob.permissions = embeddedRootPermissions;
    }
    for (const embeddedJob of workflowJob.jobs) {
      if (embeddedJob.permissions !== null) {
        this.validateEmbeddedPermissions(
          path,
          embeddedJob.id,
          embeddedJob.permissions,
          explicitMaxPermissions,
          isTrusted,
        );
      } else if (workflowJob.permissions !== null) {
        embeddedJob.permissions = workflowJob.permissions;
      }
    }
  }

  private validateEmbeddedPermissions(
    path: readonly string[],
    nested: string | null,
    requested: Permissions,
    explicitMax: Permissions | null,
    isTrusted: boolean,
  ): void {
    const effectiveMax = explicitMax ?? createPermissionsFromPolicy(this.policy, isTrusted);
    const violations: { scope: string; requested: Level; allowed: Level }[] = [];
    for (const [scope] of SCOPES) {
      if (!isLessThanOrEqualTo(requested[scope]!, effectiveMax[scope]!)) {
        violations.push({ scope, requested: requested[scope]!, allowed: effectiveMax[scope]! });
      }
    }
    if (violations.length > 0) this.errors.push({ path, nested, violations });
  }
}

/** What the token of a job has, without `metadata` and what is none. */
export function effective(permissions: Permissions | null, policy: Policy): Permissions {
  const all = permissions ?? createDefault(policy);
  return Object.fromEntries(
    Object.entries(all).filter(([scope, level]) => level !== 'none' && !(scope === 'id-token' && level === 'read')),
  );
}

function convertToJobs({ jobs }: Tokens): LiteralJob[] {
  return jobs.map(({ id, permissions, uses }) => ({
    id,
    permissions: permissions === null ? null : convertToPermissions(permissions),
    ref: uses,
    jobs: [],
  }));
}

export function convertToPermissions(written: NonNullable<Written>): Permissions {
  const permissions: Permissions = {};
  for (const [scope, readAll, writeAll] of SCOPES) {
    if (written === 'read-all') permissions[scope] = readAll;
    else if (written === 'write-all') permissions[scope] = writeAll;
    else permissions[scope] = written[scope] ?? 'none';
  }
  return permissions;
}

function createPermissionsFromPolicy(policy: Policy, includeIdToken: boolean): Permissions {
  if (policy === 'LimitedRead') return convertToPermissions({ contents: 'read', packages: 'read' });
  const permissions = convertToPermissions('write-all');
  if (!includeIdToken) permissions['id-token'] = 'none';
  return permissions;
}

function createDefault(policy: Policy): Permissions {
  if (policy === 'LimitedRead') return convertToPermissions({ contents: 'read', packages: 'read' });
  return Object.fromEntries(SCOPES.map(([scope, , , permissive]) => [scope, permissive]));
}

function isLessThanOrEqualTo(level: Level, other: Level): boolean {
  switch (level) {
    case 'none':
      return true;
    case 'read':
      return other === 'read' || other === 'write';
    case 'write':
      return other === 'write';
  }
}
