import type { ChangeKind } from '../model/change.ts';

/** Every kind of change has an opposite: swapping what is compared swaps them. */
export const OPPOSITES: Readonly<Record<ChangeKind, ChangeKind>> = {
  raised: 'lowered',
  lowered: 'raised',
  new: 'removed',
  removed: 'new',
  'reachable-by-outsiders': 'no-longer-reachable',
  'no-longer-reachable': 'reachable-by-outsiders',
  'starts-to-fail': 'stops-failing',
  'stops-failing': 'starts-to-fail',
  'becomes-unknown': 'becomes-known',
  'becomes-known': 'becomes-unknown',
  'contract-raised': 'contract-lowered',
  'contract-lowered': 'contract-raised',
};
