import type { Invocation, ReadScript } from './invocation.ts';
import { withoutEnd } from '../../words/without-end.ts';
import { ANYTHING } from '../marked-text.ts';
import { bounded, valuesPutIn } from './shell-variables.ts';

/** Words before a command that are no programs. */
const BEFORE =
  /^(@|call\s+|start\s+(\/\w+\s+)*|if\s+(\/i\s+)?(not\s+)?(exist\s+\S+|errorlevel\s+\d+|defined\s+\w+|\S+\s*==\s*\S+)\s*|else\s+|do\s+|\(+\s*)/i;

/** The programs that a script of `cmd` calls, line by line. */
export function readCmdScript(script: string, environment: Readonly<Record<string, string>>): ReadScript {
  const variables = new Map<string, string>();
  const withValues = valuesPutIn();
  const invocations: Invocation[] = [];
  const lines = script.split('\n');
  for (let line = 0; line < lines.length; line += 1) {
    const start = line;
    let text = (lines[line] ?? '').replace(/\r$/, '');
    while (text.endsWith('^') && line + 1 < lines.length)
      text = text.slice(0, -1) + (lines[(line += 1)] ?? '').replace(/\r$/, '');
    for (const part of partsOf(text)) {
      const words = wordsOf(part);
      if (words.length > 0)
        invocations.push({ words, line: start, column: 1, env: {}, input: null, writes: [], tolerated: false });
    }
  }
  return { invocations, functions: new Set(), whole: true };

  function wordsOf(part: string): readonly string[] {
    let text = part.trim();
    while (BEFORE.test(text)) text = text.replace(BEFORE, '').trim();
    if (text === '' || /^(rem\b|::|:\w+|\)|for\b.*\bin\b)/i.test(text)) {
      const body = /^for\b[^]*\bdo\s+([^]*)/i.exec(text)?.[1];
      return body === undefined ? [] : wordsOf(body);
    }
    const assigned = /^set\s+"?(\w+)=(.*?)"?$/i.exec(text);
    if (assigned !== null) variables.set((assigned[1] ?? '').toUpperCase(), bounded(filled(assigned[2] ?? '')));
    const words = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => filled(quoted ?? plain ?? ''));
    return words.map((word, index) => (index === 0 ? withoutEnd(word, ')') : word));
  }

  function filled(text: string): string {
    return withValues(text, /%%?~?(\w+)%?|!(\w+)!/g, (_, percent, bang) => {
      const name = percent ?? bang ?? '';
      return (
        variables.get(name.toUpperCase()) ??
        (Object.hasOwn(environment, name) ? (environment[name] ?? ANYTHING) : ANYTHING)
      );
    });
  }
}

/** The commands of a line: `&&` and `||` part them everywhere, `&` and `|` outside of quotes, where an even number follows. */
function partsOf(line: string): readonly string[] {
  let quotes = line.split('"').length - 1;
  const parts: string[] = [];
  let start = 0;
  for (const { 0: mark, index } of line.matchAll(/&&|\|\||[&|"]/g)) {
    if (mark === '"') quotes -= 1;
    else if (mark.length === 2 || quotes % 2 === 0) {
      parts.push(line.slice(start, index));
      start = index + mark.length;
    }
  }
  return [...parts, line.slice(start)];
}
