import type { StepNeed, Uncertainty } from '../../model/needs.ts';
import type { Location } from '../../model/position.ts';
import type { ReportedJob, ReportedNeeds } from '../../model/report.ts';
import { cellsOf, levelOf, type Cell } from '../cells.ts';
import { namesOf } from '../compared.ts';
import type { JobGroup } from '../fold.ts';
import { byImportance } from '../levels.ts';
import { differentLines, once } from '../words.ts';

/** What a permission is needed for; `level: null`: perhaps. */
export interface Reason {
  readonly by: string;
  readonly places: readonly Location[];
  readonly why: string;
  readonly level: 'read' | 'write' | null;
  /** The run goes on without it. */
  readonly isTolerated: boolean;
  readonly isOptional: boolean;
  readonly isPublic: boolean;
  readonly events: readonly string[];
}

/** What a job gets of one permission against what it needs of it. */
export interface PermissionRow {
  readonly kind: 'permission';
  readonly permission: string;
  readonly gets: Cell | null;
  readonly needs: 'write' | 'read' | 'read, perhaps write' | 'perhaps';
  readonly reasons: readonly Reason[];
}

/**
 * A row of what a job gets against what it needs. `rest`: all that no step is known to use.
 * `impossible`: what no block gives.
 */
export type NeedRow =
  | PermissionRow
  | {
      readonly kind: 'rest';
      readonly names: readonly string[];
      readonly needs: 'not known' | 'unused';
      readonly reasons: readonly Reason[];
    }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'impossible'; readonly what: string; readonly reasons: readonly Reason[] };

/** Jobs with the same token that need the same. */
export interface NeedTable {
  readonly jobs: readonly ReportedJob[];
  readonly rows: readonly NeedRow[];
}

/** Takes jobs with the same token and returns what they get against what they need, those that need the same in one. */
export function needTables(group: JobGroup): readonly NeedTable[] {
  if (group.knowledge === 'never-runs' || group.passedOn !== null) return [];
  const cells = cellsOf(group);
  const folded = new Map<string, ReportedJob[]>();
  for (const job of group.jobs) {
    if (job.needs === null) continue;
    const key = JSON.stringify(rowsFor([job], job.needs, cells), (name, value: unknown) =>
      name === 'places' ? undefined : value,
    );
    folded.set(key, [...(folded.get(key) ?? []), job]);
  }
  return [...folded.values()].flatMap((jobs) => {
    const needs = jobs[0]?.needs ?? null;
    return needs === null ? [] : [{ jobs, rows: rowsFor(jobs, needs, cells) }];
  });
}

function rowsFor(jobs: readonly ReportedJob[], needs: ReportedNeeds, cells: ReadonlyMap<string, Cell>): NeedRow[] {
  const all = jobs.flatMap((job) => job.needs ?? []);
  const because = all.flatMap((each) => each.because);
  const unseen = all.flatMap((each) => each.unseen);
  const { uncertain } = needs;
  const needed = new Map(Object.entries(needs.permissions));
  const open = uncertain === 'all' ? [] : uncertain;
  const names = new Set([...needed.keys(), ...open]);
  const rows = [...names].map((permission): PermissionRow => {
    const level = needed.get(permission) ?? 'none';
    const using = because.filter((need) => namesOf(need).includes(permission));
    const perhaps = unseen.filter((one) => one.permissions !== 'all' && one.permissions.includes(permission));
    const reasons = [...usedBy(using), ...seenBy(perhaps)];
    const mayWrite = level === 'read' && open.includes(permission) && levelOf(cells.get(permission)) === 'write';
    return row(permission, level === 'none' ? 'perhaps' : mayWrite ? 'read, perhaps write' : level, reasons);
  });
  rows.sort((a, b) => rowRank(a) - rowRank(b) || byImportance(a.permission, b.permission));
  const rest = [...cells.keys()].filter((name) => name !== 'metadata' && !names.has(name));
  const impossible = all.flatMap((each) => each.impossible);
  const shown: NeedRow[] = [
    ...rows,
    ...restRows(),
    ...once(impossible.map(({ what }) => what)).map((what): NeedRow => {
      return { kind: 'impossible', what, reasons: seenBy(impossible.filter((one) => one.what === what)) };
    }),
  ];
  return shown.length === 0 ? [{ kind: 'nothing' }] : shown;

  function row(permission: string, needs: PermissionRow['needs'], reasons: readonly Reason[]): PermissionRow {
    return { kind: 'permission', permission, gets: cells.get(permission) ?? null, needs, reasons };
  }

  function restRows(): readonly NeedRow[] {
    if (uncertain === 'all') return [{ kind: 'rest', names: rest, needs: 'not known', reasons: seenBy(unseen) }];
    return rest.length === 0 ? [] : [{ kind: 'rest', names: rest, needs: 'unused', reasons: [] }];
  }
}

/** What is written first, then what is read, then what may be needed. */
function rowRank({ needs }: PermissionRow): number {
  return ['write', 'read, perhaps write', 'read', 'perhaps'].indexOf(needs);
}

function usedBy(needs: readonly StepNeed[]): readonly Reason[] {
  return folded(
    needs.map(({ by, because, level, tolerated, optional, publicRead, when, path, line, column }) => ({
      by,
      why: because,
      level,
      isTolerated: tolerated === true,
      isOptional: optional === true,
      isPublic: publicRead === true,
      events: when?.events ?? [],
      places: [{ path, line, column }],
    })),
  );
}

function seenBy(unseen: readonly Omit<Uncertainty, 'permissions'>[]): readonly Reason[] {
  return folded(
    unseen.map(({ by, because, path, line, column }) => {
      const place = { path, line, column };
      return {
        by,
        why: because,
        level: null,
        isTolerated: false,
        isOptional: false,
        isPublic: false,
        events: [],
        places: [place],
      };
    }),
  );
}

/** The same said of several places is said once. */
function folded(reasons: readonly Reason[]): readonly Reason[] {
  const known = new Map<string, Reason & { readonly places: Location[] }>();
  for (const reason of reasons) {
    const { places, ...rest } = reason;
    const key = JSON.stringify(rest);
    const same = known.get(key);
    if (same === undefined) known.set(key, { ...rest, places: [...places] });
    else same.places.push(...places);
  }
  return [...known.values()].map((reason) => ({ ...reason, places: differentLines(reason.places) }));
}
