// What users rely on (docs/versioning.md), as plain data, and how two versions of it compare.

/** From the least to the worst. */
const LEVELS = ['off', 'note', 'warning', 'error'];

/** Every name of a property in a JSON schema, wherever it stands. */
function propertyNames(schema) {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = schema.properties === undefined ? [] : Object.keys(schema.properties);
  return [...own, ...Object.values(schema).flatMap(propertyNames)];
}

/** The contract of a version, from the tables that the tool goes by. */
export function contractOf({ version, rules, options, action, reportSchema }) {
  return {
    release: version,
    rules: Object.fromEntries(Object.entries(rules).map(([name, { level }]) => [name, level])),
    inputs: Object.keys(action.inputs).sort(),
    outputs: Object.keys(action.outputs).sort(),
    options: Object.values(options)
      .map(({ option }) => option)
      .sort(),
    reportFields: [...new Set(propertyNames(reportSchema))].sort(),
  };
}

const major = (version) => Number(version.split('.')[0]);

/**
 * What a version breaks of the promises that an earlier one made, in sentences. A new major version may break them, and
 * nothing is promised before 1.0.0.
 */
export function brokenPromises(before, now) {
  if (before.release === null || major(before.release) === 0 || major(now.release) > major(before.release)) return [];
  const broken = [];
  for (const [rule, level] of Object.entries(now.rules)) {
    const was = before.rules[rule];
    if (was === undefined && LEVELS.indexOf(level) > LEVELS.indexOf('note')) {
      broken.push(`The rule ${rule} is new and has the level ${level}. Within a major version it is a note at most.`);
    }
    if (was !== undefined && LEVELS.indexOf(level) > LEVELS.indexOf(was)) {
      broken.push(`The rule ${rule} rises from ${was} to ${level}. Within a major version no level rises.`);
    }
  }
  const gone = (kind, names, present) => {
    for (const name of names) {
      if (!present.includes(name)) broken.push(`The ${kind} ${name} is gone. Within a major version no name goes.`);
    }
  };
  gone('rule', Object.keys(before.rules), Object.keys(now.rules));
  gone('input', before.inputs, now.inputs);
  gone('output', before.outputs, now.outputs);
  gone('option', before.options, now.options);
  gone('field of the report', before.reportFields, now.reportFields);
  return broken;
}
