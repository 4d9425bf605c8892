import type { StepUse } from '../../model/needs.ts';
import type { CommandCall } from './command.ts';
import { opaqueUse } from './command.ts';
import { javaScriptFileUse } from '../scripts/javascript-step.ts';
import { ANYTHING, markedText, readable } from '../marked-text.ts';
import { holdsToken } from '../marked-text.ts';
import { optionValue } from './options.ts';
import type { ScriptLanguage, ScriptSource } from '../scripts/script-use.ts';
import { scriptUse } from '../scripts/script-use.ts';
import { NO_USE } from '../uses.ts';

const SHELLS = new Set(['bash', 'sh', 'dash', 'ash', 'zsh']);
const DEEPEST = 5;

/** What a program that runs a script uses, when the script is there to read; `null` for any other program. */
export function interpreterUse(call: CommandCall, source: ScriptSource): StepUse | null {
  const { program, args, invocation } = call;
  if (SHELLS.has(program)) {
    const inline = args.findIndex((arg) => /^-[a-z]*c$/.test(arg));
    if (inline !== -1) return nestedUse(call, source, args[inline + 1], 'shell');
    const file = args.find((arg) => !/^[-+]/.test(arg) && !/^(pipefail|errexit|nounset|xtrace)$/.test(arg));
    if (file !== undefined) return fileUse(call, source, file);
    return nestedUse(call, source, invocation.input ?? undefined, 'shell');
  }
  if (program === 'eval') return nestedUse(call, source, args.join(' '), 'shell');
  if (program === 'source' || program === '.') return sourcedUse(call, source, args[0] ?? ANYTHING);
  if (/^(pwsh|powershell)$/i.test(program)) {
    const inline = args.findIndex((arg) => /^-c(ommand)?$/i.test(arg));
    if (inline !== -1) return nestedUse(call, source, args.slice(inline + 1).join(' '), 'powershell');
    const file = optionValue(args, ['-File', '-f', '-file']) ?? args.find((arg) => arg.endsWith('.ps1'));
    return file === undefined ? opaqueUse(call, call.caller.by) : fileUse(call, source, file);
  }
  if (program === 'cmd') {
    const inline = args.findIndex((arg) => /^\/c$/i.test(arg));
    return inline === -1 ? opaqueUse(call, 'cmd') : nestedUse(call, source, args.slice(inline + 1).join(' '), 'cmd');
  }
  if (program === 'node' || program === 'nodejs') return nodeUse(call, source);
  if (program === 'python') return pythonUse(call);
  if (/^\.{0,2}\/|\.(sh|bash|ps1|js|mjs|cjs)$/.test(program) && !call.program.startsWith('/usr/'))
    return fileUse(call, source, program);
  return null;
}

/** A script that is an argument or on the standard input. */
function nestedUse(
  call: CommandCall,
  source: ScriptSource,
  text: string | undefined,
  language: ScriptLanguage,
): StepUse {
  if (text === undefined || text.includes(ANYTHING) || source.depth >= DEEPEST) {
    // Most of `eval "$(ssh-agent)"` and the like is a program's own output: nothing of it is known.
    return /^\s*$/.test(text ?? ANYTHING) ? NO_USE : opaqueUse(call, call.caller.by);
  }
  const line = source.line ?? call.invocation.line;
  return scriptUse({ ...source, text, language, environment: call.environment, depth: source.depth + 1, line });
}

/** Files that set variables and no more, of programs that are known. */
const SETTINGS =
  /(^|\/)(activate|\.bashrc|\.profile|\.bash_profile|nvm\.sh|sdkman-init\.sh|cargo\/env|\.cargo\/env|conda\.sh|setupvars\.sh|emsdk_env\.sh|\.env|os-release|nix\.sh|nix-daemon\.sh|environment|setvars\.sh)$/;

function sourcedUse(call: CommandCall, source: ScriptSource, path: string): StepUse {
  return SETTINGS.test(path) ? NO_USE : fileUse(call, source, path);
}

/** From the checkout's root; `null` outside of it, and where that cannot be told. */
function checkoutPath(path: string): string | null {
  const bare = path.replace(/^(\.\/)+/, '');
  return /^(\/|~|\.\.)/.test(bare) || bare.includes(ANYTHING) ? null : bare;
}

/** A file of the checkout that is run. Without the file, all is open. */
function fileUse(call: CommandCall, source: ScriptSource, path: string): StepUse {
  const inside = checkoutPath(path);
  const text = inside === null ? null : (source.context.readFile?.(inside) ?? null);
  if (text === null || source.depth >= DEEPEST) return opaqueUse(call, readable(path));
  const first = text.split('\n', 1)[0] ?? '';
  if (/\.[cm]?js$/.test(path) || /^#!.*\bnode\b/.test(first)) return javaScriptFileUse(call, text, source);
  const shell = /^#!.*\b(ba|da|a|z)?sh\b/.test(first) || (/\.(sh|bash)$/.test(path) && !first.startsWith('#!'));
  const language = path.endsWith('.ps1') ? 'powershell' : shell || SHELLS.has(call.program) ? 'shell' : null;
  return language === null ? opaqueUse(call, readable(path)) : nestedUse(call, source, markedText(text), language);
}

function nodeUse(call: CommandCall, source: ScriptSource): StepUse {
  const inline = optionValue(call.args, ['-e', '--eval', '-p', '--print', '-pe']);
  if (inline !== undefined) return javaScriptFileUse(call, inline, source);
  const file = call.args.find((arg) => !arg.startsWith('-'));
  if (file !== undefined && file !== '-') return fileUse(call, source, file);
  const { input } = call.invocation;
  return input === null ? NO_USE : javaScriptFileUse(call, input, source);
}

const QUIET_PYTHON =
  /^(json|sys|os|os\.path|re|pathlib|datetime|time|string|textwrap|tomllib|tomli|yaml|csv|math|hashlib|base64|glob|shutil|platform|sysconfig|site|itertools|collections|functools|configparser|xml\.etree\.ElementTree|zipfile|tarfile|uuid|random|ast|importlib(\.metadata)?|argparse|packaging(\.version)?|typing|dataclasses|io|locale|struct|secrets|decimal|copy|difflib|html)$/;
const LOUD_PYTHON =
  /__import__|\b(exec|eval|compile|importlib\.import_module)\s*\(|subprocess|os\.(system|popen|exec\w*|spawn\w*|posix_spawn)|environ|getenv|socket|urllib|requests|http\.client/;

/** A few lines of Python that read and print: any other may do what the step can. */
function pythonUse(call: CommandCall): StepUse | null {
  const { args, invocation } = call;
  const inline =
    optionValue(args, ['-c']) ?? (args.length === 0 || args[0] === '-' ? (invocation.input ?? undefined) : undefined);
  if (inline === undefined) return null;
  const modules = [...inline.matchAll(/(?:^|[;\n])[^\S\n]*(?:import\s+([^;\n]+)|from\s+([\w.]+)\s+import)/g)].flatMap(
    ([, plain, from]) => (from ?? plain ?? '').split(',').map((name) => name.trim().split(/\s+/)[0] ?? ''),
  );
  const quiet =
    modules.every((name) => QUIET_PYTHON.test(name)) && !LOUD_PYTHON.test(inline) && !inline.startsWith(ANYTHING);
  return quiet && !holdsToken(inline) ? NO_USE : opaqueUse(call, 'a script of Python');
}
