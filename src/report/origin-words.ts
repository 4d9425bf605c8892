import type { Location } from '../model/position.ts';
import type { PassedOn } from './fold.ts';
import { levelsInWords } from './levels.ts';
import type { Outcome, Source } from './outcomes.ts';
import { phrase, quoted, type Phrase } from './phrase.ts';
import { listed, number } from './words.ts';

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
  const here = places.filter(({ path }) => path === workflowPath).map(({ line }) => number(line));
  const elsewhere = places.filter(({ path }) => path !== workflowPath);
  const words: Phrase[] = elsewhere.map(({ path, line }) => phrase`${quoted(`${path}:${line}`)}`);
  if (here.length > 0) words.unshift([`${here.length === 1 ? 'line' : 'lines'} ${listed(here)}`]);
  return [places.length === 1 ? name : `${name}s`, ...words.flatMap((word) => [', ', ...word])];
}
