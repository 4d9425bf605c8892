import { command } from '../command-line/command.ts';
import { SHARD_OPTIONS } from './audit-options.ts';
import { TOKEN_ROWS } from './audit-rows.ts';

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
  run: async (words, values, world) => (await import('./audit-shard.ts')).auditShard(words, values, world),
});
