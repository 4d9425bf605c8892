import { command } from '../command-line/command.ts';
import { PLAN_OPTIONS } from './audit-options.ts';
import { TOKEN_ROWS } from './audit-rows.ts';

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
  run: async (words, values, world) => (await import('./plan-audit.ts')).planAudit(words, values, world),
});
