import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { checkWithCalls } from '../../src/check.ts';
import { calledFileReader } from '../../src/edge/called/called-file-reader.ts';
import { parseCommandLine } from '../../src/edge/command-line.ts';
import { toSettings } from '../../src/edge/settings.ts';
import type { Report } from '../../src/model/report.ts';
import type { Example } from './examples-in.ts';

/** Where other repositories lie in an example, as `--repositories` has them. */
const OTHERS = 'FOLDER/';

/** Checks the files of an example as the command line does, without a network. */
export async function exampleReport({ files, options }: Example): Promise<Report> {
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
    const report = await checkWithCalls(sources, settings, { toolVersion: '0.0.0', failOn: 'error' }, read);
    const shown = folder.replaceAll(path.sep, '/');
    return JSON.parse(JSON.stringify(report).replaceAll(shown, OTHERS.slice(0, -1))) as Report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
