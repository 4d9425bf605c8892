import type { ReportedJob } from '../model/report.ts';
import { PULL_REQUEST_EVENTS } from './fork-token.ts';
import { listedPhrases, phrase, quoted, type Phrase } from './phrase.ts';
import { isReduction } from './change-words.ts';
import { remarksOf, type Starter, type Subject } from './remarks.ts';
import { runNames, type Run } from './rows.ts';
import { once } from './words.ts';

/** Runs in which a job's token is not what it is otherwise, in plain words. */
export interface Difference {
  /** Which runs: `from a fork`. */
  readonly when: Phrase;
  /** What they get: `read only`. Our own words and names of permissions only. */
  readonly what: string;
  readonly doubts: readonly string[];
  /** It says that a fork gets a token that can write. */
  readonly reachesForks: boolean;
  /** So rare, and the same for so many jobs, that it is told once for the whole report. */
  readonly isToldOnce: boolean;
}

/** In the order in which they are shown. */
const STARTERS: readonly Starter[] = ['target', 'fork', 'dependabot', 'dependabot-base', 'repository'];

const DEPENDABOT_EVENTS = [...PULL_REQUEST_EVENTS, 'push', 'create', 'deployment', 'deployment_status'];

/** Takes a job and the events of its workflow, and returns what differs by run and by who starts it. */
export function differencesOf(job: ReportedJob, events: readonly string[], subject: Subject): readonly Difference[] {
  const remarks = remarksOf(subject);
  const { runs } = subject;
  const started = runs.filter((run) => {
    return !remarks.some(
      (remark) => remark.run.event === run.event && remark.run.action === run.action && remark.starter === 'repository',
    );
  });
  const differences = STARTERS.flatMap((starter) => {
    const own = remarks.filter((remark) => remark.starter === starter);
    return once(own.map(({ what }) => what)).map((what) => {
      const same = own.filter((remark) => remark.what === what);
      const when = whenOf(
        starter,
        same.map(({ run }) => run),
        started,
        runs,
      );
      return { starter, when, what, doubts: once(same.flatMap(({ doubts }) => doubts)) };
    });
  });
  // A fork and Dependabot often get the same: then it is one line.
  const folded = differences.flatMap(({ starter, when, what, doubts }): readonly Difference[] => {
    const twin = (other: Starter) => differences.find((each) => each.starter === other && each.what === what);
    if (starter === 'dependabot' && twin('fork') !== undefined) return [];
    const second = starter === 'fork' ? twin('dependabot') : undefined;
    return [
      {
        when: second === undefined ? when : phrase`${when} or ${second.when}`,
        what,
        doubts: once([...doubts, ...(second?.doubts ?? [])]),
        reachesForks: starter === 'target',
        isToldOnce: starter === 'dependabot-base' && isReduction(what),
      },
    ];
  });
  const isCallable = events.includes('workflow_call') && job.path.length === 1 && runs.length > 0;
  if (!isCallable || runs.some(({ event }) => event === 'workflow_call')) return folded;
  const called = { when: ['when another workflow calls it'], what: "the caller's permissions", doubts: [] };
  return [...folded, { ...called, reachesForks: false, isToldOnce: false }];
}

function whenOf(starter: Starter, runs: readonly Run[], started: readonly Run[], all: readonly Run[]): Phrase {
  const named = listedPhrases(runNames(runs, all).map((name) => [quoted(name)]));
  const isIn = (list: readonly Run[], { event, action }: Run) =>
    list.some((run) => run.event === event && run.action === action);
  // Where it is so in all runs that such a change can start, these need not be named.
  const coversAll = (events: readonly string[]) =>
    started.every((run) => !events.includes(run.event) || isIn(runs, run));
  switch (starter) {
    case 'repository':
      return phrase`on ${named}`;
    case 'target':
    case 'fork':
      return coversAll(PULL_REQUEST_EVENTS) ? phrase`from a fork` : phrase`on ${named} from a fork`;
    case 'dependabot':
      return coversAll(DEPENDABOT_EVENTS) ? phrase`started by Dependabot` : phrase`on ${named}, started by Dependabot`;
    case 'dependabot-base': {
      const into = 'into a branch that Dependabot created';
      return coversAll(PULL_REQUEST_EVENTS) ? [into] : phrase`on ${named} ${into}`;
    }
  }
}
