import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach } from '@jest/globals';

import { runAction } from '../../src/edge/action/run-action.ts';
import type { Report } from '../../src/model/report.ts';
import { sendText } from './called-api.ts';
import { sendJson, type Answer, type FakeApi } from './fake-api.ts';
import { gitApi } from './git-api.ts';
import { runJson } from './runs-api.ts';

/** A run, its jobs by the names that GitHub shows, and what their logs say; `null` for one that is gone. */
export interface Run {
  readonly run: Readonly<Record<string, unknown>>;
  readonly jobs?: Readonly<Record<string, readonly string[] | null>>;
}

/** The log of a job as the runner writes it. */
export function logOf(levels: readonly string[], name = 'build'): string {
  const lines = [
    'Current runner version: 2.330.0',
    '##[group]GITHUB_TOKEN Permissions',
    ...levels,
    '##[endgroup]',
    'Secret source: Actions',
    'Prepare workflow directory',
    `Complete job name: ${name}`,
    '##[group]Run true',
  ];
  return `\ufeff${lines.map((line) => `2026-11-20T10:00:00.0000000Z ${line}\n`).join('')}`;
}

export interface ObservedApi extends FakeApi {
  /** What the server was asked for where GitHub keeps logs. */
  readonly logRequests: { readonly line: string; readonly authorization: string | undefined }[];
}

const running: Server[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server): Promise<string> {
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * Starts GitHub's API on loopback for a real repository and its runs, newest first, and a second server, to which the API
 * sends who wants a log.
 */
export async function observedApi(
  folder: string,
  runs: readonly Run[],
  answer: Answer = () => false,
): Promise<ObservedApi> {
  const all = runs.map(({ run, jobs = {} }, index) => ({
    run: runJson('', {
      id: 1000 - index,
      html_url: `https://github.com/octo-org/octo-repo/actions/runs/${1000 - index}`,
      ...run,
    }),
    jobs: Object.entries(jobs).map(([name, levels], job) => ({ id: (1000 - index) * 100 + job, name, levels })),
  }));
  const logs = new Map(all.flatMap(({ jobs }) => jobs.map((job) => [String(job.id), job] as const)));
  const logRequests: ObservedApi['logRequests'] = [];
  const storage = await listen(
    createServer((request, response) => {
      logRequests.push({ line: `${request.method} ${request.url}`, authorization: request.headers.authorization });
      const job = logs.get(/^\/logs\/(\d+)\?sig=secret$/.exec(request.url ?? '')?.[1] ?? '');
      if (job?.levels == null) return void sendText(response, 404, 'BlobNotFound', 'raw');
      sendText(response, 200, logOf(job.levels, job.name), 'raw');
    }),
  );
  const api = await gitApi(folder, (request, response, count) => {
    if (answer(request, response, count)) return true;
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const rest = /^\/repos\/octo-org\/octo-repo\/actions\/(.+)$/.exec(pathname)?.[1] ?? '';
    const page = Number(searchParams.get('page') ?? 1);
    const size = Number(searchParams.get('per_page') ?? 30);
    const listed = (found: typeof all): true =>
      sendJson(response, 200, {
        total_count: found.length,
        workflow_runs: found.slice((page - 1) * size, page * size).map(({ run }) => run),
      });
    if (rest === 'runs') return listed(all);
    const workflow = /^workflows\/(.+)\/runs$/.exec(rest)?.[1];
    if (workflow !== undefined) return listed(all.filter(({ run }) => String(run.path).endsWith(`/${workflow}`)));
    const id = /^runs\/(\d+)\/attempts\/1\/jobs$/.exec(rest)?.[1];
    if (id !== undefined) {
      const jobs = all.find(({ run }) => String(run.id) === id)?.jobs ?? [];
      const told = jobs.map((job) => ({ id: job.id, name: job.name, conclusion: 'success' }));
      return sendJson(response, 200, { total_count: told.length, jobs: told });
    }
    const job = logs.get(/^jobs\/(\d+)\/logs$/.exec(rest)?.[1] ?? '');
    if (job === undefined) return false;
    if (job.levels === null) return sendJson(response, 410, { message: 'Server Error' });
    response.writeHead(302, { location: `${storage}/logs/${job.id}?sig=secret` });
    response.end();
    return true;
  });
  return { ...api, logRequests };
}

/** What a step with this action printed and gave. */
export interface Acted {
  readonly log: string;
  readonly warnings: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly report: Report;
}

/** Runs the action in this process. The report is that of the input `json-file`, which must be given. */
export async function act(
  inputs: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
  readReport: () => string,
): Promise<Acted> {
  const lines: string[] = [];
  const warnings: string[] = [];
  const outputs: Record<string, unknown> = {};
  const print = (text: string): unknown => lines.push(text);
  await runAction(env, {
    getInput: (name) => inputs[name] ?? '',
    debug: () => {},
    info: print,
    warning: (text) => void warnings.push(text),
    startGroup: print,
    endGroup: () => {},
    setOutput: (name, value) => (outputs[name] = value),
    setFailed: print,
  });
  return { log: lines.join('\n'), warnings, outputs, report: JSON.parse(readReport()) };
}
