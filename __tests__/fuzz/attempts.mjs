// Tries texts on a target that breaks down as it is told, and prints how each ended: node attempts.mjs TEXT…
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { buildFuzzer } from '../../fuzz/build.mjs';
import { Attempts } from '../../fuzz/watch.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'attempts-'));
try {
  const bundle = path.join(folder, 'worker.mjs');
  await buildFuzzer(bundle, fileURLToPath(new URL('broken-worker.ts', import.meta.url)));
  const attempts = new Attempts(bundle, 'broken');
  const kinds = [];
  for (const text of process.argv.slice(2)) kinds.push((await attempts.try(text))?.kind ?? null);
  await attempts.close();
  console.log(JSON.stringify(kinds));
} finally {
  rmSync(folder, { recursive: true });
}
