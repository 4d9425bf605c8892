import fc from 'fast-check';

/** Draws one of some values. */
type Pick = <Value>(values: readonly Value[]) => Value;

const SCALARS = [
  ...['a', 'b c', '1', '-x', '--flag', '.5', '0o7', 'true', '~', '/p/q', 'a:b', 'a#b', 'a, b', 'é', '=', '<<', ''],
  ...['"q"', "'it''s'", '"a\\nb"', '"\\u0041 \\\\"', '"a: b"', "'# x'", "''", '"  a "', '"a\n\n   b "', "'a\n      b'"],
  ...['${{ a }}', "a ${{ b }} c'", "${{ 'x' }}", '${{ a', '&x', '*x', '!x', '?x', ':x', '@x', '[a]', '{}', '|', '>'],
] as const;
const KEYS = ['a', 'on', 'b c', '"q"', "'s'", 'true', '1', '${{ k }}', '<<', 'a:b', '-k', '.k', 'k ', 'a#b'] as const;
const ENDS = ['', '', '', '', '', ' # c', '#c', '  '] as const;
const LINE_FEEDS = ['\n', '\n', '\n', '\n\n', '\n# c\n', '\n   # c\n', '\n#c\n', '\n   \n', '\n        \n\n'] as const;
const BLOCK_LINES = ['t', 'x y', '# c', 'a: b', '- z', '"q"', 't  ', '${{ e }}', '---', '['] as const;
const STARTS = ['', '', '', '---\n', '# c\n', '\n', '# c\n---\n', '--- # c\n', '---\n\n', ' ---\n'] as const;
const PIECES = [
  ...[' ', '  ', '\n', '\n  ', ':', ': ', '-', '- ', '#', ' # c', '"', "'", '[', ']', '{', '}', ',', '|', '>-', '\\'],
  ...['&a', '*a', '!t', '?', '? ', '%', '@', '`', '---\n', '...\n', '\t', '\r\n', '\r', '.', '$', '~', 'a', 'é'],
  ...['\u0001', '\u0002', '\u0018', '\u001f', '\u007f', '\u0085', '\u00a0', '\u2028', '\ufeff'],
] as const;

function spaces(count: number): string {
  return ' '.repeat(Math.max(0, count));
}

/** Texts that look like YAML: most are, and hold what workflow files are made of, and some are wrong somewhere. */
export function yamlText(pick: Pick): string {
  const lineEnd = () => pick(ENDS) + pick(LINE_FEEDS);
  const inner = (indent: number) => indent + pick([1, 2, 2, 4]);

  const blank = (): string => pick(['', '', '', ' ', '\n  ', '\n', '\n      ', ' # c\n   ']);
  function flow(depth: number): string {
    const item = (): string => (depth < 2 ? pick([() => pick(SCALARS), () => flow(depth + 1)])() : pick(SCALARS));
    const pair = (): string => pick(KEYS) + pick([': ', ': ', ': ', ':', ' : ', ':\n  ']) + item();
    const [open, close, part] = pick([['[', ']', item] as const, ['{', '}', pair] as const]);
    const parts = Array.from({ length: pick([0, 1, 2, 3]) }, () => blank() + part() + blank());
    return open + parts.join(',') + pick(['', '', ',']) + blank() + close;
  }
  function block(indent: number): string {
    const own = inner(indent);
    const line = (): string =>
      spaces(pick([own, own, own, own + 1, own + 3, own - 1, indent])) + pick([...BLOCK_LINES, '', ' ']);
    const lines = Array.from({ length: pick([1, 2, 3, 5]) }, line);
    return [pick(['|', '>', '|-', '>-', '|+', '>1', '|2-']) + pick(ENDS), ...lines].join('\n');
  }
  function severalLines(indent: number): string {
    const more = (): string =>
      pick(LINE_FEEDS) +
      spaces(pick([inner(indent), inner(indent), indent])) +
      pick([...BLOCK_LINES, '&& x', '"', 'x:']);
    return pick(['a', 'a &&', '"q', "'s", '${{ a']) + Array.from({ length: pick([1, 2, 3]) }, more).join('');
  }
  function value(indent: number, depth: number): string {
    const inline = pick([
      () => pick(SCALARS),
      () => pick(SCALARS),
      () => pick(SCALARS),
      () => flow(0),
      () => block(indent),
      () => severalLines(indent),
    ]);
    const below = pick([inner(indent), inner(indent), inner(indent), indent]);
    const kinds = [
      () => ` ${inline()}${lineEnd()}`,
      () => lineEnd(),
      () => `${lineEnd()}${spaces(below)}${inline()}${lineEnd()}`,
      () => ` ${inline()}${lineEnd()}`,
      () => lineEnd() + pick([mapping, sequence, mapping])(below, depth + 1),
    ];
    return pick(depth > 3 ? kinds.slice(0, 3) : kinds)();
  }
  function mapping(indent: number, depth: number, isBehindDash = false): string {
    const pair = (_: unknown, index: number): string => {
      const odd = pick([...Array.from({ length: 40 }, () => 0), 1, -1]);
      return (index === 0 && isBehindDash ? '' : spaces(indent + odd)) + pick(KEYS) + ':' + value(indent, depth);
    };
    return Array.from({ length: pick([1, 1, 2, 3]) }, pair).join('');
  }
  function sequence(indent: number, depth: number, isBehindDash = false): string {
    const item = (_: unknown, index: number): string => {
      const gap = pick([1, 1, 1, 3]);
      const nested = pick([mapping, mapping, mapping, sequence]);
      const content = pick([
        () => value(indent, depth),
        () => (depth > 3 ? value(indent, depth) : spaces(gap) + nested(indent + 1 + gap, depth + 1, true)),
      ]);
      return `${index === 0 && isBehindDash ? '' : spaces(indent)}-${content()}`;
    };
    return Array.from({ length: pick([1, 2, 3]) }, item).join('');
  }

  const text = pick(STARTS) + pick([mapping, mapping, mapping, sequence])(0, 0);
  return pick([...Array.from({ length: 8 }, () => text), text.trimEnd(), `${text}   `, text.replaceAll('\n', '\r\n')]);
}

/** A text with a few changes, which may or may not break it. */
export function changed(text: string, pick: Pick, below: (limit: number) => number): string {
  let result = text;
  for (let count = pick([1, 1, 2, 3]); count > 0; count--) {
    const at = below(result.length + 1);
    const lines = result.split('\n');
    const line = below(lines.length);
    const withLine = (...others: readonly string[]) => lines.toSpliced(line, 1, ...others).join('\n');
    const own = lines[line] ?? '';
    result = pick([
      () => result.slice(0, at) + result.slice(at + pick([1, 1, 2, 5])),
      () => result.slice(0, at) + pick(PIECES) + result.slice(at),
      () => result.slice(0, at) + pick(PIECES) + result.slice(at + 1),
      () => withLine(),
      () => withLine(own, lines[below(lines.length)] ?? ''),
      () => withLine(spaces(pick([1, 2])) + own),
      () => withLine(own.replace(/^ {1,2}/, '')),
      () => withLine(own, pick(['', '  ', '# c', '    # c', '#c', '        '])),
      () => withLine(own + pick([' ', ' # c', '#c', ':', ': x', ' |', ' >-', '"'])),
      () => result.slice(0, at),
    ])();
  }
  return result;
}

/** Draws from what fast-check generates, so that it can find the smallest case that fails. */
export function drawing(generate: fc.GeneratorValue): { pick: Pick; below: (limit: number) => number } {
  const below = (limit: number): number => generate(fc.nat, Math.max(0, limit - 1));
  return { pick: (values) => values[below(values.length)] as (typeof values)[number], below };
}
