import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { calledFileReader } from '../../src/edge/called/called-file-reader.ts';
import { parseCommandLine } from '../../src/edge/command-line/command-line.ts';
import { toSettings } from '../../src/edge/settings.ts';
import type { ReadCalledFile } from '../../src/model/called-file.ts';
import type { Settings } from '../../src/model/settings.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import { POLICY_PATH } from '../helpers/judging.ts';
import type { Example, ExampleFile } from './examples-in.ts';

/** Where other repositories lie in an example, as `--repositories` has them. */
const OTHERS = 'FOLDER/';

type ExampleSource = WorkflowSource & { readonly bytes: Uint8Array };

/** The files and the settings of an example, as the command line has them. */
export interface Given {
  readonly sources: readonly ExampleSource[];
  /** `null` without a base. */
  readonly base: readonly ExampleSource[] | null;
  readonly settings: Settings;
  readonly read: ReadCalledFile;
}

/** Computes something of the files of an example, without a network. */
export async function inExample<Result>(
  { files, base, options }: Example,
  compute: (given: Given) => Promise<Result>,
): Promise<Result> {
  const command = parseCommandLine(options);
  if (command.kind !== 'check') throw new Error(`${options.join(' ')} asks for no check`);
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
    const result = await compute({
      sources: sourcesOf(files),
      base: base === null ? null : sourcesOf(base.filter(({ path: name }) => name !== POLICY_PATH)),
      settings,
      read,
    });
    const shown = folder.replaceAll(path.sep, '/');
    return JSON.parse(JSON.stringify(result).replaceAll(shown, OTHERS.slice(0, -1))) as Result;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function sourcesOf(files: readonly ExampleFile[]): readonly ExampleSource[] {
  return files
    .map((file) => ({ path: file.path ?? '.github/workflows/example.yml', bytes: new TextEncoder().encode(file.yaml) }))
    .filter((file) => !file.path.startsWith(OTHERS));
}
