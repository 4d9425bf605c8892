import type { Grant } from '../model/grant.ts';
import type { ReportedJob } from '../model/report.ts';
import type { DefaultPermissions } from '../model/settings.ts';
import { forkCases, resultOf, resultOfRow, tokenInRepository, usualResult } from './forks.ts';
import type { ForkCase, ForkSettings, Run, RunResult } from './forks.ts';
import { levelsInWords, type Levels } from './levels.ts';
import { runsOf } from './outcomes.ts';
import { phrase, type Phrase, quoted, listedPhrases } from './phrase.ts';
import { once } from './words.ts';

/** Runs in which a job's token is not what it is in the repository itself, in plain words. */
export interface Difference {
  /** Which runs: `from a fork`. */
  readonly when: Phrase;
  /** What they get: `read only`. Our own words and names of permissions only. */
  readonly what: string;
  readonly doubts: readonly string[];
}

/** Who starts the runs that a difference is about, in the order in which they are shown. */
type Starter = 'target' | 'fork' | 'dependabot' | 'dependabot-base' | 'repository' | 'call';

interface Remark {
  readonly starter: Starter;
  readonly run: string;
  readonly what: string;
  readonly doubts: readonly string[];
}

const STARTERS: readonly Starter[] = ['target', 'fork', 'dependabot', 'dependabot-base', 'repository', 'call'];

const PULL_REQUEST_EVENTS = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_target',
];
const DEPENDABOT_EVENTS = [...PULL_REQUEST_EVENTS, 'push', 'create', 'deployment', 'deployment_status'];

/** Takes a job, the events of its workflow and what is known of the repository, and returns what differs by run. */
export function differencesOf(
  job: ReportedJob,
  events: readonly string[],
  settings: ForkSettings,
): readonly Difference[] {
  const remarks = [...remarksOf(job, events, settings)];
  const started = once(
    job.grants.filter(({ actor, status }) => actor === 'repository' && status !== 'not-run').flatMap(runsOf),
  );
  const differences = STARTERS.flatMap((starter) => {
    const own = remarks.filter((remark) => remark.starter === starter);
    return once(own.map(({ what }) => what)).map((what) => {
      const same = own.filter((remark) => remark.what === what);
      const when = whenOf(starter, once(same.map(({ run }) => run)), started);
      return { starter, when, what, doubts: once(same.flatMap(({ doubts }) => doubts)) };
    });
  });
  // A fork and Dependabot often get the same: then it is one line.
  return differences.flatMap(({ starter, when, what, doubts }) => {
    const twin = (other: Starter) => differences.find((each) => each.starter === other && each.what === what);
    if (starter === 'dependabot' && twin('fork') !== undefined) return [];
    const second = starter === 'fork' ? twin('dependabot') : undefined;
    if (second === undefined) return [{ when, what, doubts }];
    return [{ when: phrase`${when} or ${second.when}`, what, doubts: once([...doubts, ...second.doubts]) }];
  });
}

function* remarksOf(job: ReportedJob, events: readonly string[], settings: ForkSettings): Generator<Remark> {
  const rowsOf = (actor: Grant['actor']) => job.grants.filter((grant) => grant.actor === actor);
  const forks = rowsOf('fork');
  for (const run of once(forks.flatMap(runsOf))) yield* forkRemarks(job, run, settings);
  for (const run of once(
    rowsOf('dependabot')
      .filter((row) => !row.baseRefCreatedByDependabot)
      .flatMap(runsOf),
  )) {
    for (const { what, doubts } of inEveryDefault(job, run, (each) => resultOf(job, each, 'dependabot'))) {
      yield { starter: 'dependabot', run, what, doubts };
    }
  }
  for (const row of job.grants) {
    for (const run of runsOf(row)) yield* rowRemarks(job, row, run, forks);
  }
  const covered = job.grants.length === 0 || job.grants.some((grant) => grant.events.includes('workflow_call'));
  if (events.includes('workflow_call') && job.path.length === 1 && !covered) {
    yield { starter: 'call', run: '', what: "the caller's permissions", doubts: [] };
  }
}

function* forkRemarks(job: ReportedJob, run: string, settings: ForkSettings): Generator<Remark> {
  const cases = forkCases(settings);
  const result = (each: Run) => (given: ForkCase) => resultOf(job, each, 'fork', given);
  const isUsual = defaultsOf(job, run).every((value) => {
    const each = { run, defaultPermissions: value };
    return usualResult(cases, cases.map(result(each))) !== null;
  });
  for (const given of isUsual ? cases.slice(0, 1) : cases) {
    for (const { what, doubts } of inEveryDefault(job, run, (each) => result(each)(given))) {
      yield {
        starter: 'fork',
        run,
        what: isUsual ? what : `${what} ${CASES[given.forkPullRequests ?? 'public']}`,
        doubts,
      };
    }
  }
}

const CASES = {
  public: 'in a public repository',
  off: 'in a private repository that runs no pull requests from forks',
  read: 'in a private repository that gives forks a read token',
  write: 'in a private repository that gives forks write tokens',
} as const;

function* rowRemarks(job: ReportedJob, row: Grant, run: string, forks: readonly Grant[]): Generator<Remark> {
  const doubts = row.doubts ?? [];
  if (row.baseRefCreatedByDependabot) {
    const inRepository = tokenInRepository(job, { run, defaultPermissions: row.defaultPermissions ?? null });
    const what = changeInWords(inRepository, resultOfRow(row, inRepository));
    if (what !== null) yield { starter: 'dependabot-base', run, what, doubts };
  } else if (row.actor === 'repository' && row.status === 'not-run') {
    yield { starter: 'repository', run, what: 'does not run', doubts };
  } else if (row.actor === 'repository' && row.ifAllowed) {
    const writes = Object.values(row.permissions).includes('write');
    if (writes && !forks.some((fork) => runsOf(fork).includes(run)))
      yield { starter: 'target', run, what: 'the same', doubts };
  }
}

/** What differs under each value that the repository's default may have, told once where it is the same. */
function inEveryDefault(
  job: ReportedJob,
  run: string,
  result: (each: Run) => RunResult,
): readonly { readonly what: string; readonly doubts: readonly string[] }[] {
  const each = defaultsOf(job, run).map((defaultPermissions) => {
    const at = { run, defaultPermissions };
    const inRepository = tokenInRepository(job, at);
    const given = result(at);
    return {
      defaultPermissions,
      what: changeInWords(inRepository, given),
      doubts: given.kind === 'token' ? given.doubts : [],
      readsOnly: given.kind === 'same' && inRepository !== null && inRepository.write.length === 0,
    };
  });
  const told = each.filter(({ what }) => what !== null);
  // "Read only" is true under the other value as well when nothing is written there anyway.
  const always = each.every(
    ({ what, readsOnly }) => what === told[0]?.what || (readsOnly && told[0]?.what?.startsWith(READ_ONLY)),
  );
  if (always) return told.slice(0, 1).map(({ what, doubts }) => ({ what: what ?? '', doubts }));
  return told.map(({ what, doubts, defaultPermissions }) => ({
    what: `${what ?? ''} if the default is ${defaultPermissions ?? 'unknown'}`,
    doubts,
  }));
}

/** Takes a job and one of its runs, and returns the values of the default under which it has rows, or one `null`. */
export function defaultsOf(job: ReportedJob, run: string): readonly (DefaultPermissions | null)[] {
  const values = job.grants
    .filter((grant) => grant.defaultPermissions !== undefined && runsOf(grant).includes(run))
    .map((grant) => grant.defaultPermissions ?? null);
  return values.length === 0 ? [null] : once(values).toSorted();
}

const READ_ONLY = 'read only';

function changeInWords(inRepository: Levels | null, result: RunResult): string | null {
  if (result.kind === 'same') return null;
  if (result.kind === 'not-run') return inRepository === null ? null : 'does not run';
  const { levels } = result;
  if (inRepository === null || !isReduced(inRepository, levels)) return levelsInWords(levels);
  if (levels.read.length === 0) return 'no permissions';
  // Others that have no level `read` are lost as well, which "read only" says; a lost identity is worth the words.
  return inRepository.write.includes('id-token') ? `${READ_ONLY}, without id-token` : READ_ONLY;
}

/** Whether one token is another with `read`, or nothing, in the place of every `write`. */
function isReduced(full: Levels, reduced: Levels): boolean {
  return (
    full.write.length > 0 &&
    reduced.write.length === 0 &&
    full.read.every((permission) => reduced.read.includes(permission)) &&
    reduced.read.every((permission) => full.read.includes(permission) || full.write.includes(permission))
  );
}

function whenOf(starter: Starter, runs: readonly string[], started: readonly string[]): Phrase {
  const named = listedPhrases(runs.map((run) => [quoted(run)]));
  const eventOf = (run: string) => run.split(' ', 1).join('');
  // Where it is so in all runs that such a change can start, these need not be named.
  const covers = (events: readonly string[]) =>
    started.every((run) => !events.includes(eventOf(run)) || runs.includes(run));
  switch (starter) {
    case 'repository':
      return phrase`on ${named}`;
    case 'target':
    case 'fork':
      return covers(PULL_REQUEST_EVENTS) ? phrase`from a fork` : phrase`on ${named} from a fork`;
    case 'dependabot':
      return covers(DEPENDABOT_EVENTS) ? phrase`started by Dependabot` : phrase`on ${named}, started by Dependabot`;
    case 'dependabot-base':
      return covers(PULL_REQUEST_EVENTS)
        ? phrase`into a branch that Dependabot created`
        : phrase`on ${named} into a branch that Dependabot created`;
    case 'call':
      return phrase`when another workflow calls it`;
  }
}
