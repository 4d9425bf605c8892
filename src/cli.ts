import { runCommandLine } from './edge/run-command-line.ts';

const { argv, env, stdout, stderr } = process;

// The one who reads may go away at any time; whoever writes learns it from the write itself.
for (const stream of [stdout, stderr]) stream.on('error', () => {});

// Not `process.exit`, which would lose output that is not yet written.
void runCommandLine({ args: argv.slice(2), env, stdout, stderr }).then((status) => {
  process.exitCode = status;
});
