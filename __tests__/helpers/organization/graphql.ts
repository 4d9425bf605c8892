// As much of GraphQL as answers the questions of an audit: https://spec.graphql.org. What it does not know, it refuses, as
// GitHub would.

/** A field that is asked for. */
export interface Field {
  readonly alias: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly fields: readonly Selection[];
}

/** A field, or fields for objects of one type. */
export type Selection = Field | { readonly on: string; readonly fields: readonly Selection[] };

const TOKENS = /"(?:[^"\\]|\\.)*"|\.\.\.|[A-Za-z_]\w*|\$\w+|-?\d+|[{}()[\]:!=]/g;

/** Reads a query, with the values of its variables. */
export function parseQuery(query: string, variables: Readonly<Record<string, unknown>>): readonly Selection[] {
  const tokens = query.match(TOKENS) ?? [];
  let at = 0;
  const next = (): string => tokens[at++] ?? '';
  const expect = (token: string): void => {
    const found = next();
    if (found !== token) throw new Error(`Expected ${token}, found ${found} in ${query.slice(0, 200)}`);
  };
  function value(): unknown {
    const token = next();
    if (token.startsWith('$')) {
      if (!declared.has(token.slice(1))) throw new Error(`Variable ${token} is not declared`);
      return variables[token.slice(1)];
    }
    if (token.startsWith('"')) return JSON.parse(token);
    if (/^-?\d/.test(token)) return Number(token);
    if (token === '[') {
      const items: unknown[] = [];
      while (tokens[at] !== ']') items.push(value());
      expect(']');
      return items;
    }
    if (token === '{') {
      const object: Record<string, unknown> = {};
      while (tokens[at] !== '}') {
        const key = next();
        expect(':');
        object[key] = value();
      }
      expect('}');
      return object;
    }
    return token;
  }
  function args(): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    if (tokens[at] !== '(') return found;
    expect('(');
    while (tokens[at] !== ')') {
      const name = next();
      expect(':');
      found[name] = value();
    }
    expect(')');
    return found;
  }
  function selections(): Selection[] {
    const found: Selection[] = [];
    expect('{');
    while (tokens[at] !== '}') {
      if (tokens[at] === '...') {
        expect('...');
        expect('on');
        found.push({ on: next(), fields: selections() });
        continue;
      }
      const alias = next();
      let name = '';
      if (tokens[at] === ':') {
        expect(':');
        name = next();
      }
      name ||= alias;
      if (!/^[A-Za-z_]/.test(name)) throw new Error(`Unexpected ${name} in ${query.slice(0, 200)}`);
      const given = args();
      found.push({ alias, name, args: given, fields: tokens[at] === '{' ? selections() : [] });
    }
    expect('}');
    return found;
  }
  const declared = new Set<string>();
  if (tokens[at] === 'query') expect('query');
  if (tokens[at] === '(') {
    while (tokens[at] !== ')') {
      const token = next();
      if (token.startsWith('$')) declared.add(token.slice(1));
    }
    expect(')');
  }
  return selections();
}

/** An object of the API: its type, and its fields. */
export interface ApiObject {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

/** Thrown by a field that has no value, with the type of the error that GitHub gives. */
export class FieldError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export interface Answered {
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: { readonly type: string; readonly path: (string | number)[]; readonly message: string }[];
}

/** Answers a query about an object. A field that is a function is called with its arguments. */
export function answer(root: ApiObject, selections: readonly Selection[]): Answered {
  const errors: Answered['errors'] = [];
  function resolve(value: unknown, fields: readonly Selection[], path: (string | number)[]): unknown {
    if (Array.isArray(value)) return value.map((item, index) => resolve(item, fields, [...path, index]));
    if (typeof value !== 'object' || value === null) return value ?? null;
    return objectOf(value as ApiObject, fields, path);
  }
  function objectOf(
    object: ApiObject,
    fields: readonly Selection[],
    path: (string | number)[],
  ): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    for (const one of fields) {
      if ('on' in one) {
        if (one.on === object.__typename) Object.assign(found, objectOf(object, one.fields, path));
        continue;
      }
      const place = [...path, one.alias];
      if (!(one.name in object)) throw new Error(`Field '${one.name}' doesn't exist on type '${object.__typename}'`);
      try {
        const field = object[one.name];
        const value = typeof field === 'function' ? (field as (args: object) => unknown)(one.args) : field;
        found[one.alias] = resolve(value, one.fields, place);
      } catch (error) {
        if (!(error instanceof FieldError)) throw error;
        errors.push({ type: error.type, path: place, message: error.message });
        found[one.alias] = null;
      }
    }
    return found;
  }
  return { data: objectOf(root, selections, []), errors };
}
