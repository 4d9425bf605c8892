import type { StepUse } from '../model/needs.ts';
import type { CommandCall } from './command.ts';
import { findsToken, isHandedToken, opaqueUse } from './command.ts';
import { curlCommandUse } from './curl-command.ts';
import { ghCommandUse } from './gh-command.ts';
import { gitCommandUse } from './git-command.ts';
import { interpreterUse } from './interpreter-command.ts';
import type { Invocation } from './invocation.ts';
import { ANYTHING } from './marked-text.ts';
import { optionValue } from './options.ts';
import { programKind, programName, wrappedWords } from './program-kinds.ts';
import { publishCommandUse } from './publish-command.ts';
import { isRegistryProgram, registryCommandUse } from './registry-command.ts';
import type { ScriptSource } from './script-use.ts';
import type { Caller } from './uses.ts';
import { NO_USE } from './uses.ts';
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
      return findsToken(call) || isHandedToken(call) ? opaqueUse(call, what) : NO_USE;
    case 'unknown':
      return opaqueUse(call, what);
  }
}

/** `find … -exec program {} +` runs the program. */
function foundUse(args: readonly string[], place: CommandPlace): StepUse {
  const start = args.findIndex((arg) => /^-(exec|execdir|ok)$/.test(arg));
  return start === -1 || optionValue(args, ['-exec', '-execdir', '-ok']) === undefined
    ? NO_USE
    : commandUse(args.slice(start + 1), place);
}
