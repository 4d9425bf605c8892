import { progressLine, type ProgressLine } from '../called/progress-line.ts';
import { progressLog } from '../called/progress-log.ts';
import { checkCommand } from './check-command.ts';
import { otherCommand, parseArguments, parseCommandLine, wantsFormat, type Arguments } from './command-line.ts';
import type { Command, CommandOutput, CommandWorld } from './command.ts';
import { OTHER_COMMANDS } from './commands.ts';
import { errorReport, messageLinesFor } from '../output/error-report.ts';
import { jsonLine, jsonText } from '../output/json-text.ts';
import { outputColor, outputLinks, outputWidth, type OutputStream } from './terminal.ts';
import { errorMessage, errorTrace, systemErrorCode, ToolError } from '../tool-error.ts';
import { TOOL } from '../tool.ts';

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
  /** Standard input, opened when it is asked for. Left out, it is empty. */
  readonly stdin?: () => AsyncIterable<Uint8Array>;
}

/** The reader has gone away (`| head`); Windows has a word of its own for it. */
const GONE = new Set<unknown>(['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED']);

/** Writes a text and waits until it is written. Returns false when nobody reads any more. */
async function write(stream: Output, text: string): Promise<boolean> {
  if (text === '') return true;
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error || GONE.has(systemErrorCode(error))) return resolve(!error);
      // A full disk, most likely. What is there of the report must not pass for all of it.
      const reason = systemErrorCode(error) ?? errorMessage(error);
      reject(new ToolError(`The output could not be written to its end (${reason}).`));
    });
  });
}

/** Writes one text after the other, while there is somebody who reads. */
async function writeAll(stream: Output, texts: Iterable<string> | AsyncIterable<string>): Promise<void> {
  for await (const text of texts) {
    if (!(await write(stream, text))) return;
  }
}

/** What a command line asks for: help, the version, or work. */
type Asked = Exclude<Arguments<never>['kind'], 'run'> | ((world: CommandWorld) => Promise<CommandOutput>);

function askedOfCheck(args: readonly string[]): Asked {
  const read = parseCommandLine(args);
  return read.kind === 'check' ? async (world) => checkCommand(read.directory, read.values, world) : read.kind;
}

function askedOf(command: Command, name: string, args: readonly string[]): Asked {
  const read = parseArguments(args, name, command.options);
  return read.kind === 'run' ? async (world) => command.run(read.words, read.values, world) : read.kind;
}

async function helpFor(command: Command | null, width: number): Promise<string> {
  const { helpText } = await import('./help.ts');
  if (command !== null) return helpText({ ...command.help, options: command.options }, width);
  const { CHECK_HELP } = await import('./check-help.ts');
  return helpText(CHECK_HELP, width);
}

async function run({ args, env, stdout, stderr, script = null, stdin = nothing }: CommandLineWorld): Promise<number> {
  const isTerminal = stdout.isTTY === true;
  const look = {
    width: outputWidth(stdout, env),
    color: outputColor(stdout, env),
    links: outputLinks(stdout, env),
    isTerminal,
  };
  const first = otherCommand(args);
  const whole = first === null ? null : ((await OTHER_COMMANDS.get(first)?.load()) ?? null);
  const part = first === null ? undefined : args[args.indexOf(first) + 1];
  const entry = part === undefined ? undefined : whole?.parts?.get(part);
  const command = (await entry?.load()) ?? whole;
  const name = entry === undefined ? first : `${first} ${part}`;
  const asked = name === null || command === null ? askedOfCheck(args) : askedOf(command, name, args);
  if (typeof asked === 'string') {
    await write(stdout, asked === 'help' ? await helpFor(command, look.width) : `${TOOL.version}\n`);
    return 0;
  }
  const progress = progressOn(stderr, env);
  const say = (line: string): void => {
    progress.end();
    stderr.write(`${line}\n`, () => {});
  };
  const { output, diagnostics, status, afterwards } = await asked({ env, look, progress, say, script, stdin });
  await write(stderr, diagnostics);
  await writeAll(stdout, output);
  if (afterwards !== undefined) await write(stderr, afterwards());
  return typeof status === 'number' ? status : status();
}

/** A line on a terminal, some lines in the log of a CI system, and nothing in a script. */
function progressOn(stderr: Output, env: NodeJS.ProcessEnv): ProgressLine {
  const isTTY = stderr.isTTY === true;
  if (!isTTY && env.CI) return progressLog((line) => stderr.write(`${line}\n`, () => {}));
  return progressLine({ isTTY, write: (text) => stderr.write(text, () => {}) }, env);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function writeSarifError(stdout: Output, error: unknown): Promise<void> {
  const { sarifErrorText } = await import('../output/sarif-text.ts');
  await writeAll(stdout, sarifErrorText(error));
}

/** Runs the command line to its end and returns the exit status: 0, 1, or 2 when the work could not be done. */
export async function runCommandLine(world: CommandLineWorld): Promise<number> {
  try {
    return await run(world);
  } catch (error) {
    const trace = error instanceof ToolError ? '' : `${errorTrace(error)}\n`;
    // When even the message cannot be written, the status remains.
    await write(world.stderr, `${TOOL.name}: ${messageLinesFor(error).join('\n')}\n${trace}`).catch(() => {});
    if (wantsFormat(world.args, 'jsonl')) await write(world.stdout, jsonLine(errorReport(error))).catch(() => {});
    if (wantsFormat(world.args, 'json')) await writeAll(world.stdout, jsonText(errorReport(error))).catch(() => {});
    if (wantsFormat(world.args, 'sarif')) await writeSarifError(world.stdout, error).catch(() => {});
    return 2;
  }
}
