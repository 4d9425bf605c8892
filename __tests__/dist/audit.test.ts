import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '@jest/globals';

import { bytesIn, served, workplace } from '../edge/audit/auditing.ts';
import type { Asked, Trouble } from '../helpers/organization/server.ts';
import { DIST, runNode } from './run-bundle.ts';

const CLI = path.join(DIST, 'cli', 'index.js');
const SHAPE = { repositories: 30, files: 4 };

function args(folder: string, name: string): readonly string[] {
  const cache = path.join(folder, 'cache');
  return ['audit', 'octo-org', '--format', 'jsonl', '--output', path.join(folder, name), '--cache', cache];
}

test.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
  'an audit that is stopped by %s goes on where it was, and gives the same bytes',
  async (signal) => {
    // Some files only come when the audit is run again.
    let isHeld = true;
    const held: (() => void)[] = [];
    const trouble = ({ kind }: Asked, count: number): Trouble | null | Promise<null> =>
      isHeld && kind === 'texts' && count > 1 ? new Promise((resolve) => held.push(() => resolve(null))) : null;
    const server = await served({ trouble }, SHAPE);
    const { folder, file } = workplace();
    const env = { GITHUB_API_URL: server.url, GH_TOKEN: 'secret' };
    const child = spawn(process.execPath, [CLI, ...args(folder, 'a.jsonl')], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_, by) => resolve(by)));
    while (!existsSync(file('a.jsonl.partial')) || readFileSync(file('a.jsonl.partial')).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill(signal);
    expect(await ended).toBe(signal);
    if (signal !== 'SIGKILL') expect(said).toMatch(/Stopped\. .*a\.jsonl\.partial\. Run the same again/);
    expect(existsSync(file('a.jsonl'))).toBe(false);
    isHeld = false;
    for (const release of held) release();

    const before = readFileSync(file('a.jsonl.partial'), 'utf8').split('\n').length - 1;
    expect(before).toBeGreaterThan(0);
    const again = await runNode([CLI, ...args(folder, 'a.jsonl')], folder, env);
    expect(again.status).toBe(1);
    const whole = await runNode([CLI, ...args(folder, 'b.jsonl')], folder, env);
    expect(whole.status).toBe(1);
    expect(bytesIn(file('a.jsonl'))).toBe(bytesIn(file('b.jsonl')));
  },
  60_000,
);
