import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach } from '@jest/globals';

/** A file, folder, link or submodule as git keeps it. */
export type Entry = string | Uint8Array | { readonly [name: string]: Entry };

/** As a file's content: a link to somewhere, and a submodule. No file of a test begins like that. */
export const LINK_TO = 'link to ';
export const SUBMODULE = 'submodule';

export interface FakeApi {
  readonly url: string;
  /** What was asked for, `GET /path` and the token that came with it. */
  readonly requests: { readonly line: string; readonly authorization: string | undefined }[];
}

/** Answers a request itself and returns true, or leaves it to the repository. `count`: how often it was asked before. */
export type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => boolean;

const running: Server[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: object = {}): true {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
  return true;
}

/** The objects that the API of one repository serves, by the end of the URL. */
function objectsOf(commit: string, root: Entry): ReadonlyMap<string, unknown> {
  const objects = new Map<string, unknown>();
  const store = (entry: Entry): { mode: string; type: string; sha: string; size?: number } => {
    if (entry === SUBMODULE) return { mode: '160000', type: 'commit', sha: '1'.repeat(40) };
    if (typeof entry === 'string' || entry instanceof Uint8Array) {
      const isLink = typeof entry === 'string' && entry.startsWith(LINK_TO);
      const bytes = Buffer.from(isLink ? entry.slice(LINK_TO.length) : entry);
      const sha = createHash('sha1').update(bytes).digest('hex');
      // GitHub breaks base64 into lines.
      const content = bytes.toString('base64').replace(/.{60}/g, '$&\n');
      objects.set(`blobs/${sha}`, { sha, size: bytes.length, encoding: 'base64', content });
      return { mode: isLink ? '120000' : '100644', type: 'blob', sha, size: bytes.length };
    }
    const tree = Object.entries(entry).map(([path, child]) => ({ path, ...store(child) }));
    const sha = createHash('sha1').update(JSON.stringify(tree)).digest('hex');
    objects.set(`trees/${sha}`, { sha, tree, truncated: false });
    return { mode: '040000', type: 'tree', sha };
  };
  const { sha } = store(root);
  objects.set(`trees/${commit}`, objects.get(`trees/${sha}`));
  return objects;
}

export const COMMIT = 'c'.repeat(40);

/** Starts GitHub's REST API for one repository, `octo-org/octo-repo`, on loopback. It is stopped behind the test. */
export async function fakeApi(root: Entry, answer: Answer = () => false): Promise<FakeApi> {
  const objects = objectsOf(COMMIT, root);
  const requests: FakeApi['requests'] = [];
  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url}`;
    const count = requests.filter((before) => before.line === line).length;
    requests.push({ line, authorization: request.headers.authorization });
    if (answer(request, response, count)) return;
    const object = objects.get(request.url?.replace(/^.*\/repos\/octo-org\/octo-repo\/git\//, '') ?? '');
    if (object === undefined) sendJson(response, 404, { message: 'Not Found' });
    else sendJson(response, 200, object);
  });
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}
