import { visible } from '../../report/escape-terminal.ts';
import { openRepository } from '../files/opened-repository.ts';
import { policyPlaces } from '../policy/policy-places.ts';
import { readAll } from '../reading/read-all.ts';
import { settingsFor } from '../repository-settings/settings-for.ts';
import { ToolError } from '../tool-error.ts';
import type { CommandOutput, CommandWorld } from './command.ts';
import { refuseContradictions } from './contradicting-options.ts';
import { folderChecker } from './folder-checker.ts';
import { refuseMisspeltCommand } from './misspelt-command.ts';
import { noWorkflowFiles } from './no-workflow-files.ts';
import type { CommandLineValues } from './option-table.ts';
import { renderReport } from './render-report.ts';
import { reportLinks } from './report-links.ts';

const STATUS = { pass: 0, fail: 1, error: 2 } as const;

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
  const { folder, commit, sources, at, note } = opened;
  const files = await readAll(sources, script);
  const { settings, notes } = await settingsFor(files, opened.settings, values, env);
  const places = policyPlaces(folder, { policy: values.policy, baseline: values.baseline, from: '.' });
  const check = await folderChecker({ opened, files, settings, places, script }, values);
  const { report: found, compared, wrote } = await check(files).finally(progress.end);
  const recheck = async (changed: typeof files) => (await check(changed)).report;
  const toFix = { folder: commit === null ? folder : null, sources, files, report: found, recheck };
  const fixed = fixing === null ? null : await fixing.fixFiles(toFix, values, look.isTerminal).finally(progress.end);

  const report = fixed?.report ?? found;
  const status = wrote === null ? STATUS[report.result] : 0;
  const origin = note + [...(at === null ? [] : [at.said]), ...notes].map(toLine).join('');
  const compares = compared === null ? '' : toLine(compared);
  const nothing = sources.length > 0 ? '' : `${noWorkflowFiles(directory, values.at)}\n`;
  const said = fixed?.diagnostics ?? (wrote === null ? '' : `${wrote}\n`);
  const patch = fixed?.patch ?? null;
  if (patch !== null) return { output: [patch], diagnostics: origin + compares + nothing + said, status };
  const isText = format === 'text';
  if (nothing !== '' && isText && (report.changes ?? []).length === 0) {
    return { output: [nothing], diagnostics: origin + compares + said, status };
  }

  // What was written is mended, and what is accepted needs no mending.
  const fixesOf =
    format !== 'sarif' || values.fix === true || wrote !== null
      ? () => []
      : await (await import('../fix/fixes-of-findings.ts')).fixesOfFindings(toFix).finally(progress.end);
  const links = reportLinks(folder, { env, look, script });
  const rendered = await renderReport(report, { format, look, links, sarif: { prefix: places.prefix, fixesOf } });
  // The text itself says what it compares with.
  const apart = isText ? '' : compares;
  return { output: rendered.output, diagnostics: origin + apart + nothing + said + rendered.said, status };
}

function toLine(sentence: string): string {
  return `${visible(sentence)}\n`;
}
