import type { AccessLevel } from '../model/permission.ts';

const RANK: Readonly<Record<AccessLevel, number>> = { none: 0, read: 1, write: 2 };

/** Whether one level is more than another: none < read < write. */
export function isMore(level: AccessLevel, than: AccessLevel): boolean {
  return RANK[level] > RANK[than];
}

/** The higher of two levels. */
export function higher(a: AccessLevel, b: AccessLevel): AccessLevel {
  return isMore(b, a) ? b : a;
}
