import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runCommandLine } from '../../src/edge/command-line/run-command-line.ts';
import { checkEnded, type Ended } from '../oracles/ended.ts';
import { checkWritten, filesBelow } from '../oracles/files.ts';
import { checkPrinted } from '../oracles/log.ts';
import { filesIn } from '../seeds/several-files.ts';
import { spread, workflowTexts } from '../seeds/texts.ts';
import type { Target } from '../target.ts';

const FORMATS = ['text', 'json', 'markdown', 'sarif'] as const;
const MORE = [
  [],
  ['--fix'],
  ['--diff'],
  ['--what-if', 'default-permissions=read'],
  ['--ghes', '3.10'],
  ['--fail-on', 'note'],
];

/** Only these are written: a path that a stranger chose is no place for the fuzzer to write to. */
export function isWritable(file: string): boolean {
  return WRITABLE.test(file);
}

const WRITABLE =
  /^(?:\.github\/workflows\/[\w-]+\.ya?ml|\.github\/permissions-(?:policy\.yml|baseline\.json)|[\w-]+\/action\.yml)$/;

/** The whole command in a folder of its own: it ends as it should, and writes nowhere else. */
export const COMMAND: Target = {
  name: 'command',
  longest: 1500,
  seeds: () => [
    ...spread(workflowTexts(), 60),
    '=== .github/permissions-policy.yml\nversion: 1\nlimits: [{ workflows: "*", permissions: { contents: read } }]\n=== .github/workflows/a.yml\non: push\njobs: { a: { runs-on: x } }\n',
    '=== .github/permissions-baseline.json\n{ "version": 1, "findings": [] }\n=== .github/workflows/a.yml\non: push\njobs: { a: { runs-on: x } }\n',
  ],
  run: async (text) => {
    const root = mkdtempSync(path.join(tmpdir(), 'fuzz-'));
    try {
      await runIn(root, text);
    } finally {
      rmSync(root, { recursive: true });
    }
  },
};

async function runIn(root: string, text: string): Promise<void> {
  const [checkout, home] = ['checkout', 'home'].map((name) => path.join(root, name)) as [string, string];
  mkdirSync(home);
  mkdirSync(path.join(checkout, '.github/workflows'), { recursive: true });
  for (const [name, content] of Object.entries(filesIn(text))) {
    if (!isWritable(name)) continue;
    mkdirSync(path.dirname(path.join(checkout, name)), { recursive: true });
    writeFileSync(path.join(checkout, name), content);
  }
  const before = filesBelow(root);
  const format = FORMATS[text.length % FORMATS.length] ?? 'text';
  const more = MORE[Math.floor(text.length / FORMATS.length) % MORE.length] ?? [];
  const ended = await runCommand([checkout, '--offline', '--format', format, ...more], home);
  checkEnded(ended);
  if (format === 'json' || format === 'sarif') JSON.parse(ended.out);
  else if (format === 'text' && !more.includes('--diff')) checkPrinted(ended.out);
  const isFixed = (name: string): boolean => more.includes('--fix') && name.startsWith('checkout/.github/workflows/');
  checkWritten(before, filesBelow(root), isFixed);
}

/** Runs the command line in this process. */
export async function runCommand(args: readonly string[], home: string): Promise<Ended> {
  const printed = { out: '', error: '' };
  const stream = (name: 'out' | 'error') => ({
    write: (text: string, done: () => void) => {
      printed[name] += text;
      done();
    },
  });
  const world = { env: { HOME: home }, stdout: stream('out'), stderr: stream('error') };
  return { status: await runCommandLine({ args, ...world }), ...printed };
}
