import { fileURLToPath } from 'node:url';

import { expect, test } from '@jest/globals';
import ts from 'typescript';

import schema from '../../report.schema.json' with { type: 'json' };

/**
 * The schema and the types that reports are made of say the same: each property, whether it may be missing, and each
 * word of each closed list. What the schema says beyond them, such as formats and conditions, is not looked at.
 */

type Schema = { readonly [Keyword in string]?: unknown };

const file = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
const files = ['model/report.ts', 'model/audit.ts', 'edge/output/error-report.ts'].map(file);
const program = ts.createProgram(files, {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  noEmit: true,
  types: [],
});
const checker = program.getTypeChecker();

function typeNamed(name: string, path: string): ts.Type {
  const source = program.getSourceFile(file(path));
  const symbol = checker.getExportsOfModule(checker.getSymbolAtLocation(source!)!).find((each) => each.name === name);
  return checker.getDeclaredTypeOfSymbol(symbol!);
}

/** Follows references; what stands beside one counts too. */
function resolve(each: Schema): Schema {
  if (typeof each.$ref !== 'string') return each;
  const { $ref, ...rest } = each;
  const definitions: Readonly<Record<string, Schema>> = schema.$defs;
  const found = resolve(definitions[$ref.slice('#/$defs/'.length)]!);
  const required = [...((found.required ?? []) as string[]), ...((rest.required ?? []) as string[])];
  const properties = { ...(found.properties as object), ...(rest.properties as object) };
  return { ...found, ...rest, required, properties };
}

/** The schema without `null`, and whether it took `null`. */
function splitNull(each: Schema): { readonly rest: Schema; readonly nullable: boolean } {
  if (Array.isArray(each.anyOf)) {
    const [rest, nothing] = each.anyOf as Schema[];
    return { rest: resolve(rest!), nullable: nothing?.type === 'null' };
  }
  if (!Array.isArray(each.type)) return { rest: each, nullable: false };
  return { rest: { ...each, type: each.type[0] as unknown }, nullable: each.type.includes('null') };
}

function* differences(type: ts.Type, unresolved: Schema, path: string): Generator<string> {
  const { rest: each, nullable } = splitNull(resolve(unresolved));
  const parts = type.isUnion() ? type.types : [type];
  const others = parts.filter((part) => (part.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) === 0);
  if (nullable !== parts.some((part) => part.flags & ts.TypeFlags.Null)) yield `${path}: null`;
  const words = others.flatMap((part) => (part.isLiteral() ? [part.value] : []));
  const list = others.find((part) => checker.isArrayType(part));
  if (list !== undefined && words.length > 0 && Array.isArray(unresolved.anyOf)) {
    // A word or a list.
    const [word, items] = unresolved.anyOf as Schema[];
    yield* differ(`${path}: the words`, words, [word!.const]);
    yield* differences(list, items!, path);
    return;
  }
  const [only] = others;
  if (only === undefined) return;
  if (words.length > 0) {
    const written = each.const === undefined ? each.enum : [each.const];
    yield* differ(`${path}: the words`, words, written);
  } else if (others.length === 1 && checker.typeToString(only) === 'true') {
    if (each.const !== true) yield `${path}: true`;
  } else if (checker.isArrayType(only)) {
    if (each.type !== 'array') yield `${path}: an array`;
    yield* differences(checker.getTypeArguments(only as ts.TypeReference)[0]!, each.items as Schema, `${path}[]`);
  } else if (only.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) {
    yield* objectDifferences(only, each, path);
  } else if (each.type !== primitive(only)) {
    yield `${path}: ${checker.typeToString(only)}`;
  }
}

/** What JSON Schema calls a type without parts. Numbers of ours are lines and columns. */
function primitive(type: ts.Type): string {
  if (type.flags & ts.TypeFlags.BooleanLike) return 'boolean';
  return type.flags & ts.TypeFlags.Number ? 'integer' : checker.typeToString(type);
}

function* objectDifferences(type: ts.Type, each: Schema, path: string): Generator<string> {
  if (each.type !== 'object') yield `${path}: an object`;
  const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  if (index !== undefined) {
    yield* differences(index, each.additionalProperties as Schema, `${path}.*`);
    return;
  }
  const properties = checker.getPropertiesOfType(type);
  const schemas = (each.properties ?? {}) as Readonly<Record<string, Schema>>;
  const required = properties.filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0);
  yield* differ(
    `${path}: the properties`,
    properties.map(({ name }) => name),
    Object.keys(schemas),
  );
  yield* differ(
    `${path}: the required properties`,
    required.map(({ name }) => name),
    each.required ?? [],
  );
  for (const property of properties) {
    const found = schemas[property.name];
    if (found !== undefined) {
      yield* differences(
        checker.getTypeOfSymbol(property),
        found,
        path === '' ? property.name : `${path}.${property.name}`,
      );
    }
  }
}

function* differ(what: string, inTypes: readonly unknown[], inSchema: unknown): Generator<string> {
  const sorted = (values: readonly unknown[]) => [...new Set(values)].sort().join(', ');
  const written = Array.isArray(inSchema) ? sorted(inSchema) : 'none';
  if (sorted(inTypes) !== written) yield `${what}: ${sorted(inTypes)} in the types, ${written} in the schema`;
}

test('the schema says of a report what its type says', () => {
  const { Report } = schema.$defs;
  expect([...differences(typeNamed('Report', 'model/report.ts'), Report, '')]).toEqual([
    // Printed reports are narrower than their types: a permission that is none is left out,
    'workflows[].problems[].advice[].permissions.*: the words: none, read, write in the types, read, write in the schema',
    'workflows[].contract.permissions.*: the words: none, read, write in the types, read, write in the schema',
    'workflows[].jobs[].declared.*: the words: none, read, write in the types, read, write in the schema',
    'workflows[].jobs[].grants[].permissions.*: the words: none, read, write in the types, read, write in the schema',
    'workflows[].jobs[].needs.permissions.*: the words: none, read, write in the types, read, write in the schema',
    'workflows[].jobs[].suggested.*: the words: none, read, write in the types, read, write in the schema',
    // and a report that is one is no error.
    'findings[].advice[].permissions.*: the words: none, read, write in the types, read, write in the schema',
    'suppressed[].advice[].permissions.*: the words: none, read, write in the types, read, write in the schema',
    'result: the words: error, fail, pass in the types, fail, pass in the schema',
    'whatIf.blocks[].permissions.*: the words: none, read, write in the types, read, write in the schema',
    'observed.runs[].jobs[].granted.*: the words: none, read, write in the types, read, write in the schema',
    'observed.ownJob.jobs[].granted.*: the words: none, read, write in the types, read, write in the schema',
  ]);
});

test('the schema says of an error what its type says', () => {
  const { ErrorReport } = schema.$defs;
  expect([...differences(typeNamed('ErrorReport', 'edge/output/error-report.ts'), ErrorReport, '')]).toEqual([]);
});

test('the schema says of a line about one of many repositories what its type says', () => {
  const { Audited } = schema.$defs;
  expect([...differences(typeNamed('Audited', 'model/audit.ts'), Audited, '')]).toEqual([]);
});
