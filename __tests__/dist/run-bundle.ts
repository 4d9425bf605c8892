import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { parse } from 'yaml';

import { temporaryFolder } from '../edge/temporary-folder.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The committed bundles. These tests are about them and nothing else. */
export const DIST = path.join(ROOT, 'dist');

for (const file of ['index.js', 'cli/index.js']) {
  if (!existsSync(path.join(DIST, file))) throw new Error(`dist/${file} is missing: run npm run build`);
}

/** A copy of `dist` without the chunks whose text matches. What needs one of them fails. */
export function distWithout(text: RegExp): string {
  const folder = temporaryFolder({ 'package.json': '{"type":"module"}' });
  const dist = path.join(folder, 'dist');
  cpSync(DIST, dist, { recursive: true });
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(dist, name);
    if (/\d+\.index\.js$/.test(name) && text.test(readFileSync(file, 'utf8'))) rmSync(file);
  }
  return dist;
}

/** What a process printed and how it ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a process needs of our environment to run at all; nothing that would change what it prints. */
function baseEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, SystemRoot, TEMP, TMP, TMPDIR } = process.env;
  return { PATH, HOME, SystemRoot, TEMP, TMP, TMPDIR };
}

/** Runs a script to its end. `under`: what a shell does to itself first, such as to limit how long files may become. */
export async function runNode(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  under?: string,
): Promise<Ended> {
  const node = [process.execPath, ...args];
  const [program = '', ...words] = under === undefined ? node : ['bash', '-c', `${under}; exec "$0" "$@"`, ...node];
  // One that hangs must not outlive its test.
  const child = spawn(program, words, { cwd, env: { ...baseEnvironment(), ...env }, timeout: 25_000 });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

/** How to run the command line. */
export interface CommandLineRun {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly dist?: string;
  readonly under?: string;
}

/** Runs the command line. */
export async function runCommandLine(args: readonly string[], run: CommandLineRun = {}): Promise<Ended> {
  return runNode([path.join(run.dist ?? DIST, 'cli', 'index.js'), ...args], run.cwd ?? ROOT, run.env ?? {}, run.under);
}

/** What a step of a workflow gives the action. */
export interface ActionRun {
  readonly workspace: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly event?: unknown;
  readonly dist?: string;
  readonly under?: string;
  /** What earlier steps wrote to the summary. */
  readonly summary?: string;
}

/** A workflow command as the runner understands it. */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

export interface ActionEnded extends Ended {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly commands: readonly Command[];
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
}

/** Runs the action as a runner does: inputs with their defaults, files for outputs and summary. */
export async function runAction(run: ActionRun): Promise<ActionEnded> {
  const files = temporaryFolder({ output: '', summary: run.summary ?? '', 'event.json': JSON.stringify(run.event ?? {}) });
  const action = parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')) as ActionFile;
  const inputs = Object.entries(action.inputs).map(([name, input]) => {
    const byDefault = (input.default ?? '').replace('${{ github.token }}', 'token-of-the-job');
    // A runner that does not know the value gives nothing.
    const text = run.with?.[name] ?? byDefault.replace('${{ job.workflow_ref }}', '');
    return [`INPUT_${name.toUpperCase()}`, text];
  });
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: run.workspace,
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_SERVER_URL: 'https://github.com',
    // Nothing listens there: a test that needs the API gives its own.
    GITHUB_API_URL: 'http://127.0.0.1:1',
    GITHUB_EVENT_PATH: path.join(files, 'event.json'),
    GITHUB_OUTPUT: path.join(files, 'output'),
    GITHUB_STEP_SUMMARY: path.join(files, 'summary'),
    ...Object.fromEntries(inputs),
    ...run.env,
  };
  const cwd = existsSync(run.workspace) ? run.workspace : files;
  const ended = await runNode([path.join(run.dist ?? DIST, 'index.js')], cwd, env, run.under);
  return {
    ...ended,
    outputs: parseOutputs(readFileSync(path.join(files, 'output'), 'utf8')),
    // Where a long name may be broken is of no interest here.
    summary: readFileSync(path.join(files, 'summary'), 'utf8').replaceAll('<wbr>', ''),
    commands: parseCommands(ended.stdout),
  };
}

/** `name<<delimiter`, the value, `delimiter`. A name that is written twice is an error here. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name = '', , value = ''] of text.matchAll(/^(.+)<<(ghadelimiter_.+)\r?\n([^]*?)\r?\n\2\r?$/gm)) {
    if (name in outputs) throw new Error(`the output ${name} is written twice`);
    outputs[name] = value;
  }
  return outputs;
}

/** https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs: `::` behind white space, `##[` anywhere. */
function parseCommands(stdout: string): Command[] {
  const unescape = (text: string): string =>
    text
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%');
  return stdout.split(/\r\n|\r|\n/).flatMap((line) => {
    const [, name, list = '', message = ''] = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    // The old form counts anywhere in a line that has not the new one.
    if (name === undefined) return line.includes('##[') ? [{ name: '##[', properties: {}, message: line }] : [];
    const pairs = list.split(',').filter((pair) => pair !== '');
    const properties = Object.fromEntries(
      pairs.map((pair) => [pair.split('=')[0] ?? '', unescape(pair.slice(pair.indexOf('=') + 1))]),
    );
    return [{ name, properties, message: unescape(message) }];
  });
}

