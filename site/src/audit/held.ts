import type { OutcomeFacts } from '../../../src/organization/facts.ts';
import { holdingJobs, isConditional } from '../../../src/organization/held.ts';
import type { HoldingJob } from '../../../src/organization/held.ts';
import type { OrganizationFacts } from '../../../src/organization/facts.ts';
import type { Cell } from '../../../src/report/cells.ts';
import { isWrite } from '../../../src/report/cells.ts';
import { byImportance } from '../../../src/report/levels.ts';

/** The most that an outsider can make a job do, the worst first. With `?` it rests on a setting that is not known. */
export const REACHES = ['write', 'write?', 'read', 'none'] as const;

export type Reach = (typeof REACHES)[number];

/** What a job's token may do. */
export interface Held {
  /** The most of any run, by permission, the most important first. With `?` it rests on a setting that is not known. */
  readonly levels: ReadonlyMap<string, Cell>;
  readonly writes: readonly string[];
  /** The events of the runs in which it has a token. */
  readonly events: readonly string[];
  readonly reach: Reach;
}

/** A job that gets a token, with what it may do: the same object for the same rows. */
export type HeldJob = HoldingJob & { readonly held: Held };

/** Takes facts and returns all jobs that get a token with what they may do. */
export function heldJobs(facts: OrganizationFacts): readonly HeldJob[] {
  const known = new Map<HoldingJob['rows'], Held>();
  return [...holdingJobs(facts)].map(({ facts: repository, workflow, job, rows }) => {
    const held = known.get(rows) ?? heldIn(rows);
    known.set(rows, held);
    return { facts: repository, workflow, job, rows, held };
  });
}

function heldIn(rows: readonly OutcomeFacts[]): Held {
  const levels = mostOf(rows);
  const writes = [...levels].filter(([, cell]) => isWrite(cell)).map(([permission]) => permission);
  const events = [...new Set(rows.flatMap((row) => row.events))];
  return { levels, writes, events, reach: reachOf(rows) };
}

/** What a run of a fork's pull request reads counts, too: such runs have a row of their own where they get less. */
function reachOf(rows: readonly OutcomeFacts[]): Reach {
  const reached = [...mostOf(rows.filter(({ byOutsiders }) => byOutsiders !== undefined)).values()];
  if (reached.includes('write')) return 'write';
  if (reached.includes('write?')) return 'write?';
  return reached.length > 0 || rows.some(({ actor }) => actor === 'fork') ? 'read' : 'none';
}

function mostOf(rows: readonly OutcomeFacts[]): ReadonlyMap<string, Cell> {
  const names = [...new Set(rows.flatMap(({ permissions }) => Object.keys(permissions)))].sort(byImportance);
  return new Map(
    names.flatMap((name): readonly (readonly [string, Cell])[] => {
      const level = (['write', 'read'] as const).find((one) =>
        rows.some(({ permissions }) => permissions[name] === one),
      );
      if (level === undefined) return [];
      const isMaybe = rows.filter(({ permissions }) => permissions[name] === level).every(isConditional);
      return [[name, isMaybe ? `${level}?` : level]];
    }),
  );
}
