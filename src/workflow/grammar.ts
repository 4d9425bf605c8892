import grammarData from './grammar.json' with { type: 'json' };

/**
 * One rule of GitHub's grammar of workflow files. The data are GitHub's own, see `grammar.json`.
 *
 * @see https://github.com/actions/languageservices/blob/main/workflow-parser/src/workflow-v1.0.json
 */
export interface Definition {
  /** What expressions may use here: contexts by name, functions as `name(least,most)`. */
  readonly context?: readonly string[];
  readonly 'one-of'?: readonly string[];
  readonly 'allowed-values'?: readonly string[];
  readonly null?: object;
  readonly boolean?: object;
  readonly number?: object;
  readonly string?: { readonly constant?: string; readonly 'require-non-empty'?: boolean };
  readonly sequence?: { readonly 'item-type': string };
  readonly mapping?: MappingDefinition;
}

export interface MappingDefinition {
  readonly properties?: Readonly<Record<string, string | { readonly type: string; readonly required?: boolean }>>;
  readonly 'loose-key-type'?: string;
  readonly 'loose-value-type'?: string;
}

/** Definitions that the grammar takes for granted. */
const BUILT_IN: Readonly<Record<string, Definition>> = {
  null: { null: {} },
  boolean: { boolean: {} },
  number: { number: {} },
  string: { string: {} },
  sequence: { sequence: { 'item-type': 'any' } },
  mapping: { mapping: { 'loose-key-type': 'string', 'loose-value-type': 'any' } },
  any: { 'one-of': ['null', 'boolean', 'number', 'string', 'sequence', 'mapping'] },
};

const definitions = new Map<string, Definition>([
  ...Object.entries(BUILT_IN),
  ...Object.entries(grammarData.definitions as Readonly<Record<string, Definition>>),
]);

/** The definition of a whole workflow file. */
export const START: string = grammarData.start;

/** A definition by name. */
export function definitionOf(name: string): Definition {
  const definition = definitions.get(name);
  if (definition === undefined) throw new Error(`The grammar has no definition '${name}'`);
  return definition;
}

/** The alternatives of a definition; itself when it has none. */
export function alternatives(definition: Definition): readonly Definition[] {
  let found = expanded.get(definition);
  if (found === undefined) {
    found = definition['one-of']?.flatMap((name) => alternatives(definitionOf(name))) ?? [definition];
    expanded.set(definition, found);
  }
  return found;
}

/** Each definition is expanded once. */
const expanded = new Map<Definition, readonly Definition[]>();

/** The type of a property and whether it must be there, or `undefined` when the mapping does not know it. */
export function propertyOf(mapping: MappingDefinition, key: string): { type: string; required: boolean } | undefined {
  // A job may be called `constructor`: only the grammar's own keys count.
  if (mapping.properties === undefined || !Object.hasOwn(mapping.properties, key)) return undefined;
  const property = mapping.properties[key];
  if (property === undefined) return undefined;
  return typeof property === 'string'
    ? { type: property, required: false }
    : { type: property.type, required: property.required ?? false };
}
