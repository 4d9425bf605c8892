import type { AuditLine } from '../model/audit.ts';
import type { ReportedWhatIf } from '../model/report.ts';
import type { RepositoryFacts, TriedFacts, TriedRepository } from './facts.ts';
import { isReport } from './repository-facts.ts';

/** What one line says of another value of a setting. */
export type TriedLine = Pick<ReportedWhatIf, 'setting' | 'value' | 'unaffected'> & Omit<TriedRepository, 'repository'>;

/** `null` for a line that says nothing of that. */
export function triedLine(line: AuditLine): TriedLine | null {
  if (!isReport(line) || line.whatIf === undefined) return null;
  const { whatIf, fixes } = line;
  const patch = (fixes ?? []).map((fix) => fix.patch).join('');
  const named = (one: { readonly workflow: string; readonly job: readonly string[] }) => ({
    workflow: one.workflow,
    job: one.job.join('/'),
  });
  return {
    setting: whatIf.setting,
    value: whatIf.value,
    unaffected: whatIf.unaffected,
    isAssumed: whatIf.isAssumed,
    losing: whatIf.losing.map((one) => ({
      ...named(one),
      permissions: one.permissions.map(({ permission, needed }) => `${permission}: ${needed}`).sort(),
    })),
    unclear: whatIf.unclear.map(named),
    failing: whatIf.failing,
    blocks: whatIf.blocks.length,
    patch: patch === '' ? null : patch,
  };
}

/**
 * Takes the repositories and what the line of each says of another value of a setting, and returns what all of them would
 * notice; `null` where no line says anything. Lines that tried something else say nothing of it: what the first of them tried
 * is told, unless another is asked for.
 */
export function triedFacts(
  repositories: readonly RepositoryFacts[],
  tried: readonly (TriedLine | null)[],
  asked: Pick<TriedLine, 'setting' | 'value'> | null,
): TriedFacts | null {
  const first = asked ?? tried.find((one) => one !== null);
  if (first === undefined) return null;
  const { setting, value } = first;
  const computed = tried.map((one) => (one?.setting === setting && one.value === value ? one : null));
  return {
    ...{ setting, value },
    repositories: computed.flatMap((one, repository): readonly TriedRepository[] => {
      if (one === null) return [];
      const { losing, unclear, failing, blocks, isAssumed, patch } = one;
      const isNoticed = losing.length + unclear.length + failing.length + blocks > 0;
      return isNoticed ? [{ repository, isAssumed, losing, unclear, failing, blocks, patch }] : [];
    }),
    computed: computed.filter((one) => one !== null).length,
    notComputed: repositories.filter(({ state }, index) => state === 'read' && computed[index] === null).length,
    unaffected: computed.reduce((sum, one) => sum + (one?.unaffected ?? 0), 0),
  };
}
