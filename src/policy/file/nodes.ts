import { didYouMean, nearestWord } from '../../words/nearest-word.ts';
import type { Node, ScalarNode } from '../../workflow/node.ts';
import type { Reading } from './reading.ts';
import { capital, listed } from '../../words/in-words.ts';

/** A key of a mapping and its value. */
export interface Pair {
  readonly key: ScalarNode;
  readonly value: Node;
}

/** A text and where it stands. */
export interface Text {
  readonly text: string;
  readonly node: Node;
}

/** The pairs of a mapping by key, each key once; `null` when it is no mapping. `what` names it in messages. */
export function pairsOf(reading: Reading, node: Node, what: string, of: string): ReadonlyMap<string, Pair> | null {
  if (node.kind !== 'mapping') {
    wrongKind(reading, node, what, `a mapping of ${of}`);
    return null;
  }
  const pairs = new Map<string, Pair>();
  for (const pair of node.pairs) {
    const { key } = pair;
    if (reading.isExpression(key)) noExpression(reading, key);
    else if (key.text === '<<') {
      reading.problem(key, 'YAML merge keys are not read.', 'Write the keys out.');
    } else if (pairs.has(key.text)) {
      const first = pairs.get(key.text)?.key.line;
      reading.problem(key, `'${key.text}' is written twice.`, `It is on line ${first} already. Keep one of them.`);
    } else pairs.set(key.text, pair);
  }
  return pairs;
}

/** The same for a mapping whose keys are known: others are mistakes. One that is misspelt counts as what is meant. */
export function knownPairs(
  reading: Reading,
  node: Node,
  what: string,
  keys: readonly string[],
): ReadonlyMap<string, Pair> | null {
  const pairs = pairsOf(reading, node, what, listed(keys));
  if (pairs === null) return null;
  const meant = new Map(pairs);
  for (const [name, pair] of pairs) {
    if (keys.includes(name)) continue;
    const nearest = didYouMean(name, keys).trim();
    reading.problem(pair.key, `There is no key '${name}' in ${what}.`, nearest || `Known here: ${keys.join(', ')}.`);
    const word = nearestWord(name, keys);
    if (word !== null && !meant.has(word)) meant.set(word, pair);
  }
  return meant;
}

/** The items of a list; none when it is no list. */
export function itemsOf(reading: Reading, node: Node, what: string, of: string): readonly Node[] {
  if (node.kind === 'sequence') return node.items;
  wrongKind(reading, node, what, `a list of ${of}`, node.kind === 'mapping' ? 'Begin each with `- `.' : undefined);
  return [];
}

/** A text that is not empty; `null` when it is something else. */
export function textOf(reading: Reading, node: Node, what: string): string | null {
  if (reading.isExpression(node)) noExpression(reading, node);
  else if (node.kind !== 'scalar' || node.type !== 'string') {
    const quoted = node.kind === 'scalar' && node.type !== 'null' ? 'Write it in quotes.' : undefined;
    wrongKind(reading, node, what, 'a text', quoted);
  } else if (node.text.trim() === '') reading.problem(node, `${capital(what)} is empty.`);
  else return node.text;
  return null;
}

/** A text or a list of them; `null` when it is neither, or has none. */
export function textsOf(reading: Reading, node: Node, what: string, of: string): readonly Text[] | null {
  const nodes = node.kind === 'sequence' ? node.items : [node];
  if (node.kind === 'mapping') {
    wrongKind(reading, node, what, `a text or a list of ${of}`);
    return null;
  }
  if (nodes.length === 0) {
    reading.problem(
      node,
      `${capital(what)} is an empty list, which can match nothing.`,
      'Name some, or remove the key.',
    );
    return null;
  }
  const texts = nodes.flatMap((item): readonly Text[] => {
    const text = textOf(reading, item, what);
    return text === null ? [] : [{ text, node: item }];
  });
  return texts;
}

/** One of some words; `null` when it is another. */
export function wordOf<const Word extends string>(
  reading: Reading,
  node: Node,
  what: string,
  words: readonly Word[],
): Word | null {
  if (reading.isExpression(node)) {
    noExpression(reading, node);
    return null;
  }
  const text = node.kind === 'scalar' ? node.text : null;
  const found = node.kind === 'scalar' && node.type === 'string' ? words.find((word) => word === text) : undefined;
  if (found !== undefined) return found;
  if (node.kind !== 'scalar' || node.type === 'null') wrongKind(reading, node, what, listed(words, 'or'));
  else
    reading.problem(
      node,
      `${capital(what)} is ${listed(words, 'or')}, not '${text}'.`,
      didYouMean(text ?? '', words).trim(),
    );
  return null;
}

/** `true` or `false`; `null` when it is neither. */
export function truthOf(reading: Reading, node: Node, what: string): boolean | null {
  if (node.kind === 'scalar' && node.type === 'boolean') return node.text === 'true';
  wrongKind(reading, node, what, 'true or false');
  return null;
}

/** Says that a node is of another kind than it has to be. */
export function wrongKind(reading: Reading, node: Node, what: string, expected: string, hint?: string): void {
  if (reading.isExpression(node)) noExpression(reading, node);
  else reading.problem(node, `${capital(what)} is ${expected}, not ${kindOf(node)}.`, hint);
}

/** Says that expressions are not read. */
export function noExpression(reading: Reading, node: Node): void {
  reading.problem(node, 'A policy has no expressions: `${{ }}` is not read here.', 'Write the value itself.');
}

function kindOf(node: Node): string {
  switch (node.kind) {
    case 'mapping':
      return 'a mapping';
    case 'sequence':
      return 'a list';
    case 'scalar':
      return node.type === 'null' ? 'nothing' : `'${node.text}'`;
  }
}
