import { runCommandLine } from '../../src/edge/command-line/run-command-line.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What the command line printed, and how it ended. */
export interface Ran {
  readonly status: number;
  readonly text: string;
  readonly error: string;
}

/** Runs the command line in this process. Nothing that another test keeps is found. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const printed = { text: '', error: '' };
  const stream = (name: 'text' | 'error'): { write: (text: string, done: () => void) => void } => ({
    write: (text, done) => {
      printed[name] += text;
      done();
    },
  });
  const world = { env: { HOME: temporaryFolder(), ...env }, stdout: stream('text'), stderr: stream('error') };
  return { status: await runCommandLine({ args, ...world }), ...printed };
}
