/** A sentence of GitHub without the lines and columns that it names: the same when lines move. */
export function withoutPlaces(sentence: string): string {
  return sentence.replaceAll(/ \(Line: \d+, Col: \d+\)| on line \d+/g, '');
}
