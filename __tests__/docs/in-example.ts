import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { calledFileReader } from '../../src/edge/called/called-file-reader.ts';
import { parseCommandLine } from '../../src/edge/command-line.ts';
import { toSettings } from '../../src/edge/settings.ts';
import type { ReadCalledFile } from '../../src/model/called-file.ts';
import type { Settings } from '../../src/model/settings.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import type { Example } from './examples-in.ts';

/** Where other repositories lie in an example, as `--repositories` has them. */
const OTHERS = 'FOLDER/';

/** The files and the settings of an example, as the command line has them. */
export interface Given {
  readonly sources: readonly (WorkflowSource & { readonly bytes: Uint8Array })[];
  readonly settings: Settings;
  readonly read: ReadCalledFile;
}

/** Computes something of the files of an example, without a network. */
export async function inExample<Result>(
  { files, options }: Example,
  compute: (given: Given) => Promise<Result>,
): Promise<Result> {
  const command = parseCommandLine(options);
  if (command.kind !== 'check') throw new Error(`${options.join(' ')} asks for no check`);
  const sources = files
    .map((file) => ({ path: file.path ?? '.github/workflows/example.yml', bytes: new TextEncoder().encode(file.yaml) }))
    .filter((file) => !file.path.startsWith(OTHERS));
  const repository = { owner: 'octo-org', name: 'octo-repo' };
  const settings = toSettings(command.values, { repository, visibility: null });
  const folder = mkdtempSync(path.join(tmpdir(), 'example-'));
  try {
    for (const file of files.filter((one) => one.path?.startsWith(OTHERS))) {
      const written = path.join(folder, (file.path ?? '').slice(OTHERS.length));
      mkdirSync(path.dirname(written), { recursive: true });
      writeFileSync(written, file.yaml);
    }
    const read = calledFileReader({
      own: null,
      repositories: folder,
      offline: '--offline',
      server: { kind: 'none', reason: '' },
      cacheFolder: null,
    });
    const result = await compute({ sources, settings, read });
    const shown = folder.replaceAll(path.sep, '/');
    return JSON.parse(JSON.stringify(result).replaceAll(shown, OTHERS.slice(0, -1))) as Result;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
