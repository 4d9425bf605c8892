import { existsSync } from 'node:fs';
import path from 'node:path';

import { errorMessage, systemErrorCode, ToolError } from '../tool-error.ts';

export interface GitRun {
  /** Where git runs. */
  readonly folder: string;
  /** Never use the network, which git would do for objects that a partial clone left behind. */
  readonly offline: boolean;
  /** What git reads from its standard input. */
  readonly input?: string;
}

export interface GitAnswer {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const TIMEOUT = 120_000;

/** What would point git at another repository, as inside of a git hook, or at other objects. */
const ELSEWHERE =
  /^GIT_(?:DIR|WORK_TREE|PREFIX|COMMON_DIR|INDEX_FILE|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|GRAFT_FILE|SHALLOW_FILE|REPLACE_REF_BASE)$/i;

function environment(): NodeJS.ProcessEnv {
  const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ELSEWHERE.test(name)));
  // LC_ALL: some of git's sentences become part of ours. An object is what its name says, and nothing put in its place.
  return { ...rest, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_NO_REPLACE_OBJECTS: '1' };
}

const NO_GIT = 'To read the files of a ref, git is needed, and no program "git" was found. Install git.';

/** Windows would take a `git.exe` in the current folder, which may be anybody's checkout, before the one on the path. */
function gitProgram(): string {
  if (process.platform !== 'win32') return 'git';
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const program = folders.map((folder) => path.join(folder, 'git.exe')).find((file) => existsSync(file));
  if (program === undefined) throw new ToolError(NO_GIT);
  return program;
}

function cannotStart(error: Error): ToolError {
  const isMissing = systemErrorCode(error) === 'ENOENT';
  return new ToolError(isMissing ? NO_GIT : `Git could not be started: ${errorMessage(error)}.`);
}

function networkOptions({ offline }: GitRun): readonly string[] {
  return offline ? ['-c', 'protocol.allow=never'] : [];
}

/**
 * Runs git, without a shell, and collects what it prints.
 *
 * @throws ToolError when git is not there or does not end.
 */
export async function runGit(args: readonly string[], run: GitRun): Promise<GitAnswer> {
  // Loaded here: it takes time that a start without git need not spend.
  const { spawn } = await import('node:child_process');
  const git = spawn(gitProgram(), [...networkOptions(run), ...args], {
    cwd: run.folder,
    env: environment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  git.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  git.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // Git may end before it has read everything; its exit status tells.
  git.stdin.on('error', () => {});
  git.stdin.end(run.input ?? '');
  // The option `timeout` of `spawn` would go on ticking when git cannot be started, and keep us from ending.
  const timer = setTimeout(() => git.kill(), TIMEOUT);
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    git.on('error', (error) => reject(cannotStart(error)));
    git.on('close', (...end) => resolve(end));
  }).finally(() => clearTimeout(timer));
  if (status === null) throw new ToolError(`Git was stopped before it was done (${signal ?? 'no signal'}).`);
  return { status, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

/** Runs git while whoever asks waits. Throws a ToolError when git is not there or does not end. */
export type RunGitNow = (args: readonly string[], input: string) => GitAnswer | 'too-much';

/** Makes ready to run git for somebody who cannot wait otherwise. It may print so many bytes, and not more. */
export async function openGit(run: Omit<GitRun, 'input'>, most: number): Promise<RunGitNow> {
  const { spawnSync } = await import('node:child_process');
  const program = gitProgram();
  return (args, input) => {
    const { error, status, signal, stdout, stderr } = spawnSync(program, [...networkOptions(run), ...args], {
      cwd: run.folder,
      env: environment(),
      input,
      maxBuffer: most,
      timeout: TIMEOUT,
      windowsHide: true,
    });
    if (error !== undefined && systemErrorCode(error) === 'ENOBUFS') return 'too-much';
    if (error !== undefined && systemErrorCode(error) !== 'EPIPE') throw cannotStart(error);
    if (status === null) throw new ToolError(`Git was stopped before it was done (${signal ?? 'no signal'}).`);
    return { status, stdout, stderr: stderr.toString() };
  };
}

/** The first line of what git says about an error, without its own prefix. */
export function gitSentence(answer: GitAnswer): string {
  const line = answer.stderr.split('\n').find((text) => text.trim() !== '') ?? `exit status ${answer.status}`;
  return line.replace(/^(?:fatal|error): /, '').trim();
}
