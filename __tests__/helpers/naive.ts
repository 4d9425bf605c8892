/**
 * The calculation a second time, as plain as can be: what a job's token may do in one run, straight from the rules. No
 * line is shared with `src`, and nothing is folded or labelled.
 */
export type Level = 'none' | 'read' | 'write';
export type Block = 'read-all' | 'write-all' | Readonly<Record<string, Level>>;

/** One run under one combination of settings. */
export interface NaiveRun {
  readonly event: string;
  /** `null` where the types are not listed: any. */
  readonly action: string | null;
  readonly actor: 'repository' | 'fork' | 'dependabot';
  readonly baseRefCreatedByDependabot: boolean;
  readonly policy: 'read' | 'write';
  readonly visibility: 'public' | 'private';
  /** For private repositories: whether forks start runs, and with which token. */
  readonly forks: 'off' | 'read' | 'write' | null;
}

const WRITE_ONLY = ['copilot-requests', 'id-token'];
const READ_ONLY = ['models', 'vulnerability-alerts'];
const READ_WRITE = [
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'code-quality',
  'contents',
  'deployments',
  'discussions',
  'drives',
  'issues',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'security-events',
  'statuses',
];
export const SCOPES: readonly string[] = [...READ_WRITE, ...READ_ONLY, ...WRITE_ONLY];

/** The levels that a block may give to a permission. */
export function levelsOf(scope: string): readonly Level[] {
  if (READ_ONLY.includes(scope)) return ['none', 'read'];
  return WRITE_ONLY.includes(scope) ? ['none', 'write'] : ['none', 'read', 'write'];
}

const FORK_EVENTS = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];
const DEPENDABOT_EVENTS = [...FORK_EVENTS, 'push', 'create', 'deployment', 'deployment_status'];

function shorthand(scope: string, level: 'read' | 'write'): Level {
  if (level === 'write') return READ_ONLY.includes(scope) ? 'read' : 'write';
  // `id-token: read` is of no use to a token: it counts as none.
  return WRITE_ONLY.includes(scope) ? 'none' : 'read';
}

function explicitly(block: Block, scope: string): Level {
  if (block === 'read-all') return shorthand(scope, 'read');
  if (block === 'write-all') return shorthand(scope, 'write');
  return block[scope] ?? 'none';
}

function byDefault(policy: 'read' | 'write', scope: string): Level {
  if (policy === 'read') return scope === 'contents' || scope === 'packages' ? 'read' : 'none';
  return scope === 'id-token' ? 'none' : shorthand(scope, 'write');
}

function clamp(scope: string, level: Level): Level {
  if (level !== 'write') return level;
  return levelsOf(scope).includes('read') ? 'read' : 'none';
}

function clampApplies(run: NaiveRun, isExplicit: boolean): boolean {
  if (FORK_EVENTS.includes(run.event) && run.actor === 'fork') {
    return !(run.visibility !== 'public' && run.forks === 'write');
  }
  if (run.actor === 'dependabot') {
    if (DEPENDABOT_EVENTS.includes(run.event)) return !isExplicit;
    if (run.event === 'pull_request_target' && run.baseRefCreatedByDependabot) return true;
  }
  return false;
}

/** Whether GitHub starts a run at all. */
export function starts(run: NaiveRun): boolean {
  const isForks = FORK_EVENTS.includes(run.event) && run.actor === 'fork';
  return !(isForks && run.visibility !== 'public' && run.forks === 'off');
}

/** What the token of a job may do; what is none is left out. */
export function effective(block: Block | null, run: NaiveRun): Readonly<Record<string, Level>> {
  const result: Record<string, Level> = { metadata: 'read' };
  for (const scope of SCOPES) {
    const level = block === null ? byDefault(run.policy, scope) : explicitly(block, scope);
    const left = clampApplies(run, block !== null) ? clamp(scope, level) : level;
    if (left !== 'none') result[scope] = left;
  }
  return result;
}
