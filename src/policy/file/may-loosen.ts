import type { MayLoosen } from '../../model/policy.ts';
import type { Node } from '../../workflow/node.ts';
import { itemsOf, knownPairs, textOf, truthOf } from './nodes.ts';
import type { Pair } from './nodes.ts';
import type { Reading } from './reading.ts';
import { isRule } from './rules.ts';

const MAY_LOOSEN_KEYS = ['rules', 'limits', 'exceptions', 'scopes', 'trusted-owners', 'actions'] as const;

/** A policy that says nothing lets nothing be loosened. */
export const MAY_LOOSEN_NOTHING: MayLoosen = {
  rules: [],
  limits: false,
  exceptions: false,
  scopes: false,
  trustedOwners: false,
  actions: false,
};

/** What a policy that extends this one may make milder. */
export function mayLoosenIn(reading: Reading, node: Node): MayLoosen {
  const pairs = knownPairs(reading, node, '`may-loosen`', MAY_LOOSEN_KEYS);
  if (pairs === null) return MAY_LOOSEN_NOTHING;
  const truth = (key: string) => {
    const pair = pairs.get(key);
    return pair === undefined ? false : (truthOf(reading, pair.value, `\`${key}\``) ?? false);
  };
  return {
    rules: rulesIn(reading, pairs.get('rules')),
    limits: truth('limits'),
    exceptions: truth('exceptions'),
    scopes: truth('scopes'),
    trustedOwners: truth('trusted-owners'),
    actions: truth('actions'),
  };
}

function rulesIn(reading: Reading, pair: Pair | undefined): readonly string[] {
  if (pair === undefined) return [];
  return itemsOf(reading, pair.value, '`rules`', 'rules').flatMap((item) => {
    const name = textOf(reading, item, 'a rule');
    return name !== null && isRule(reading, name, item) ? [name] : [];
  });
}
