import type { ReportedPolicy } from '../../model/report.ts';
import { visible } from '../escape-terminal.ts';
import { changeWords, judgedBy, policyNotices } from '../policy-words.ts';
import { entryLines, paragraph } from './terminal-lines.ts';
import type { Entry, Line } from './terminal-lines.ts';

/** Takes what a repository was judged by and returns what a pull request changes of that. */
export function policyChangeLines(policy: ReportedPolicy | null, width: number): readonly Line[] {
  if (policy?.change == null) return [];
  const { sentences, findings } = changeWords(policy.change);
  const entries = findings.map(({ becomes, finding: { level, rule, message, path, line } }): Entry => {
    return { label: becomes, text: visible(`${level} ${path}:${line} ${rule}: ${message}`), style: 'plain' };
  });
  return [
    ...paragraph('Change of policy', 'heading', width),
    ...paragraph(visible(sentences.join(' ')), 'plain', width),
    ...entryLines(entries, 7, width, 2),
  ];
}

/** Takes what a repository was judged by and returns that, and what its owner should do about it. */
export function policyLines(policy: ReportedPolicy | null, width: number): readonly Line[] {
  if (policy === null) return [];
  const entries = policyNotices(policy).map((notice): Entry => ({ label: '-', text: visible(notice), style: 'plain' }));
  return [
    ...paragraph('Policy', 'heading', width),
    ...paragraph(visible(judgedBy(policy)), 'plain', width),
    ...entryLines(entries, 2, width, 0),
  ];
}
