import { runCommandLine } from './edge/command-line/run-command-line.ts';
import { THREAD } from './edge/reading/thread-argument.ts';

const { argv, env, stdout, stderr } = process;

function main(): void {
  // The one who reads may go away at any time; whoever writes learns it from the write itself.
  for (const stream of [stdout, stderr]) stream.on('error', () => {});

  // Not `process.exit`, which would lose output that is not yet written.
  const world = { args: argv.slice(2), env, stdout, stderr, script: argv[1] ?? null, stdin: () => process.stdin };
  void runCommandLine(world).then((status) => {
    process.exitCode = status;
  });
}

// A thread that reads workflow files runs this very program.
const isThread = argv[2] === THREAD && (await import('./edge/reading/reading-thread.ts')).answerAsThread();
if (!isThread) main();
