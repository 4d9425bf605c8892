import type { Exception } from '../../model/policy.ts';
import type { Platform } from '../../model/settings.ts';
import type { Node } from '../../workflow/node.ts';
import { isDate } from './dates.ts';
import { MATCHER_KEYS, matcherIn } from './matchers.ts';
import { itemsOf, knownPairs, textOf, textsOf } from './nodes.ts';
import type { Pair } from './nodes.ts';
import { permissionNamed } from './permissions.ts';
import type { Reading } from './reading.ts';
import { isRule } from './rules.ts';

/** The keys of an exception. */
const EXCEPTION_KEYS = ['rule', ...MATCHER_KEYS, 'permissions', 'reason', 'expires'] as const;

/** What we show in the place of a reason, as `…` in the entries that we offer. */
const YOUR_REASON = 'WHY IT IS FINE HERE';

/** The exceptions under `exceptions`, in their order. */
export function exceptionsIn(reading: Reading, node: Node, platform: Platform): readonly Exception[] {
  return itemsOf(reading, node, '`exceptions`', 'exceptions').flatMap((item): readonly Exception[] => {
    const pairs = knownPairs(reading, item, 'an exception', EXCEPTION_KEYS);
    if (pairs === null) return [];
    const rule = ruleIn(reading, item, pairs);
    return [
      {
        ...reading.locate(item),
        rule,
        ...matcherIn(reading, pairs),
        permissions: permissionsIn(reading, rule, pairs.get('permissions'), platform),
        reason: reasonIn(reading, item, pairs),
        expires: expiryIn(reading, pairs.get('expires')),
      },
    ];
  });
}

function ruleIn(reading: Reading, item: Node, pairs: ReadonlyMap<string, Pair>): string {
  const pair = pairs.get('rule');
  if (pair === undefined) {
    reading.problem(item, 'This exception does not say from which rule.', 'Write `rule: NAME`.');
    return '';
  }
  const name = textOf(reading, pair.value, '`rule`') ?? '';
  if (name !== '') isRule(reading, name, pair.value);
  return name;
}

function reasonIn(reading: Reading, item: Node, pairs: ReadonlyMap<string, Pair>): string {
  const pair = pairs.get('reason');
  if (pair === undefined) {
    reading.problem(item, 'This exception gives no reason.', `Write \`reason: ${YOUR_REASON}\`.`);
    return '';
  }
  const text = textOf(reading, pair.value, '`reason`')?.trim() ?? '';
  const isPlaceholder = text === YOUR_REASON || !/[\p{L}\p{N}]/u.test(text);
  if (text !== '' && isPlaceholder) reading.problem(pair.value, 'This is no reason yet.', 'Say why it is fine here.');
  return text;
}

/** A permission that nobody knows yet can be excepted from the rule about such permissions alone. */
function permissionsIn(
  reading: Reading,
  rule: string,
  pair: Pair | undefined,
  platform: Platform,
): readonly string[] | null {
  if (pair === undefined) return null;
  const texts = textsOf(reading, pair.value, '`permissions`', 'names of permissions') ?? [];
  if (rule !== 'unknown-permission') {
    for (const { node } of texts) if (node.kind === 'scalar') permissionNamed(reading, node, platform);
  }
  return texts.map(({ text }) => text);
}

function expiryIn(reading: Reading, pair: Pair | undefined): string | null {
  if (pair === undefined) return null;
  const { value } = pair;
  const text = textOf(reading, value, '`expires`');
  if (text === null || isDate(text)) return text;
  reading.problem(
    value,
    `'${text}' is no day of the calendar.`,
    'Write the last day as YYYY-MM-DD, such as 2027-01-31.',
  );
  return null;
}
