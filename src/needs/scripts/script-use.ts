import type { StepUse } from '../../model/needs.ts';
import { readCmdScript } from './cmd-script.ts';
import { commandUse } from '../commands/command-use.ts';
import type { Found } from '../commands/command.ts';
import type { Invocation, ReadScript } from './invocation.ts';
import { holdsToken, readableCommand } from '../marked-text.ts';
import { readPowerShellScript } from './powershell-script.ts';
import { readShellScript } from './shell-script.ts';
import type { StepContext } from '../step-context.ts';
import { locationOf } from '../step-context.ts';
import type { Caller } from '../uses.ts';
import { allUses, identityFor, NO_USE, uncertainFor } from '../uses.ts';

/** The language of a script. */
export type ScriptLanguage = 'shell' | 'powershell' | 'cmd';

/** A script with what it finds, and where it is said to stand. */
export interface ScriptSource {
  /** With marks. */
  readonly text: string;
  readonly language: ScriptLanguage;
  /** The step's environment, with marks. */
  readonly environment: Readonly<Record<string, string>>;
  readonly context: StepContext;
  /** What commands before it left; the script's own are added. */
  readonly found: Found;
  /** How deep scripts call scripts here. */
  readonly depth: number;
  /** The line of the step's script that runs it; `null` for the step's script itself. */
  readonly line: number | null;
}

/** The address of GitHub's service for identity tokens. @see https://docs.github.com/en/actions/reference/security/oidc */
const IDENTITY_REQUEST = /ACTIONS_ID_TOKEN_REQUEST_(URL|TOKEN)/;

const readers: Readonly<
  Record<ScriptLanguage, (text: string, environment: Readonly<Record<string, string>>) => ReadScript>
> = { shell: readShellScript, powershell: readPowerShellScript, cmd: readCmdScript };

/** No script has so many commands in earnest. What comes behind them is not read. */
const MOST_COMMANDS = 10_000;

/** What a script uses, command by command, in their order. */
export function scriptUse(source: ScriptSource): StepUse {
  const script = readers[source.language](source.text, source.environment);
  const isWhole = script.whole && script.invocations.length <= MOST_COMMANDS;
  const uses = script.invocations
    .slice(0, MOST_COMMANDS)
    .map((invocation) => invocationUse(invocation, source, script));
  return allUses([identityUse(source), ...uses, isWhole ? NO_USE : brokenUse(source)]);
}

function callerAt(source: ScriptSource, line: number, column: number, by: string, tolerated: boolean): Caller {
  const { context } = source;
  const location =
    source.line === null ? locationOf(context.place, line, column) : locationOf(context.place, source.line, 1);
  return { location, by, events: context.events ?? [], tolerated };
}

function invocationUse(invocation: Invocation, source: ScriptSource, script: ReadScript): StepUse {
  const { found } = source;
  const by = readableCommand(invocation.words).slice(0, 60);
  const caller = callerAt(source, invocation.line, invocation.column, by, invocation.tolerated);
  const environment = { ...source.environment, ...invocation.env };
  if (writesToken(invocation)) found.stored = true;
  if (invocation.words.some((word) => holdsToken(word)) && /^(export|declare)$/.test(invocation.words[0] ?? ''))
    return NO_USE;
  return commandUse(invocation.words, { invocation, environment, caller, source, functions: script.functions });
}

/** Whether the token ends up in a file that others can read. */
function writesToken({ words, input, writes }: Invocation): boolean {
  const holds = words.some(holdsToken) || (input !== null && holdsToken(input));
  if (!holds) return false;
  const files = words[0] === 'tee' ? [...writes, ...words.slice(1)] : writes;
  return ['echo', 'printf', 'cat', 'tee'].includes(words[0] ?? '') && files.some((file) => !file.startsWith('/dev/'));
}

function identityUse(source: ScriptSource): StepUse {
  const line = source.text.split('\n').findIndex((text) => IDENTITY_REQUEST.test(text) && !/^\s*#/.test(text));
  if (line === -1) return NO_USE;
  return identityFor(callerAt(source, line, 1, 'ACTIONS_ID_TOKEN_REQUEST_URL', false), true);
}

/** A script that cannot be parsed may do all that the step can. */
function brokenUse(source: ScriptSource): StepUse {
  const caller = callerAt(source, 0, 1, 'run', false);
  const reaches =
    source.found.stored ||
    source.found.ghLogin ||
    Object.values(source.environment).some(holdsToken) ||
    holdsToken(source.text);
  const because = 'the script could not be read whole';
  if (reaches) return uncertainFor(caller, 'all', because);
  return source.found.git ? uncertainFor(caller, ['contents'], because) : NO_USE;
}
