import type { StepUse } from '../../model/needs.ts';
import data from './graphql.json' with { type: 'json' };
import { lazily } from '../lazily.ts';
import { demandsIn } from './route-table.ts';
import type { Demands } from './route-table.ts';
import type { Caller } from '../uses.ts';
import { allUses, impossibleFor, neededBy, uncertainFor } from '../uses.ts';

/** A field with the fields below it; `null` for a leaf. */
interface Field {
  readonly name: string;
  readonly fields: readonly Field[] | null;
}

/** `{ 'contents: write': 'createRef updateRef' }` → what each word takes. */
function wordMap<Taken>(
  table: Readonly<Record<string, string>>,
  read: (heading: string) => Taken,
): ReadonlyMap<string, Taken> {
  return new Map(
    Object.entries(table).flatMap(([heading, words]) => words.split(' ').map((word) => [word, read(heading)] as const)),
  );
}

const mutations = lazily(() => wordMap(data.mutations, demandsIn));
const uncertainMutations = lazily(() => wordMap(data.uncertain, (heading) => heading.split(' ')));
const queries = lazily(() => wordMap(data.queries, demandsIn));

/** Projects belong to an organization or a user: no permission of a repository covers them. */
const PROJECT = /project(v2|s|Items|Item|Cards)/i;

/**
 * What a GraphQL document uses.
 *
 * @see https://docs.github.com/en/graphql/reference
 */
export function graphqlUse(document: string, caller: Caller): StepUse {
  const operations = operationsOf(document);
  if (operations === null) return uncertainFor(caller, 'all', 'the GraphQL query is not known whole');
  return allUses(
    operations.flatMap(({ kind, fields }) =>
      kind === 'mutation' ? fields.map(({ name }) => mutationUse(name, caller)) : queryUses(fields, caller),
    ),
  );
}

function mutationUse(name: string, caller: Caller): StepUse {
  const because = `the mutation ${name}`;
  if (PROJECT.test(name)) return impossibleFor(caller, 'projects: write', because);
  const takes = mutations().get(name);
  if (takes !== undefined) return demandUse(takes, caller, because);
  return uncertainFor(caller, uncertainMutations().get(name) ?? 'all', `it is not known what ${because} takes`);
}

function demandUse(takes: Demands | 'user', caller: Caller, because: string): StepUse {
  if (takes === 'user') return impossibleFor(caller, "a user's token", because);
  return neededBy(caller, takes, because);
}

function queryUses(fields: readonly Field[], caller: Caller): readonly StepUse[] {
  return fields.flatMap(({ name, fields: below }) => {
    if (PROJECT.test(name)) return [impossibleFor(caller, 'projects: read', `the query of ${name}`)];
    if (below === null) return [];
    const takes = queries().get(name);
    const own =
      takes === undefined
        ? uncertainFor(caller, 'all', `it is not known what the query of ${name} takes`)
        : demandUse(takes, caller, `the query of ${name}`);
    return [own, ...queryUses(below, caller)];
  });
}

interface Operation {
  readonly kind: 'query' | 'mutation';
  readonly fields: readonly Field[];
}

/** A document's operations, its fragments read as queries; `null` when it cannot be read. */
function operationsOf(document: string): readonly Operation[] | null {
  const tokens = tokensOf(document);
  if (tokens === null) return null;
  const operations: Operation[] = [];
  let index = 0;
  while (index < tokens.length) {
    const start = tokens.indexOf('{', index);
    if (start === -1) return operations.length > 0 ? operations : null;
    const kind = tokens[index] === 'mutation' ? 'mutation' : 'query';
    const read = fieldsFrom(tokens, start + 1);
    if (read === null) return null;
    operations.push({ kind, fields: read.fields });
    index = read.next;
  }
  return operations.length > 0 ? operations : null;
}

/** The words and braces of a document: no arguments, no directives, no comments. `null` when a brace is left open. */
function tokensOf(document: string): readonly string[] | null {
  const bare = document
    .replace(/"""[^]*?(?:"""|$)|"(?:[^"\\\n]|\\.)*"?/g, '""')
    .replace(/#.*/g, '')
    .replace(/\uE000/g, ' \uE000 ');
  const tokens: string[] = [];
  let depth = 0;
  for (const [token] of bare.matchAll(/\.\.\.|[{}()@:]|[\w\uE000-\uE008]+/g)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (depth === 0) tokens.push(token);
  }
  const opened = tokens.filter((token) => token === '{').length;
  return depth === 0 && opened === tokens.filter((token) => token === '}').length ? tokens : null;
}

/** The fields from behind a `{` up to its `}`. */
function fieldsFrom(tokens: readonly string[], from: number): { fields: readonly Field[]; next: number } | null {
  const fields: Field[] = [];
  let index = from;
  while (index < tokens.length) {
    const token = tokens[index] ?? '';
    if (token === '}') return { fields, next: index + 1 };
    if (/[\uE000-\uE008]/.test(token)) return null;
    if (token === '{') {
      const last = fields.pop();
      const read = fieldsFrom(tokens, index + 1);
      if (read === null) return null;
      // An inline fragment's fields are fields of what it stands in.
      if (last === undefined || last.name === '...') fields.push(...read.fields);
      else fields.push({ name: last.name, fields: read.fields });
      index = read.next;
      continue;
    }
    if (token === '@') index += 2;
    else if (token === ':') {
      fields.pop();
      index += 1;
    } else if (token === '...') {
      // `... on Name {`, `...Name` or `... {`.
      index += tokens[index + 1] === 'on' ? 3 : tokens[index + 1] === '{' ? 1 : 2;
      fields.push({ name: '...', fields: null });
    } else {
      fields.push({ name: token, fields: null });
      index += 1;
    }
  }
  return null;
}
