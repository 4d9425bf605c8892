import type { ReportedPolicy } from '../../model/report.ts';
import { nameHtml, ownHtml, sentenceHtml } from './escape-markdown.ts';
import { changeWords, judgedBy, policyNotices } from '../policy-words.ts';
import { plural } from '../../words/in-words.ts';

/** So many findings that a change of policy takes away or brings are shown. */
const MOST_FINDINGS = 20;

/** Longer messages are cut here; the JSON report has all of them. */
const LONGEST = 400;

/** Takes what a repository was judged by and returns what a pull request changes of that, to be shown first. */
export function policyChangeSection(policy: ReportedPolicy | null): string {
  if (policy?.change == null) return '';
  const { sentences, findings } = changeWords(policy.change);
  const items = findings.slice(0, MOST_FINDINGS).map(({ becomes, finding: { level, rule, message, path, line } }) => {
    const short = message.length > LONGEST ? `${message.slice(0, LONGEST)} …` : message;
    return `<li><b>${becomes}:</b> ${level} ${nameHtml(`${path}:${line}`)} ${sentenceHtml(rule)}: ${sentenceHtml(short)}</li>\n`;
  });
  const left = findings.length - items.length;
  const more = left > 0 ? `<li>and ${ownHtml(plural(left, 'other'))}</li>\n` : '';
  const list = items.length === 0 ? '' : `\n<ul>\n${items.join('')}${more}</ul>`;
  return `### Change of policy\n\n<p>${sentenceHtml(sentences.join(' '))}</p>${list}\n\n`;
}

/** Takes what a repository was judged by and returns that, and what its owner should do about it. */
export function policySection(policy: ReportedPolicy | null): string {
  if (policy === null) return '';
  const items = policyNotices(policy).map((notice) => `<li>${sentenceHtml(notice)}</li>\n`);
  const list = items.length === 0 ? '' : `\n<ul>\n${items.join('')}</ul>`;
  return `### Policy\n\n<p>${sentenceHtml(judgedBy(policy))}</p>${list}\n\n`;
}
