import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  openSync,
  closeSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TextDecoder } from 'node:util';

import type { LogOfFile } from '../../model/logged-job.ts';
import { logReader } from '../../observed/log-reader.ts';
import { systemErrorCode, ToolError } from '../tool-error.ts';
import { withSlashes } from '../files/with-slashes.ts';

/** Standard input. */
const STDIN = '-';

/** Setting up a job takes some kilobytes. A zip whose files grow beyond this is no zip of logs. */
const MOST_OF_AN_ENTRY = 16 * 1024 * 1024;

/**
 * Reads the logs of jobs in files: raw logs, what `gh run view --log` writes, zips of logs, standard input (`-`).
 *
 * @throws ToolError when a file cannot be read.
 */
export async function readLogFiles(
  names: readonly string[],
  stdin: () => AsyncIterable<Uint8Array>,
): Promise<readonly LogOfFile[]> {
  const logs: LogOfFile[] = [];
  for (const name of names) {
    if (name === STDIN) logs.push(...(await readStdin(stdin())));
    else logs.push(...(await readFile(name, withSlashes(name))));
  }
  return logs;
}

async function readFile(file: string, shown: string): Promise<readonly LogOfFile[]> {
  try {
    if (statSync(file).isDirectory()) {
      throw new ToolError(`${shown} is a folder; give the logs in it, or the zip that they are from.`);
    }
    return isZip(beginningOf(file)) ? await readZip(file, shown) : await readText(createReadStream(file), shown);
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const code = systemErrorCode(error);
    throw new ToolError(
      code === 'ENOENT' || code === 'ENOTDIR'
        ? `No such log: ${shown}`
        : `The log ${shown} could not be read (${code ?? 'unknown error'}).`,
    );
  }
}

/** A zip is read from its end, so what comes in through standard input goes to a file first. */
async function readStdin(stdin: AsyncIterable<Uint8Array>): Promise<readonly LogOfFile[]> {
  const pieces = stdin[Symbol.asyncIterator]();
  const first = await pieces.next();
  const all = { [Symbol.asyncIterator]: () => withFirst(first, pieces) };
  if (first.done === true || !isZip(first.value)) return readText(all, 'standard input');
  const folder = mkdtempSync(path.join(tmpdir(), 'effective-permissions-'));
  try {
    const file = path.join(folder, 'logs.zip');
    await pipeline(all, createWriteStream(file, { mode: 0o600 }));
    return await readZip(file, 'standard input');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function* withFirst(
  first: IteratorResult<Uint8Array, unknown>,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (let piece = first; piece.done !== true; piece = await rest.next()) yield piece.value;
}

async function readZip(file: string, shown: string): Promise<readonly LogOfFile[]> {
  // Loaded here: a log that is no zip needs nothing of it.
  const { readZipLogs } = await import('./zip-logs.ts');
  const logs: LogOfFile[] = [];
  await readZipLogs(file, shown, async ({ entry, name, open }) => {
    logs.push(...(await readText(await open(), `${shown}/${entry}`, name)));
  });
  if (logs.length === 0) throw new ToolError(`${shown} has no log of a job: it is not the zip of a run's logs.`);
  return logs;
}

/** `fileName` is the job's name as a zip has it. */
async function readText(
  stream: AsyncIterable<Uint8Array> | Readable,
  shown: string,
  fileName: string | null = null,
): Promise<readonly LogOfFile[]> {
  const reader = logReader(fileName);
  let decoder: TextDecoder | null = null;
  let size = 0;
  for await (const piece of stream as AsyncIterable<Uint8Array>) {
    decoder ??= new TextDecoder(encodingOf(piece), { ignoreBOM: true });
    reader.write(decoder.decode(piece, { stream: true }));
    size += piece.length;
    // Leaving the loop closes the stream.
    if (reader.isDone() || (fileName !== null && size > MOST_OF_AN_ENTRY)) break;
  }
  return reader.end().map((job) => ({ log: shown, job }));
}

/** What PowerShell writes with `>` is UTF-16. */
function encodingOf(piece: Uint8Array): 'utf-8' | 'utf-16le' {
  return piece[0] === 0xff && piece[1] === 0xfe ? 'utf-16le' : 'utf-8';
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}

function beginningOf(file: string): Uint8Array {
  const bytes = Buffer.alloc(4);
  const descriptor = openSync(file, 'r');
  try {
    return bytes.subarray(0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}
