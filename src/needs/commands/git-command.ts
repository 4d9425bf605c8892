import type { StepUse } from '../../model/needs.ts';
import type { CommandCall } from './command.ts';
import { ANYTHING, holdsToken, OTHER_SECRET, OWN_NAME, OWN_OWNER, OWN_REPOSITORY } from '../marked-text.ts';
import { positionals } from './options.ts';
import { NO_USE, neededBy, uncertainFor } from '../uses.ts';

/** Options before the subcommand that take a value. @see https://git-scm.com/docs/git */
const LEADING = new Set(['-C', '-c', '--git-dir', '--work-tree', '--namespace']);

/** Options of the subcommands below that take a value. */
const WITH_VALUE = new Set([
  ...[
    '--depth',
    '--branch',
    '-b',
    '-o',
    '--origin',
    '--push-option',
    '--repo',
    '--receive-pack',
    '--exec',
    '-j',
    '--jobs',
  ],
  ...['--upload-pack', '--filter', '--reference', '--config', '-c', '--shallow-since', '--server-option', '--deepen'],
  ...['-s', '--strategy', '-X', '--strategy-option', '--sort'],
]);

const PUSHES = new Set(['push', 'send-pack']);
const FETCHES = new Set(['fetch', 'pull', 'clone', 'ls-remote', 'fetch-pack']);

/** `git lfs push` and `git remote update` go to the remote as well. */
function kindOf(subcommand: string, rest: readonly string[]): 'push' | 'fetch' | null {
  if (PUSHES.has(subcommand)) return 'push';
  if (FETCHES.has(subcommand)) return 'fetch';
  if (subcommand === 'lfs')
    return rest[0] === 'push' ? 'push' : ['pull', 'fetch', 'clone'].includes(rest[0] ?? '') ? 'fetch' : null;
  if (subcommand === 'remote')
    return rest[0] === 'update' || rest[0] === 'show' || rest[0] === 'prune' ? 'fetch' : null;
  if (subcommand === 'subtree') return rest[0] === 'push' ? 'push' : rest[0] === 'pull' ? 'fetch' : null;
  return null;
}

/** What is known of the address of a remote. */
type Address = 'own' | 'other' | 'ssh' | 'unknown';

function addressKind(address: string, repository: string | undefined): Address {
  if (/^(ssh:\/\/)|^[^/:@]+@[^/:]+:/.test(address)) return 'ssh';
  if (address.includes(OWN_REPOSITORY) || (address.includes(OWN_OWNER) && address.includes(OWN_NAME))) return 'own';
  if (address.includes(ANYTHING)) return 'unknown';
  const named = /github\.com\/([^/]+\/[^/]+?)(\.git)?\/?$/.exec(address)?.[1];
  if (named === undefined) return /^\.{0,2}\//.test(address) ? 'ssh' : /^https?:/.test(address) ? 'other' : 'unknown';
  if (repository === undefined) return 'unknown';
  return named.toLowerCase() === repository.toLowerCase() ? 'own' : 'other';
}

/** `https://x-access-token:TOKEN@github.com/…`. */
function credentialIn(address: string): 'own' | 'other' | 'none' {
  if (holdsToken(address)) return 'own';
  if (address.includes(OTHER_SECRET)) return 'other';
  return /^https?:\/\/\w*[^/@\w][^/@]*@/.test(address) ? 'other' : 'none';
}

/**
 * What `git` uses: only what goes to a remote does, over the credentials that a checkout stored, or those in the address.
 */
export function gitCommandUse(call: CommandCall): StepUse {
  const { args, found, caller, context } = call;
  const start = args.findIndex((arg, index) => !arg.startsWith('-') && !LEADING.has(args[index - 1] ?? ''));
  if (start === -1) return NO_USE;
  const subcommand = args[start] ?? '';
  const rest = args.slice(start + 1);
  rememberCredentials(call, subcommand, rest);
  const kind = kindOf(subcommand, rest);
  if (kind === null) return NO_USE;
  const operands = positionals(subcommand === 'lfs' || subcommand === 'subtree' ? rest.slice(1) : rest, WITH_VALUE);
  const remote = operands[0] ?? 'origin';
  const address = found.remotes.get(remote) ?? (isAddress(remote) ? remote : undefined);
  const level = kind === 'push' ? 'write' : 'read';
  const because = `git ${subcommand}${kind === 'push' ? ' pushes' : ' reads'} over https`;
  const needed = (): StepUse => neededBy(caller, [[{ permission: 'contents', level }]], because);
  const doubt = (why: string): StepUse => uncertainFor(caller, ['contents'], `git ${subcommand}: ${why}`);
  const extra = args.slice(0, start).some(holdsToken);

  if (address === undefined) {
    if (!found.git && !extra) return NO_USE;
    if (found.otherGit && kind === 'push') return doubt('it is not known with which credentials');
    if (kind === 'fetch' && operands.length === 0 && subcommand !== 'ls-remote') return needed();
    return remote === 'origin' ? needed() : doubt('it is not known where to');
  }
  const credential = credentialIn(address);
  // A checkout's credentials are in its own settings: a clone beside it has none of them.
  if (subcommand === 'clone' && credential === 'none' && !extra && !found.gitEverywhere) return NO_USE;
  const holds = credential === 'own' || extra || (credential === 'none' && found.git);
  const known = addressKind(address, context.repository);
  if (known === 'ssh' || known === 'other') return NO_USE;
  if (credential === 'other' && found.git) return doubt('it is not known with which credentials');
  if (!holds)
    return address.includes(ANYTHING) && credential !== 'other' && found.git
      ? doubt('it is not known where to')
      : NO_USE;
  if (known === 'own') return needed();
  // A token in the address of a repository that is not named is meant for it: a push with it goes to no other.
  return credential === 'own' && kind === 'push' && context.repository === undefined
    ? needed()
    : doubt('it is not known where to');
}

function isAddress(remote: string): boolean {
  return /[/:]/.test(remote) || remote.includes(ANYTHING) || remote.includes('\uE007');
}

/** `git remote add`, `git remote set-url`, `git config …`: who they give git credentials of. */
function rememberCredentials({ args, found }: CommandCall, subcommand: string, rest: readonly string[]): void {
  if (subcommand === 'remote' && (rest[0] === 'add' || rest[0] === 'set-url')) {
    const [, name, address] = positionals(rest, new Set(['-t', '-m']));
    if (name !== undefined && address !== undefined) found.remotes.set(name, address);
    if (address !== undefined && holdsToken(address)) found.git = true;
  }
  if (subcommand === 'config' || subcommand === 'credential' || subcommand === 'clone') {
    if (args.some(holdsToken)) {
      found.git = true;
      if (args.includes('--global') || args.includes('--system')) found.gitEverywhere = true;
    } else if (args.some((arg) => arg.includes(OTHER_SECRET))) found.otherGit = true;
  }
  if (
    subcommand === 'config' &&
    args.some((arg) => /extraheader/i.test(arg)) &&
    args.some((arg) => arg.startsWith('--unset'))
  ) {
    found.git = false;
  }
}
