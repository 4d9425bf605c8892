// Writes released-contract.json: what this version promises to its users. Run when a release is prepared, and never between
// two releases: see docs/releasing.md. With `--check` it only says whether the file is that of this version.
import { readFileSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import prettier from 'prettier';
import { parse } from 'yaml';
import { contractOf } from './contract.mjs';

register('./typescript-hooks.mjs', import.meta.url);
const { COMMAND_LINE_OPTIONS } = await import('../src/edge/command-line/option-table.ts');
const { RULES } = await import('../src/policy/rule-table.ts');

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const FILE = new URL('../released-contract.json', import.meta.url);

const contract = contractOf({
  version: JSON.parse(read('package.json')).version,
  rules: RULES,
  options: COMMAND_LINE_OPTIONS,
  action: parse(read('action.yml')),
  reportSchema: JSON.parse(read('report.schema.json')),
});
const text = await prettier.format(JSON.stringify(contract), { parser: 'json', printWidth: 120 });

if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  console.error('released-contract.json is not that of this version: run `node scripts/released-contract.mjs`.');
  process.exitCode = 1;
}
