import type { ChangedPermission, ChangeKind } from '../model/change.ts';
import type { AccessLevel, Permissions } from '../model/permission.ts';
import { isMore } from '../permissions/access-level.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';
import { OPPOSITES } from './opposites.ts';
import { isRunning } from './status.ts';
import type { Running, Status } from './status.ts';

/** What kind of cause to look for. */
export type CauseKind = 'job' | 'trigger' | 'condition' | 'failure' | 'reading' | 'levels';

/** What becomes of a job in one kind of run. */
export interface Transition {
  readonly kind: ChangeKind;
  readonly permissions: readonly ChangedPermission[];
  readonly byOutsiders: boolean;
  readonly upperBound: boolean;
  readonly cause: CauseKind;
}

const NOTHING: Permissions = {};

/**
 * What the step from one status to another is. Swapping the two gives the opposite kinds. A permission that rises is in
 * one transition, and so is one that is lowered.
 */
export function transitions(before: Status, after: Status): readonly Transition[] {
  if (isRunning(before)) return isRunning(after) ? betweenRunning(before, after) : stops(before, after);
  if (isRunning(after)) return starts(before, after);
  return [];
}

function starts(before: Exclude<Status, Running>, after: Running): readonly Transition[] {
  const permissions = differences(NOTHING, after.permissions);
  const facts = { permissions, byOutsiders: after.byOutsiders, upperBound: after.kind === 'upper-bound' };
  switch (before.kind) {
    case 'no-job':
      return [{ ...facts, kind: 'new', cause: 'job' }];
    case 'failing':
      return [{ ...facts, kind: 'stops-failing', cause: 'failure' }];
    case 'by-caller':
      return [{ ...facts, permissions: [], kind: 'becomes-known', cause: 'levels' }];
    case 'no-event':
    case 'not-run': {
      const cause = before.kind === 'no-event' ? 'trigger' : 'condition';
      if (after.byOutsiders) return [{ ...facts, kind: 'reachable-by-outsiders', cause }];
      return permissions.length === 0 ? [] : [{ ...facts, kind: 'raised', cause }];
    }
  }
}

function stops(before: Running, after: Exclude<Status, Running>): readonly Transition[] {
  return starts(after, before).map(mirrored);
}

function betweenRunning(before: Running, after: Running): readonly Transition[] {
  const gains = after.byOutsiders && !before.byOutsiders;
  const loses = before.byOutsiders && !after.byOutsiders;
  const differing = differences(before.permissions, after.permissions);
  // What outsiders get at all, or no longer, tells of its rise, or its fall, too.
  const rises = gains ? [] : differing.filter((one) => isMore(one.after, one.before));
  const falls = loses ? [] : differing.filter((one) => isMore(one.before, one.after));
  const facts = {
    byOutsiders: before.byOutsiders && after.byOutsiders,
    upperBound: before.kind === 'upper-bound' || after.kind === 'upper-bound',
  };
  const permissions = differing.filter((one) => rises.includes(one) || falls.includes(one));
  return [
    ...(gains ? [reachable(after)] : []),
    ...(loses ? [mirrored(reachable(before))] : []),
    ...(before.kind === after.kind
      ? [
          ...(rises.length === 0 ? [] : [{ ...facts, kind: 'raised', permissions: rises, cause: 'levels' } as const]),
          ...(falls.length === 0 ? [] : [{ ...facts, kind: 'lowered', permissions: falls, cause: 'levels' } as const]),
        ]
      : [
          {
            ...facts,
            kind: after.kind === 'granted' ? 'becomes-known' : 'becomes-unknown',
            permissions,
            cause: 'reading',
          } as const,
        ]),
  ];
}

function reachable(after: Running): Transition {
  return {
    kind: 'reachable-by-outsiders',
    permissions: differences(NOTHING, after.permissions),
    byOutsiders: true,
    upperBound: after.kind === 'upper-bound',
    cause: 'condition',
  };
}

function mirrored(transition: Transition): Transition {
  const permissions = transition.permissions.map(({ permission, before, after }) => {
    return { permission, before: after, after: before };
  });
  return { ...transition, kind: OPPOSITES[transition.kind], permissions };
}

/** The permissions whose level differs, by name. */
export function differences(before: Permissions, after: Permissions): readonly ChangedPermission[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byCodeUnit);
  const level = (permissions: Permissions, name: string): AccessLevel => permissions[name] ?? 'none';
  return names
    .map((permission) => ({ permission, before: level(before, permission), after: level(after, permission) }))
    .filter((one) => one.before !== one.after);
}
