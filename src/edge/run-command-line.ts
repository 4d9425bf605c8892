import { progressLine } from './called/progress-line.ts';
import { parseCommandLine, wantsJson } from './command-line.ts';
import { checkCommand } from './check-command.ts';
import { errorReport, messageLinesFor } from './error-report.ts';
import { jsonText } from './json-text.ts';
import { outputColor, outputWidth, type OutputStream } from './terminal.ts';
import { errorTrace, systemErrorCode, ToolError } from './tool-error.ts';
import { TOOL } from './tool.ts';

/** A stream to write to, such as `process.stdout`. */
export interface Output extends OutputStream {
  write(text: string, done: (error?: Error | null) => void): unknown;
}

/** What the command line runs in. */
export interface CommandLineWorld {
  /** Without `node` and the script. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Output;
  readonly stderr: Output;
  /** The program that runs, for threads of it; `null` for none. */
  readonly script?: string | null;
}

/** The reader has gone away (`| head`); Windows has a word of its own for it. */
const GONE = new Set<unknown>(['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED']);

/** Writes a text and waits until it is written. Returns false when nobody reads any more. */
async function write(stream: Output, text: string): Promise<boolean> {
  if (text === '') return true;
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error && !GONE.has(systemErrorCode(error))) reject(error);
      else resolve(!error);
    });
  });
}

/** Writes one text after the other, while there is somebody who reads. */
async function writeAll(stream: Output, texts: Iterable<string>): Promise<void> {
  for (const text of texts) {
    if (!(await write(stream, text))) return;
  }
}

async function run({ args, env, stdout, stderr, script = null }: CommandLineWorld): Promise<number> {
  const command = parseCommandLine(args);
  const isTerminal = stdout.isTTY === true;
  const look = { width: outputWidth(stdout, env), color: outputColor(stdout, env), isTerminal };
  if (command.kind === 'version') {
    await write(stdout, `${TOOL.version}\n`);
    return 0;
  }
  if (command.kind === 'help') {
    const { helpText } = await import('./help.ts');
    await write(stdout, helpText(look.width));
    return 0;
  }
  const progress = progressLine({ isTTY: stderr.isTTY === true, write: (text) => stderr.write(text, () => {}) }, env);
  const { output, diagnostics, status } = await checkCommand(command.directory, command.values, {
    env,
    look,
    progress,
    script,
  });
  await write(stderr, diagnostics);
  await writeAll(stdout, output);
  return status;
}

/** Runs the command line to its end and returns the exit status: 0, 1, or 2 when the work could not be done. */
export async function runCommandLine(world: CommandLineWorld): Promise<number> {
  try {
    return await run(world);
  } catch (error) {
    const trace = error instanceof ToolError ? '' : `${errorTrace(error)}\n`;
    // When even the message cannot be written, the status remains.
    await write(world.stderr, `${TOOL.name}: ${messageLinesFor(error).join('\n')}\n${trace}`).catch(() => {});
    if (wantsJson(world.args)) await writeAll(world.stdout, jsonText(errorReport(error))).catch(() => {});
    return 2;
  }
}
