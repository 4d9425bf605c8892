import type { StepUse } from '../../model/needs.ts';
import type { CommandCall } from './command.ts';
import { isHandedToken, opaqueUse } from './command.ts';
import { ANYTHING, holdsToken, OWN_OWNER, OWN_REPOSITORY } from '../marked-text.ts';
import { hasOption, optionValue, optionValues, positionals } from './options.ts';
import type { Caller } from '../uses.ts';
import { allUses, NO_USE, neededBy, uncertainFor } from '../uses.ts';

/** GitHub's own registries. @see https://docs.github.com/en/packages */
const GITHUB_REGISTRY = /(^|[/.@])(ghcr\.io|docker\.pkg\.github\.com|containers\.[\w.-]+)(?=[/:]|$)/;

/** An image has no longer name. */
const LONGEST_NAME = 500;

function isGitHubs(image: string): boolean {
  return GITHUB_REGISTRY.test(image.slice(0, LONGEST_NAME));
}

/** Programs that push images or artifacts, with the subcommands that do and those that fetch. */
const PROGRAMS: Readonly<Record<string, { readonly push: readonly string[]; readonly pull: readonly string[] }>> = {
  docker: {
    push: ['push', 'image push', 'manifest push', 'compose push'],
    pull: ['pull', 'run', 'image pull', 'compose pull', 'compose up', 'manifest inspect', 'create'],
  },
  podman: { push: ['push', 'manifest push'], pull: ['pull', 'run'] },
  buildah: { push: ['push', 'manifest push'], pull: ['pull', 'from'] },
  nerdctl: { push: ['push'], pull: ['pull', 'run'] },
  skopeo: { push: ['copy', 'sync', 'delete'], pull: ['inspect', 'list-tags'] },
  crane: {
    push: ['push', 'copy', 'cp', 'tag', 'append', 'mutate', 'rebase', 'index', 'delete'],
    pull: ['pull', 'digest', 'manifest', 'ls', 'config', 'export'],
  },
  oras: { push: ['push', 'copy', 'cp', 'attach', 'tag'], pull: ['pull', 'discover', 'manifest', 'resolve', 'repo'] },
  helm: { push: ['push'], pull: ['pull', 'install', 'upgrade', 'show', 'template', 'dependency'] },
  regctl: { push: ['image copy', 'index create'], pull: ['image digest', 'manifest get', 'tag ls'] },
  'docker-compose': { push: ['push'], pull: ['pull', 'up', 'run'] },
};

export function isRegistryProgram(program: string): boolean {
  return Object.hasOwn(PROGRAMS, program);
}

const LEADING = new Set([
  '--config',
  '--context',
  '-H',
  '--host',
  '-f',
  '--file',
  '-p',
  '--project-name',
  '--log-level',
]);

/**
 * What programs for container images use: a login with the token to a GitHub registry is `packages`.
 *
 * @see https://docs.github.com/en/packages/working-with-a-github-packages-registry/working-with-the-container-registry
 */
export function registryCommandUse(call: CommandCall): StepUse {
  const { program, args, caller, found } = call;
  const words = positionals(args, LEADING);
  const [first = '', second = ''] = words;
  if (first === 'login' || (first === 'auth' && second === 'login') || (first === 'registry' && second === 'login')) {
    const host = words.slice(1).find((word) => word.includes('.')) ?? ANYTHING;
    // The password on its input may come from a file that holds the token.
    if (isHandedToken(call) || (found.stored && call.invocation.input !== null)) found.registries.add(host);
    return NO_USE;
  }
  const pairs = [first, `${first} ${second}`];
  const { push, pull } = PROGRAMS[program] ?? { push: [], pull: [] };
  if (pairs.some((pair) => push.includes(pair))) return pushUse(call, `${program} ${first}`);
  if (isPushingBuild(args, words)) return allUses([pushUse(call, `${program} ${first}`), handedUse(call)]);
  const builds = found.registries.size > 0 && pairs.some((pair) => BUILDS.test(pair));
  const fetched = pairs.some((pair) => pull.includes(pair)) && found.registries.size > 0;
  const names = args.some((arg) => isGitHubs(arg));
  return allUses([
    builds ? buildUse(caller) : NO_USE,
    fetched && names
      ? uncertainFor(caller, ['packages'], `${program} ${first} may read an image that is not public`)
      : NO_USE,
    handedUse(call),
  ]);
}

const BUILDS = /^(build|bud|(buildx|compose|image) (build|bake))$/;

/** A build in a job that is logged in to the registry. What stands in its files is not seen: it may need no image of there. */
export function buildUse(caller: Caller): StepUse {
  const because = 'may build on images of the GitHub registry that are not public';
  const { needs } = neededBy(caller, [[{ permission: 'packages', level: 'read' }]], because);
  return { ...NO_USE, needs: needs.map((need) => ({ ...need, optional: true })) };
}

/** `docker buildx build --push`, `--output type=registry`, `buildx imagetools create`, `bake --push`. */
function isPushingBuild(args: readonly string[], words: readonly string[]): boolean {
  if (words.includes('imagetools')) return words.includes('create');
  return (
    hasOption(args, ['--push']) ||
    optionValues(args, ['-o', '--output']).some((output) => /type=registry|push=true/.test(output))
  );
}

function pushUse({ args, caller, found }: CommandCall, by: string): StepUse {
  if (found.registries.size === 0) return NO_USE;
  const images = [...args.filter((arg) => !arg.startsWith('-')), ...optionValues(args, ['-t', '--tag'])];
  const known = images.some((image) => isGitHubs(image));
  if (known) return neededBy(caller, [[{ permission: 'packages', level: 'write' }]], `${by} to the GitHub registry`);
  const elsewhere = images.some((image) => /^[\w-]+(\.[\w-]+)+(:\d+)?\//.test(image) || /^docker:\/\//.test(image));
  const unknown = images.some(
    (image) => image.includes(ANYTHING) || image.includes(OWN_REPOSITORY) || image.includes(OWN_OWNER),
  );
  return elsewhere && !unknown ? NO_USE : uncertainFor(caller, ['packages'], `${by}: it is not known where to`);
}

/** A container or a build that is handed the token by its value, or by the name of the variable. */
function handedUse(call: CommandCall): StepUse {
  const names = Object.entries(call.environment).flatMap(([name, value]) => (holdsToken(value) ? [name] : []));
  const named = call.args.some((arg) => names.some((name) => new RegExp(`(^|[=,])${name}(=|,|$)`).test(arg)));
  if (!named && !isHandedToken(call)) return NO_USE;
  return opaqueUse(call, `what ${call.program} runs`);
}

/** `dotnet nuget push`, `gem push`, `npm publish`: to GitHub's registry when they have the job's token, which no other takes. */
export function publishedTo(args: readonly string[]): string {
  return optionValue(args, ['--registry', '--source', '-s', '--host', '--repository-url', '--publish-url']) ?? ANYTHING;
}
