// Makes src/workflow/grammar/grammar.json: GitHub's own grammar of workflow files, as published in the package
// @actions/workflow-parser (MIT), reduced to what decides whether a file is valid. Run by `npm run generate`.
import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const published = new URL('node_modules/@actions/workflow-parser/', root);
const { version, license } = JSON.parse(readFileSync(new URL('package.json', published), 'utf8'));

/** The definition of a whole workflow file. */
const START = 'workflow-root';

const cacheMode = { 'one-of': ['cache-mode-level'] };
const stringOrStrings = { 'one-of': ['null', 'non-empty-string', 'sequence-of-non-empty-string'] };

/**
 * Where the published grammar is stricter or older than what github.com runs.
 *
 * - `on`: editors get the strict form; the server accepts unknown keys under an event and any type of activity.
 *   https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/workflow-v1.0.json (`on-new`, MIT)
 * - `description` of a workflow: the same file, `workflow-description`.
 * - `cache-mode`: https://github.blog/changelog/2026-09-10-control-github-actions-cache-access-with-cache-mode
 */
function amend(published) {
  const events = [
    ...Object.keys(published['on-mapping-strict'].mapping.properties),
    'dynamic',
    'interactive_component',
    'member',
  ];
  const withKeys = (name, added) => {
    const { mapping, ...rest } = published[name];
    return { ...rest, mapping: { ...mapping, properties: { ...mapping.properties, ...added } } };
  };
  return {
    ...published,
    [START]: withKeys(START, { 'cache-mode': 'cache-mode', description: 'string' }),
    'job-factory': withKeys('job-factory', { 'cache-mode': 'cache-mode' }),
    'workflow-job': withKeys('workflow-job', { 'cache-mode': 'cache-mode' }),
    'cache-mode': cacheMode,
    'cache-mode-level': { 'allowed-values': ['read', 'write', 'write-only', 'none'] },
    on: { 'one-of': ['on-event', 'on-events', 'on-mapping'] },
    'on-event': { 'allowed-values': events.sort() },
    'on-events': { sequence: { 'item-type': 'on-event' } },
    'on-mapping': {
      mapping: {
        properties: { schedule: 'on-schedule', workflow_call: 'workflow-call', workflow_dispatch: 'on-dispatch' },
        'loose-key-type': 'on-event',
        'loose-value-type': 'on-event-filters',
      },
    },
    'on-event-filters': { 'one-of': ['null', 'on-event-filter-mapping'] },
    'on-event-filter-mapping': {
      mapping: {
        properties: {
          ...Object.fromEntries(
            ['branches', 'branches-ignore', 'tags', 'tags-ignore', 'paths', 'paths-ignore']
              .concat(['workflows', 'types', 'names', 'versions'])
              .map((filter) => [filter, 'on-event-filter']),
          ),
          'reuse-previous-outcome': 'boolean',
        },
        'loose-key-type': 'string',
        'loose-value-type': 'any',
      },
    },
    'on-event-filter': stringOrStrings,
    'on-schedule': { sequence: { 'item-type': 'on-schedule-item' } },
    'on-schedule-item': {
      mapping: {
        properties: { cron: { type: 'non-empty-string', required: true } },
        'loose-key-type': 'string',
        'loose-value-type': 'any',
      },
    },
    'on-dispatch': { 'one-of': ['null', 'on-dispatch-mapping'] },
    'on-dispatch-mapping': {
      mapping: { properties: { inputs: 'on-dispatch-inputs' }, 'loose-key-type': 'string', 'loose-value-type': 'any' },
    },
    'on-dispatch-inputs': { 'one-of': ['null', 'on-dispatch-inputs-mapping'] },
    'on-dispatch-inputs-mapping': {
      mapping: { 'loose-key-type': 'non-empty-string', 'loose-value-type': 'on-dispatch-input' },
    },
    'on-dispatch-input': { 'one-of': ['null', 'on-dispatch-input-mapping'] },
    'on-dispatch-input-mapping': {
      mapping: {
        properties: { description: 'string', type: 'string', required: 'boolean', default: 'string' },
        'loose-key-type': 'string',
        'loose-value-type': 'any',
      },
    },
  };
}

/** Parts that only help editors. */
const NOT_NEEDED = new Set(['description', 'coerce-raw']);

/** A property may itself be called `description`: only beside `properties` it is documentation. */
function reduce(value, isProperties = false) {
  if (Array.isArray(value)) return value.map((inner) => reduce(inner));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isProperties || !NOT_NEEDED.has(key))
      .map(([key, inner]) => [key, reduce(inner, key === 'properties')]),
  );
}

/** Names of the definitions that one definition refers to. */
function references(definition) {
  const types = (properties) =>
    Object.values(properties ?? {}).map((property) => (typeof property === 'string' ? property : property.type));
  return [
    ...(definition['one-of'] ?? []),
    ...(definition.sequence ? [definition.sequence['item-type']] : []),
    ...(definition.mapping
      ? [
          ...types(definition.mapping.properties),
          definition.mapping['loose-key-type'],
          definition.mapping['loose-value-type'],
        ]
      : []),
  ].filter((name) => name !== undefined);
}

const definitions = amend(
  JSON.parse(readFileSync(new URL('dist/workflow-v1.0.min.json', published), 'utf8')).definitions,
);

const reachable = new Map();
const waiting = [START];
while (waiting.length > 0) {
  const name = waiting.pop();
  const definition = definitions[name];
  if (definition === undefined || reachable.has(name)) continue;
  const reduced = reduce(definition);
  reachable.set(name, reduced);
  waiting.push(...references(reduced));
}

const grammar = {
  source: 'package @actions/workflow-parser of https://github.com/actions/languageservices',
  version,
  license: `${license}, Copyright GitHub`,
  amended: 'see scripts/generate-grammar.mjs',
  start: START,
  definitions: Object.fromEntries([...reachable].sort(([a], [b]) => (a < b ? -1 : 1))),
};
writeFileSync(new URL('src/workflow/grammar/grammar.json', root), `${JSON.stringify(grammar, null, 1)}\n`);
