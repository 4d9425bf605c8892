import { readFileSync } from 'node:fs';

import { expect, test } from '@jest/globals';
import ts from 'typescript';

const source = new URL('../../src/', import.meta.url);

/** The modules that a file needs before its first line runs: no types, and nothing that `await import` brings later. */
function importedBy(file: URL): readonly string[] {
  const { statements } = ts.createSourceFile('a.ts', readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return statements.flatMap((statement): readonly string[] => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier: from } = statement;
    const isType = ts.isImportDeclaration(statement)
      ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : statement.isTypeOnly;
    return from !== undefined && ts.isStringLiteral(from) && !isType ? [from.text] : [];
  });
}

/** All packages that are loaded with a file. */
function packagesWith(entry: string): ReadonlySet<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const follow = (file: URL): void => {
    if (seen.has(file.href) || !file.pathname.endsWith('.ts')) return;
    seen.add(file.href);
    for (const name of importedBy(file)) {
      if (name.startsWith('.')) follow(new URL(name, file));
      else if (!name.startsWith('node:')) packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  };
  follow(new URL(entry, source));
  return packages;
}

test.each<readonly [string, string, readonly string[]]>([
  ['the command line', 'cli.ts', ['@actions/expressions']],
  ['what jobs need', 'edge/reading/prepare-needs.ts', ['@actions/expressions', 'acorn', 'unbash']],
  ['a policy', 'edge/policy/check-by-policy.ts', ['@actions/expressions']],
  ['the action', 'action.ts', ['@actions/core', '@actions/expressions']],
])('%s loads no package that few runs need', (_, entry, packages) => {
  expect([...packagesWith(entry)].sort()).toEqual(packages);
});
