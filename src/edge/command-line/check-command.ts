import { checkFiles } from '../../check-files.ts';
import type { Report } from '../../model/report.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { markdownReport } from '../../report/markdown/markdown.ts';
import { visible } from '../../report/escape-terminal.ts';
import type { SarifOptions } from '../../report/sarif/sarif-log.ts';
import type { Links } from '../../report/text/terminal-links.ts';
import { textSections } from '../../report/text/text.ts';
import type { CommandOutput, CommandWorld, Look } from './command.ts';
import { refuseContradictions } from './contradicting-options.ts';
import { inChunks } from '../output/in-chunks.ts';
import { jsonText } from '../output/json-text.ts';
import { refuseMisspeltCommand } from './misspelt-command.ts';
import type { CheckedFiles, FilesAsked } from '../reading/needs-sources.ts';
import { noWorkflowFiles } from './no-workflow-files.ts';
import { openRepository } from '../files/opened-repository.ts';
import type { CommandLineValues } from './option-table.ts';
import { mayHavePolicy } from '../policy/may-have-policy.ts';
import { policyPlaces } from '../policy/policy-places.ts';
import { reportLinks } from './report-links.ts';
import { settingsFor } from '../repository-settings/settings-for.ts';
import { ToolError } from '../tool-error.ts';
import { TOOL } from '../tool.ts';
import { readAll } from '../reading/read-all.ts';
import { readCalled } from '../reading/reading.ts';

/** What goes to standard output, and what is to be said of it. */
interface RenderedReport {
  readonly output: Iterable<string>;
  readonly said: string;
}

const STATUS = { pass: 0, fail: 1, error: 2 } as const;

async function render(
  report: Report,
  format: Exclude<NonNullable<CommandLineValues['format']>, 'jsonl'>,
  look: Look,
  links: Links | null,
  sarif: Omit<SarifOptions, 'digest' | 'withSuppressed'>,
): Promise<RenderedReport> {
  switch (format) {
    case 'json':
      return { output: jsonText(report), said: '' };
    case 'markdown':
      return { output: [markdownReport(report)], said: '' };
    case 'text':
      return { output: inChunks(textSections(report, { ...look, links })), said: '' };
    case 'sarif': {
      const { sarifText } = await import('../output/sarif-text.ts');
      const { text, cut } = sarifText(report, { ...sarif, withSuppressed: true });
      return { output: text, said: cut === null ? '' : `${cut}\n` };
    }
  }
}

/**
 * Checks one folder, as the command `check` does.
 *
 * @throws ToolError when the work cannot be done.
 */
export async function checkCommand(
  directory: string,
  values: CommandLineValues,
  world: CommandWorld,
): Promise<CommandOutput> {
  const { env, look, progress, script } = world;
  refuseContradictions(values);
  const { all, format = 'text' } = values;
  // Loaded here, as most runs check one folder.
  if (all !== undefined) return (await import('../many/check-many.ts')).checkMany(all, values, world);
  if (format === 'jsonl') {
    throw new ToolError('--format jsonl goes with --all FOLDER. For the report of one folder, write --format json.');
  }
  refuseMisspeltCommand(directory);
  // Loaded here, as most runs change nothing.
  const fixing = values.fix === true || values.diff === true ? await import('../fix/fix-files.ts') : null;
  const opened = await openRepository(directory, values, { env, progress });
  const { folder, commit, sources, read, server, at, note } = opened;
  const files = await readAll(sources, script);
  const { settings, notes } = await settingsFor(files, opened.settings, values, env);
  const { failOn = 'error', report: reported = 'all', whatIf } = values;
  const beforeMerge = values.base !== undefined;
  const options = {
    toolVersion: TOOL.version,
    failOn,
    reported,
    beforeMerge,
    ...(whatIf === undefined ? {} : { whatIf }),
  };
  const places = policyPlaces(folder, { policy: values.policy, baseline: values.baseline, from: '.' });
  // Loaded here: a start without a policy need not spend the time.
  const judging = mayHavePolicy(values, places) ? await import('../policy/check-by-policy.ts') : null;
  const head = { folder, ref: values.at ?? null, commit, throughApi: at?.throughApi ?? null };
  // Loaded here: without a workflow file nobody needs it.
  const checked: CheckedFiles = at?.checked ?? { kind: 'folder', folder };
  const asked: FilesAsked = new Map();
  const prepareNeeds =
    files.length === 0
      ? null
      : (await import('../reading/prepare-needs.ts')).needsWith(checked, settings.repository, read, { asked });
  const checkAll = (all: readonly WorkflowFile[]) =>
    judging === null
      ? checkFiles(all, settings, options, readCalled(read), prepareNeeds).then((unjudged) => ({
          report: unjudged,
          compared: null,
          wrote: null,
        }))
      : judging.checkByPolicy(
          {
            head: { ...head, files: all },
            found: { sources, files, checked, asked },
            ...{ places, settings, options, read, prepareNeeds, server, script },
          },
          values,
        );
  const { report: found, compared, wrote } = await checkAll(files).finally(progress.end);
  const recheck = async (all: readonly WorkflowFile[]) => (await checkAll(all)).report;
  const toFix = { folder: commit === null ? folder : null, sources, files, report: found, recheck };
  const fixed = fixing === null ? null : await fixing.fixFiles(toFix, values, look.isTerminal).finally(progress.end);
  const report = fixed?.report ?? found;
  const status = wrote === null ? STATUS[report.result] : 0;
  const said = fixed?.diagnostics ?? (wrote === null ? '' : `${wrote}\n`);
  const compares = compared === null ? '' : `${visible(compared)}\n`;
  const line = sources.length > 0 ? '' : `${noWorkflowFiles(directory, values.at)}\n`;
  const origin = [...(at === null ? [] : [at.said]), ...notes].map((sentence) => `${visible(sentence)}\n`).join('');
  const patch = fixed?.patch ?? null;
  if (patch !== null) return { output: [patch], diagnostics: `${note}${origin}${compares}${line}${said}`, status };
  const isText = format === 'text';
  if (line !== '' && isText && (report.changes ?? []).length === 0) {
    return { output: [line], diagnostics: `${note}${origin}${compares}${said}`, status };
  }
  // The text itself says what it compares with.
  const apart = isText ? '' : compares;
  // What was written is mended, and what is accepted needs no mending.
  const fixesOf =
    format !== 'sarif' || values.fix === true || wrote !== null
      ? () => []
      : await (await import('../fix/fixes-of-findings.ts')).fixesOfFindings(toFix).finally(progress.end);
  const links = reportLinks(folder, { env, look, script });
  const rendered = await render(report, format, look, links, { prefix: places.prefix, fixesOf });
  const diagnostics = `${note}${origin}${apart}${line}${said}${rendered.said}`;
  return { output: rendered.output, diagnostics, status };
}
