import type { Actor } from '../model/grant.ts';
import { changeInWords, saysReadOnly } from './change-words.ts';
import { forkCaseInWords, forkCases, type ForkCase, type ForkSettings } from './fork-cases.ts';
import type { Levels } from './levels.ts';
import type { Outcome } from './outcomes.ts';
import { defaultsIn, findRow, isAbout, type Row, type Rows, type Run } from './rows.ts';
import { once } from './words.ts';

/** Who starts the runs that a remark is about; `target`: a pull request from a fork, by `pull_request_target`. */
export type Starter = 'target' | 'fork' | 'dependabot' | 'dependabot-base' | 'repository';

/** What is different in one run. */
export interface Remark {
  readonly starter: Starter;
  readonly run: Run;
  /** Our own words and names of permissions only. */
  readonly what: string;
  readonly doubts: readonly string[];
}

/** What is known of the job that remarks are made about. */
export interface Subject extends Rows {
  readonly outcomes: readonly Outcome[];
  readonly settings: ForkSettings;
}

/** Takes a job and returns what is different in which of its runs. */
export function remarksOf(subject: Subject): readonly Remark[] {
  return subject.runs.flatMap((run) => {
    const rows = subject.rows.filter((row) => isAbout(row, run));
    const own = { ...subject, rows };
    const isReduced = rows.some(({ grant }) => grant.actor === 'fork');
    return [
      ...(isReduced ? forkRemarks(own, run) : targetRemarks(rows, run)),
      ...inEveryDefault(own, run, 'dependabot', null).map((told) => ({ starter: 'dependabot' as const, run, ...told })),
      ...baseRemarks(rows, run),
      ...repositoryRemarks(own, run),
    ];
  });
}

/** A run by `pull_request_target` has its whole token for forks, too. That is worth saying where it can write. */
function targetRemarks(rows: readonly Row[], run: Run): readonly Remark[] {
  const writes = rows.some(
    ({ grant, levels }) => grant.actor === 'repository' && grant.ifAllowed === true && levels.write.length > 0,
  );
  return writes ? [{ starter: 'target', run, what: 'the same, writes included', doubts: [] }] : [];
}

function forkRemarks(subject: Subject, run: Run): readonly Remark[] {
  const cases = forkCases(subject.settings);
  const isUsual = defaultsIn(subject.rows, run).every((value) => isUsualIn(subject.rows, run, value, cases));
  return (isUsual ? cases.slice(0, 1) : cases).flatMap((forkCase) =>
    inEveryDefault(subject, run, 'fork', forkCase).map(({ what, doubts }): Remark => {
      return { starter: 'fork', run, what: isUsual ? what : `${what} ${forkCaseInWords(forkCase)}`, doubts };
    }),
  );
}

/** Whether the first case stands for the others, but for those that are told once for the whole report. */
function isUsualIn(
  rows: readonly Row[],
  run: Run,
  defaultPermissions: Outcome['defaultPermissions'],
  cases: readonly [ForkCase, ...ForkCase[]],
): boolean {
  const result = (forkCase: ForkCase) => {
    const row = findRow(rows, run, { actor: 'fork', defaultPermissions, forkCase });
    if (row === undefined) return tokenInRepository(rows, run, defaultPermissions) === null ? 'not-run' : 'same';
    return row.grant.status === 'not-run' ? 'not-run' : row.key;
  };
  const first = result(cases[0]);
  return cases.every((forkCase) => {
    const each = result(forkCase);
    if (each === first) return true;
    return each === 'not-run' ? forkCase.forkPullRequests === 'off' : forkCase.forkPullRequests === 'write';
  });
}

function baseRemarks(rows: readonly Row[], run: Run): readonly Remark[] {
  return rows.flatMap((row) => {
    if (row.grant.baseRefCreatedByDependabot !== true) return [];
    const given = { defaultPermissions: row.grant.defaultPermissions ?? null, forkCase: null };
    const what = changeInWords(row, tokenInRepository(rows, run, given.defaultPermissions), null);
    return what === null ? [] : [{ starter: 'dependabot-base' as const, run, what, doubts: row.grant.doubts ?? [] }];
  });
}

function repositoryRemarks({ rows, outcomes }: Subject, run: Run): readonly Remark[] {
  const own = rows.filter(({ grant }) => grant.actor === 'repository');
  const isFull = outcomes.every(({ onlyFor }) => onlyFor === null);
  if (!isFull || outcomes.length === 0 || !own.some(({ grant }) => grant.status === 'not-run')) return [];
  return [{ starter: 'repository', run, what: 'does not run', doubts: [] }];
}

interface Told {
  readonly what: string;
  readonly doubts: readonly string[];
}

/** What differs under each value that the repository's default may have, told once where it is the same. */
function inEveryDefault(
  { rows, outcomes }: Subject,
  run: Run,
  actor: Exclude<Actor, 'repository'>,
  forkCase: ForkCase | null,
): readonly Told[] {
  if (outcomes.some(({ onlyFor }) => onlyFor === actor)) return [];
  const each = defaultsIn(rows, run).map((defaultPermissions) => {
    const row = findRow(rows, run, { actor, defaultPermissions, forkCase });
    const inRepository = tokenInRepository(rows, run, defaultPermissions);
    const usual = outcomes.find((outcome) => (outcome.defaultPermissions ?? defaultPermissions) === defaultPermissions);
    return {
      defaultPermissions,
      what: changeInWords(row, inRepository, usual?.levels ?? null),
      doubts: row?.grant.doubts ?? [],
      readsAnyway: row === undefined && inRepository !== null && inRepository.write.length === 0,
    };
  });
  const told = each.flatMap(({ what, ...rest }) => (what === null ? [] : [{ ...rest, what }]));
  const [first] = told;
  const isSame = each.every(
    ({ what, readsAnyway }) => what === first?.what || (readsAnyway && saysReadOnly(first?.what)),
  );
  if (isSame)
    return first === undefined ? [] : [{ what: first.what, doubts: once(told.flatMap(({ doubts }) => doubts)) }];
  return told.map(({ what, doubts, defaultPermissions }) => ({
    what: `${what} if the default is ${defaultPermissions ?? 'unknown'}`,
    doubts,
  }));
}

function tokenInRepository(rows: readonly Row[], run: Run, value: Outcome['defaultPermissions']): Levels | null {
  const row = findRow(rows, run, { actor: 'repository', defaultPermissions: value, forkCase: null });
  return row === undefined || row.grant.status === 'not-run' ? null : row.levels;
}
