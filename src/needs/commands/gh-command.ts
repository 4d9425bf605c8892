import type { StepUse } from '../../model/needs.ts';
import type { CommandCall } from './command.ts';
import { doubted } from './command.ts';
import { ghUse } from './gh-use.ts';
import { holdsToken } from '../marked-text.ts';
import { hasOption } from './options.ts';
import { tokenFrom } from '../step-token.ts';
import { NO_USE } from '../uses.ts';

/** `GH_TOKEN` comes before `GITHUB_TOKEN`. @see https://cli.github.com/manual/gh_help_environment */
const VARIABLES = ['GH_TOKEN', 'GITHUB_TOKEN', 'GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'];

export function ghCommandUse(call: CommandCall): StepUse {
  const { args, invocation, environment, caller, context, found } = call;
  const holder = tokenFrom(VARIABLES, invocation, environment);
  const has = holder === 'own' || (holder === 'none' && found.ghLogin);
  const maybe = holder === 'maybe' || (holder === 'none' && found.stored);
  if (args[0] === 'auth') {
    if (args[1] === 'login' && invocation.input !== null && holdsToken(invocation.input)) found.ghLogin = true;
    if (args[1] === 'setup-git' && has) {
      found.git = true;
      found.gitEverywhere = true;
    }
    return NO_USE;
  }
  if (args.some(holdsToken) && args.includes('api')) return use(call);
  if (!has && !maybe) return NO_USE;
  return has ? use(call) : doubted(use(call), caller, `gh may have the job's token`);

  function use({ args }: CommandCall): StepUse {
    const environmentRepository = environment['GH_REPO'];
    const whole =
      isQueryFromInput(args) && invocation.input !== null ? [...args, '-f', `query=${invocation.input}`] : args;
    return ghUse(whole, caller, { repository: context.repository, environmentRepository });
  }
}

/** `gh api graphql -F query=@- <<EOF`. */
function isQueryFromInput(args: readonly string[]): boolean {
  return args.includes('graphql') && hasOption(args, ['query=@-']);
}
