import type { StepUse } from '../../model/needs.ts';
import type { CommandCall } from './command.ts';
import { findsToken, isHandedToken, opaqueUse } from './command.ts';
import { curlCommandUse } from './curl-command.ts';
import { ghCommandUse } from './gh-command.ts';
import { gitCommandUse } from './git-command.ts';
import { interpreterUse } from './interpreter-command.ts';
import type { Invocation } from '../scripts/invocation.ts';
import { ANYTHING } from '../marked-text.ts';
import { optionValue } from './options.ts';
import { makesTargets, programKind, programName, wrappedWords } from './program-kinds.ts';
import { publishCommandUse } from './publish-command.ts';
import { isRegistryProgram, registryCommandUse } from './registry-command.ts';
import type { ScriptSource } from '../scripts/script-use.ts';
import type { Caller } from '../uses.ts';
import { NO_USE, uncertainFor } from '../uses.ts';
import { webCmdletUse } from './web-cmdlet.ts';

/** A command in its script. */
export interface CommandPlace {
  readonly invocation: Invocation;
  readonly environment: Readonly<Record<string, string>>;
  readonly caller: Caller;
  readonly source: ScriptSource;
  readonly functions: ReadonlySet<string>;
}

/** PowerShell's own commands: verbs that neither start programs nor send anything. */
const QUIET_CMDLET =
  /^(Write|Get|Set|New|Remove|Test|Copy|Move|Join|Split|Select|Where|ForEach|Sort|Group|Measure|Out|Add|Clear|ConvertTo|ConvertFrom|Convert|Expand|Compress|Format|Resolve|Rename|Push|Pop|Start-Sleep|Export|Import-(Csv|Clixml)|Tee|Compare|Update-(TypeData)|Enable|Disable|Wait|Stop|Start-(Service|Transcript))(-\w+)?$/i;

/** What one command of a script uses. */
export function commandUse(words: readonly string[], place: CommandPlace): StepUse {
  const [first = '', ...args] = words;
  const program = programName(first);
  const wrapped = wrappedWords(program, args);
  if (wrapped !== null) return wrapped.length === 0 ? NO_USE : commandUse(wrapped, place);
  if (place.functions.has(first) || first === '') return NO_USE;
  const { invocation, environment, caller, source } = place;
  const { context, found } = source;
  const call: CommandCall = { program, args, invocation, environment, caller, context, found };
  if (program === 'find') return foundUse(args, place);
  const published = publishCommandUse(call);
  if (published !== null) return published;
  if (program === 'gh') return ghCommandUse(call);
  if (program === 'git') return gitCommandUse(call);
  if (program === 'curl' || program === 'wget') return curlCommandUse(call);
  if (isRegistryProgram(program)) return registryCommandUse(call);
  const web = source.language === 'powershell' ? webCmdletUse(call) : null;
  if (web !== null) return web;
  const interpreted = interpreterUse(call, source);
  if (interpreted !== null) return interpreted;
  if (source.language === 'powershell' && QUIET_CMDLET.test(program)) return NO_USE;
  return programUse(call, first);
}

/** A program that has no reader. */
function programUse(call: CommandCall, name: string): StepUse {
  const what = name.includes(ANYTHING) ? 'a program that is not known' : call.caller.by;
  switch (programKind(call.program, call.args)) {
    case 'printing':
      return NO_USE;
    case 'silent':
      return isHandedToken(call) ? opaqueUse(call, what) : NO_USE;
    case 'build':
      if (findsToken(call) || isHandedToken(call)) return opaqueUse(call, what);
      return runsOwnCode(call) ? identityUse(call, what) : NO_USE;
    case 'unknown':
      return opaqueUse(call, what);
  }
}

/** Commands that run programs and tests of the repository, and not compilers or installers alone. */
const OWN_CODE =
  /^(run|run-script|test|tests|start|exec|x|xtask|e2e|nextest|bench|unit|integration|ci|cit|it|verify|check)([:._-]|$)|^(pytest|py\.test|unittest|jest|vitest|mocha|playwright|cypress|phpunit|rspec|tox|nox|ctest|ginkgo|gotestsum|manage\.py|setup\.py)$/;

function runsOwnCode({ program, args }: CommandCall): boolean {
  const words = [program, ...args.filter((arg) => !arg.startsWith('-')).slice(0, 3)];
  const installs = /^(npm|yarn|pnpm|bun)$/.test(program) && /^(ci|install|i|add)$/.test(args[0] ?? '');
  return !installs && (makesTargets(program) || words.some((word) => OWN_CODE.test(word)));
}

/** Such a program may ask for the identity token of a job that has one, as tests of signing and logging in do. */
function identityUse({ context, caller }: CommandCall, what: string): StepUse {
  return context.reach.identity === true
    ? uncertainFor(caller, ['id-token'], `${what} runs code of the repository, which can ask for an identity token`)
    : NO_USE;
}

/** `find … -exec program {} +` runs the program. */
function foundUse(args: readonly string[], place: CommandPlace): StepUse {
  const start = args.findIndex((arg) => /^-(exec|execdir|ok)$/.test(arg));
  return start === -1 || optionValue(args, ['-exec', '-execdir', '-ok']) === undefined
    ? NO_USE
    : commandUse(args.slice(start + 1), place);
}
