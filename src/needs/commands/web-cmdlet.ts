import type { StepUse } from '../../model/needs.ts';
import type { CommandCall } from './command.ts';
import { curlCommandUse } from './curl-command.ts';
import { findsToken } from './command.ts';
import { ANYTHING } from '../marked-text.ts';
import { NO_USE, uncertainFor } from '../uses.ts';

/** PowerShell's requests. @see https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-restmethod */
const REQUESTS = /^(Invoke-RestMethod|Invoke-WebRequest|irm|iwr)$/i;

/**
 * What PowerShell's requests use. Headers and parameters stand in tables elsewhere in the script as a rule: a request
 * to GitHub that may have the token there is not seen into. `null` for any other command.
 */
export function webCmdletUse(call: CommandCall): StepUse | null {
  if (!REQUESTS.test(call.program)) return null;
  const parameter = (name: string): string | undefined => {
    const index = call.args.findIndex((arg) => arg.toLowerCase() === `-${name}`);
    return index === -1 ? undefined : call.args[index + 1];
  };
  const operand = call.args.find((arg, index) => !arg.startsWith('-') && !(call.args[index - 1] ?? '').startsWith('-'));
  const address = parameter('uri') ?? operand ?? ANYTHING;
  const headers = parameter('headers') ?? parameter('token') ?? parameter('authentication');
  if (headers === undefined && !call.args.some((arg) => arg.startsWith('@'))) return NO_USE;
  const asCurl = ['-X', parameter('method') ?? 'GET', '-H', headers ?? ANYTHING, address];
  const use = curlCommandUse({ ...call, program: 'curl', args: asCurl });
  if (use !== NO_USE || !findsToken(call)) return use;
  return uncertainFor(call.caller, 'all', `${call.program} may be handed the job's token`);
}
