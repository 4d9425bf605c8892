import { visible } from '../../report/escape-terminal.ts';
import { number, plural } from '../../words/in-words.ts';
import { command } from '../command.ts';
import { PLAN_OPTIONS } from './audit-options.ts';
import { TOKEN_ROWS } from './audit-rows.ts';
import { calledReader } from './called-reader.ts';
import { makePlan, ownerIn } from './make-plan.ts';
import { forThisServer, openServer } from './open-server.ts';
import { matrixOf } from './plan.ts';
import { keepFolder, openPlaces } from './run-plan.ts';
import { writeOutput } from './write-output.ts';

/** The command `audit plan`. */
export const AUDIT_PLAN = command({
  options: PLAN_OPTIONS,
  help: {
    usage: 'audit plan OWNER [options]',
    introduction:
      'Lists what is to be audited and splits it into shards of equal work, for a matrix of GitHub Actions. Standard output ' +
      'is that matrix, as JSON; the plan holds all that a shard needs, so that none lists anything again.',
    words: [['OWNER', 'an organization or a user']],
    status: [
      ['0', 'the plan was written'],
      ['2', 'the repositories could not be listed'],
    ],
    environment: TOKEN_ROWS,
  },
  run: async (words, given, world) => {
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
  },
});
