import { BooleanData } from '@actions/expressions/data/boolean';
import type { ExpressionData } from '@actions/expressions/data/expressiondata';
import { Null } from '@actions/expressions/data/null';
import { StringData } from '@actions/expressions/data/string';
import { equals, falsy } from '@actions/expressions/result';

/** Yes, no, or it depends on what only the run knows. */
export type Certainty = boolean | 'unknown';

/** A text of which only a part is known. */
export interface PartlyKnownText {
  readonly kind: 'text';
  /** How it certainly begins, when it is not empty: of no other text than a reference do we know that. */
  readonly prefix?: `refs/${string}`;
  /** All that it can be. */
  readonly oneOf?: readonly string[];
  /** What it certainly is not. */
  readonly not?: readonly string[];
  /** Of all that anybody can have written down it is one of these at most. What may be in it is not known. */
  readonly writtenAs?: readonly string[];
  /** It has no other characters, whatever it is. */
  readonly letters?: RegExp;
  /** Two texts with the same name are the same, whatever they are. */
  readonly sameAs?: string;
  /** The name of a text that it certainly differs from. */
  readonly differsFrom?: string;
  /** It is certainly not empty. */
  readonly nonEmpty?: boolean;
  /** It may be empty, whatever it begins with otherwise. */
  readonly mayBeEmpty?: boolean;
}

/** What is known, before a run, of a value in an expression. */
export type Value =
  | { readonly kind: 'known'; readonly data: ExpressionData }
  | PartlyKnownText
  | { readonly kind: 'object'; readonly get: (key: string) => Value; readonly mayBeNull?: boolean }
  | { readonly kind: 'unknown'; readonly truthy?: boolean };

export const UNKNOWN: Value = { kind: 'unknown' };
export const NULL: Value = { kind: 'known', data: new Null() };

export function known(value: string | boolean): Value {
  return { kind: 'known', data: typeof value === 'string' ? new StringData(value) : new BooleanData(value) };
}

/** An object of which some parts are known. Keys are in lower case: GitHub ignores their case. */
export function record(parts: Readonly<Record<string, Value>>, others: Value = UNKNOWN): Value & { kind: 'object' } {
  return { kind: 'object', get: (key) => (Object.hasOwn(parts, key) ? (parts[key] ?? others) : others) };
}

export function fromCertainty(certainty: Certainty): Value {
  return certainty === 'unknown' ? UNKNOWN : known(certainty);
}

/** Whether a value counts as true in a condition. */
export function truthiness(value: Value): Certainty {
  switch (value.kind) {
    case 'known':
      return !falsy(value.data);
    case 'object':
      return value.mayBeNull === true ? 'unknown' : true;
    case 'text':
      return isNonEmpty(value) ? true : 'unknown';
    case 'unknown':
      return value.truthy ?? 'unknown';
  }
}

/** GitHub's `==`, which ignores case. */
export function areEqual(left: Value, right: Value): Certainty {
  if (left.kind === 'known' && right.kind === 'known') return equals(left.data, right.data);
  if (left.kind === 'text' && right.kind === 'text') return areTextsEqual(left, right);
  if (left.kind === 'text' && right.kind === 'known') return isTextEqual(left, right.data);
  if (left.kind === 'known' && right.kind === 'text') return isTextEqual(right, left.data);
  if (left.kind === 'object') return isOtherThan(left, right);
  return right.kind === 'object' ? isOtherThan(right, left) : 'unknown';
}

/** Whether a value has no parts: a text, a number, a boolean or null. */
export function isPrimitive(value: Value): boolean {
  return value.kind === 'text' || (value.kind === 'known' && value.data.primitive);
}

/** Every text that a value can be; `null` when they cannot be listed. */
export function possibleTexts(value: Value): readonly string[] | null {
  if (value.kind === 'known') return value.data instanceof StringData ? [value.data.value] : null;
  return value.kind === 'text' ? (value.oneOf ?? null) : null;
}

function isNonEmpty(text: PartlyKnownText): boolean {
  if (text.mayBeEmpty === true) return false;
  return text.nonEmpty === true || text.prefix !== undefined || text.oneOf?.every((one) => one !== '') === true;
}

export function lower(text: string): string {
  return text.toLowerCase();
}

/** An object is never the same as a value without parts. */
function isOtherThan(object: Value & { readonly kind: 'object' }, other: Value): Certainty {
  return object.mayBeNull !== true && isPrimitive(other) ? false : 'unknown';
}

function areTextsEqual(left: PartlyKnownText, right: PartlyKnownText): Certainty {
  if (left.sameAs !== undefined && left.sameAs === right.sameAs) return true;
  if (left.sameAs !== undefined && left.sameAs === right.differsFrom) return false;
  if (right.sameAs !== undefined && right.sameAs === left.differsFrom) return false;
  return 'unknown';
}

function isTextEqual(text: PartlyKnownText, data: ExpressionData): Certainty {
  if (!(data instanceof StringData)) return isTextEqualToOther(text, data);
  const wanted = lower(data.value);
  if (wanted === '' && text.mayBeEmpty === true) return 'unknown';
  if (text.prefix !== undefined && !wanted.startsWith(lower(text.prefix))) return false;
  if (text.not?.some((one) => lower(one) === wanted) === true) return false;
  const possible = text.oneOf ?? text.writtenAs;
  if (possible?.every((one) => lower(one) !== wanted) === true) return false;
  return wanted === '' && isNonEmpty(text) ? false : 'unknown';
}

/** A text is compared with null, a boolean or a number as a number, which a reference is not. */
function isTextEqualToOther(text: PartlyKnownText, data: ExpressionData): Certainty {
  if (text.prefix !== undefined) return text.mayBeEmpty === true ? 'unknown' : false;
  const answers = new Set(text.oneOf?.map((one) => equals(new StringData(one), data)));
  return answers.size === 1 ? answers.has(true) : 'unknown';
}
