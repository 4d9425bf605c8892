import { ruleFacts, rulePage } from '../../../src/policy/rule-table.ts';
import { el, shown } from '../page/dom.ts';
import type { Audit } from './audit.ts';

/** Makes the name of a rule, which leads to its page where the documents of this version are to be read. */
export function ruleLink({ facts: { tool } }: Audit, rule: string): HTMLElement {
  const { home = '' } = tool;
  const isKnown = ruleFacts(rule) !== undefined && /^https:\/\/[\w.-]+(?:\/[\w.-]+)+$/.test(home);
  const words = el('span', { class: 'rule-name' }, shown(rule));
  return isKnown ? el('a', { href: `${home}/${rulePage(rule)}`, rel: 'noreferrer' }, words) : words;
}
