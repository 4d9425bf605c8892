import type { Location } from '../model/position.ts';
import type { ReportedWorkflow } from '../model/report.ts';
import type { PassedOn } from './fold.ts';
import { levelsInWords, levelsOf } from './levels.ts';
import type { Outcome, Source } from './outcomes.ts';
import { phrase, quoted, type Phrase } from './phrase.ts';
import { listed, number } from '../words/in-words.ts';

const BLOCKS: Readonly<Record<Exclude<Source, 'default' | 'always'>, string>> = {
  job: 'job block',
  workflow: 'workflow block',
  caller: "calling job's block",
  block: 'empty block',
};

/** Takes who alone can start the runs of a job and returns it in words that follow `only`. */
export function onlyForInWords(onlyFor: 'fork' | 'dependabot'): string {
  return onlyFor === 'fork' ? 'from a fork' : 'if Dependabot starts the run';
}

/** Takes what a job passes on to the workflow that it calls and returns it in words. */
export function passedOnInWords(passedOn: PassedOn): string {
  if (passedOn === 'default') return "the repository's default";
  return passedOn === 'caller' ? 'what the calling workflow gives' : levelsInWords(passedOn);
}

/**
 * Takes an outcome, the places of the blocks it comes from and the workflow it stands in, and returns where it comes
 * from in plain words: `job block, line 12`. The file is named where it is another one.
 */
export function originInWords(outcome: Outcome, places: readonly Location[], workflowPath: string): Phrase {
  if (outcome.source === 'default') return ["the repository's default"];
  if (outcome.source === 'always') return ['always'];
  const name = BLOCKS[outcome.source];
  if (places.length === 0) return [name];
  return [places.length === 1 ? name : `${name}s`, ', ', ...placesInWords(places, workflowPath)];
}

/** Takes places, each once, and the path of a workflow, and returns them in plain words: `lines 3 and 12, a.yml:7`. */
export function placesInWords(places: readonly Pick<Location, 'path' | 'line'>[], workflowPath: string): Phrase {
  const lines = new Map<string, number[]>();
  for (const { path, line } of places) {
    const known = lines.get(path);
    if (known === undefined) lines.set(path, [line]);
    else known.push(line);
  }
  // The file of the workflow itself goes without saying, and comes first.
  const words = [...lines]
    .sort(([a], [b]) => Number(b === workflowPath) - Number(a === workflowPath))
    .map(([path, own]): Phrase => {
      if (path === workflowPath) return [linesInWords(own)];
      return own.length === 1 ? [quoted(`${path}:${own.join('')}`)] : phrase`${quoted(path)} ${linesInWords(own)}`;
    });
  return words.flatMap((word, index) => (index === 0 ? word : [', ', ...word]));
}

/** More lines than these are no list that anybody reads. */
const MOST_LINES = 10;

function linesInWords(lines: readonly number[]): string {
  if (lines.length === 1) return `line ${lines.join('')}`;
  if (lines.length > MOST_LINES) {
    // There may be more of them than a function takes arguments.
    const [first, last] = [Math.min, Math.max].map((choose) => lines.reduce((one, other) => choose(one, other)));
    return `${number(lines.length)} of them, lines ${first} to ${last}`;
  }
  return `lines ${listed(lines.map(String))}`;
}

/** Takes the contract of a workflow and returns what its callers must give, or `null` where that is nothing. */
export function contractInWords(contract: ReportedWorkflow['contract']): string | null {
  if (contract === null) return null;
  const { write, read } = levelsOf(contract.permissions);
  if (write.length + read.length === 0) return null;
  const more = contract.complete ? '' : ', perhaps more for a called workflow that was not read';
  return `a caller must give at least ${levelsInWords({ write, read })}${more}`;
}
