import type { Finding, PolicyChange, PreviewedFinding } from '../model/report.ts';
import { identityOf, identityKey } from './identity.ts';

/** What would become of findings under another policy: which would go away and which would come. */
export function previewOf(now: readonly Finding[], then: readonly Finding[]): Pick<PolicyChange, 'gone' | 'come'> {
  return { gone: without(now, then), come: without(then, now) };
}

/** Findings with those of their subjects that others do not have at that level. */
function without(findings: readonly Finding[], others: readonly Finding[]): readonly PreviewedFinding[] {
  const keyOf = ({ rule, level }: Finding, subject: Finding['subjects'][number]): string =>
    `${level} ${identityKey(identityOf(rule, subject))}`;
  const known = new Set(others.flatMap((finding) => finding.subjects.map((subject) => keyOf(finding, subject))));
  return findings.flatMap((finding) => {
    const subjects = finding.subjects.filter((subject) => !known.has(keyOf(finding, subject)));
    if (subjects.length === 0) return [];
    const { id, rule, level, message, path, line, column } = finding;
    return [{ id, rule, level, message, path, line, column, subjects }];
  });
}
