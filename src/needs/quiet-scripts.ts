import type { ScriptUse } from './shell-use.ts';
import { leftBefore, shellUse } from './shell-use.ts';
import type { StepContext } from './step-context.ts';

/** Scripts that are known to use nothing and to leave nothing, with all that this rests on. */
export type QuietScripts = Map<string, Set<string>>;

/**
 * The same as `shellUse`. Most scripts use nothing and many stand in several jobs: these are read once. What reads files of
 * the checkout is read each time.
 */
export function shellUseOnce(script: string, shell: string, context: StepContext, quiet: QuietScripts): ScriptUse {
  const { reach, readFile, repository } = context;
  const before = leftBefore(reach);
  const rests = JSON.stringify([shell, reach, repository]);
  if (quiet.get(script)?.has(rests) === true) return { needs: [], uncertain: [], impossible: [], leaves: before };
  const read: string[] = [];
  const watched: StepContext =
    readFile === undefined
      ? context
      : {
          ...context,
          readFile: (path) => {
            read.push(path);
            return readFile(path);
          },
        };
  const use = shellUse(script, shell, watched);
  const { needs, uncertain, impossible, leaves } = use;
  const isQuiet = needs.length + uncertain.length + impossible.length === 0;
  if (isQuiet && read.length === 0 && JSON.stringify(leaves) === JSON.stringify(before)) {
    const known = quiet.get(script) ?? new Set();
    quiet.set(script, known.add(rests));
  }
  return use;
}
