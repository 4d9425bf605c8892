import type { Invocation, ReadScript } from './invocation.ts';
import { ANYTHING } from './marked-text.ts';

/** Words before a command that are no programs. */
const BEFORE =
  /^(@|call\s+|start\s+(\/\w+\s+)*|if\s+(\/i\s+)?(not\s+)?(exist\s+\S+|errorlevel\s+\d+|defined\s+\w+|\S+\s*==\s*\S+)\s*|else\s+|do\s+|\(+\s*)/i;

/** The programs that a script of `cmd` calls, line by line. */
export function readCmdScript(script: string, environment: Readonly<Record<string, string>>): ReadScript {
  const variables = new Map<string, string>();
  const invocations: Invocation[] = [];
  const lines = script.split('\n');
  for (let line = 0; line < lines.length; line += 1) {
    const start = line;
    let text = (lines[line] ?? '').replace(/\r$/, '');
    while (text.endsWith('^') && line + 1 < lines.length)
      text = text.slice(0, -1) + (lines[(line += 1)] ?? '').replace(/\r$/, '');
    for (const part of text.split(/&&|\|\||[&|](?![^"]*"(?:[^"]*"[^"]*")*[^"]*$)/)) {
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
      const body = /^for\b.*\bdo\s+(.*)$/i.exec(text)?.[1];
      return body === undefined ? [] : wordsOf(body);
    }
    const assigned = /^set\s+"?(\w+)=(.*?)"?$/i.exec(text);
    if (assigned !== null) variables.set((assigned[1] ?? '').toUpperCase(), filled(assigned[2] ?? ''));
    const words = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => filled(quoted ?? plain ?? ''));
    return words.map((word, index) => (index === 0 ? word.replace(/\)+$/, '') : word));
  }

  function filled(text: string): string {
    return text.replace(/%%?~?(\w+)%?|!(\w+)!/g, (_, percent?: string, bang?: string) => {
      const name = percent ?? bang ?? '';
      return (
        variables.get(name.toUpperCase()) ??
        (Object.hasOwn(environment, name) ? (environment[name] ?? ANYTHING) : ANYTHING)
      );
    });
  }
}
