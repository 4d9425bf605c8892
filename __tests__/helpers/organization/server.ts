import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { answer, parseQuery, type Selection } from './graphql.ts';
import { rootObject } from './graphql-objects.ts';
import { blobId } from './objects.ts';
import type { Organization } from './organization.ts';

/** What an audit asks for. */
export type Kind = 'listing' | 'branches' | 'texts' | 'ids' | 'blob' | 'settings' | 'other';

/** A request as it came. */
export interface Asked {
  readonly kind: Kind;
  readonly url: string;
  readonly authorization: string | undefined;
  /** Of a page: how many are asked for. */
  readonly size: number;
}

/** An answer in place of the usual one. */
export interface Trouble {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How the server is to behave. */
export interface ServerOptions {
  /** Below which path the API is: `/api/v3` for a GitHub Enterprise Server. */
  readonly base?: string;
  /** Makes trouble, or makes others wait; `count`: how many requests of that kind came before. */
  readonly trouble?: (asked: Asked, count: number) => Trouble | null | Promise<Trouble | null>;
  /** What the settings of organization and repositories are, by path; nothing is told without. */
  readonly settings?: (path: string) => object | null;
  /** How many requests an hour each API allows; no limit without. */
  readonly limit?: number;
  /** Answers a blob with other bytes. */
  readonly spoil?: (id: string) => string | undefined;
}

/** A server that runs. */
export interface OrganizationServer {
  /** For GITHUB_API_URL. */
  readonly url: string;
  readonly asked: readonly Asked[];
  /** How many requests of a kind came. */
  readonly count: (kind: Kind) => number;
  /** How often each file was asked for, by its id. */
  readonly files: ReadonlyMap<string, number>;
  readonly points: () => number;
  readonly serve: (organization: Organization) => void;
  readonly close: () => Promise<void>;
}

function names(selections: readonly Selection[]): readonly string[] {
  return selections.flatMap((one) => ('on' in one ? names(one.fields) : [one.name, ...names(one.fields)]));
}

function kindOf(selections: readonly Selection[]): Kind {
  const all = new Set(names(selections));
  if (all.has('text')) return 'texts';
  if (all.has('defaultBranchRef')) return 'listing';
  if (all.has('refs') || all.has('ref')) return 'branches';
  return all.has('object') ? 'ids' : 'other';
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString();
}

/** Every file of an organization by git's id of it, with who has it. */
function blobsOf({ repositories }: Organization): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { branches, tags } of repositories.values()) {
    for (const files of [...branches.values(), ...[...tags.values()].map((one) => one.files)]) {
      for (const { mode, text } of files.values()) if (mode !== '160000') found.set(blobId(text), text);
    }
  }
  return found;
}

/** Serves an organization on loopback, and counts what is asked for. */
export async function serveOrganization(first: Organization, options: ServerOptions = {}): Promise<OrganizationServer> {
  const { base = '', trouble, settings, limit, spoil } = options;
  let blobs = blobsOf(first);
  let root = rootObject(first, (id) => blobs.get(id));
  const asked: Asked[] = [];
  const files = new Map<string, number>();
  const used = { core: 0, graphql: 0 };
  const reset = Math.floor(Date.now() / 1000) + 3600;

  function headers(resource: 'core' | 'graphql'): Record<string, string> {
    if (limit === undefined) return {};
    return {
      'x-ratelimit-resource': resource,
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - used[resource])),
      'x-ratelimit-reset': String(reset),
    };
  }

  function send(response: ServerResponse, status: number, body: unknown, more: Readonly<Record<string, string>>): void {
    const isText = typeof body === 'string';
    const type = isText ? 'application/vnd.github.raw+json' : 'application/json';
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...more });
    response.end(isText ? Buffer.from(body, 'latin1') : JSON.stringify(body));
  }

  /** Notes a request, and makes the trouble that is due. */
  async function refused(response: ServerResponse, one: Asked, resource: 'core' | 'graphql'): Promise<boolean> {
    const before = asked.filter(({ kind }) => kind === one.kind).length;
    asked.push(one);
    used[resource] += 1;
    const found = (await trouble?.(one, before)) ?? null;
    if (found !== null) send(response, found.status, found.body, { ...headers(resource), ...found.headers });
    return found !== null;
  }

  async function graphql(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { query, variables } = JSON.parse(await bodyOf(request)) as {
      query: string;
      variables: Record<string, unknown>;
    };
    let selections: readonly Selection[];
    try {
      selections = parseQuery(query, variables);
      const kind = kindOf(selections);
      const size = typeof variables.size === 'number' ? variables.size : selections.length;
      const { authorization } = request.headers;
      if (await refused(response, { kind, url: request.url ?? '', authorization, size }, 'graphql')) return;
      if (kind === 'texts') {
        for (const [name, id] of Object.entries(variables)) if (/^i\d+$/.test(name)) countFile(String(id));
      }
      const { data, errors } = answer(root, selections);
      send(response, 200, errors.length === 0 ? { data } : { data, errors }, headers('graphql'));
    } catch (error) {
      send(response, 200, { errors: [{ message: String(error) }] }, headers('graphql'));
    }
  }

  function countFile(id: string): void {
    files.set(id, (files.get(id) ?? 0) + 1);
  }

  async function rest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = (request.url ?? '').slice(base.length);
    const { authorization } = request.headers;
    const [, id] = /^\/repos\/[^/]+\/[^/]+\/git\/blobs\/([0-9a-f]+)$/.exec(url) ?? [];
    const kind = id !== undefined ? 'blob' : url.includes('/actions/permissions') ? 'settings' : 'other';
    if (await refused(response, { kind, url, authorization, size: 1 }, 'core')) return;
    if (id !== undefined) {
      const text = spoil?.(id) ?? blobs.get(id);
      if (text !== undefined) {
        send(response, 200, text, headers('core'));
        return;
      }
    }
    const told = kind === 'settings' ? (settings?.(url) ?? null) : null;
    if (told !== null) {
      send(response, 200, told, headers('core'));
      return;
    }
    const status = kind === 'settings' ? 403 : 404;
    const message = kind === 'settings' ? 'Resource not accessible by integration' : 'Not Found';
    send(response, status, { message }, headers('core'));
  }

  const server = createServer((request, response) => {
    const path = base === '' ? '/graphql' : `${base.replace(/\/v3$/, '')}/graphql`;
    if (request.method === 'POST' && request.url === path) void graphql(request, response);
    else void rest(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
    asked,
    count: (kind) => asked.filter((one) => one.kind === kind).length,
    files,
    points: () => used.graphql,
    serve: (organization) => {
      blobs = blobsOf(organization);
      root = rootObject(organization, (id) => blobs.get(id));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
