import type { RuleLevel, RuleSetting } from '../../model/policy.ts';
import { didYouMean } from '../../words/nearest-word.ts';
import type { Node } from '../../workflow/node.ts';
import { ruleFacts, ruleNames, RULES } from '../rule-table.ts';
import type { RuleFacts } from '../rule-table.ts';
import { knownPairs, pairsOf, truthOf, wordOf } from './nodes.ts';
import type { Reading } from './reading.ts';

/** From mildest to strictest. */
export const RULE_LEVELS = ['off', 'note', 'warning', 'error'] as const satisfies readonly RuleLevel[];

/** The levels of rules under `rules`. */
export function rulesIn(reading: Reading, node: Node): ReadonlyMap<string, RuleSetting> {
  const rules = new Map<string, RuleSetting>();
  for (const [name, { key, value }] of pairsOf(reading, node, '`rules`', 'rules and their levels') ?? []) {
    const setting = settingIn(reading, name, value);
    if (!isRule(reading, name, key)) continue;
    if (setting !== null) rules.set(name, setting);
  }
  return rules;
}

/** Whether there is a rule of a name; says so when there is none. */
export function isRule(reading: Reading, name: string, node: Node): boolean {
  if (ruleNames().includes(name)) return true;
  reading.problem(
    node,
    `There is no rule '${name}'.`,
    didYouMean(name, ruleNames()).trim() || 'All rules stand in docs/rules/README.md.',
  );
  return false;
}

function settingIn(reading: Reading, rule: string, node: Node): RuleSetting | null {
  if (node.kind !== 'mapping') {
    const level = wordOf(reading, node, 'the level', RULE_LEVELS);
    return level === null ? null : { level, inProportion: true };
  }
  const pairs = knownPairs(reading, node, `the rule '${rule}'`, ['level', 'in-proportion']);
  const [written, proportion] = [pairs?.get('level'), pairs?.get('in-proportion')];
  if (written === undefined)
    reading.problem(node, `The level of the rule '${rule}' is missing.`, 'Write `level: error`.');
  const level = written === undefined ? null : wordOf(reading, written.value, '`level`', RULE_LEVELS);
  const inProportion = proportion === undefined ? null : truthOf(reading, proportion.value, '`in-proportion`');
  const facts = ruleFacts(rule);
  if (proportion !== undefined && facts !== undefined && facts.inProportion !== true) {
    reading.problem(
      proportion.key,
      `Findings of the rule '${rule}' are all of one level, so \`in-proportion\` says nothing about them.`,
      `It is for ${inProportionRules().join(', ')}.`,
    );
  }
  return level === null ? null : { level, inProportion: inProportion ?? true };
}

/** The rules that weigh each finding by itself. */
function inProportionRules(): readonly string[] {
  const all: readonly (readonly [string, RuleFacts])[] = Object.entries(RULES);
  return all.filter(([, { inProportion }]) => inProportion === true).map(([name]) => name);
}
