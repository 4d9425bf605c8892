// Rewrites the parts of the documents that stand between `<!-- generated: NAME -->` and `<!-- end of NAME -->`: the inputs
// and outputs of action.yml, the options of the command line, the rules, the permissions, the fields of the report, and what the command line prints
// for docs/example and docs/example-call. Run by `npm run generate`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { parse } from 'yaml';
import { table } from './markdown-table.mjs';
import { schemaTables } from './schema-tables.mjs';

register('./typescript-hooks.mjs', import.meta.url);
const { COMMAND_LINE_OPTIONS } = await import('../src/edge/command-line/option-table.ts');
const { MERGE_OPTIONS } = await import('../src/edge/audit/merge-options.ts');
const { AUDIT_OPTIONS, PLAN_OPTIONS, SHARD_OPTIONS } = await import('../src/edge/audit/audit-options.ts');
const { RULES } = await import('../src/policy/rule-table.ts');
const { runCommandLine } = await import('../src/edge/command-line/run-command-line.ts');
const { permissionsTable, serversTable } = await import('./permission-tables.mjs');

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLE = ['docs/example', '--default-permissions', 'read', '--visibility', 'public'];
const CALL = ['docs/example-call'];

const { inputs, outputs } = parse(readFileSync(new URL('../action.yml', import.meta.url), 'utf8'));

function inputsTable() {
  const rows = Object.entries(inputs).map(([name, { description }]) => [`\`${name}\``, description]);
  return table(['input', 'what it means'], rows);
}

function outputsTable() {
  const rows = Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]);
  return table(['output', 'what it says'], rows);
}

/** The inputs of a workflow to call. */
function workflowInputsTable(file) {
  const { on } = parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
  const rows = Object.entries(on.workflow_call.inputs).map(([name, input]) => [
    `\`${name}\``,
    input.description,
    input.default === '' ? '' : `\`${input.default}\``,
  ]);
  return table(['input', 'what it means', 'default'], rows);
}

/** `folder` leads to the pages. A rule whose page is not written yet has no link. */
function rulesTable(folder) {
  const rows = Object.entries(RULES).map(([name, { level, inProportion, says }]) => [
    existsSync(`${ROOT}docs/rules/${name}.md`) ? `[\`${name}\`](${folder}${name}.md)` : `\`${name}\``,
    inProportion === true ? `${level}, in proportion` : level,
    says,
  ]);
  return table(['rule', 'default', 'what it says'], rows);
}

function optionsTable(options) {
  const rows = Object.values(options).map((entry) => [
    `\`--${entry.option}${entry.takes === '' ? '' : ` ${entry.takes}`}\``,
    entry.help,
    entry.takes === '' ? '' : entry.default,
  ]);
  return table(['option', 'what it means', 'default'], rows);
}

/** What the command line prints, as on a terminal without colours, and its exit status. */
async function printedFor(args) {
  process.chdir(ROOT);
  let printed = '';
  const stream = {
    write(text, done) {
      printed += text;
      done();
    },
  };
  const status = await runCommandLine({ args, env: {}, stdout: stream, stderr: stream });
  if (status !== 1) throw new Error(`${args[0]} ended with ${status}:\n${printed}`);
  return ['```console', `$ node dist/cli/index.js ${args.join(' ')}`, printed.trimEnd(), '```'].join('\n');
}

/** Each document with its parts. */
const PARTS = {
  'README.md': { example: await printedFor(EXAMPLE), rules: rulesTable('docs/rules/') },
  'docs/audit.md': {
    'audit options': optionsTable(AUDIT_OPTIONS),
    'plan options': optionsTable(PLAN_OPTIONS),
    'shard options': optionsTable(SHARD_OPTIONS),
  },
  'docs/audit-report.md': { 'merge options': optionsTable(MERGE_OPTIONS) },
  'docs/command-line.md': { options: optionsTable(COMMAND_LINE_OPTIONS) },
  'docs/errors.md': { 'example of a call': await printedFor(CALL) },
  'docs/inputs-and-outputs.md': { inputs: inputsTable(), outputs: outputsTable() },
  'docs/json-report.md': { fields: schemaTables() },
  'docs/organizations.md': { inputs: workflowInputsTable('.github/workflows/audit.yml') },
  'docs/permissions.md': { permissions: permissionsTable(), servers: serversTable() },
  'docs/rules/README.md': { rules: rulesTable('') },
};

function replacePart(text, name, content, file) {
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest, ...more] = text.split(begin);
  const [, after, ...others] = rest?.split(end) ?? [];
  if (after === undefined || more.length + others.length > 0) throw new Error(`${file} has not one part "${name}"`);
  return `${before}${begin}\n\n${content}\n\n${end}${after}`;
}

for (const [file, parts] of Object.entries(PARTS)) {
  let text = readFileSync(ROOT + file, 'utf8');
  for (const [name, content] of Object.entries(parts)) text = replacePart(text, name, content, file);
  const config = await prettier.resolveConfig(ROOT + file);
  writeFileSync(ROOT + file, await prettier.format(text, { ...config, parser: 'markdown' }));
}
