import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { checkEnded } from '../oracles/ended.ts';
import { checkPrinted } from '../oracles/log.ts';
import { hostileName } from '../../__tests__/report/hostile.ts';
import { sampler } from '../seeds/samples.ts';
import type { Target } from '../target.ts';
import { runCommand } from './command.ts';

/** Where a text of the caller, which may be the name of a branch or a file, goes. None of these writes a file or asks a server. */
const PLACES: readonly ((text: string, folder: string) => readonly string[])[] = [
  (text, folder) => [`${folder}/${text}`],
  (text, folder) => [folder, '--policy', `${folder}/${text}`],
  (text, folder) => [folder, `--${text.replaceAll(/^[a-z-]*/g, '')}`],
  (text, folder) => [folder, '--fail-on', text],
  (text, folder) => [folder, '--repository', text],
  (text, folder) => [folder, '--ghes', text],
  (text, folder) => [folder, '--what-if', text],
  (text, folder) => [folder, '--what-if', `default-permissions=${text}`],
  (text, folder) => [folder, '--base', text],
  (text, folder) => ['verify', `${folder}/${text}`, '--directory', folder],
  (text, folder) => ['explain', text, '--directory', folder],
  (text, folder) => [folder, folder, text],
];

const sample = sampler(hostileName);

/** The first character chooses the place. */
const at = (place: number, text: string): string => String.fromCharCode(126 + place) + text;

let folder: string | null = null;

/** The whole command with an argument that a stranger may choose: it says what is wrong, and obeys nothing. */
export const ARGUMENTS: Target = {
  name: 'arguments',
  longest: 60,
  seeds: () => PLACES.flatMap((_, place) => [at(place, 'a'), at(place, '::error::x'), at(place, '../\u001b[31m')]),
  generate: (draw) => at(draw.below(PLACES.length), sample(draw)),
  run: async (text) => {
    folder ??= checkout();
    const place = PLACES[(text.charCodeAt(0) || 0) % PLACES.length] ?? PLACES[0];
    const args = place?.(text.slice(1), folder) ?? [];
    const ended = await runCommand([...args, '--offline'], path.join(folder, 'home'));
    checkEnded(ended);
    checkPrinted(ended.out);
  },
};

/** The same for all: nothing is written there. */
function checkout(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'fuzz-'));
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  mkdirSync(path.join(made, '.github/workflows'), { recursive: true });
  mkdirSync(path.join(made, 'home'));
  writeFileSync(
    path.join(made, '.github/workflows/ci.yml'),
    'on: push\njobs: { a: { runs-on: x, steps: [{ run: x }] } }\n',
  );
  return made;
}
