import { startedBy } from './action-condition.ts';
import type { ActionUse } from './action-entry.ts';
import type { KnownStep } from './action-step.ts';
import { inputOf, markedInput } from './action-step.ts';
import { credentialOf, holderFor, isGitHubRegistry } from './action-token.ts';
import { requestUse } from '../api/api-request.ts';
import { checkoutUse } from './checkout-action.ts';
import { bakeUse, buildPushUse, metadataUse, registryLoginUse } from './docker-actions.ts';
import { doubted } from '../commands/command.ts';
import { githubScriptUse } from './github-script-use.ts';
import { ANYTHING } from '../marked-text.ts';
import { allUses, leaving, NO_USE, uncertainFor } from '../uses.ts';

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
  ['docker/metadata-action', metadataUse],
  ['goreleaser/goreleaser-action', goreleaserUse],
  ['octokit/request-action', (known) => routeUse(known)],
  ['redhat-actions/podman-login', (known) => registryLoginUse(known, 'registry')],
  ['tj-actions/changed-files', changedFilesUse],
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
  return leaving(use, { ...use.leaves, stored: true });
}

/** With a source, the token is written to a `nuget.config`. @see https://github.com/actions/setup-dotnet/blob/main/src/authutil.ts */
function dotnetSetupUse(known: KnownStep, use: ActionUse): ActionUse {
  if (!isGitHubRegistry(markedInput(known, 'source-url')) || !hasOwnToken(known, 'NUGET_AUTH_TOKEN')) return use;
  return leaving(use, { ...use.leaves, registries: ['nuget.pkg.github.com'] });
}

function hasOwnToken({ context: { reach } }: KnownStep, variable: string): boolean {
  const written = Object.hasOwn(reach.env, variable) ? (reach.env[variable] ?? '') : '';
  return credentialOf(written, reach) === 'own';
}

/** The request that the input `route` names, with the token in the environment. @see https://github.com/octokit/request-action */
function routeUse(known: KnownStep): ActionUse {
  const { context, caller, step } = known;
  const holder = holderFor({ env: ['GITHUB_TOKEN'] }, known);
  if (holder !== 'own' && holder !== 'maybe') return NO_USE;
  // `{owner}` is filled in from the input `owner`, and so are all others but what the request is handed in its body.
  const route = markedInput(known, 'route').replace(/\{(\w+)\}/g, (_, name: string) =>
    step.inputs.has(name) ? markedInput(known, name) : ANYTHING,
  );
  const [method = '', path = ''] = route.includes(' ') ? route.trim().split(/\s+/) : ['GET', route.trim()];
  const query = inputOf(known, 'query') ?? null;
  const use = requestUse({ method: method.toUpperCase(), path, graphql: query }, caller, context.repository);
  return holder === 'own' ? use : doubted(use, caller, 'it may have the job’s token');
}

/** Where nothing was checked out, the API says what a pull request changes. @see https://github.com/tj-actions/changed-files/blob/main/src/main.ts */
function changedFilesUse(known: KnownStep, use: ActionUse): ActionUse {
  const about = startedBy(known)?.some((event) => /^pull_request(_target)?$/.test(event)) ?? true;
  const holder = holderFor({ input: 'token', default: true }, known);
  if (known.context.reach.git || !about || holder === 'other' || holder === 'none') return use;
  return allUses([use, uncertainFor(known.caller, ['pull-requests'], 'without a checkout it asks the API')]);
}

/** What GoReleaser's configuration has to say for a permission to be used. @see https://goreleaser.com/customization */
const IN_CONFIGURATION: ReadonlyMap<string, RegExp> = new Map([
  ['issues', /^milestones:/m],
  ['packages', /ghcr\.io|^(dockers|docker_manifests|dockers_v2|kos):/m],
  ['id-token', /^(signs|docker_signs|binary_signs|docker_sboms):/m],
]);

/** `release:` with `disable: true` below it. */
const RELEASES_NOTHING = /^release:[ \t]*\r?\n(?:(?:[ \t\r][^\n]*)?\n)*?[ \t]+disable:[ \t]*['"]?true/m;

/** What a release does beside the release stands in the configuration, where that can be read. */
function goreleaserUse(known: KnownStep, use: ActionUse): ActionUse {
  const { readFile } = known.context;
  const given = /(?:--config|-f)[= ](\S+)/.exec(inputOf(known, 'args') ?? '')?.[1];
  const folder = (inputOf(known, 'workdir') ?? '.')
    .replace(/^\.\/?/, '')
    .replace(/\/?$/, '/')
    .replace(/^\//, '');
  const names = ['.goreleaser.yaml', '.goreleaser.yml', 'goreleaser.yaml', 'goreleaser.yml'];
  const texts = (given === undefined ? names : [given]).map((name) => readFile?.(folder + name) ?? null);
  const text = texts.find((found) => found !== null);
  // A configuration of its own may release nothing.
  if (text === undefined)
    return given === undefined ? use : doubted(use, known.caller, 'its configuration is not known');
  const uncertain = use.uncertain.filter(
    ({ permissions }) =>
      permissions === 'all' || permissions.some((name) => IN_CONFIGURATION.get(name)?.test(text) !== false),
  );
  const needs = RELEASES_NOTHING.test(text) ? [] : use.needs;
  return { ...use, needs, uncertain };
}
