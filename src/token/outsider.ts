import type { Settings } from '../model/settings.ts';
import type { Trigger } from '../model/workflow.ts';
import { definitionOf } from '../workflow/grammar/grammar.ts';
import { readExpression } from '../workflow/expression.ts';
import { known, NULL, UNKNOWN } from './abstract-value.ts';
import type { Value } from './abstract-value.ts';
import { evaluateCondition } from './condition.ts';
import { runContext } from './run-context.ts';
import type { Run } from './run.ts';
import { isPullRequestEvent } from './trigger-events.ts';

/** What GitHub says of people without write access. A contributor is one whose pull request was merged once. */
const OUTSIDE: Value = {
  kind: 'text',
  oneOf: ['CONTRIBUTOR', 'FIRST_TIMER', 'FIRST_TIME_CONTRIBUTOR', 'MANNEQUIN', 'NONE'],
};

/**
 * An outsider can have a bot push to the branch of a pull request: Dependabot in a fork of one's own. Then the bot is the
 * actor.
 *
 * @see https://docs.zizmor.sh/audits/#bot-conditions
 */
const OUTSIDER_OR_BOT: Value = {
  kind: 'text',
  nonEmpty: true,
  writtenAs: ['dependabot[bot]', 'renovate[bot]', 'github-actions[bot]', 'pre-commit-ci[bot]'],
  differsFrom: 'owner',
};

/**
 * A condition that names accounts does not mean an outsider's. One that asks for a part of a name may: anybody can give
 * an account a name that begins so, and one that is a part of a longer text. No user has the `[` of a bot.
 *
 * @see https://docs.zizmor.sh/audits/#unsound-contains
 */
const OUTSIDER: Value = {
  kind: 'text',
  nonEmpty: true,
  writtenAs: [],
  letters: /^[\w-]*$/,
  differsFrom: 'owner',
};

/** Activity types of events that outsiders can cause. `null`: all of them. */
const OUTSIDER_TYPES: Readonly<Record<string, readonly string[] | null>> = {
  // Labels, assignees, milestones and the merge queue need the role triage or write; the author may close and reopen.
  pull_request: ['opened', 'synchronize', 'reopened', 'edited', 'closed', 'ready_for_review', 'converted_to_draft'],
  pull_request_target: [
    'opened',
    'synchronize',
    'reopened',
    'edited',
    'closed',
    'ready_for_review',
    'converted_to_draft',
  ],
  pull_request_review: null,
  pull_request_review_comment: null,
  issue_comment: null,
  issues: ['opened', 'edited', 'closed', 'reopened'],
  discussion: ['created', 'edited', 'answered', 'unanswered'],
  discussion_comment: null,
  fork: null,
  watch: null,
  workflow_run: null,
};

/**
 * The activity types of a trigger that somebody without write access can cause: none when an outsider cannot start the
 * workflow by this event, `null` when all types are meant and any may be.
 *
 * Not here: what needs the role triage or write (`label`, `milestone`, `project…`, `release`, `create`, `delete`, `push`,
 * `deployment`, `registry_package`), what administrators do (`public`, `branch_protection_rule`, `member`), what a push to
 * the branch of Pages does (`page_build`), what Apps with write access do (`status`, `check_run`, `check_suite`), and
 * `gollum`, since only people with write access edit a wiki unless its settings open it to all.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 * @see https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization
 * @see https://docs.github.com/en/communities/documenting-your-project-with-wikis/changing-access-permissions-for-wikis
 */
export function typesByOutsiders({ event, types }: Trigger): readonly string[] | null {
  if (!Object.hasOwn(OUTSIDER_TYPES, event)) return [];
  const possible = OUTSIDER_TYPES[event] ?? null;
  if (possible === null) return types === null || types.length === 0 ? null : types;
  const byDefault = isPullRequestEvent(event) ? ['opened', 'synchronize', 'reopened'] : possible;
  const written = types === null || types.length === 0 ? byDefault : types;
  return written.filter((type) => possible.includes(type));
}

/**
 * What is known of the contexts of a run that an outsider starts: as of any such run, and who it is not. `source` is the
 * event of the run that started this one, by `workflow_run`.
 */
export function outsiderContext(source: string | null): typeof runContext {
  return (run, repository, visibility, given) => {
    const contexts = new Map(runContext(run, repository, visibility, given));
    const github = contexts.get('github') ?? UNKNOWN;
    const ofEvent = outsiderPayload(run, repository, source);
    contexts.set('github', {
      kind: 'object',
      get: (key) => {
        // Whoever runs it again is another one.
        if (key === 'actor' || key === 'triggering_actor') return actorOf(run.trigger.event, source);
        const value = part(github, key);
        return key === 'event' ? overlaid(value, ofEvent) : value;
      },
    });
    return contexts;
  };
}

/** Whether the condition of a step certainly stops it in runs of which that much is known. */
export function isStepStopped(condition: string | null, contexts: ReadonlyMap<string, Value>): boolean {
  if (condition === null) return false;
  const read = readExpression(condition, definitionOf('step-if').context ?? []);
  if ('error' in read || read.tree === null) return false;
  const status = { success: 'unknown', failure: 'unknown', cancelled: 'unknown', always: true } as const;
  return evaluateCondition(read.tree, { contexts, status }) === false;
}

/** Whoever caused the run before is the actor of those that follow it, too. */
function actorOf(event: string, source: string | null): Value {
  const first = source ?? event;
  return isPullRequestEvent(first) || first === 'workflow_run' ? OUTSIDER_OR_BOT : OUTSIDER;
}

type Parts = Readonly<Record<string, Value | { readonly parts: Parts }>>;

function outsiderPayload(
  { trigger: { event }, action }: Run,
  repository: Settings['repository'],
  source: string | null,
): Parts {
  const user: Parts = { login: OUTSIDER, type: known('User') };
  const author: Parts = { user: { parts: user }, author_association: OUTSIDE };
  const sender = { parts: isPullRequestEvent(source ?? event) ? { login: OUTSIDER_OR_BOT } : user };
  switch (event) {
    case 'pull_request':
    case 'pull_request_target':
      // Outsiders do not merge, and they put no labels on. The title of what was merged is still theirs to edit.
      return {
        sender,
        label: NULL,
        pull_request: { parts: { ...author, ...(action === 'edited' ? {} : NOT_MERGED) } },
      };
    case 'pull_request_review':
      return { sender, review: { parts: author } };
    case 'issue_comment':
    case 'discussion_comment':
    case 'pull_request_review_comment':
      return { sender, comment: { parts: author } };
    case 'issues':
      return { sender, label: NULL, issue: { parts: author } };
    case 'discussion':
      return { sender, label: NULL, discussion: { parts: author } };
    case 'workflow_run': {
      const isKnown = repository !== null;
      const fullName: Value = isKnown
        ? { kind: 'text', not: [`${repository.owner}/${repository.name}`] }
        : { kind: 'text', differsFrom: 'repository' };
      const fork: Parts = { full_name: fullName, fork: known(true), owner: { parts: { login: OUTSIDER } } };
      const run: Parts = {
        event: source === null ? UNKNOWN : known(source),
        // Other events than those of pull requests start runs on a branch of the repository itself.
        ...(source === null || isPullRequestEvent(source) ? { head_repository: { parts: fork } } : {}),
        actor: { parts: { login: actorOf(event, source) } },
      };
      return { sender, workflow_run: { parts: run } };
    }
    default:
      return { sender };
  }
}

const NOT_MERGED: Parts = { merged: known(false), merged_by: NULL };

/** A value of which some parts are known better. */
function overlaid(value: Value, parts: Parts): Value {
  return {
    kind: 'object',
    get: (key) => {
      const better = Object.hasOwn(parts, key) ? parts[key] : undefined;
      if (better === undefined) return part(value, key);
      return 'kind' in better ? better : overlaid(part(value, key), better.parts);
    },
  };
}

function part(value: Value, key: string): Value {
  return value.kind === 'object' ? value.get(key) : UNKNOWN;
}
