import { number, plural } from '../../words/in-words.ts';
import type { Budget } from './budget.ts';

/** A time as a log has it, in UTC. */
export function timeOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(11, 16)} UTC`;
}

/** What is left of the limit that is nearest to its end; empty where the server has none. */
function leftOf(budget: Budget): string {
  const limits = (['core', 'graphql'] as const).flatMap((resource) => budget.left(resource) ?? []);
  const [least] = limits.sort((a, b) => a.remaining - b.remaining);
  if (least === undefined) return '';
  return `${plural(Math.max(0, least.remaining), 'request')} left until ${timeOf(least.reset)}`;
}

/** How far an audit is. */
export function auditProgress(done: number, all: number, budget: Budget): string {
  const left = leftOf(budget);
  return `Audited ${number(done)} of ${plural(all, 'repository', 'repositories')}${left === '' ? '' : `; ${left}`}`;
}
