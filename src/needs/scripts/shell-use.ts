import type { StepUse } from '../../model/needs.ts';
import type { Found } from '../commands/command.ts';
import { opaqueUse } from '../commands/command.ts';
import { javaScriptFileUse } from './javascript-step.ts';
import { holdsToken } from '../marked-text.ts';
import type { ScriptLanguage, ScriptSource } from './script-use.ts';
import { scriptUse } from './script-use.ts';
import type { LeftBehind } from '../left-behind.ts';
import type { StepContext, TokenReach } from '../step-context.ts';
import { locationOf } from '../step-context.ts';
import { stepEnvironment, withEnvironment } from '../step-token.ts';
import { leaving } from '../uses.ts';

/** What a script uses, and what it leaves for the steps after it. */
export interface ScriptUse extends StepUse {
  readonly leaves: LeftBehind;
}

/** What earlier steps left, for the commands of a script to add to. */
export function foundBy({
  git,
  otherGit = false,
  stored = false,
  ghLogin = false,
  registries = [],
}: TokenReach): Found {
  return {
    git,
    stored,
    ghLogin,
    gitEverywhere: false,
    otherGit,
    registries: new Set(registries),
    remotes: new Map(),
  };
}

function leftIn({ stored, ghLogin, git, otherGit, registries }: Found): LeftBehind {
  return { stored, ghLogin, git, otherGit, registries: [...registries] };
}

/** The language of `shell:`; `null` for one that has no reader. @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
function languageOf(shell: string): ScriptLanguage | 'node' | null {
  const program = /^\s*([^\s]+)/
    .exec(shell)?.[1]
    ?.replace(/^.*\//, '')
    .replace(/\.exe$/i, '')
    .toLowerCase();
  switch (program) {
    case 'bash':
    case 'sh':
    case 'dash':
    case 'zsh':
      return 'shell';
    case 'pwsh':
    case 'powershell':
      return 'powershell';
    case 'cmd':
      return 'cmd';
    case 'node':
      return 'node';
    default:
      return null;
  }
}

/**
 * What the script of a `run` step uses. A step that can reach nothing needs nothing, whatever it runs.
 *
 * @param script As written, with its `${{ }}`.
 * @param shell The step's shell: `bash`, `sh`, `pwsh`, `powershell`, `cmd`, `python`, or a template with `{0}`.
 */
export function shellUse(script: string, shell: string, context: StepContext): ScriptUse {
  const { reach } = context;
  const environment = stepEnvironment(reach);
  const found = foundBy(reach);
  const text = withEnvironment(script, reach.env, reach.tokenExpressions ?? []);
  const language = languageOf(shell);
  const source: ScriptSource = {
    text,
    language: language === null || language === 'node' ? 'shell' : language,
    environment,
    context,
    found,
    depth: 0,
    line: null,
  };
  if (language !== null && language !== 'node') return leaving(scriptUse(source), leftIn(found));
  const call = {
    program: shell,
    args: [],
    invocation: {
      words: [shell],
      line: 0,
      column: 1,
      env: {},
      input: holdsToken(text) ? text : null,
      writes: [],
      tolerated: false,
    },
    environment,
    caller: { location: locationOf(context.place, 0, 1), by: 'run', events: context.events ?? [], tolerated: false },
    context,
    found,
  };
  const use = language === 'node' ? javaScriptFileUse(call, text, source) : opaqueUse(call, `a script for ${shell}`);
  return leaving(use, leftIn(found));
}
