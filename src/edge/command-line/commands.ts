import type { CommandEntry } from './command.ts';

/** The commands beside `check`, which is what runs when no command is named. */
export const OTHER_COMMANDS: ReadonlyMap<string, CommandEntry> = new Map<string, CommandEntry>([
  [
    'verify',
    {
      says: 'compares the logs of a run with what is computed',
      load: async () => (await import('../verify/verify-command.ts')).VERIFY,
    },
  ],
  [
    'explain',
    {
      says: 'why a run ended as startup_failure',
      load: async () => (await import('../explain/explain.ts')).EXPLAIN,
    },
  ],
  [
    'audit',
    {
      says: 'computes all repositories of an organization or a user',
      load: async () => (await import('../audit/audit-command.ts')).AUDIT,
    },
  ],
  [
    'completion',
    {
      says: 'prints a script by which a shell completes all this',
      load: async () => (await import('../completion/completion-command.ts')).COMPLETION,
    },
  ],
]);
