import { closeSync, openSync } from 'node:fs';

import type { AuditPlan } from '../../model/audit-plan.ts';
import type { FailedAudit } from '../../model/audit.ts';
import type { OrganizationFacts, RepositoryFacts } from '../../organization/facts.ts';
import { lostLines, repositoryKey } from '../../organization/lost.ts';
import { byRepository, organizationFacts } from '../../organization/organization-facts.ts';
import { repositoryFacts } from '../../organization/repository-facts.ts';
import { sinceFacts } from '../../organization/since.ts';
import { triedFacts } from '../../organization/tried.ts';
import { whoBreaks } from '../../organization/who-breaks.ts';
import { visible } from '../../report/escape-terminal.ts';
import type { CommandOutput, CommandWorld } from '../command-line/command.ts';
import type { OptionValues } from '../command-line/option-table.ts';
import { TOOL } from '../tool.ts';
import { bytesAt } from './lines-of-file.ts';
import { linesFiles } from './lines-files.ts';
import type { MERGE_OPTIONS } from './merge-options.ts';
import { readLines, type KeptLine } from './read-lines.ts';
import { readPlan } from './read-plan.ts';
import { rendered } from './rendered.ts';
import { writeOutput, writePatches } from './write-output.ts';

type MergeValues = OptionValues<typeof MERGE_OPTIONS>;

/** A repository of the report: what is known of it, and its line. */
interface Merged {
  readonly facts: RepositoryFacts;
  readonly line: KeptLine | FailedAudit;
}

/**
 * Makes one report of the lines in some files.
 *
 * @throws ToolError when a file cannot be read, or the report not be written.
 */
export async function merge(
  words: readonly string[],
  values: MergeValues,
  world: CommandWorld,
): Promise<CommandOutput> {
  const plan = values.plan === undefined ? null : readPlan(values.plan);
  const { merged, facts: found, notes } = together(linesFiles(words), plan, values);
  const previous = values.previous === undefined ? null : together(linesFiles([values.previous]), null, {}).facts;
  const facts = { ...found, since: previous === null ? null : sinceFacts(previous, found) };
  const { format = 'text', table = 'permissions' } = values;
  const texts = format === 'jsonl' ? linesOf(merged) : await rendered(facts, format, { table, ...world });
  const patches = values.patches === undefined ? [] : writePatches(values.patches, facts);
  const said = [...notes, ...patches].map((note) => `${visible(note)}\n`).join('');
  const status = Math.max(0, ...facts.repositories.map(({ result }) => STATUS[result]));
  if (values.output === undefined) return { output: texts, diagnostics: said, status };
  const written = writeOutput(values.output, texts);
  return { output: [], diagnostics: `${said}${visible(written)}\n`, status };
}

const STATUS = { pass: 0, fail: 1, error: 2 } as const;

interface Together {
  readonly merged: readonly Merged[];
  readonly facts: OrganizationFacts;
  readonly notes: readonly string[];
}

function together(files: readonly string[], plan: AuditPlan | null, { whatIf }: Pick<MergeValues, 'whatIf'>): Together {
  const { kept, tables, permissionsTable, notes } = readLines(files);
  const lost = plan === null ? [] : lostLines(plan, new Set(kept.keys()), TOOL);
  const merged = [
    ...[...kept.values()].map((line): Merged => ({ facts: line.facts, line })),
    ...lost.map((line): Merged => ({ facts: repositoryFacts(line, tables), line })),
  ].sort((a, b) => byRepository(a.facts, b.facts));
  const repositories = merged.map(({ facts }) => facts);
  const facts = organizationFacts(TOOL, { repositories, tables, permissionsTable, plan });
  const tried = merged.map(({ line }) => ('tried' in line ? line.tried : null));
  const setting = whatIf === undefined || whatIf.setting === 'contract' ? null : whatIf;
  return {
    merged,
    facts: {
      ...facts,
      whatIf: triedFacts(facts.repositories, tried, setting),
      asked: whatIf?.setting === 'contract' ? whoBreaks(facts, whatIf) : null,
    },
    notes: [...notes, ...notPlanned(repositories, plan)],
  };
}

function notPlanned(repositories: readonly RepositoryFacts[], plan: AuditPlan | null): readonly string[] {
  if (plan === null) return [];
  const planned = new Set(plan.repositories.map(repositoryKey));
  return repositories
    .filter((one) => !planned.has(repositoryKey(one)))
    .map(({ repository }) => `${repository}: It is not in the plan, and is told all the same.`);
}

/** The lines themselves, sorted; each is read where it was found. */
function* linesOf(merged: readonly Merged[]): Generator<string> {
  const open = new Map<string, number>();
  try {
    for (const { line } of merged) {
      if (!('file' in line)) {
        yield `${JSON.stringify(line)}\n`;
        continue;
      }
      const descriptor = open.get(line.file) ?? openSync(line.file, 'r');
      open.set(line.file, descriptor);
      yield `${bytesAt(descriptor, line.offset, line.length).toString('utf8')}\n`;
    }
  } finally {
    for (const descriptor of open.values()) closeSync(descriptor);
  }
}
