import { visible } from '../../report/escape-terminal.ts';
import type { CommandOutput, CommandWorld } from '../command-line/command.ts';
import { inQuotes } from '../output/in-quotes.ts';
import type { OptionValues } from '../command-line/option-table.ts';
import { ToolError } from '../tool-error.ts';
import { TOOL } from '../tool.ts';
import type { SHARD_OPTIONS } from './audit-options.ts';
import { openServer } from './open-server.ts';
import type { WholePlan } from './plan.ts';
import { readPlan } from './read-plan.ts';
import { keepFolder, openPlaces, runPlan } from './run-plan.ts';

/** A plan of another version might mean something else by the same words. */
function wholePlan(file: string): WholePlan {
  const plan = readPlan(file);
  if (plan.tool.version !== TOOL.version) {
    throw new ToolError(
      `${file} was written by version ${inQuotes(plan.tool.version)}, and this is ${TOOL.version}. Run audit plan and its shards with the same version.`,
      { path: file },
    );
  }
  if ('audit' in plan) return plan as WholePlan;
  throw new ToolError(`${file} does not say how to audit. audit plan writes one that does.`, { path: file });
}

function shardIn(words: readonly string[], { shards }: WholePlan): number {
  const [word = '', second] = words;
  const shard = /^[1-9]\d{0,3}$/.test(word) ? Number(word) : 0;
  if (second === undefined && shard >= 1 && shard <= shards) return shard;
  const not = word === '' ? '' : `, not ${inQuotes(words.join(' '))}`;
  throw new ToolError(
    `audit shard takes the number of one shard, from 1 to ${shards}${not}: audit shard 1 --plan plan.json.`,
  );
}

/**
 * Computes the repositories of one shard of a plan.
 *
 * @throws ToolError when the plan cannot be used, or what is found not be written.
 */
export async function auditShard(
  words: readonly string[],
  values: OptionValues<typeof SHARD_OPTIONS>,
  world: CommandWorld,
): Promise<CommandOutput> {
  const plan = wholePlan(values.plan ?? 'plan.json');
  const shard = shardIn(words, plan);
  const server = await openServer(world, plan.audit.platform.kind === 'ghes');
  if (server.asker.baseUrl !== plan.audit.server) {
    throw new ToolError(
      `The plan is of ${plan.audit.server}, and the environment names ${server.asker.baseUrl}. Set GH_HOST as it was for audit plan.`,
    );
  }
  const places = openPlaces(server, values, keepFolder(values, world.env), plan.repositories);
  const repositories = plan.repositories.filter((one) => one.shard === shard);
  const { output: file = `shard-${shard}.jsonl` } = values;
  const { outcome, notes } = await runPlan({ plan, repositories, file }, server, places, values, world);
  const said = [...notes, `Wrote ${file}.`].map((note) => `${visible(note)}\n`).join('');
  return { output: [], diagnostics: said, status: outcome.status };
}
