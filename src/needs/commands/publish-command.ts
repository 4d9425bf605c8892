import type { StepUse } from '../../model/needs.ts';
import type { CommandCall } from './command.ts';
import { isHandedToken } from './command.ts';
import { ANYTHING, holdsToken } from '../marked-text.ts';
import { hasOption, optionValue, positionals } from './options.ts';
import { publishedTo } from './registry-command.ts';
import { holderOf } from '../step-token.ts';
import { allUses, NO_USE, neededBy, uncertainFor } from '../uses.ts';

const WRITE_PACKAGES = [[{ permission: 'packages', level: 'write' }]] as const;
const IDENTITY = [[{ permission: 'id-token', level: 'write' }]] as const;

/** Names of a program's commands that publish, with a reader for each; `null` for any other command. */
export function publishCommandUse(call: CommandCall): StepUse | null {
  const { program, args } = call;
  const [first, second, third] = positionals(args, new Set(['-C', '--prefix', '--filter', '-F', '--dir']));
  if (['npm', 'pnpm', 'bun', 'yarn', 'lerna'].includes(program)) {
    if (first === 'publish' || (program === 'yarn' && first === 'npm' && second === 'publish'))
      return npmPublishUse(call);
    return null;
  }
  if (program === 'cosign') return cosignUse(call, first ?? '');
  if (program === 'twine' && first === 'upload')
    return pypiUse(call, ['TWINE_PASSWORD', 'TWINE_USERNAME'], ['-p', '--password']);
  if (program === 'python' && first === 'twine' && second === 'upload') {
    return pypiUse(call, ['TWINE_PASSWORD', 'TWINE_USERNAME'], ['-p', '--password']);
  }
  if (program === 'python' && args[0] === '-m' && args[1] === 'sigstore') return sigstoreUse(call);
  if (program === 'sigstore') return sigstoreUse(call);
  if (program === 'uv' && first === 'publish')
    return pypiUse(call, ['UV_PUBLISH_TOKEN', 'UV_PUBLISH_PASSWORD'], ['-t', '--token', '-p', '--password']);
  if (program === 'dotnet' && first === 'nuget') {
    if (second === 'push') return nugetPushUse(call);
    if (second === 'add' || second === 'update') return third === 'source' ? rememberNuget(call) : NO_USE;
  }
  if (program === 'nuget' && first === 'push') return nugetPushUse(call);
  if (program === 'nuget' && first === 'sources') return rememberNuget(call);
  if (program === 'gem' && first === 'push') return gemPushUse(call);
  return null;
}

/**
 * `npm publish` to GitHub's registry has the token in a variable such as `NODE_AUTH_TOKEN`; to npmjs.com it may come with
 * an identity token instead, or for a statement of provenance.
 *
 * @see https://docs.npmjs.com/trusted-publishers, https://docs.npmjs.com/generating-provenance-statements
 */
function npmPublishUse({ program, args, environment, caller, context, found }: CommandCall): StepUse {
  if (hasOption(args, ['--dry-run'])) return NO_USE;
  const tokens = Object.entries(environment).filter(([name]) =>
    /^(NODE_AUTH|NPM|NPM_CONFIG|YARN_NPM_AUTH|GITHUB|GH|npm)_?\w*TOKEN$/i.test(name),
  );
  const own = tokens.some(([, value]) => holdsToken(value));
  const other = tokens.some(([, value]) => holderOf(value) === 'other');
  const registry = publishedTo(args);
  const toGithub = /npm\.pkg\.github\.com/.test(registry);
  const by = `${program} publish`;
  const asked = hasOption(args, ['--provenance']) || /^true$/i.test(environment['NPM_CONFIG_PROVENANCE'] ?? '');
  const maybe = !own && !toGithub && context.reach.identity === true;
  return allUses([
    found.stored ? uncertainFor(caller, 'all', `${by} may find the token in a file`) : NO_USE,
    own && (toGithub || !other) && isNodeToken(tokens)
      ? neededBy(caller, WRITE_PACKAGES, `${by} to GitHub's registry`)
      : own
        ? uncertainFor(caller, 'all', `what ${by} runs can use the job's token`)
        : NO_USE,
    asked
      ? neededBy(caller, IDENTITY, `${by} with provenance`)
      : maybe
        ? uncertainFor(caller, ['id-token'], `${by} can be a trusted publisher`)
        : NO_USE,
  ]);
}

/** The token is in the variable that npm's configuration reads, not only in one for other programs. */
function isNodeToken(tokens: readonly (readonly [string, string])[]): boolean {
  return tokens.some(([name, value]) => !/^(GITHUB|GH)_TOKEN$/.test(name) && holdsToken(value));
}

/** Without a key, a signature is made with the identity token. @see https://docs.sigstore.dev/cosign/signing/overview */
function cosignUse({ args, caller, found }: CommandCall, subcommand: string): StepUse {
  if (!['sign', 'sign-blob', 'attest', 'attest-blob'].includes(subcommand)) {
    const writes = ['attach', 'copy', 'clean', 'upload'].includes(subcommand) && found.registries.size > 0;
    return writes ? uncertainFor(caller, ['packages'], `cosign ${subcommand} may write to the registry`) : NO_USE;
  }
  const keyed = hasOption(args, ['--key', '--sk', '--identity-token']) || args.includes('-key');
  const image = !subcommand.endsWith('-blob') && found.registries.size > 0 && !hasOption(args, ['--upload=false']);
  return allUses([
    keyed ? NO_USE : neededBy(caller, IDENTITY, `cosign ${subcommand} without a key`),
    image ? uncertainOrNeeded() : NO_USE,
  ]);

  function uncertainOrNeeded(): StepUse {
    const known = args.some((arg) => /(^|\/\/)ghcr\.io\//.test(arg));
    const because = `cosign ${subcommand} stores the signature beside the image`;
    return known ? neededBy(caller, WRITE_PACKAGES, because) : uncertainFor(caller, ['packages'], because);
  }
}

function sigstoreUse({ args, caller }: CommandCall): StepUse {
  return args.includes('sign') && !hasOption(args, ['--identity-token'])
    ? neededBy(caller, IDENTITY, 'sigstore signs with the identity token')
    : NO_USE;
}

/** Without a password both are trusted publishers, where PyPI knows them. @see https://docs.pypi.org/trusted-publishers */
function pypiUse(
  { program, args, environment, caller }: CommandCall,
  names: readonly string[],
  options: readonly string[],
): StepUse {
  const signs = hasOption(args, ['--attestations']) || optionValue(args, ['--trusted-publishing']) === 'always';
  if (signs) return neededBy(caller, IDENTITY, `${program} asks for an identity token`);
  const password = names.some((name) => (environment[name] ?? '') !== '') || hasOption(args, options);
  return password
    ? NO_USE
    : uncertainFor(caller, ['id-token'], `${program} without a password can be a trusted publisher`);
}

/** @see https://docs.github.com/en/packages/working-with-a-github-packages-registry/working-with-the-nuget-registry */
function nugetPushUse(call: CommandCall): StepUse {
  const { args, caller, found } = call;
  const source = publishedTo(args);
  const handed =
    isHandedToken(call) ||
    found.registries.has(source) ||
    (found.registries.has('nuget.pkg.github.com') && !/^https?:/.test(source));
  const elsewhere =
    /^https?:\/\//.test(source) && !/nuget\.pkg\.github\.com/.test(source) && !source.includes(ANYTHING);
  if (!handed || elsewhere)
    return handed && isHandedToken(call) ? uncertainFor(caller, 'all', `the token is handed to ${source}`) : NO_USE;
  return neededBy(caller, WRITE_PACKAGES, "nuget push to GitHub's registry");
}

function rememberNuget(call: CommandCall): StepUse {
  if (isHandedToken(call)) {
    call.found.registries.add('nuget.pkg.github.com');
    const name = optionValue(call.args, ['-n', '--name', '-Name']);
    if (name !== undefined) call.found.registries.add(name);
  }
  return NO_USE;
}

/** @see https://docs.github.com/en/packages/working-with-a-github-packages-registry/working-with-the-rubygems-registry */
function gemPushUse(call: CommandCall): StepUse {
  const { args, caller, environment, context } = call;
  const toGithub = /rubygems\.pkg\.github\.com/.test(publishedTo(args));
  if (toGithub) return neededBy(caller, WRITE_PACKAGES, "gem push to GitHub's registry");
  if ((environment['GEM_HOST_API_KEY'] ?? '') !== '') {
    return holdsToken(environment['GEM_HOST_API_KEY'] ?? '')
      ? uncertainFor(caller, ['packages'], 'gem push with the token')
      : NO_USE;
  }
  return context.reach.identity === true
    ? uncertainFor(caller, ['id-token'], 'gem push can be a trusted publisher')
    : NO_USE;
}
