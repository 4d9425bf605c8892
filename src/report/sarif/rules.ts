import { RULES, rulePage } from '../../policy/rule-table.ts';
import type { RuleFacts, RuleName } from '../../policy/rule-table.ts';
import { capital } from '../../words/in-words.ts';
import help from './rule-help.json' with { type: 'json' };
import type { SarifLevel, SarifRule } from './sarif-model.ts';
import { SEVERITIES } from './severities.ts';

const NAMES = Object.keys(RULES) as RuleName[];

/** Takes where the documentation is to be read, if that is known, and returns all rules, found or not. */
export function sarifRules(home: string | undefined): readonly SarifRule[] {
  return NAMES.map((name) => ruleOf(name, home));
}

/** The place of a rule among all rules; `undefined` for one that this version has not. */
export function ruleIndex(name: string): number | undefined {
  const index = NAMES.indexOf(name as RuleName);
  return index < 0 ? undefined : index;
}

function ruleOf(name: RuleName, home: string | undefined): SarifRule {
  const { level, says, why }: RuleFacts = RULES[name];
  const { security, tags } = SEVERITIES[name];
  const { why: reason, whatToDo } = help[name];
  const page = home === undefined ? undefined : `${home}/${rulePage(name)}`;
  const isOff = level === 'off';
  const sarifLevel: SarifLevel = isOff ? 'note' : level;
  return {
    id: name,
    name,
    shortDescription: { text: withoutCode(says) },
    fullDescription: { text: withoutCode(`${says} ${why}`) },
    help: {
      text: `${reason}\n\nWhat to do: ${whatToDo}`,
      markdown: [
        `# ${capital(name.replaceAll('-', ' '))}`,
        says,
        '## Why',
        reason,
        '## What to do',
        whatToDo,
        ...(page === undefined ? [] : [`[All about this rule, with examples](${page})`]),
      ].join('\n\n'),
    },
    ...(page === undefined ? {} : { helpUri: page }),
    defaultConfiguration: { level: sarifLevel, ...(isOff ? { enabled: false as const } : {}) },
    properties: {
      tags: ['github-actions', 'permissions', ...tags],
      precision: 'high',
      ...(security === undefined
        ? { 'problem.severity': sarifLevel === 'note' ? 'recommendation' : sarifLevel }
        : { 'security-severity': security }),
    },
  };
}

/** Where this is shown, `code` would keep its quotes. */
function withoutCode(markdown: string): string {
  return markdown.replaceAll('`', '');
}
