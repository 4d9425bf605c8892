import { visible } from '../../report/escape-terminal.ts';
import { number, plural } from '../../words/in-words.ts';
import type { CommandOutput, CommandWorld } from '../command-line/command.ts';
import type { OptionValues } from '../command-line/option-table.ts';
import type { PLAN_OPTIONS } from './audit-options.ts';
import { calledReader } from './called-reader.ts';
import { makePlan, ownerIn } from './make-plan.ts';
import { forThisServer, openServer } from './open-server.ts';
import { matrixOf } from './plan.ts';
import { keepFolder, openPlaces } from './run-plan.ts';
import { writeOutput } from './write-output.ts';

/**
 * Writes the plan of an audit; standard output is the matrix that runs it.
 *
 * @throws ToolError when the repositories cannot be listed, or the plan not be written.
 */
export async function planAudit(
  words: readonly string[],
  given: OptionValues<typeof PLAN_OPTIONS>,
  world: CommandWorld,
): Promise<CommandOutput> {
  const owner = ownerIn(words, 'audit plan', given.repositoriesFrom !== undefined);
  const values = await forThisServer(given, world);
  const server = await openServer(world, values.ghes !== undefined);
  const { whatIf, shards, output = 'plan.json' } = values;
  const read = calledReader(openPlaces(server, values, keepFolder(values, world.env), []));
  const wanted = { owner, values, whatIf, ...(shards === undefined ? {} : { shards }) };
  const plan = await makePlan(wanted, server, read, world);
  const written = writeOutput(output, [JSON.stringify(plan), '\n']);
  const skipped = plan.skipped.length === 0 ? '' : ` ${number(plan.skipped.length)} are left out.`;
  const split = `${plural(plan.repositories.length, 'branch', 'branches')} of repositories in ${plural(plan.shards, 'shard')}.${skipped}`;
  return { output: [matrixOf(plan)], diagnostics: `${split} ${visible(written)}\n`, status: 0 };
}
