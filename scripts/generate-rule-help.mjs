// Rewrites src/report/sarif/rule-help.json: what code scanning shows beside a finding of each rule, taken from the rule's
// page in docs/rules: the first paragraph of "Why", and "What to do". Run by `npm run generate`.
import { readFileSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';

register('./typescript-hooks.mjs', import.meta.url);
const { RULES, rulePage } = await import('../src/policy/rule-table.ts');

const FILE = fileURLToPath(new URL('../src/report/sarif/rule-help.json', import.meta.url));

function section(page, heading) {
  const [, after] = page.split(`\n## ${heading}\n\n`);
  if (after === undefined) throw new Error(`a page of docs/rules has no "${heading}"`);
  return after.split('\n## ')[0].trim();
}

/** A line break of the page is none of the text. Links to other pages lead nowhere from where this is shown. */
function shown(markdown) {
  const blocks = markdown.split(/\n{2,}(?! {4})/).map((block) => {
    const isCode = /^(?:```| {4})/m.test(block);
    return isCode ? block : block.replaceAll(/\n(?!- )\s*/g, ' ').replaceAll(/\[([^\]]*)\]\((?!https:)[^)]*\)/g, '$1');
  });
  return blocks.join('\n\n');
}

const help = Object.keys(RULES).map((rule) => {
  const page = readFileSync(new URL(`../${rulePage(rule)}`, import.meta.url), 'utf8');
  const why = shown(section(page, 'Why')).split('\n\n')[0];
  return [rule, { why, whatToDo: shown(section(page, 'What to do')) }];
});
const config = await prettier.resolveConfig(FILE);
writeFileSync(FILE, await prettier.format(JSON.stringify(Object.fromEntries(help)), { ...config, parser: 'json' }));
