import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { PERMISSION_TABLE } from '../../src/permissions/permission-table.ts';
import { definitionOf } from '../../src/workflow/grammar/grammar.ts';

interface PublishedGrammar {
  readonly definitions: Readonly<Record<string, { readonly mapping?: { readonly properties: Properties } }>>;
}
type Properties = Readonly<Record<string, { readonly type: string }>>;

/** GitHub's own grammar, as published in the package that editors use. */
const published = JSON.parse(
  readFileSync(
    new URL('../../node_modules/@actions/workflow-parser/dist/workflow-v1.0.min.json', import.meta.url),
    'utf8',
  ),
) as PublishedGrammar;

const LEVELS: Readonly<Record<string, readonly string[]>> = {
  'permission-level-any': ['none', 'read', 'write'],
  'permission-level-read-or-no-access': ['none', 'read'],
  'permission-level-write-or-no-access': ['none', 'write'],
};

function levelsByName(properties: Properties): ReadonlyMap<string, readonly string[] | undefined> {
  return new Map(Object.entries(properties).map(([name, { type }]) => [name, LEVELS[type]]));
}

const theirs = levelsByName(published.definitions['permissions-mapping']?.mapping?.properties ?? {});
const ours = new Map(
  PERMISSION_TABLE.filter(({ levels }) => levels.length > 0).map(({ name, levels }) => [name, [...levels].sort()]),
);

const ADVICE = 'see "Adding a scope" in CONTRIBUTING.md';

describe("our table and GitHub's grammar", () => {
  test('GitHub has no permission that our table lacks', () => {
    const missing = [...theirs.keys()].filter((name) => !ours.has(name));
    expect(missing.map((name) => `GitHub has a new permission '${name}': ${ADVICE}`)).toEqual([]);
  });

  test('our table has no permission that GitHub lacks', () => {
    const gone = [...ours.keys()].filter((name) => !theirs.has(name));
    expect(gone.map((name) => `GitHub's grammar has no '${name}' any more: look whether it is still granted`)).toEqual(
      [],
    );
  });

  test('the levels are the same', () => {
    const different = [...ours].filter(([name, levels]) => theirs.get(name)?.join() !== levels.join());
    expect(different.map(([name]) => `GitHub allows other levels for '${name}': correct the table, ${ADVICE}`)).toEqual(
      [],
    );
  });

  test('the grammar in src/workflow/grammar/grammar.json is the published one', () => {
    const generated = levelsByName((definitionOf('permissions-mapping').mapping?.properties ?? {}) as Properties);
    expect({ advice: 'run `npm run generate`', permissions: generated }).toEqual({
      advice: 'run `npm run generate`',
      permissions: theirs,
    });
  });
});
