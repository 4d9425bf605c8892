import type { Location } from '../model/position.ts';

/** Takes the reference of a called workflow and returns it with the name of a commit shortened. */
export function shortReference(uses: string): string {
  return uses.replace(/(?<=@[0-9a-f]{10})[0-9a-f]{30}$/, '…');
}

/** Takes the path of a workflow file and returns the file's name, as all workflow files lie in one folder. */
export function shortPath(path: string): string {
  return path.replace(/^\.github\/workflows\//, '');
}

/** Takes texts and returns each once, in the order in which they came. */
export function once<T>(values: Iterable<T>): readonly T[] {
  return [...new Set(values)];
}

/** Takes places and returns one of each line of each file, in the order in which they came. */
export function differentLines(places: readonly Location[]): readonly Location[] {
  return [...new Map(places.map((place) => [`${place.line} ${place.path}`, place])).values()];
}
