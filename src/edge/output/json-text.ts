import { inChunks } from './in-chunks.ts';

function indented(value: unknown, spaces: number): string {
  const text = JSON.stringify(value, null, 2);
  // A line break inside of a string is written `\n`, so every one that is there is between two lines.
  return text.replaceAll('\n', `\n${' '.repeat(spaces)}`);
}

/** The pieces of an object's text: each property apart, and each item of a property that is a list. */
function* pieces(object: object): Generator<string> {
  let before = '{\n';
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    if (value === undefined) continue;
    yield `${before}  ${JSON.stringify(key)}: `;
    before = ',\n';
    if (!Array.isArray(value) || value.length === 0) {
      yield indented(value, 2);
      continue;
    }
    for (const [index, item] of value.entries()) yield `${index === 0 ? '[' : ','}\n    ${indented(item, 4)}`;
    yield '\n  ]';
  }
  yield before === '{\n' ? '{}\n' : '\n}\n';
}

/**
 * Takes an object and returns the text of `JSON.stringify(object, null, 2)` and a line break, in chunks: the report of
 * a hundred thousand files is longer than a string may be.
 */
export function jsonText(object: object): Generator<string> {
  return inChunks(pieces(object));
}

/** Takes an object and returns its text in one line, with a line break. */
export function jsonLine(object: object): string {
  return `${JSON.stringify(object)}\n`;
}
