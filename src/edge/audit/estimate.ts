import { number, plural } from '../../words/in-words.ts';
import { requestsFor, type OwnerSettings } from './audit-settings.ts';
import type { Budget } from './budget.ts';
import type { ListedRepository } from './listed.ts';
import { PAGE } from './list-repositories.ts';
import { timeOf } from './progress.ts';

/** What an audit will ask for, as far as some of its repositories tell. */
export interface Estimate {
  readonly repositories: number;
  readonly files: number;
  /** Questions for the GraphQL API; each takes a point. */
  readonly points: number;
  /** Requests to the REST API. */
  readonly requests: number;
  readonly minutes: number;
}

/** Seconds that one request takes, of those that are made at a time, and one repository. Seen at github.com, and here. */
const SECONDS = { point: 0.2, request: 0.05, repository: 0.03 } as const;

/** So many files go into one question, as it comes; and so many have one question's files of others. */
const FILES = 25;
const CALLING = 50;

/**
 * Works out what an audit will take, about: what the cache and an earlier audit have is not asked for.
 *
 * @param some the repositories that are known, such as those of the first page.
 * @param total how many there are in all.
 */
export function estimate(
  some: readonly ListedRepository[],
  total: number,
  settings: OwnerSettings,
  budget: Pick<Budget, 'left'>,
): Estimate {
  const times = some.length === 0 ? 0 : total / some.length;
  const count = some.reduce((sum, { workflows }) => sum + ('linked' in workflows ? 0 : workflows.length), 0);
  const files = Math.round(count * times);
  const points = Math.ceil(total / PAGE) + Math.ceil(files / FILES) + Math.ceil(files / CALLING);
  const requests = Math.round(requestsFor(settings, some) * times);
  const working = points * SECONDS.point + requests * SECONDS.request + total * SECONDS.repository;
  const waiting = Math.max(hoursOver(points, budget.left('graphql')), hoursOver(requests, budget.left('core'))) * 3600;
  return { repositories: total, files, points, requests, minutes: Math.max(1, Math.ceil((working + waiting) / 60)) };
}

/** How many times the limit must become whole again. */
function hoursOver(asked: number, left: ReturnType<Budget['left']>): number {
  return left === null || asked <= left.remaining ? 0 : Math.ceil((asked - left.remaining) / Math.max(1, left.limit));
}

/** The same in words, before anything of it is asked. */
export function estimateText(
  whose: string,
  { repositories, files, points, requests, minutes }: Estimate,
  budget: Pick<Budget, 'left'>,
): string {
  const left = budget.left('graphql');
  const of = left === null ? '' : ` of ${number(left.remaining)} that are left until ${timeOf(left.reset)}`;
  const rest = requests === 0 ? '' : `, and ${plural(requests, 'REST request')} for settings`;
  return (
    `${whose}: ${plural(repositories, 'repository', 'repositories')} with about ${plural(files, 'workflow file')}. This ` +
    `takes about ${plural(points, 'GraphQL point')}${of}${rest}, in ${plural(minutes, 'minute')} or so. ` +
    'What the cache has is not asked for.'
  );
}
