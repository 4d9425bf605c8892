import { Lexer } from 'yaml';
import type { CST } from 'yaml';

/**
 * GitHub's limits on one file. Nodes are parse events: a collection counts twice, an alias counts as what it stands for.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/ParseOptions.cs
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/YamlObjectReader.cs
 */
export const MAX_CHARACTERS = 1024 * 1024;
export const MAX_NODES = 50_000;
export const MAX_DEPTH = 50;

/** Our own limit, far above what the largest valid file has: a million empty lines take too long to read. */
const MAX_TOKENS = 500_000;

/** GitHub's sentences, where GitHub has one. */
export const TOO_LARGE = `The maximum file size of ${MAX_CHARACTERS} characters has been exceeded`;
export const TOO_MANY_NODES = 'Maximum YAML nodes exceeded';
export const TOO_DEEP = 'Maximum object depth exceeded';

const TOO_MANY_TOKENS = `The file has more than ${MAX_TOKENS} YAML tokens: that is more than this tool reads`;

/** Texts up to this length are parsed without a look beforehand. */
const SMALL = 64 * 1024;

/**
 * Whether a text certainly has too many nodes or too deep ones, found without building them. Parsing such a text can
 * take seconds; a look at its pieces does not. Returns GitHub's sentence, or `null`.
 */
export function limitExceeded(text: string): string | null {
  if (text.length > MAX_CHARACTERS) return TOO_LARGE;
  if (text.length <= SMALL) return null;
  let tokens = 0;
  let nodes = 0;
  let anchors = 0;
  let flowDepth = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const first = lexeme[0];
    tokens++;
    if (lexeme === '\u001f') nodes++;
    else if (first === '"' || first === "'" || first === '*') nodes++;
    else if (first === '&' || first === '!') anchors++;
    else if (lexeme === '[' || lexeme === '{') {
      nodes += 2;
      flowDepth++;
    } else if (lexeme === ']' || lexeme === '}') flowDepth--;
    if (nodes > MAX_NODES || anchors > MAX_NODES) return TOO_MANY_NODES;
    if (flowDepth > MAX_DEPTH) return TOO_DEEP;
    if (tokens > MAX_TOKENS) return TOO_MANY_TOKENS;
  }
  return null;
}

/**
 * Where a parsed text first goes deeper than GitHub reads: the offset of that collection, or `null`. Goes through the
 * pieces without recursion, so that the place does not depend on how much of the stack is left.
 */
export function tooDeepAt(document: CST.Document): number | null {
  const waiting: { token: CST.Token | null | undefined; depth: number }[] = [{ token: document.value, depth: 1 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (!token || !('items' in token)) continue;
    if (depth > MAX_DEPTH) return token.offset;
    for (const { key, value } of [...token.items].reverse()) {
      waiting.push({ token: value, depth: depth + 1 }, { token: key, depth: depth + 1 });
    }
  }
  return null;
}
