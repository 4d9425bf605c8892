import type { StepUse } from '../../model/needs.ts';
import type { CommandCall } from '../commands/command.ts';
import { opaqueUse } from '../commands/command.ts';
import { commandUse } from '../commands/command-use.ts';
import { javaScriptUse } from './javascript-use.ts';
import { holdsToken } from '../marked-text.ts';
import type { ScriptSource } from './script-use.ts';
import { allUses, identityFor, NO_USE } from '../uses.ts';

/** Reads of variables: of which ones, or of all of them. */
const READS_VARIABLE = /process\s*\.\s*env\b(?:\s*\.\s*(\w+)|\s*\[\s*['"](\w+)['"]\s*\])?/g;

/** What a script that `node` runs uses. It has no client: with the token in a variable that it reads, all is open. */
export function javaScriptFileUse(call: CommandCall, text: string, source: ScriptSource): StepUse {
  const caller = call.caller;
  const read = javaScriptUse(text, { clients: [], caller: () => caller, repository: call.context.repository });
  if (read === null) return opaqueUse(call, 'a script that could not be read');
  const names = [...text.matchAll(READS_VARIABLE)].map(([, plain, quoted]) => plain ?? quoted);
  const readsToken = names.some((name) => name === undefined || holdsToken(call.environment[name] ?? ''));
  const [opaque] = read.opaque;
  if (opaque !== undefined || read.files.length > 0 || readsToken || holdsToken(text)) {
    return opaqueUse(call, opaque?.what ?? 'a script of JavaScript');
  }
  const place = {
    invocation: call.invocation,
    environment: call.environment,
    caller,
    source,
    functions: new Set<string>(),
  };
  const identity = read.identity.map(({ always }) => identityFor(caller, always));
  return allUses([NO_USE, ...identity, ...read.uses, ...read.commands.map(({ words }) => commandUse(words, place))]);
}
