import { command, type CommandEntry } from '../command-line/command.ts';
import { LOOK_ROWS } from '../command-line/help.ts';
import { AUDIT_OPTIONS } from './audit-options.ts';
import { TOKEN_ROWS } from './audit-rows.ts';

const PARTS: ReadonlyMap<string, CommandEntry> = new Map<string, CommandEntry>([
  [
    'plan',
    {
      says: 'splits an audit into shards, for a matrix of GitHub Actions',
      load: async () => (await import('./plan-command.ts')).AUDIT_PLAN,
    },
  ],
  [
    'shard',
    {
      says: 'computes the repositories of one shard',
      load: async () => (await import('./shard-command.ts')).AUDIT_SHARD,
    },
  ],
  [
    'merge',
    {
      says: 'makes one report of what the shards of an audit found',
      load: async () => (await import('./merge-command.ts')).AUDIT_MERGE,
    },
  ],
]);

/** The command `audit`. Its parts, for an audit in several jobs, are told apart by the next word. */
export const AUDIT = command({
  options: AUDIT_OPTIONS,
  parts: PARTS,
  help: {
    usage: 'audit OWNER [options]',
    introduction:
      'Computes all repositories of an organization or a user through the API, without a checkout: who holds which write, ' +
      'what outsiders reach, who breaks if a setting or a shared workflow changes. Before it starts, it says what it will cost.',
    words: [
      ['OWNER', 'an organization or a user; not needed with --repositories-from'],
      ...[...PARTS].map(([name, { says }]) => [name, says] as const),
    ],
    status: [
      ['0', 'every repository was read, and none has a finding that fails it'],
      ['1', 'findings at or above --fail-on'],
      ['2', 'a repository could not be read, or the work could not be done'],
    ],
    environment: [...TOKEN_ROWS, ...LOOK_ROWS],
  },
  run: async (words, values, world) => (await import('./audit-owner.ts')).auditOwner(words, values, world),
});
