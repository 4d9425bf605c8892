import { planFix } from '../../../src/fix/plan-fix.ts';
import type { Input } from '../input/input.ts';
import { reportOf, sourcesOf } from './compute.ts';
import type { Edition } from './compute.ts';
import type { Fixed } from './messages.ts';

/** Writes the suggested blocks into the files, as `--fix` does: what could not be checked stays as it is. */
export async function fixedFiles(input: Input, edition: Edition): Promise<Fixed> {
  const sources = sourcesOf(input.files);
  const recheck = (changed: typeof sources) => reportOf(input, changed, edition);
  const { changes, refused } = await planFix(sources, await recheck(sources), { recheck, cannotWrite: () => null });
  const decoder = new TextDecoder();
  return {
    files: changes.map(({ path, after }) => ({ path, text: decoder.decode(after) })),
    refused: refused.map(({ path, line, reason }) => `${path}:${line} stays as it is: ${reason}`),
  };
}
