import { Composer, Parser, YAMLParseError } from 'yaml';
import type { CST, Document, ErrorCode, YAMLError } from 'yaml';
import { tooDeepAt } from './yaml-limits.ts';

/** What parsing one text gave: its document, or what is wrong with it first. */
export type YamlDocument = { readonly document: Document.Parsed } | { readonly error: YAMLError };

/**
 * Parses a text of one document, up to its first error, where GitHub stops, too. The functions of `yaml` go on: a text
 * of a million brackets has a million errors, and they take seconds.
 */
export function yamlDocument(text: string): YamlDocument {
  const composer = new Composer({ schema: 'failsafe', version: '1.2', merge: false, uniqueKeys: false });
  stopAtFirstError(composer);
  let parsed: CST.Document | null = null;
  try {
    for (const token of new Parser().parse(text)) {
      if (token.type === 'document' && parsed !== null) {
        return { error: new YAMLParseError([token.offset, token.offset], 'MULTIPLE_DOCS', 'Several documents') };
      }
      if (token.type === 'document') parsed = token;
      // The document comes at the end: a second one was refused above.
      for (const _early of composer.next(token)) break;
      if (token.type === 'error') break;
    }
    const [document] = composer.end(true, text.length);
    if (document === undefined) throw new Error('`yaml` gave no document');
    const error = document.errors.find(({ code, message }) => !acceptedByGitHub(code, message));
    return error === undefined ? { document } : { error };
  } catch (thrown) {
    if (!(thrown instanceof FirstError)) throw thrown;
    return { error: placed(thrown.error, parsed) };
  }
}

/** `yaml` calls itself for each level; where the stack ends, it reports a collection far outside of the one too deep. */
function placed(error: YAMLError, parsed: CST.Document | null): YAMLError {
  if (error.code !== 'RESOURCE_EXHAUSTION' || parsed === null) return error;
  const offset = tooDeepAt(parsed) ?? error.pos[0];
  return new YAMLParseError([offset, offset], error.code, error.message);
}

class FirstError extends Error {
  readonly error: YAMLError;
  constructor(error: YAMLError) {
    super(error.message);
    this.error = error;
  }
}

type ErrorHandler = (source: unknown, code: ErrorCode, message: string, isWarning?: boolean) => void;

/** The handler is not in the types of `yaml`. Should it go some day, errors are collected as usual. */
function stopAtFirstError(composer: Composer): void {
  const inner = composer as unknown as { onError: ErrorHandler };
  const collect = inner.onError;
  let first: YAMLError | undefined;
  inner.onError = (source, code, message, isWarning) => {
    if (isWarning === true || acceptedByGitHub(code, message)) return;
    // `yaml` catches what is thrown inside of a collection and reports it again.
    if (first === undefined) {
      collect(source, code, message);
      first = composer.streamInfo().errors.at(-1);
    }
    if (first !== undefined) throw new FirstError(first);
  };
}

/** `[one]#comment`: a comment straight after a flow collection or a quoted scalar. */
function acceptedByGitHub(code: ErrorCode, message: string): boolean {
  return code === 'MISSING_CHAR' && message.startsWith('Comments must be separated');
}
