import { groupBy } from '../calls/group-by.ts';
import type { NonEmpty } from '../calls/group-by.ts';
import type { Grant } from '../model/grant.ts';
import type { StepNeed } from '../model/needs.ts';
import { conditionWords } from './guess-words.ts';
import type { CheckedJob } from './checked-workflow.ts';
import type { Lacking, LackingJob } from './lacking.ts';
import { jobsGet } from './job-words.ts';
import { capital, listed, plural } from '../words/in-words.ts';

/** More sentences than these are told by their number. */
const MOST = 3;

/** What fails, why, in which runs and with which words of GitHub's. */
export function lackingInWords(all: readonly LackingJob[]): string {
  const alike = groupBy(all, ({ lacking, job }) =>
    JSON.stringify([whoNeeds(lacking), runsInWords(lacking, job), failure(lacking.needs[0])]),
  );
  const rest = new Set(alike.slice(MOST).flatMap((same) => same.map(({ job }) => job))).size;
  return [
    ...alike.slice(0, MOST).map(sentence),
    ...(rest === 0 ? [] : [`The same holds for ${plural(rest, 'more job')}.`]),
  ].join(' ');
}

function sentence(same: NonEmpty<LackingJob>): string {
  const gets = jobsGet(same.map(({ job }) => job.reported.path));
  const [{ lacking: first, job }] = same;
  const unique = [...new Map(same.map(({ lacking }) => [lacking.permission, lacking])).values()];
  const needed = listed(unique.map((one) => `\`${one.permission}: ${one.needed}\`${orForPullRequest(one)}`));
  const got = listed(
    unique.map(({ permission, granted }) =>
      granted === 'none' ? `no \`${permission}\`` : `\`${permission}: ${granted}\``,
    ),
  );
  const runs = runsInWords(first, job);
  const end = first.needs.every(({ tolerated }) => tolerated === true) ? ', and the job goes on without it' : '';
  const unless = first.isUnlessPrivate
    ? ' A private repository can be set to start no such runs, or to give them write tokens.'
    : '';
  const own = first.ownIf === null ? '' : ` In all other runs it is so${conditionWords(first.ownIf)}.`;
  return `${capital(whoNeeds(first))} ${needed}, and ${runs === '' ? '' : `${runs} `}${gets} ${got}: ${failure(first.needs[0])}${end}.${unless}${own}`;
}

/** What it takes where the subject is a pull request, and that is not known. */
function orForPullRequest({ permission, needed, needs }: Lacking): string {
  return permission === 'issues' && needs.every(({ subject }) => subject === 'unknown')
    ? ` (for a pull request \`pull-requests: ${needed}\`)`
    : '';
}

function whoNeeds({ needs: [{ by }, ...others] }: Lacking): string {
  const names = new Set(others.map((need) => need.by));
  names.delete(by);
  const more = names.size === 0 ? '' : ` and ${plural(names.size, 'more use')} of the token`;
  return `\`${by}\`${more} ${names.size === 0 ? 'needs' : 'need'}`;
}

/** The kinds of run in which it fails; nothing where these are all. */
function runsInWords({ rows, isOfOutsiders }: Lacking, { reported }: CheckedJob): string {
  const events = eventsOf(
    reported.grants.filter(({ actor, status }) => actor === 'repository' && status !== 'not-run'),
  );
  const own = eventsOf(rows.filter(({ actor }) => actor === 'repository'));
  const parts = own.length === 0 || events.every((event) => own.includes(event)) ? [] : [`on ${names(own)}`];
  const forks = eventsOf(rows.filter(({ actor }) => actor === 'fork')).filter((event) => !own.includes(event));
  const dependabot = eventsOf(rows.filter(({ actor }) => actor === 'dependabot')).filter(
    (event) => !own.includes(event),
  );
  // What fails in all runs of the repository fails in those of others without a word.
  if (!isOfOutsiders && parts.length === 0) return '';
  if (forks.length > 0) parts.push(`on pull requests from forks${special(forks)}`);
  if (dependabot.length > 0) parts.push(`in runs that Dependabot starts${special(dependabot)}`);
  return listed(parts);
}

function special(events: readonly string[]): string {
  return events.every((event) => event === 'pull_request') ? '' : ` (${names(events)})`;
}

function names(events: readonly string[]): string {
  return listed(events.map((event) => `\`${event}\``));
}

function eventsOf(rows: readonly Grant[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => row.events))];
}

/**
 * How it fails: GitHub's API says the first, and git, the registry and the runner have words of their own.
 *
 * @see https://github.com/ad-m/github-push-action/issues/96
 * @see https://github.com/actions/checkout/issues/445
 * @see https://github.com/actions/toolkit/issues/952
 * @see https://github.com/hyperledger-firefly/signer/pull/74
 */
function failure({ by, because, permission, level }: StepNeed): string {
  const isGit = /^git\b|\bpush/.test(because) || /^(git |actions\/checkout$)/.test(by);
  if (permission === 'id-token') return 'there is no `ACTIONS_ID_TOKEN_REQUEST_URL`, by which it would ask for one';
  if (permission === 'contents' && isGit) {
    return level === 'write'
      ? '`remote: Permission to OWNER/NAME.git denied to github-actions[bot]`'
      : '`remote: Repository not found`';
  }
  if (permission === 'packages' && level === 'write' && /^(docker|podman|buildah)\b/.test(by)) {
    return '`denied: installation not allowed to Write organization package`';
  }
  return '`Resource not accessible by integration`';
}
