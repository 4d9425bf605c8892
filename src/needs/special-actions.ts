import type { ActionUse } from './action-entry.ts';
import type { KnownStep } from './action-step.ts';
import { inputOf, markedInput } from './action-step.ts';
import { credentialOf, isGitHubRegistry } from './action-token.ts';
import { checkoutUse } from './checkout-action.ts';
import { bakeUse, buildPushUse, registryLoginUse } from './docker-actions.ts';
import { githubScriptUse } from './github-script-use.ts';

/** What an action uses of which its entries in the table cannot say all. */
type Special = (known: KnownStep, use: ActionUse) => ActionUse;

const SPECIAL: ReadonlyMap<string, Special> = new Map<string, Special>([
  ['actions/checkout', checkoutUse],
  ['actions/github-script', (known) => scriptUse(known)],
  ['actions/setup-dotnet', dotnetSetupUse],
  ['actions/setup-node', nodeSetupUse],
  ['azure/docker-login', (known) => registryLoginUse(known, 'login-server')],
  ['docker/bake-action', bakeUse],
  ['docker/build-push-action', buildPushUse],
  ['docker/login-action', (known) => registryLoginUse(known, 'registry')],
  ['redhat-actions/podman-login', (known) => registryLoginUse(known, 'registry')],
]);

/** What the table says of a step with what its code adds. */
export function specialUse(known: KnownStep, use: ActionUse): ActionUse {
  return SPECIAL.get(known.step.name)?.(known, use) ?? use;
}

/** The names of the actions that have code. */
export function specialActions(): readonly string[] {
  return [...SPECIAL.keys()];
}

function scriptUse(known: KnownStep): ActionUse {
  const { step, context } = known;
  const { path, line, column } = step;
  return githubScriptUse(
    inputOf(known, 'script') ?? '',
    { ...context, place: { path, line, column, firstLine: null } },
    inputOf(known, 'github-token'),
  );
}

/** With a registry, the variable with the token is handed to all later steps. @see https://github.com/actions/setup-node/blob/main/src/authutil.ts */
function nodeSetupUse(known: KnownStep, use: ActionUse): ActionUse {
  if ((inputOf(known, 'registry-url') ?? '') === '' || !hasOwnToken(known, 'NODE_AUTH_TOKEN')) return use;
  return { ...use, leaves: { ...use.leaves, stored: true } };
}

/** With a source, the token is written to a `nuget.config`. @see https://github.com/actions/setup-dotnet/blob/main/src/authutil.ts */
function dotnetSetupUse(known: KnownStep, use: ActionUse): ActionUse {
  if (!isGitHubRegistry(markedInput(known, 'source-url')) || !hasOwnToken(known, 'NUGET_AUTH_TOKEN')) return use;
  return { ...use, leaves: { ...use.leaves, registries: ['nuget.pkg.github.com'] } };
}

function hasOwnToken({ context: { reach } }: KnownStep, variable: string): boolean {
  const written = Object.hasOwn(reach.env, variable) ? (reach.env[variable] ?? '') : '';
  return credentialOf(written, reach) === 'own';
}
