import { visible } from '../../report/escape-terminal.ts';
import { command } from '../command.ts';
import { inQuotes } from '../in-quotes.ts';
import { ToolError } from '../tool-error.ts';
import { TOOL } from '../tool.ts';
import { SHARD_OPTIONS } from './audit-options.ts';
import { TOKEN_ROWS } from './audit-rows.ts';
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

/** The command `audit shard`. */
export const AUDIT_SHARD = command({
  options: SHARD_OPTIONS,
  help: {
    usage: 'audit shard K [options]',
    introduction:
      'Computes the repositories of one shard of a plan, a report a line. audit merge makes one report of all shards. What ' +
      'it is stopped in, it goes on with when it is run again.',
    words: [['K', 'the number of the shard, from 1']],
    status: [
      ['0', 'every repository was read, and none has a finding that fails it'],
      ['1', 'findings at or above the level that the plan says'],
      ['2', 'a repository could not be read, or the work could not be done'],
    ],
    environment: TOKEN_ROWS,
  },
  run: async (words, values, world) => {
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
  },
});
