import type { AccessLevel, Permissions, PermissionsBlock } from '../model/permission.ts';
import type { DefaultPermissions, Platform, Settings } from '../model/settings.ts';
import { isMore } from '../permissions/access-level.ts';
import { askedPermissions, mostACalleeMayAsk } from '../permissions/declared.ts';
import { wasInShorthands } from '../permissions/introduced.ts';
import { permissionsOn } from '../permissions/platform.ts';
import type { JobInChain } from './call-tree.ts';

/** One permission of which a called workflow asks for more than its caller has. */
export interface Excess {
  readonly permission: string;
  readonly requested: AccessLevel;
  readonly allowed: AccessLevel;
}

/** A block of a called workflow that asks for more than the caller has. GitHub refuses the run. */
export interface Violation {
  /** The calling job. */
  readonly calling: JobInChain;
  /** The nested job whose block asks; `null` when it is the called workflow's own block. */
  readonly nested: JobInChain | null;
  readonly block: PermissionsBlock;
  readonly excess: readonly Excess[];
  /** The value of the setting under which this is so; `null` when the setting does not matter. */
  readonly defaultPermissions: DefaultPermissions | null;
}

/** The order of GitHub's sentence; the place of the newest three in it is not known. */
const ORDER: readonly string[] = [
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'issues',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'statuses',
  'security-events',
  'id-token',
  'models',
  'vulnerability-alerts',
  'code-quality',
  'copilot-requests',
  'drives',
];

/** What decides about a call whose callers have no block. */
export interface UnsetCallers {
  /** The values that the setting may have; none where the callers of the root decide, whom nobody knows. */
  readonly defaults: readonly DefaultPermissions[];
  readonly platform: Platform;
  readonly repository: Settings['repository'];
}

/**
 * What GitHub checks when it reads one call: the called workflow's own block and the block of each of its jobs, against
 * what the calling job has, and not against each other. Nothing is lowered; `if` does not matter.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/WorkflowTemplateConverter.cs
 */
export function violationsOf(calling: JobInChain, unset: UnsetCallers): readonly Violation[] {
  const asking = askingBlocks(calling);
  return asking.flatMap(({ nested, block }) =>
    limitsOn(calling, unset).flatMap(({ most, defaultPermissions }): Violation[] => {
      const excess = excessOf(askedThen(block, unset.platform), most, unset.platform);
      return excess.length === 0 ? [] : [{ calling, nested, block, excess, defaultPermissions }];
    }),
  );
}

/** What a block asks for on the day that counts: `read-all` and `write-all` did not have yet what came later. */
function askedThen(block: PermissionsBlock, platform: Platform): Permissions {
  const asked = askedPermissions(block, platform);
  const asOf = platform.kind === 'github.com' ? platform.asOf : undefined;
  if (asOf === undefined || block.shorthand === null) return asked;
  return Object.fromEntries(Object.entries(asked).filter(([name]) => wasInShorthands(name, asOf) === 'yes'));
}

/** The blocks that GitHub compares with what a calling job has; none of a file that GitHub refuses. */
export function askingBlocks({ call }: JobInChain): readonly Pick<Violation, 'nested' | 'block'>[] {
  // GitHub takes no workflow without jobs, so a call without any is one of a file that is not followed.
  if (call?.callee.kind !== 'found' || call.jobs.length === 0) return [];
  const { permissions: own } = call.callee.file.read.workflow;
  return [
    ...(own === null ? [] : [{ nested: null, block: own }]),
    ...call.jobs.flatMap((nested) =>
      nested.job.permissions === null ? [] : [{ nested, block: nested.job.permissions }],
    ),
  ];
}

/** The most that a called workflow may ask of a calling job, for each value of the setting that matters. */
export function limitsOn(
  { block, call }: JobInChain,
  { defaults, platform }: UnsetCallers,
): readonly { readonly most: Permissions; readonly defaultPermissions: DefaultPermissions | null }[] {
  if (block !== null) return [{ most: askedPermissions(block.block, platform), defaultPermissions: null }];
  return defaults.map((setting) => ({
    most: mostACalleeMayAsk(setting, call?.trusted ?? false, platform),
    defaultPermissions: setting,
  }));
}

/** The permissions of which more is asked than there is, in the order of GitHub's sentence. */
export function excessOf(asked: Permissions, most: Permissions, platform: Platform): readonly Excess[] {
  return permissionsOn(platform)
    .map(({ name: permission }) => ({
      permission,
      requested: asked[permission] ?? 'none',
      allowed: most[permission] ?? 'none',
    }))
    .filter(({ requested, allowed }) => isMore(requested, allowed))
    .sort((a, b) => rank(a) - rank(b));
}

/** What is not in GitHub's list comes last. */
function rank({ permission }: Excess): number {
  const index = ORDER.indexOf(permission);
  return index < 0 ? ORDER.length : index;
}
