import type { Settings } from '../model/settings.ts';
import { known, NULL, record, UNKNOWN } from './abstract-value.ts';
import type { Value } from './abstract-value.ts';
import { refValues } from './git-ref.ts';
import type { Run } from './run.ts';
import type { SettingsCase } from './settings-case.ts';
import {
  canBeStartedByDependabot,
  isOpenPullRequest,
  isMissingFromPayload,
  isPullRequestEvent,
} from './trigger-events.ts';

const DEPENDABOT = 'dependabot[bot]';
const TEXT: Value = { kind: 'text', nonEmpty: true };

/**
 * The contexts that a job's condition may use, as far as they are known before the run. `visibility` may be left open. A
 * called workflow sees those of its caller, and inputs of its own: `given` is what is known of these, else `null`.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability
 */
export function runContext(
  run: Run,
  repository: Settings['repository'],
  visibility: SettingsCase['visibility'] | null,
  given: Value | null = null,
): ReadonlyMap<string, Value> {
  const { trigger } = run;
  const names = repositoryValues(repository);
  const refs = refValues(trigger, run.action);
  const github = record({
    event_name: known(trigger.event),
    event: eventPayload(run, names, visibility),
    actor: actorOf(run),
    triggering_actor: TEXT,
    repository: names.fullName,
    repository_owner: names.owner,
    ref: refs.ref,
    ref_name: refs.refName,
    ref_type: refs.refType,
    base_ref: refs.baseRef,
    head_ref: refs.headRef,
  });
  // Inputs are there for a run that somebody starts by hand, and for called workflows.
  const byItself: Value = trigger.event === 'workflow_dispatch' ? UNKNOWN : { ...record({}, NULL), mayBeNull: true };
  return new Map([
    ['github', github],
    ['inputs', given ?? byItself],
  ]);
}

/** Where Dependabot has no row of its own, it may be the actor of the others: of a schedule that it touched last. */
function actorOf({ actor, trigger }: Run): Value {
  if (actor === 'dependabot') return known(DEPENDABOT);
  const isSomebodyElse = actor === 'repository' && canBeStartedByDependabot(trigger.event);
  return isSomebodyElse ? { kind: 'text', nonEmpty: true, not: [DEPENDABOT] } : TEXT;
}

interface RepositoryValues {
  readonly fullName: Value;
  readonly owner: Value;
  readonly name: Value;
}

const VISIBILITIES: Readonly<Record<SettingsCase['visibility'] | 'unknown', Value>> = {
  public: known('public'),
  private: { kind: 'text', oneOf: ['private', 'internal'] },
  unknown: { kind: 'text', oneOf: ['public', 'private', 'internal'] },
};

/** A repository that nobody has named is still the same one wherever it is meant. */
function repositoryValues(repository: Settings['repository']): RepositoryValues {
  if (repository === null) {
    const same = (sameAs: string): Value => ({ kind: 'text', nonEmpty: true, sameAs });
    return { fullName: same('repository'), owner: same('owner'), name: same('name') };
  }
  const { owner, name } = repository;
  return { fullName: known(`${owner}/${name}`), owner: known(owner), name: known(name) };
}

function eventPayload(run: Run, names: RepositoryValues, visibility: SettingsCase['visibility'] | null): Value {
  const { event } = run.trigger;
  const parts = record({
    action: run.action === null ? UNKNOWN : run.action === '' ? NULL : known(run.action),
    // The payload of a schedule lacked it for years, and GitHub does not say what it holds.
    ...(event === 'schedule' ? {} : { repository: ownRepository(names, visibility) }),
    ...(isPullRequestEvent(event) ? { pull_request: pullRequest(run, names, visibility) } : {}),
  });
  return {
    kind: 'object',
    get: (part) => (isMissingFromPayload(event, part) ? NULL : parts.get(part)),
  };
}

function ownRepository(
  names: RepositoryValues,
  visibility: SettingsCase['visibility'] | null,
): Value & { kind: 'object' } {
  return record({
    full_name: names.fullName,
    name: names.name,
    owner: record({ login: names.owner }),
    private: visibility === null ? UNKNOWN : known(visibility === 'private'),
    visibility: VISIBILITIES[visibility ?? 'unknown'],
  });
}

function pullRequest(run: Run, names: RepositoryValues, visibility: SettingsCase['visibility'] | null): Value {
  const own = ownRepository(names, visibility);
  const headRepository =
    run.actor === 'fork' ? forkRepository(names, isOpenPullRequest(run.trigger.event, run.action)) : own;
  return record({ head: record({ repo: headRepository }), base: record({ repo: own }) });
}

/** A fork that was deleted is `null`, and so is each of its parts. */
function forkRepository({ fullName }: RepositoryValues, isThere: boolean): Value {
  const other: Value =
    fullName.kind === 'known'
      ? { kind: 'text', nonEmpty: isThere, not: [fullName.data.coerceString()] }
      : { kind: 'text', nonEmpty: isThere, differsFrom: 'repository' };
  return { ...record({ full_name: other, fork: isThere ? known(true) : UNKNOWN }), mayBeNull: !isThere };
}
