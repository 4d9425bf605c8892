import fc from 'fast-check';

import type { Trigger } from '../../src/model/workflow.ts';
import type { Run } from '../../src/token/run.ts';

/**
 * Runs as GitHub starts them: for an event, an activity type and who is behind it, what the contexts hold. Written from
 * GitHub's documentation alone (events that trigger workflows, contexts, webhook payloads), without a look at how
 * `src/token` knows it, and as wide as the documentation leaves it.
 */
export interface ConcreteRun {
  readonly run: Run;
  readonly repository: { readonly owner: string; readonly name: string };
  readonly visibility: 'public' | 'private';
  /** What `github`, `inputs`, `vars` and `needs` hold, as plain JSON. */
  readonly contexts: Readonly<Record<string, unknown>>;
}

type Json = Readonly<Record<string, unknown>>;

const NO_FILTERS = {
  position: { line: 1, column: 1 },
  types: null,
  branches: null,
  branchesIgnore: null,
  tags: null,
  tagsIgnore: null,
  workflows: null,
} as const;

const PULL_REQUEST_TYPES = ['opened', 'synchronize', 'reopened', 'closed', 'labeled', 'edited', 'ready_for_review'];
const OPEN = ['opened', 'synchronize', 'reopened'];
const TYPES: Readonly<Record<string, readonly string[]>> = {
  pull_request: PULL_REQUEST_TYPES,
  pull_request_target: PULL_REQUEST_TYPES,
  pull_request_review: ['submitted', 'edited', 'dismissed'],
  pull_request_review_comment: ['created', 'edited', 'deleted'],
  release: ['published', 'unpublished', 'created', 'edited', 'deleted', 'prereleased', 'released'],
  issues: ['opened', 'closed', 'labeled'],
  issue_comment: ['created', 'edited', 'deleted'],
  workflow_run: ['completed', 'requested', 'in_progress'],
  repository_dispatch: ['deploy', 'closed'],
  merge_group: ['checks_requested'],
  check_run: ['created', 'completed'],
  check_suite: ['completed'],
  registry_package: ['published', 'updated'],
  watch: ['started'],
  discussion: ['created', 'answered'],
  label: ['created'],
};
/** Their payload has an action, but the key `types` does not limit them. */
const ACTION_WITHOUT_TYPES: Readonly<Record<string, string>> = { deployment: 'created', deployment_status: 'created' };
const WITHOUT_ACTION = [
  'push',
  'create',
  'delete',
  'schedule',
  'workflow_dispatch',
  'fork',
  'status',
  'public',
  'gollum',
];

export const EVENTS: readonly string[] = [
  ...Object.keys(TYPES),
  ...Object.keys(ACTION_WITHOUT_TYPES),
  ...WITHOUT_ACTION,
];

export const BRANCHES: readonly string[] = ['main', 'dev', 'release/1', '1', 'Main', '2/merge'];
const TAGS = ['v1', 'v2.0', 'main', 'release/1'];
const OWNERS = ['octo-org', 'mona', 'Upstream'];
const NAMES = ['octo-repo', 'Hello', '1'];
const PEOPLE = ['octocat', 'mona', 'renovate[bot]', 'github-actions[bot]'];
const DEPENDABOT = 'dependabot[bot]';

const branch = fc.constantFrom(...BRANCHES);
const tag = fc.constantFrom(...TAGS);
const person = fc.constantFrom(...PEOPLE);

function sometimes<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(value, { nil: null, freq: 2 });
}

/** A filter: names, or a pattern that lets every name pass. */
function filter(names: fc.Arbitrary<string>): fc.Arbitrary<readonly string[] | null> {
  const literal = fc.uniqueArray(names, { minLength: 1, maxLength: 3 });
  return fc.oneof(fc.constant(null), literal, fc.constantFrom(['**'], ['*', '**'], ['main', '**'], ['re*', '**']));
}

const trigger: fc.Arbitrary<Trigger> = fc
  .constantFrom(...EVENTS, 'push', 'pull_request', 'pull_request_target')
  .chain((event) =>
    fc.record({
      event: fc.constant(event),
      position: fc.constant(NO_FILTERS.position),
      types:
        event in ACTION_WITHOUT_TYPES
          ? sometimes(fc.constant(['published']))
          : sometimes(fc.uniqueArray(fc.constantFrom(...(TYPES[event] ?? ['any'])), { minLength: 1 })),
      branches: event === 'schedule' ? fc.constant(null) : filter(branch),
      branchesIgnore: fc.constant(null),
      tags: event === 'push' ? filter(tag) : fc.constant(null),
      tagsIgnore: event === 'push' ? sometimes(fc.constant(['nothing'])) : fc.constant(null),
      workflows: fc.constant(null),
    }),
  );

/** The names that pass a filter. */
function passing(written: readonly string[] | null, all: readonly string[]): readonly string[] {
  if (written === null) return all;
  return written.includes('**') ? all : written;
}

function actionsOf({ event, types }: Trigger): readonly (string | null)[] {
  if (WITHOUT_ACTION.includes(event)) return [''];
  if (event in ACTION_WITHOUT_TYPES) return [null];
  if (types !== null) return types;
  return event === 'pull_request' || event === 'pull_request_target' ? ['opened', 'synchronize', 'reopened'] : [null];
}

function startersOf(event: string): readonly Pick<Run, 'actor' | 'baseRefCreatedByDependabot'>[] {
  const starter = (actor: Run['actor']) => ({ actor, baseRefCreatedByDependabot: false });
  const pullRequest = event.startsWith('pull_request');
  const byHandOrClock = ['schedule', 'workflow_dispatch', 'repository_dispatch'].includes(event);
  return [
    starter('repository'),
    ...(pullRequest ? [starter('fork')] : []),
    ...(byHandOrClock ? [] : [starter('dependabot')]),
  ];
}

interface Refs {
  readonly ref: string;
  readonly ref_name: string;
  readonly ref_type: string;
  readonly base_ref: string | null;
  readonly head_ref: string | null;
}

function onBranch(name: string): Refs {
  return { ref: `refs/heads/${name}`, ref_name: name, ref_type: 'branch', base_ref: '', head_ref: '' };
}

function onTag(name: string): Refs {
  return { ref: `refs/tags/${name}`, ref_name: name, ref_type: 'tag', base_ref: '', head_ref: '' };
}

const noRef: Refs = { ref: '', ref_name: '', ref_type: '', base_ref: '', head_ref: '' };

function refsOf(trigger: Trigger, action: string): fc.Arbitrary<Refs> {
  const { event } = trigger;
  const merge = (number: number) => `${number}/merge`;
  const number = fc.integer({ min: 1, max: 3 });
  const pull = number.map((one) => ({ ...onBranch(''), ref: `refs/pull/${merge(one)}`, ref_name: merge(one) }));
  const base = fc.constantFrom(...passing(trigger.branches, BRANCHES));
  const anyRef = fc.oneof(branch.map(onBranch), tag.map(onTag));
  switch (event) {
    case 'push': {
      const hasBranches = trigger.branches !== null || trigger.branchesIgnore !== null;
      const hasTags = trigger.tags !== null || trigger.tagsIgnore !== null;
      const branches = hasBranches || !hasTags ? passing(trigger.branches, BRANCHES).map(onBranch) : [];
      // `tags-ignore` beside `branches` alone lets every other tag pass.
      const tags = hasTags || !hasBranches ? passing(trigger.tags, TAGS).map(onTag) : [];
      return fc.constantFrom(...branches, ...tags);
    }
    case 'pull_request': {
      const named = fc.record({ base_ref: base, head_ref: branch });
      const merged = base.map(onBranch);
      // Once it is merged, a pull request runs on its base branch, whatever happens to it.
      const at = OPEN.includes(action) ? pull : fc.oneof(pull, merged);
      return fc.tuple(at, named).map(([refs, names]) => ({ ...refs, ...names }));
    }
    case 'pull_request_target':
      return fc
        .tuple(branch.map(onBranch), fc.record({ base_ref: base, head_ref: branch }))
        .map(([refs, names]) => ({ ...refs, ...names }));
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return fc
        .tuple(pull, fc.oneof(fc.constant({}), fc.record({ base_ref: branch, head_ref: branch })))
        .map(([refs, names]) => ({ ...refs, ...names }));
    case 'release':
      return fc.oneof(tag.map(onTag), fc.constant(noRef));
    case 'deployment':
    case 'deployment_status':
    case 'registry_package':
      return fc.oneof(anyRef, fc.constant(noRef));
    case 'create':
    case 'workflow_dispatch':
      return anyRef;
    case 'merge_group':
      return branch.chain((name) => {
        const queue = onBranch(`gh-readonly-queue/${name}/pr-1-abc`);
        return fc.constantFrom(queue, { ...queue, base_ref: name }, { ...queue, base_ref: `refs/heads/${name}` });
      });
    default:
      return branch.map(onBranch);
  }
}

function repositoryJson(owner: string, name: string, isPrivate: boolean, fork: boolean): Json {
  return {
    name,
    full_name: `${owner}/${name}`,
    owner: { login: owner },
    private: isPrivate,
    visibility: isPrivate ? 'private' : 'public',
    fork,
    default_branch: 'main',
  };
}

interface Facts {
  readonly event: string;
  readonly action: string;
  readonly actor: Run['actor'];
  readonly own: Json;
}

function headRepository({ event, action, actor, own }: Facts): fc.Arbitrary<Json | null> {
  if (actor !== 'fork') return fc.constant(own);
  const fork = fc
    .record({ owner: fc.constantFrom(...OWNERS), name: fc.constantFrom(...NAMES), isPrivate: fc.boolean() })
    .map(({ owner, name, isPrivate }) => repositoryJson(owner, name, isPrivate, true))
    .filter((other) => String(other.full_name).toLowerCase() !== String(own.full_name).toLowerCase());
  // The repository of an open branch that is just opened or pushed to exists; later on, it may have been deleted.
  const isCertain = OPEN.includes(action) && ['pull_request', 'pull_request_target'].includes(event);
  return isCertain ? fork : fc.oneof(fork, fc.constant(null));
}

function payloadOf(facts: Facts): fc.Arbitrary<Json> {
  const { event, own } = facts;
  const pullRequest = fc.record({
    number: fc.integer({ min: 1, max: 3 }),
    draft: fc.boolean(),
    merged: fc.boolean(),
    user: fc.record({ login: fc.constantFrom(...PEOPLE, DEPENDABOT) }),
    labels: fc.array(fc.record({ name: fc.constantFrom('bug', 'deploy') }), { maxLength: 2 }),
    head: fc.record({ ref: branch, repo: headRepository(facts) }),
    base: fc.record({ ref: branch, repo: fc.constant(own) }),
  });
  const something = fc.record({ id: fc.integer(), name: fc.constantFrom('a', 'v1', '') });
  const parts: Record<string, fc.Arbitrary<unknown>> = {};
  if (event.startsWith('pull_request')) parts.pull_request = pullRequest;
  if (event === 'issues' || event === 'issue_comment') {
    parts.issue = fc.record({ number: fc.integer(), pull_request: sometimes(something) });
  }
  if (event === 'workflow_dispatch') parts.inputs = sometimes(fc.record({ who: fc.constantFrom('', 'mona', 'true') }));
  if (event === 'push') {
    parts.head_commit = sometimes(fc.record({ message: fc.constantFrom('[skip]', '') }));
    parts.deleted = fc.boolean();
  }
  if (event === 'repository_dispatch') parts.client_payload = fc.record({ who: fc.constantFrom('', 'mona') });
  if (event === 'deployment' || event === 'deployment_status') {
    parts.deployment = fc.record({ environment: fc.constantFrom('main', 'prod') });
    parts.workflow_run = sometimes(something);
  }
  if (event === 'deployment_status') parts.check_run = sometimes(something);
  for (const name of ['release', 'workflow_run', 'check_run', 'check_suite', 'discussion', 'merge_group']) {
    if (event === name) parts[name] = fc.record({ event: fc.constantFrom('push', 'pull_request'), name: tag });
  }
  if (event === 'issue_comment' || event === 'pull_request_review_comment') {
    parts.comment = fc.record({ body: fc.constantFrom('/deploy', '') });
  }
  if (event === 'pull_request_review') parts.review = fc.record({ state: fc.constantFrom('approved', 'commented') });
  // What a schedule brings along is not documented, and it was not always the same.
  const common: fc.Arbitrary<Json> = fc.constant({ repository: own, sender: { login: 'octocat' } });
  return fc
    .tuple(fc.record(parts), event === 'schedule' ? fc.oneof(common, fc.constant({})) : common)
    .map(([payload, shared]) => ({
      ...payload,
      ...(event === 'schedule' ? { schedule: '0 0 * * *' } : {}),
      ...(facts.action === '' ? {} : { action: facts.action }),
      ...shared,
    }));
}

function actorName({ event, actor }: Facts): fc.Arbitrary<string> {
  if (actor === 'dependabot') return fc.constant(DEPENDABOT);
  // Whoever touched a schedule last is its actor, and that may be Dependabot.
  const maybeDependabot = actor === 'fork' || event === 'schedule';
  return maybeDependabot ? fc.constantFrom(...PEOPLE, DEPENDABOT) : person;
}

/** Any run of any event. */
export const concreteRun: fc.Arbitrary<ConcreteRun> = trigger
  .chain((written) =>
    fc.record({
      trigger: fc.constant(written),
      action: fc.constantFrom(...actionsOf(written)),
      starter: fc.constantFrom(...startersOf(written.event)),
      owner: fc.constantFrom(...OWNERS),
      name: fc.constantFrom(...NAMES),
      visibility: fc.constantFrom('public' as const, 'private' as const),
      isFork: fc.boolean(),
    }),
  )
  .chain(({ trigger: written, action, starter, owner, name, visibility, isFork }) => {
    const { event } = written;
    const own = repositoryJson(owner, name, visibility === 'private', isFork);
    const possible = action === null ? (TYPES[event] ?? [ACTION_WITHOUT_TYPES[event] ?? '']) : [action];
    return fc.constantFrom(...possible).chain((happened) => {
      const facts: Facts = { event, action: happened, actor: starter.actor, own };
      const isDispatch = event === 'workflow_dispatch';
      return fc
        .record({
          refs: refsOf(written, happened),
          payload: payloadOf(facts),
          actor: actorName(facts),
          triggering: fc.constantFrom(...PEOPLE, DEPENDABOT),
          inputs: isDispatch
            ? fc.record({ who: fc.constantFrom('', 'mona'), dry: fc.boolean() })
            : fc.constantFrom<Json | null>(null, {}),
          vars: fc.record({ DEPLOY: fc.constantFrom('', 'true', 'main') }),
          result: fc.constantFrom('success', 'failure', 'skipped', 'cancelled'),
        })
        .map(({ refs, payload, actor, triggering, inputs, vars, result }): ConcreteRun => ({
          run: { trigger: written, action, ...starter },
          repository: { owner, name },
          visibility,
          contexts: {
            github: {
              ...refs,
              event_name: event,
              event: payload,
              actor,
              triggering_actor: triggering,
              repository: `${owner}/${name}`,
              repository_owner: owner,
              workflow: 'CI',
              run_number: '1',
              sha: 'abc',
            },
            inputs,
            vars,
            needs: { a: { result, outputs: { go: 'true' } } },
          },
        }));
    });
  });
