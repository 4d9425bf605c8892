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

/** The type of the items of a list that may stand here, and the mappings that may. */
export interface Collections {
  readonly item: string | undefined;
  readonly mappings: readonly MappingDefinition[];
}

/** The collections among the alternatives of a definition. */
export function collectionsIn(definition: Definition): Collections {
  let found = collections.get(definition);
  if (found === undefined) {
    const all = alternatives(definition);
    found = {
      item: all.find(({ sequence }) => sequence !== undefined)?.sequence?.['item-type'],
      mappings: all.flatMap(({ mapping }) => mapping ?? []),
    };
    collections.set(definition, found);
  }
  return found;
}

/** Each definition is looked through once. */
const collections = new Map<Definition, Collections>();

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

/** The type of a property, or `undefined` when the mapping does not know it. */
export function typeOfProperty(mapping: MappingDefinition, key: string): string | undefined {
  return propertiesOf(mapping).types.get(key);
}

/** The properties that must be there. */
export function requiredProperties(mapping: MappingDefinition): readonly string[] {
  return propertiesOf(mapping).required;
}

interface Properties {
  /** A map, since a job may be called `constructor`. */
  readonly types: ReadonlyMap<string, string>;
  readonly required: readonly string[];
}

function propertiesOf(mapping: MappingDefinition): Properties {
  let found = properties.get(mapping);
  if (found === undefined) {
    const entries = Object.entries(mapping.properties ?? {});
    found = {
      types: new Map(entries.map(([key, property]) => [key, typeof property === 'string' ? property : property.type])),
      required: entries.flatMap(([key, one]) => (typeof one !== 'string' && one.required === true ? [key] : [])),
    };
    properties.set(mapping, found);
  }
  return found;
}

/** Each mapping is taken apart once. */
const properties = new Map<MappingDefinition, Properties>();
