import { NumberData } from '@actions/expressions/data/number';
import { describe, expect, test } from '@jest/globals';

import type { Certainty, PartlyKnownText, Value } from '../../src/token/abstract-value.ts';
import { areEqual, known, NULL, possibleTexts, truthiness, UNKNOWN } from '../../src/token/abstract-value.ts';

const text = (facts: Omit<PartlyKnownText, 'kind'>): Value => ({ kind: 'text', ...facts });
const number = (value: number): Value => ({ kind: 'known', data: new NumberData(value) });
const object = (mayBeNull: boolean): Value => ({ kind: 'object', get: () => UNKNOWN, mayBeNull });

const TAG = text({ prefix: 'refs/tags/' });
const TAG_OR_NONE = text({ prefix: 'refs/tags/', mayBeEmpty: true });
const ONE_OF = text({ oneOf: ['Main', 'dev'] });
const NOBODY = text({ not: ['Octo', 'hubot'] });

describe('`==`', () => {
  test.each<readonly [what: string, Value, Value, Certainty]>([
    ['known ones', known('Main'), known('main'), true],
    ['known ones', known('main'), known('dev'), false],
    ['what begins so', TAG, known('REFS/tags/v1'), 'unknown'],
    ['what begins otherwise', TAG, known('refs/heads/v1'), false],
    ['nothing, and what begins with something', TAG, known(''), false],
    ['nothing, and what may be empty', TAG_OR_NONE, known(''), 'unknown'],
    ['something, and what may be empty', TAG_OR_NONE, known('refs/heads/v1'), false],
    ['one of two', ONE_OF, known('main'), 'unknown'],
    ['none of two', ONE_OF, known('test'), false],
    ['nothing, and one of two that have something', ONE_OF, known(''), false],
    ['nothing, and one of two that may have nothing', text({ oneOf: ['main', ''] }), known(''), 'unknown'],
    ['what it certainly is not', NOBODY, known('octo'), false],
    ['what it certainly is not', NOBODY, known('HuBot'), false],
    ['what it may be', NOBODY, known('mona'), 'unknown'],
    ['what nobody writes down, and a word', text({ writtenAs: [] }), known('mona'), false],
    ['what one word may be written as, and that word', text({ writtenAs: ['Bot'] }), known('bot'), 'unknown'],
    ['what one word may be written as, and another', text({ writtenAs: ['Bot'] }), known('mona'), false],
    ['nothing, and what has something', text({ nonEmpty: true }), known(''), false],
    ['nothing, and what may have something', NOBODY, known(''), 'unknown'],
    ['the same text', text({ sameAs: 'owner' }), text({ sameAs: 'owner' }), true],
    ['two texts', text({ sameAs: 'owner' }), text({ sameAs: 'repository' }), 'unknown'],
    ['two texts of which nothing is known', NOBODY, ONE_OF, 'unknown'],
    ['a text that differs', text({ sameAs: 'owner' }), text({ differsFrom: 'owner' }), false],
    ['a text that differs from another', text({ sameAs: 'owner' }), text({ differsFrom: 'repository' }), 'unknown'],
    ['two that differ from a third', text({ differsFrom: 'owner' }), text({ differsFrom: 'owner' }), 'unknown'],
    // GitHub takes a text for a number there, and what is none for NaN.
    ['a reference and a number', TAG, number(0), false],
    ['a reference and null', TAG, NULL, false],
    ['a reference or nothing, and null', TAG_OR_NONE, NULL, 'unknown'],
    ['words and false', ONE_OF, known(false), false],
    ['numbers that are all it', text({ oneOf: ['1', '1.0'] }), number(1), true],
    ['numbers of which one is it', text({ oneOf: ['1', '2'] }), number(1), 'unknown'],
    ['any text and null', NOBODY, NULL, 'unknown'],
    ['what nobody knows', UNKNOWN, known('main'), 'unknown'],
    ['an object and a text', object(false), NOBODY, false],
    ['an object and null', object(false), NULL, false],
    ['an object that may not be there, and null', object(true), NULL, 'unknown'],
    ['two objects', object(false), object(false), 'unknown'],
    ['an object and what nobody knows', object(false), UNKNOWN, 'unknown'],
  ])('%s', (_, left, right, expected) => {
    expect(areEqual(left, right)).toBe(expected);
    expect(areEqual(right, left)).toBe(expected);
  });
});

test.each<readonly [what: string, Value, Certainty]>([
  ['a known text', known('false'), true],
  ['the empty text', known(''), false],
  ['null', NULL, false],
  ['an object', object(false), true],
  ['an object that may not be there', object(true), 'unknown'],
  ['a reference', TAG, true],
  ['a reference or nothing', TAG_OR_NONE, 'unknown'],
  ['one of two texts', ONE_OF, true],
  ['one of two texts of which one is empty', text({ oneOf: ['main', ''] }), 'unknown'],
  ['a text with something in it', text({ nonEmpty: true }), true],
  ['any text', NOBODY, 'unknown'],
  ['what nobody knows', UNKNOWN, 'unknown'],
  ['what is certainly there', { kind: 'unknown', truthy: true }, true],
])('whether %s counts as true', (_, value, expected) => {
  expect(truthiness(value)).toBe(expected);
});

test.each<readonly [what: string, Value, readonly string[] | null]>([
  ['a known one', known('main'), ['main']],
  ['one of two', ONE_OF, ['Main', 'dev']],
  ['any text', NOBODY, null],
  ['no text', known(true), null],
  ['what nobody knows', UNKNOWN, null],
])('all texts that %s can be', (_, value, texts) => {
  expect(possibleTexts(value)).toEqual(texts);
});
