import type { Command } from './command.ts';

/** A command beside `check`, before it is loaded. */
export interface CommandEntry {
  /** For the help. */
  readonly says: string;
  /** Loads it, so that the start of a check does not wait for what only other commands need. */
  readonly load: () => Promise<Command>;
}

/** The commands beside `check`, which is what runs when no command is named. */
export const OTHER_COMMANDS: ReadonlyMap<string, CommandEntry> = new Map<string, CommandEntry>([
  [
    'verify',
    {
      says: 'compares the logs of a run with what is computed',
      load: async () => (await import('./verify/verify-command.ts')).VERIFY,
    },
  ],
  [
    'explain',
    {
      says: 'why a run ended as startup_failure',
      load: async () => (await import('./explain/explain.ts')).explain,
    },
  ],
]);
