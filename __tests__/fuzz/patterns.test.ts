import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@jest/globals';
import { analyse } from 'scslre';
import ts from 'typescript';

const SOURCES = fileURLToPath(new URL('../../src', import.meta.url));

/** Patterns that take more than the length of a text, and why the texts that they get are short. */
const SHORT_TEXTS: Readonly<Record<string, string>> = {
  [String.raw`/\B(?=(\d{3})+$)/g`]: 'the digits of a number',
  [String.raw`/^["'(]*(?:[A-Za-z]+(?:['-][A-Za-z]+)*|\d{1,5})?[)"']*[.,;:?!]?["']?$/`]:
    'words of 40 characters at most',
  [String.raw`/^\s*([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?$/s`]: 'a line that git itself wrote',
  [String.raw`/\[.[^\]]*\]/gu`]: 'the part of a text up to its last `]`, so that one is found from every start',
};

/** Each pattern that is written in a file, with its place. */
function patternsIn(file: string): readonly (readonly [pattern: string, place: string])[] {
  const source = ts.createSourceFile(file, readFileSync(path.join(SOURCES, file), 'utf8'), ts.ScriptTarget.Latest);
  const found: (readonly [string, string])[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push([node.text, `${file}:${line + 1}`]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const patterns = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap(patternsIn);

/** Whether a text can be made for which the time grows faster than its length. */
function isSlow(pattern: string): boolean {
  const [, source = '', flags = ''] = /^\/([^]*)\/([a-z]*)$/.exec(pattern) ?? [];
  return analyse({ source, flags }).reports.length > 0;
}

test.each([
  String.raw`/^(a+)+$/`,
  String.raw`/^\s*(.*?)\s*$/`,
  String.raw`/\/+$/`,
  String.raw`/^x(?:[ \t]+.*\n|\s*\n)*?y/`,
])('a slow pattern is found: %s', (pattern) => {
  expect(isSlow(pattern)).toBe(true);
});

test('no pattern of the sources takes more time than a text has characters', () => {
  expect(patterns.length).toBeGreaterThan(400);
  const slow = new Map(patterns.filter(([pattern]) => isSlow(pattern)));
  for (const known of Object.keys(SHORT_TEXTS)) expect(slow.delete(known)).toBe(true);
  expect([...slow].map(([pattern, place]) => `${place} ${pattern}`)).toEqual([]);
});
