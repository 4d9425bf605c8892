import type { JobInChain } from '../../calls/call-tree.ts';
import type { Settings } from '../../model/settings.ts';
import type { Job, Step } from '../../model/workflow.ts';
import { before } from './reach.ts';
import { inputOf } from './scope.ts';

/** Actions and calls of the API that ask what somebody may do, or to which team they belong. */
const ASKS_WHO =
  /\bgetCollaboratorPermissionLevel\b|\bcheckCollaborator\b|\bcheckMembershipForUser\b|\bgetMembershipForUserInOrg\b|\/collaborators\/[^\s"']+|\/memberships?\/|author_?association\b/i;
const CHECKS_WHO =
  /^[^@]*\/(?:[\w-]*(?:check-user-permission|check-actor-permissions?|actor-permission|repo-permission-check|permission-check|check-permissions?|user-permissions?|team-membership|get-user-teams-membership|is-organization-member|is-member)[\w-]*)@/i;

/** Actions that answer people with write access alone, unless they are told otherwise. */
const ANSWERS_WRITERS =
  /^(?:anthropics\/claude-code-action|xt0rted\/slash-command-action|peter-evans\/slash-command-dispatch|github\/command)@/i;

/** Conditions that ask for a label, which only people with the role triage give. */
const ASKS_FOR_LABEL = /\.labels?\b/i;

/**
 * What stands between an outsider and a job that runs all the same, as far as the files show, in a sentence: how well it
 * holds is nothing that they show. `null` where there is nothing.
 */
export function approvalOf(leaf: JobInChain, { visibility }: Settings): string | null {
  const jobs = before(leaf);
  const environment = jobs.map((job) => job.environment?.text).find((name) => name !== undefined);
  if (environment !== undefined && !PUBLISHES_PAGES.has(environment)) {
    return `The environment '${environment}' may ask for a review first. Its settings say whether it does.`;
  }
  if (jobs.some((job) => job.steps.some(asksWho))) {
    return 'A step seems to ask who started the run. Whether that stops the job was not checked.';
  }
  if (jobs.some(asksForLabel)) {
    return 'A condition asks for a label, which stays when new commits are pushed.';
  }
  if (visibility === 'private' || visibility === 'internal') {
    return `The repository is ${visibility}, so the outsider is somebody who can read it.`;
  }
  return null;
}

/** GitHub makes this one, and it asks nobody. */
const PUBLISHES_PAGES: ReadonlySet<string> = new Set(['github-pages']);

function asksWho(step: Step): boolean {
  const { uses, run, env } = step;
  if (uses !== null && (CHECKS_WHO.test(uses.text) || ANSWERS_WRITERS.test(uses.text))) return true;
  const texts = [run?.text, inputOf(step, 'script')?.text, ...env.map(({ text }) => text)];
  return texts.some((text) => text !== undefined && ASKS_WHO.test(text));
}

function asksForLabel({ condition }: Job): boolean {
  return condition !== null && ASKS_FOR_LABEL.test(condition);
}
