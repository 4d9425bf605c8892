// Makes `src/needs/actions/action-table.json` from `src/needs/actions/actions.json`: the entries by name, without what is there for people,
// since the table is part of the bundle. Makes `docs/actions.md` as well, the list for people.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';

const entries = JSON.parse(await readFile(new URL('../src/needs/actions/actions.json', import.meta.url), 'utf8'));

const table = {};
for (const entry of entries) {
  const { action } = entry;
  const shipped = Object.entries(entry).filter(([key]) => !['action', 'source', 'note'].includes(key));
  (table[action] ??= []).push(Object.fromEntries(shipped));
}
const lines = Object.entries(table).map(([name, found]) => `${JSON.stringify(name)}: ${JSON.stringify(found)}`);
await writeFile(new URL('../src/needs/actions/action-table.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`);

function code(text) {
  return `\`${text}\``;
}

function testText(name, test) {
  if (test === 'set' || test === 'unset') return `${code(name)} is ${test}`;
  if (typeof test === 'string') return `${code(name)} is ${code(test)}`;
  if (Array.isArray(test)) return `${code(name)} is ${test.map(code).join(' or ')}`;
  if ('not' in test) return `${code(name)} is not ${[test.not].flat().map(code).join(' or ')}`;
  const { includes, excludes } = test;
  const parts = [
    ...(includes ? [`has ${includes.map(code).join(' or ')}`] : []),
    ...(excludes ? [`has no ${excludes.map(code).join(' or ')}`] : []),
  ];
  return `${code(name)} ${parts.join(' and ')}`;
}

function conditionText({ inputs = {}, env = {}, events, visibility } = {}) {
  const parts = [
    ...Object.entries(inputs).map(([name, test]) => testText(name, test)),
    ...Object.entries(env).map(([name, test]) => testText(name, test)),
    ...(events ? [`on ${events.map(code).join(', ')}`] : []),
    ...(visibility ? [`${visibility} repositories`] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

const CREDENTIALS = { git: ", with git's credentials", registry: ', with the login to the registry' };

function needText({ permission, level, instead = [], when, credential }) {
  const names = [permission, ...instead].map((name) => code(`${name}: ${level}`)).join(' or ');
  return `${names}${conditionText(when)}${CREDENTIALS[typeof credential === 'string' ? credential : ''] ?? ''}`;
}

function needsText({ permissions, impossible = [], uncertain = [], runs }) {
  const parts = [
    ...permissions.map(needText),
    ...impossible.map(({ what, when }) => `${code(what)}, which no token has${conditionText(when)}`),
    ...uncertain.map(
      ({ permissions: names, when }) =>
        `perhaps ${names === 'all' ? 'any' : names.map(code).join(', ')}${conditionText(when)}`,
    ),
    ...(runs === undefined
      ? []
      : [
          Array.isArray(runs)
            ? `what the script in ${runs.map(({ input }) => code(input)).join(', ')} needs`
            : "what the workflow's own programs do with a token in reach",
        ]),
  ];
  return parts.length === 0 ? 'nothing' : [...new Set(parts)].join(', ');
}

const INTRODUCTION = `# Actions

What the actions that the tool knows do with the job's token, from \`src/needs/actions/actions.json\`, where the reasons and the
sources stand. [How to add one](adding-an-action.md).`;

const rows = entries.map((entry) => {
  const range = entry.versions === undefined ? '' : ` ${code(entry.versions)}`;
  const [owner, name] = entry.action.split('/');
  return `- [${entry.action}](https://github.com/${owner}/${name})${range}: ${needsText(entry)}`;
});
const page = [INTRODUCTION, '', `${Object.keys(table).length} actions:`, '', ...rows, ''].join('\n');
const PAGE = fileURLToPath(new URL('../docs/actions.md', import.meta.url));
const config = await prettier.resolveConfig(PAGE);
await writeFile(PAGE, await prettier.format(page, { ...config, parser: 'markdown' }));
