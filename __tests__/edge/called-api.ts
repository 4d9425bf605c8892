import type { ServerResponse } from 'node:http';

import { PATIENCE, type Patience } from '../../src/edge/github/github-api.ts';
import { contentsApi } from '../../src/edge/called/contents-api.ts';
import { NO_CACHE, type FileCache } from '../../src/edge/called/disk-cache.ts';
import type { CalledSource } from '../../src/model/called-file.ts';
import { fakeApi, sendJson, type Answer, type FakeApi } from './fake-api.ts';

/** What refs and commits mean, and what is there: `OWNER/NAME@REF` → commit, `OWNER/NAME@COMMIT/PATH` → content. */
export interface Contents {
  readonly commits?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** Two commits to read at. */
export const A = 'a1'.repeat(20);
export const B = 'b2'.repeat(20);

/** Where the called workflows of these tests stand. */
export const PATH = '.github/workflows/called.yml';

/** The file that most tests read. */
export const FILE = { owner: 'octo-org', name: 'shared', path: PATH, ref: 'v1' };

export function sendText(response: ServerResponse, status: number, body: string | Uint8Array, type: string): true {
  response.writeHead(status, { 'content-type': `application/vnd.github.${type}; charset=utf-8` });
  response.end(body);
  return true;
}

/** Starts GitHub's API for commits and contents on loopback; `answer` may answer a request itself. */
export async function contentsServer(contents: Contents, answer: Answer = () => false): Promise<FakeApi> {
  return fakeApi({}, (request, response, count) => {
    if (answer(request, response, count)) return true;
    const url = new URL(request.url ?? '', 'http://x');
    const [, name = '', kind, rest = ''] =
      /\/repos\/([^/]+\/[^/]+)\/(commits|contents)\/(.+)$/.exec(url.pathname) ?? [];
    const asked = decodeURIComponent(rest);
    // GitHub ignores the case of owners and names.
    const repository = name.toLowerCase();
    if (kind === 'commits') {
      const commit = contents.commits?.[`${repository}@${asked}`];
      if (commit !== undefined && request.headers.accept === 'application/vnd.github.sha') {
        return sendText(response, 200, commit, 'sha');
      }
      return sendJson(response, 422, { message: `No commit found for SHA: ${asked}` });
    }
    const file = contents.files?.[`${repository}@${url.searchParams.get('ref')}/${asked}`];
    if (file !== undefined && request.headers.accept === 'application/vnd.github.raw+json') {
      return sendText(response, 200, file, 'raw+json');
    }
    return sendJson(response, 404, { message: 'Not Found' });
  });
}

/** The reader of one server, with a clock that does not really wait and writes down how long it would have. */
export function reader(
  api: Pick<FakeApi, 'url'>,
  more: { token?: string | null; waits?: number[]; patience?: Partial<Patience>; cache?: FileCache } = {},
): (file?: Partial<typeof FILE>) => Promise<CalledSource> {
  const sleep = (milliseconds: number): Promise<void> => {
    more.waits?.push(milliseconds);
    return Promise.resolve();
  };
  const token = more.token === undefined ? 'secret' : more.token;
  const read = contentsApi({ baseUrl: api.url, token, tokenName: 'GH_TOKEN' }, more.cache ?? NO_CACHE, {
    ...PATIENCE,
    sleep,
    ...more.patience,
  });
  return (file) => read({ ...FILE, ...file });
}

/** What was read, as text. */
export function textOf(source: CalledSource): string {
  return source.kind === 'found' ? Buffer.from(source.bytes).toString() : `${source.kind}: ${source.reason}`;
}
