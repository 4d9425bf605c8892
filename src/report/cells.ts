import type { JobGroup } from './fold.ts';
import { byImportance } from './levels.ts';

/** A level of a permission; with `?` it is not so in every run. */
export type Cell = 'write' | 'write?' | 'read' | 'read?';

/** Takes jobs with the same token and returns what it may do, the most important permissions first. */
export function cellsOf({ outcomes }: Pick<JobGroup, 'outcomes'>): ReadonlyMap<string, Cell> {
  const names = new Set(outcomes.flatMap(({ levels }) => [...levels.write, ...levels.read]));
  const cell = (name: string): Cell => {
    const writes = outcomes.filter(({ levels }) => levels.write.includes(name)).length;
    if (writes > 0) return writes === outcomes.length ? 'write' : 'write?';
    return outcomes.every(({ levels }) => levels.read.includes(name)) ? 'read' : 'read?';
  };
  return new Map([...names].sort(byImportance).map((name) => [name, cell(name)]));
}

/** Whether a cell is one that may write. */
export function isWrite(cell: Cell): boolean {
  return cell === 'write' || cell === 'write?';
}

/** The level of a cell, whatever the run. */
export function levelOf(cell: Cell | undefined): 'none' | 'read' | 'write' {
  if (cell === undefined) return 'none';
  return isWrite(cell) ? 'write' : 'read';
}
