import { chosen, isTooMuch, LONGEST_EVENT, LONGEST_PATH, MOST_FILES, TOO_MUCH } from './input.ts';
import type { Input, InputFile } from './input.ts';

/** The fragment of a link says first which version of this format it is of. */
const VERSION = 'v1';

/** Browsers and chats cut longer links. */
export const LONGEST_LINK = 100_000;

/** A link is decompressed to no more bytes than these, whatever it holds. */
const MOST_BYTES = 4 * 1024 * 1024;

/** What a fragment holds: an input; nothing of ours; or something that cannot be read, with the reason in one sentence. */
export type Linked =
  | { readonly kind: 'input'; readonly input: Input }
  | { readonly kind: 'none' }
  | { readonly kind: 'broken'; readonly reason: string };

/** Takes an input and returns the fragment of a link that carries it, without `#`; `null` when it would be too long. */
export async function fragmentOf({ files, ...choices }: Input): Promise<string | null> {
  const data = JSON.stringify({ files: files.map(({ path, text }) => [path, text]), ...choices });
  const bytes = await bytesOf(new Blob([data]).stream().pipeThrough(new CompressionStream('deflate-raw')), Infinity);
  const fragment = `${VERSION}.${toBase64Url(bytes)}`;
  return fragment.length > LONGEST_LINK ? null : fragment;
}

/** Takes the fragment of an address, with or without `#`, and returns the input that it carries. Never throws. */
export async function inputIn(hash: string): Promise<Linked> {
  const [, version, code] = /^#?(v\d+)\.(.*)$/s.exec(hash) ?? [];
  if (version === undefined || code === undefined) return { kind: 'none' };
  if (version !== VERSION) return broken('It was made by another version of this page.');
  if (hash.length > LONGEST_LINK + 1) return broken('It is too long.');
  try {
    const compressed = new Blob([fromBase64Url(code)]).stream();
    const bytes = await bytesOf(compressed.pipeThrough(new DecompressionStream('deflate-raw')), MOST_BYTES);
    const input = toInput(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    if (input === null) return broken('It does not hold what this page writes.');
    return isTooMuch(input.files) ? broken(TOO_MUCH) : { kind: 'input', input };
  } catch {
    return broken('A part of it is missing or was changed.');
  }
}

function broken(reason: string): Linked {
  return { kind: 'broken', reason };
}

/** @throws RangeError when there are more bytes than `most`: a short text can be decompressed to an endless one. */
async function bytesOf(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError();
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(code: string): Uint8Array<ArrayBuffer> {
  const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (unit) => unit.charCodeAt(0));
}

/** What a link holds comes from a stranger: only what this page itself writes is taken. */
function toInput(data: unknown): Input | null {
  if (typeof data !== 'object' || data === null) return null;
  const given = new Map<string, unknown>(Object.entries(data));
  const list = given.get('files');
  if (!Array.isArray(list) || list.length > MOST_FILES) return null;
  const files = list.flatMap((file: unknown) => toFile(file) ?? []);
  const paths = new Set(files.map(({ path }) => path));
  if (files.length !== list.length || paths.size !== list.length) return null;
  const event = given.get('event') ?? null;
  if (event !== null && (typeof event !== 'string' || event.length > LONGEST_EVENT)) return null;
  return {
    files,
    event,
    defaultPermissions: chosen('defaultPermissions', given.get('defaultPermissions')),
    visibility: chosen('visibility', given.get('visibility')),
    forkPullRequests: chosen('forkPullRequests', given.get('forkPullRequests')),
    starter: chosen('starter', given.get('starter')),
  };
}

function toFile(file: unknown): InputFile | null {
  if (!Array.isArray(file)) return null;
  const [path, text] = file as readonly unknown[];
  if (typeof path !== 'string' || typeof text !== 'string') return null;
  return path === '' || path.length > LONGEST_PATH ? null : { path, text };
}
