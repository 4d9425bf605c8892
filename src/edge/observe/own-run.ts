import { readFileSync } from 'node:fs';

import type { ObservedRun } from '../../model/observed-run.ts';
import { jsonObject, textIn } from '../action/event-payload.ts';
import { WORKFLOW_FOLDER } from '../files/workflow-folder.ts';

/**
 * The run that a step is in, by its variables; `null` when they do not tell, or its workflow is another repository's.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables
 */
export function ownRun(env: NodeJS.ProcessEnv, now: Date): ObservedRun | null {
  const { GITHUB_REPOSITORY: repository = '', GITHUB_WORKFLOW_REF: workflow = '', GITHUB_EVENT_NAME: event } = env;
  const id = Number(env.GITHUB_RUN_ID);
  const commit = textIn(env.GITHUB_WORKFLOW_SHA);
  const path = pathIn(workflow, repository);
  if (path === null || commit === null || !event || !Number.isSafeInteger(id) || id <= 0) return null;
  return {
    id,
    attempt: Number(env.GITHUB_RUN_ATTEMPT) || 1,
    url: `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}/actions/runs/${id}`,
    path,
    event,
    commit,
    branch: textIn(env.GITHUB_HEAD_REF) ?? textIn(env.GITHUB_REF_NAME),
    actor: textIn(env.GITHUB_ACTOR),
    headRepository: headRepository(env.GITHUB_EVENT_PATH, repository),
    date: now.toISOString(),
    conclusion: null,
  };
}

/** The path in `OWNER/NAME/PATH@REF`, when that is of this repository. */
function pathIn(workflow: string, repository: string): string | null {
  const [file = ''] = workflow.split('@');
  const own = `${repository}/`;
  const path = file.slice(own.length);
  const isOwn = file.toLowerCase().startsWith(own.toLowerCase()) && path.startsWith(`${WORKFLOW_FOLDER}/`);
  return isOwn ? path : null;
}

/** Where the changes of a pull request are from; of any other event, the repository. `null` when nobody can tell. */
function headRepository(file: string | undefined, repository: string): string | null {
  let text: string;
  try {
    text = readFileSync(file ?? '', 'utf8');
  } catch {
    return null;
  }
  const { pull_request: request } = jsonObject(text) as {
    readonly pull_request?: { readonly head?: { readonly repo?: { readonly full_name?: unknown } | null } };
  };
  if (request === undefined) return repository;
  // A fork that was deleted is none any more.
  return textIn(request.head?.repo?.full_name);
}
