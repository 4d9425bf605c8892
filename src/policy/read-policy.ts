import type { NewPermission } from '../model/permission.ts';
import type { Policy, PolicyFile, PolicyProblem } from '../model/policy.ts';
import type { Platform } from '../model/settings.ts';
import type { Node } from '../workflow/node.ts';
import type { YamlTree } from '../workflow/yaml/yaml-tree.ts';
import { actionsIn } from './file/actions.ts';
import { defaultPermissionsIn } from './file/default-permissions.ts';
import { exceptionsIn } from './file/exceptions.ts';
import { extendsIn } from './file/extends.ts';
import { limitsIn } from './file/limits.ts';
import { MAY_LOOSEN_NOTHING, mayLoosenIn } from './file/may-loosen.ts';
import { knownPairs } from './file/nodes.ts';
import { trustedOwnersIn } from './file/owners.ts';
import { startReading } from './file/reading.ts';
import type { Reading } from './file/reading.ts';
import { rulesIn } from './file/rules.ts';
import { scopesIn } from './file/scopes.ts';
import { isSupported } from './file/version.ts';
import { whatIfIn } from './file/what-if.ts';
import { newPermissions } from './may-loosen.ts';

/** The keys of a policy file, in the order of the documentation. */
export const POLICY_KEYS = [
  'version',
  'extends',
  'default-permissions',
  'what-if',
  'rules',
  'limits',
  'exceptions',
  'scopes',
  'trusted-owners',
  'actions',
  'may-loosen',
] as const;

/** What a policy file is read for. */
export interface PolicyContext {
  /** Spells out `read-all` and `write-all`. */
  readonly platform: Platform;
  /** Permissions that other files of the same policy add to our table. */
  readonly newPermissions?: readonly NewPermission[];
}

/** A policy file, or all that is wrong with it, by place. */
export type ReadPolicy = { readonly policy: PolicyFile } | { readonly problems: readonly PolicyProblem[] };

/** The text of a policy file, the YAML in it, and how messages name it. */
export interface PolicyText {
  readonly path: string;
  readonly text: string;
  readonly tree: YamlTree;
}

/** Reads one policy file. Never throws: a file with a mistake is no policy. */
export function readPolicy(file: PolicyText, context: PolicyContext): ReadPolicy {
  const { policy, problems } = read(file, context);
  return problems.length > 0 ? { problems } : { policy };
}

/**
 * Reads the files of a policy: the repository's own, then the one that it extends, and so on. A permission that one of
 * them adds, and may add, is known to all of them.
 */
export function readPolicies(
  files: readonly PolicyText[],
  platform: Platform,
): { readonly policy: Policy } | { readonly problems: readonly PolicyProblem[] } {
  const alone = files.map((file) => read(file, { platform }).policy);
  const context = { platform, newPermissions: newPermissions(alone) };
  const together = files.map((file) => read(file, context));
  const problems = together.flatMap((one) => one.problems);
  return problems.length > 0 ? { problems } : { policy: together.map(({ policy }) => policy) };
}

/**
 * The file that a policy extends and where that stands, to be loaded before both are read; `null` when it is none that
 * can be loaded.
 */
export function extendedFile(file: PolicyText): PolicyFile['extends'] {
  return read(file, { platform: { kind: 'github.com' } }).policy.extends;
}

/** GitHub's sentence about workflow files, and what stands in its place here. */
const IN_A_WORKFLOW = [/^You have an error in your yaml syntax on line \d+/, 'The file is no valid YAML.'] as const;

/** Reads as much as can be understood, and all that is wrong. */
function read(
  { text, path, tree: { root, problems } }: PolicyText,
  { platform, newPermissions: others = [] }: PolicyContext,
): { readonly policy: PolicyFile; readonly problems: readonly PolicyProblem[] } {
  const reading = startReading(text, path);
  for (const { message, hint, ...place } of problems) reading.problem(place, message.replace(...IN_A_WORKFLOW), hint);
  if (problems.length === 0 && root === null) {
    reading.problem({ line: 1, column: 1 }, 'The policy is empty.', 'Write `version: 1`, or delete the file.');
  }
  const policy = problems.length > 0 || root === null ? emptyPolicy(path) : policyIn(reading, root, platform, others);
  return { policy, problems: reading.problems() };
}

/** A policy that says nothing. */
export function emptyPolicy(path: string): PolicyFile {
  return {
    path,
    defaultPermissions: null,
    whatIf: null,
    rules: new Map(),
    limits: [],
    exceptions: [],
    extends: null,
    scopes: [],
    trustedOwners: [],
    actions: new Map(),
    mayLoosen: MAY_LOOSEN_NOTHING,
    notices: [],
  };
}

function policyIn(reading: Reading, root: Node, platform: Platform, others: readonly NewPermission[]): PolicyFile {
  const empty = emptyPolicy(reading.path);
  // What another version means by its keys is not known.
  if (!isSupported(reading, root)) return empty;
  const pairs = knownPairs(reading, root, 'a policy', POLICY_KEYS);
  function at<Value>(key: (typeof POLICY_KEYS)[number], readValue: (node: Node) => Value, missing: Value): Value {
    const pair = pairs?.get(key);
    return pair?.key.text === key ? readValue(pair.value) : missing;
  }
  const scopes = at('scopes', (node) => scopesIn(reading, node, platform), empty.scopes);
  const known: Platform = { ...platform, newPermissions: [...scopes, ...others] };
  return {
    path: reading.path,
    defaultPermissions: at('default-permissions', (node) => defaultPermissionsIn(reading, node), null),
    whatIf: at('what-if', (node) => whatIfIn(reading, node), null),
    rules: at('rules', (node) => rulesIn(reading, node), empty.rules),
    limits: at('limits', (node) => limitsIn(reading, node, known), empty.limits),
    exceptions: at('exceptions', (node) => exceptionsIn(reading, node, known), empty.exceptions),
    extends: at('extends', (node) => extendsIn(reading, node), null),
    scopes,
    trustedOwners: at('trusted-owners', (node) => trustedOwnersIn(reading, node), empty.trustedOwners),
    actions: at('actions', (node) => actionsIn(reading, node, known), empty.actions),
    mayLoosen: at('may-loosen', (node) => mayLoosenIn(reading, node), empty.mayLoosen),
    notices: reading.notices(),
  };
}
