import { cellsOf, isWrite, type Cell } from './cells.ts';
import { defaultPair } from './defaults.ts';
import type { FoldedWorkflow, JobGroup } from './fold.ts';
import type { ForkToken } from './fork-token.ts';
import { byImportance, importance } from './levels.ts';

/**
 * What a row shows: a level for each permission; that no block applies and the repository's default, which is not known,
 * decides; or words where there are no permissions to show.
 */
export type RowContent =
  | { readonly kind: 'cells'; readonly cells: ReadonlyMap<string, Cell> }
  | { readonly kind: 'default'; readonly writes: number; readonly reads: readonly string[] }
  | { readonly kind: 'words'; readonly words: RowWords };

export type RowWords = 'not known' | 'no permissions' | 'what the calling workflow gives' | 'does not run';

/** Jobs with the same permissions, wherever they stand. */
export interface MatrixRow {
  readonly content: RowContent;
  /** What a pull request from a fork gets of jobs that write. */
  readonly forkToken: ForkToken;
  /** A called workflow was not read: this is the most that its jobs can have. */
  readonly atMost: boolean;
  /** Who alone can start the runs that get these permissions. */
  readonly onlyFor: 'fork' | 'dependabot' | null;
  readonly members: readonly { readonly path: string; readonly jobs: readonly string[] }[];
}

/** All jobs, by permission. */
export interface Matrix {
  /** Those that write the most important things first. */
  readonly rows: readonly MatrixRow[];
  /** The permissions with a column of their own, those that are written first. */
  readonly columns: readonly string[];
}

/** More columns than this are no longer taken in at a glance, and do not fit a page. */
const MOST_COLUMNS = 5;
/** A token with more permissions than this comes from a default or a shorthand, and does not tell which columns matter. */
const LONG = 12;
/** Code and identities have columns wherever they occur, even if one job alone has them. */
const KEYS: readonly string[] = ['contents', 'id-token'];

type GrowingRow = Omit<MatrixRow, 'members'> & {
  readonly members: { readonly path: string; readonly jobs: string[] }[];
};

/** Takes workflows with their jobs folded and returns the matrix of jobs and permissions. */
export function matrixOf(workflows: readonly FoldedWorkflow[]): Matrix {
  const rows = new Map<string, GrowingRow>();
  for (const { workflow, groups } of workflows) {
    for (const group of groups) {
      const content = contentOf(group);
      const atMost = group.knowledge === 'at-most';
      const onlyFor = group.outcomes[0]?.onlyFor ?? null;
      const forkToken = group.writes === 'no' ? null : group.forkToken;
      const key = JSON.stringify([content.kind === 'cells' ? [...content.cells] : content, forkToken, atMost, onlyFor]);
      const row: GrowingRow = rows.get(key) ?? { content, forkToken, atMost, onlyFor, members: [] };
      rows.set(key, row);
      const jobs = group.jobs.map(({ path }) => path.join(' / '));
      const last = row.members.at(-1);
      if (last?.path === workflow.path) for (const job of jobs) last.jobs.push(job);
      else row.members.push({ path: workflow.path, jobs });
    }
  }
  const sorted = [...rows.values()].sort(byRank);
  return { rows: sorted, columns: columnsOf(sorted) };
}

const WORDS: Readonly<Record<JobGroup['knowledge'], RowWords>> = {
  computed: 'no permissions',
  'at-most': 'no permissions',
  'callers-decide': 'what the calling workflow gives',
  'never-runs': 'does not run',
  unknown: 'not known',
};

function contentOf(group: JobGroup): RowContent {
  const pair = defaultPair(group);
  if (pair !== null) {
    const { write, read } = pair;
    return { kind: 'default', writes: write.levels.write.length, reads: read.levels.read };
  }
  const cells = cellsOf(group);
  return cells.size === 0 ? { kind: 'words', words: WORDS[group.knowledge] } : { kind: 'cells', cells };
}

/** Chosen are those that most rows write, and shown the most important first. */
function columnsOf(rows: readonly MatrixRow[]): readonly string[] {
  const all = rows.flatMap(({ content }) => (content.kind === 'cells' ? [content.cells] : []));
  const short = all.filter(({ size }) => size <= LONG);
  const writes = new Map<string, number>();
  for (const cells of short.length > 0 ? short : all) {
    for (const [name, cell] of cells) writes.set(name, (writes.get(name) ?? 0) + (isWrite(cell) ? 1 : 0));
  }
  const writesOf = (name: string) => writes.get(name) ?? 0;
  const isKey = (name: string) => KEYS.includes(name);
  const chosen = [...writes.keys()].sort(
    (a, b) => Number(isKey(b)) - Number(isKey(a)) || writesOf(b) - writesOf(a) || byImportance(a, b),
  );
  // One more is no wider than the column that would count it.
  const shown = chosen.length === MOST_COLUMNS + 1 ? chosen : chosen.slice(0, MOST_COLUMNS);
  return shown.sort((a, b) => Math.min(1, writesOf(b)) - Math.min(1, writesOf(a)) || byImportance(a, b));
}

/** Rows that always write come first, then those that may, each by the most important permission that they write. */
function byRank(a: MatrixRow, b: MatrixRow): number {
  return rank(a) - rank(b) || firstWritten(a) - firstWritten(b) || size(b) - size(a);
}

const WORDS_ORDER: readonly RowWords[] = [
  'not known',
  'no permissions',
  'what the calling workflow gives',
  'does not run',
];

function rank({ content }: MatrixRow): number {
  if (content.kind === 'default') return 2;
  if (content.kind === 'words') return 4 + WORDS_ORDER.indexOf(content.words);
  const cells = [...content.cells.values()];
  return cells.includes('write') ? 0 : cells.includes('write?') ? 1 : 3;
}

function firstWritten({ content }: MatrixRow): number {
  if (content.kind !== 'cells') return 0;
  const written = [...content.cells].find(([, cell]) => isWrite(cell));
  return written === undefined ? 0 : importance(written[0]);
}

function size({ content }: MatrixRow): number {
  return content.kind === 'cells' ? content.cells.size : 0;
}
