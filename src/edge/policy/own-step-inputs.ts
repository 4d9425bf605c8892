import path from 'node:path';

import type { ComparedStep, RunInput } from '../../policy/gate/compare-step.ts';
import type { OwnStepNames } from '../../policy/gate/own-step.ts';
import { ACTION_INPUTS, type ActionInputValues, type OptionEntry } from '../command-line/option-table.ts';
import { withSlashes } from '../files/with-slashes.ts';

const ENTRIES = Object.entries<OptionEntry<unknown>>(ACTION_INPUTS);

/** What says where the report goes, or who asks, decides nothing; and the token's value is not written in the file. */
const HARMLESS: ReadonlySet<string> = new Set(['githubToken', 'jsonFile', 'sarifFile', 'summary']);

/** The folder of an action, from the root of the workspace; `null` when it lies elsewhere. */
function folderIn(workspace: string, folder: string | undefined): string | null {
  if (folder === undefined || folder === '') return null;
  const relative = withSlashes(path.relative(path.resolve(workspace), path.resolve(folder)));
  return path.isAbsolute(relative) || relative.split('/')[0] === '..' ? null : relative;
}

/**
 * What the runner tells of the step that runs us; `null` when it does not tell, or when the workflow is another
 * repository's, as one is that a ruleset requires: no pull request changes that one.
 *
 * @param script the file that runs.
 */
export function ownStepNames(env: NodeJS.ProcessEnv, script: string | undefined): OwnStepNames | 'elsewhere' | null {
  const { GITHUB_WORKFLOW_REF: reference, GITHUB_JOB: job, GITHUB_ACTION: step, GITHUB_REPOSITORY: own } = env;
  // https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables
  const [, repository, workflow] = /^([^/]+\/[^/]+)\/(.+?)@/.exec(reference ?? '') ?? [];
  if (repository === undefined || workflow === undefined || !job) return null;
  if (repository.toLowerCase() !== (own ?? '').toLowerCase()) return 'elsewhere';
  const action = env.GITHUB_ACTION_REPOSITORY || null;
  const workspace = env.GITHUB_WORKSPACE || process.cwd();
  const folder =
    action === null
      ? (folderIn(workspace, env.GITHUB_ACTION_PATH) ??
        folderIn(workspace, script === undefined ? undefined : path.dirname(path.dirname(script))))
      : null;
  return action === null && folder === null ? null : { workflow, job, step: step ?? '', action, folder };
}

/** Every input of this run, as the runner hands it over. */
export function runInputs(input: (name: string) => string): readonly RunInput[] {
  return ENTRIES.flatMap(([, entry]) => {
    if (entry.input === null) return [];
    const words = entry.takes === '' ? ['true', 'false'] : entry.takes.split('|');
    const fallback = words.includes(entry.default) ? entry.default : '';
    return [{ name: entry.input, value: input(entry.input), default: fallback }];
  });
}

/** The inputs with what the base says in place of what the head changes. */
export function restoredInputs(inputs: ActionInputValues, restored: ComparedStep['restored']): ActionInputValues {
  const values: Record<string, unknown> = { ...inputs };
  for (const [key, { input, parse }] of ENTRIES) {
    if (input === null || HARMLESS.has(key)) continue;
    const text = restored === 'all' ? null : restored.get(input);
    if (text === undefined) continue;
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- an input that is not given is not there
    delete values[key];
    if (text !== null && text.trim() !== '') values[key] = parse(text.trim(), `The input ${input} in the base branch`);
  }
  return values;
}
