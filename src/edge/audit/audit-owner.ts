import path from 'node:path';

import { visible } from '../../report/escape-terminal.ts';
import type { CommandOutput, CommandWorld } from '../command-line/command.ts';
import type { OptionValues } from '../command-line/option-table.ts';
import type { AUDIT_OPTIONS } from './audit-options.ts';
import { calledReader } from './called-reader.ts';
import { makePlan, ownerIn } from './make-plan.ts';
import { merge } from './merge.ts';
import { forThisServer, openServer } from './open-server.ts';
import { keepFolder, nameFor, openPlaces, runPlan } from './run-plan.ts';
import { writeOutput } from './write-output.ts';

/**
 * Audits an organization, a user or a list of repositories in this process.
 *
 * @throws ToolError when the repositories cannot be listed, or what is found cannot be written.
 */
export async function auditOwner(
  words: readonly string[],
  given: OptionValues<typeof AUDIT_OPTIONS>,
  world: CommandWorld,
): Promise<CommandOutput> {
  const owner = ownerIn(words, 'audit', given.repositoriesFrom !== undefined);
  const values = await forThisServer(given, world);
  const server = await openServer(world, values.ghes !== undefined);
  const folder = keepFolder(values, world.env);
  const { whatIf } = values;
  const setting = whatIf === undefined || whatIf.setting === 'contract' ? undefined : whatIf;
  const read = calledReader(openPlaces(server, values, folder, []));
  const plan = await makePlan({ owner, values, whatIf: setting, shards: 1 }, server, read, world);

  const { format = 'text', output } = values;
  const isOwnFile = format === 'jsonl' && output !== undefined;
  const { repositoriesFrom = null, allBranches = null, skip = null } = values;
  const name = nameFor([
    server.asker.baseUrl,
    owner,
    repositoriesFrom && path.resolve(repositoriesFrom),
    allBranches,
    skip,
  ]);
  const file = isOwnFile ? output : path.join(folder, 'audits', `${name}.jsonl`);
  const places = openPlaces(server, values, folder, plan.repositories);
  const { outcome, notes } = await runPlan(
    { plan, repositories: plan.repositories, file },
    server,
    places,
    values,
    world,
  );
  const said = notes.map((note) => `${visible(note)}\n`).join('');
  if (isOwnFile) return { output: [], diagnostics: `${said}Wrote ${visible(file)}.\n`, status: outcome.status };
  const planned = `${file}.plan`;
  writeOutput(planned, [JSON.stringify(plan)]);
  const merged = await merge([file], { ...values, plan: planned }, world);
  return { ...merged, diagnostics: `${said}${merged.diagnostics}` };
}
