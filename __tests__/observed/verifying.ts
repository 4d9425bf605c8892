import type { Grant } from '../../src/model/grant.ts';
import type { Verification } from '../../src/model/verification.ts';
import { verifyLogs } from '../../src/verify-logs.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { bytesOf, PATH, settingsOf, type Known } from '../helpers/checking.ts';
import { readLog } from './logs.ts';

/** What is asked of a comparison beside the log. */
export interface Asked extends Known {
  readonly job?: string;
  readonly event?: string;
  readonly actor?: Grant['actor'];
}

/** Compares logs with one file or several, of which the first started the run. */
export function verify(
  texts: string | Readonly<Record<string, string>>,
  logs: string | readonly string[],
  asked: Asked = {},
): Verification {
  const all = typeof texts === 'string' ? { [PATH]: texts } : texts;
  const files = readFiles(Object.entries(all).map(([path, text]) => ({ path, bytes: bytesOf(text) })));
  const first = Object.keys(all)[0];
  const file = files.find(({ path }) => path === first);
  if (file === undefined) throw new Error('no file to compare with');
  return verifyLogs(
    {
      file,
      files,
      called: new Map(),
      settings: settingsOf(asked),
      job: asked.job?.split('/') ?? null,
      run: { event: asked.event ?? null, actor: asked.actor ?? null },
      tool: { name: 'effective-permissions', version: '1.0.0' },
    },
    [logs].flat().flatMap((log, index) => readLog(log).map((job) => ({ log: `${index}.txt`, job }))),
  );
}

/** What differs, in short: `contents: none/read` is computed as none and logged as read. */
export function differences({ compared }: Pick<Verification, 'compared'>): readonly string[] {
  return compared
    .filter(({ computed, logged }) => computed !== logged)
    .map(({ permission, computed, logged }) => `${permission}: ${computed}/${logged}`);
}
