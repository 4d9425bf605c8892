import type { Phrase } from '../phrase.ts';

/** A part of a report about many repositories: what it says, and the tables below. */
export interface Section {
  readonly title: Phrase;
  readonly says: readonly Phrase[];
  readonly tables: readonly Table[];
}

/** A column: its title, and whether it has numbers. */
export interface Column {
  readonly title: string;
  readonly isNumber?: true;
}

/** Rows with as many cells as there are columns. What matters most comes first, since what is last may be left out. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Phrase[])[];
  /** So many rows are shown at once, the others are folded away where that can be done. */
  readonly open: number;
  /** Which table of `--format csv` has all rows; not given when none has. */
  readonly csv?: string;
}
