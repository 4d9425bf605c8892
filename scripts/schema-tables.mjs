// The tables of docs/json-report.md: the fields that report.schema.json describes, one table for each kind of object.
import { readFileSync } from 'node:fs';
import { table } from './markdown-table.mjs';

const { $defs: definitions } = JSON.parse(readFileSync(new URL('../report.schema.json', import.meta.url), 'utf8'));

const hasTable = (name) => definitions[name].properties !== undefined;

/** The name of a definition, as a link to its table. */
function reference({ $ref }) {
  const name = $ref.replace('#/$defs/', '');
  return hasTable(name) ? `[${name}](#${name.toLowerCase()})` : typeIn(definitions[name]);
}

/** What a value can be, in a few words. */
function typeIn(schema) {
  if (schema.$ref !== undefined) return reference(schema);
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const).replaceAll('"', '')}\``;
  if (schema.enum !== undefined)
    return schema.enum.map((value) => (value === null ? 'null' : `\`${value}\``)).join(', ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map(typeIn).join(' or ');
  if (schema.type === 'array') return `list of ${typeIn(schema.items ?? {})}`;
  if (schema.propertyNames !== undefined) return 'access levels by permission';
  if (schema.properties !== undefined) return `object of ${Object.keys(schema.properties).join(', ')}`;
  return [schema.type ?? 'anything'].flat().join(' or ');
}

function described(schema) {
  const own = schema.description ?? definitions[schema.$ref?.replace('#/$defs/', '')]?.description ?? '';
  return own.replaceAll('\n', ' ');
}

function fieldsOf({ properties, required = [] }) {
  const rows = Object.entries(properties).map(([name, schema]) => [
    `\`${name}\`${required.includes(name) ? '' : ' _(not always)_'}`,
    typeIn(schema),
    described(schema),
  ]);
  return table(['field', 'what it can be', 'meaning'], rows);
}

/** All tables, each under the name of its definition. */
export function schemaTables() {
  return Object.entries(definitions)
    .filter(([name]) => hasTable(name))
    .map(([name, schema]) => {
      const more = schema.$ref === undefined ? '' : `All fields of ${reference(schema)}, and:`;
      return [`### ${name}`, schema.description, more, fieldsOf(schema)].filter(Boolean).join('\n\n');
    })
    .join('\n\n');
}
