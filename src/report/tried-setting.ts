import type { ReportedWhatIf } from '../model/report.ts';
import { phrase, quoted, type Phrase } from './phrase.ts';
import { listed, plural } from '../words/in-words.ts';

/** Takes what trying a value of a setting gave and returns what the section about it begins with. */
export function triedInShort(tried: ReportedWhatIf): { readonly title: string; readonly summary: string } {
  const { setting, value, before, isAssumed, unaffected } = tried;
  const now = isAssumed ? `taken to be ${before} now, as it is not known` : `${before} now`;
  const noticed = noticedBy(tried);
  const rest = unaffected === 0 ? '' : ` ${plural(unaffected, 'job')} would get the same as now.`;
  const first =
    noticed.length > 0
      ? `${listed(noticed)}.`
      : value === before
        ? 'That is what it is already.'
        : 'No job would lose what it needs, and every run that starts now would start.';
  return { title: `If ${SETTINGS[setting]} were ${value} (${now})`, summary: first + rest };
}

const SETTINGS: Readonly<Record<ReportedWhatIf['setting'], string>> = {
  'default-permissions': "the repository's default",
  visibility: 'the visibility',
};

/** Takes what trying a value of a setting gave and returns how many would notice, in words. */
export function noticedBy({ losing, unclear, failing }: ReportedWhatIf): readonly string[] {
  return [
    ...(failing.length > 0 ? [`${plural(failing.length, 'workflow')} would not start`] : []),
    ...(losing.length > 0 ? [`${plural(losing.length, 'job')} would lose what ${its(losing)}`] : []),
    ...(unclear.length > 0 ? [`${plural(unclear.length, 'job')} may lose what ${its(unclear)}`] : []),
  ];
}

function its(jobs: readonly unknown[]): string {
  return jobs.length === 1 ? 'it needs' : 'they need';
}

/** A line about somebody who would notice. */
export interface Noticing {
  readonly label: 'fails' | 'loses' | 'may lose';
  readonly text: Phrase;
}

/** Takes what trying a value of a setting gave and returns who would notice, what is certain first. */
export function noticing({ losing, unclear, failing }: ReportedWhatIf): readonly Noticing[] {
  return [
    ...failing.map((path): Noticing => ({ label: 'fails', text: [quoted(path)] })),
    ...losing.map(({ workflow, job, permissions }): Noticing => {
      const needs = permissions.map(({ permission, needed }) => `${permission}: ${needed}`);
      return { label: 'loses', text: phrase`${quoted(job.join(' / '))} of ${quoted(workflow)} needs ${listed(needs)}` };
    }),
    ...unclear.map(({ workflow, job }): Noticing => ({
      label: 'may lose',
      text: phrase`${quoted(job.join(' / '))} of ${quoted(workflow)} has steps that are not seen into`,
    })),
  ];
}

/** How to get the blocks that are to be written first; empty where none is needed. */
export function blocksToWrite({ blocks, setting, value }: ReportedWhatIf): string {
  if (blocks.length === 0) return '';
  const option = `--what-if ${setting}=${value}`;
  return `${plural(blocks.length, 'block')} should be written first: \`${option} --diff\` shows them as a patch, \`${option} --fix\` writes them.`;
}
