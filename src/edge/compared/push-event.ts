import { commitIn, jsonObject, textIn } from '../action/event-payload.ts';

/** What a push changed. */
export interface PushEvent {
  /** The branch or tag, without `refs/heads/` or `refs/tags/`. */
  readonly name: string;
  readonly isTag: boolean;
  /** The commit that the ref had; `null` when it is new. */
  readonly before: string | null;
  /** The commit that it has now; `null` when it was deleted. */
  readonly after: string | null;
  /** The repository's default branch; `null` when the event does not tell. */
  readonly defaultBranch: string | null;
}

interface Payload {
  readonly ref?: unknown;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly repository?: { readonly default_branch?: unknown } | null;
}

/**
 * What an event says of a push; `null` for another one, or for one that does not say which ref it is about.
 *
 * @param event the event's name, as `GITHUB_EVENT_NAME` has it.
 * @param payload the event's JSON.
 * @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
 */
export function pushEvent(event: string, payload: string): PushEvent | null {
  if (event !== 'push') return null;
  const { ref, before, after, repository }: Payload = jsonObject(payload);
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(textIn(ref) ?? '') ?? [];
  if (name === undefined) return null;
  return {
    name,
    isTag: kind === 'tags',
    before: commitIn(before),
    after: commitIn(after),
    defaultBranch: textIn(repository?.default_branch),
  };
}
