import { Composer, Parser, YAMLParseError } from 'yaml';
import type { Document, ErrorCode, YAMLError } from 'yaml';

/** What parsing one text gave: its document, or what is wrong with it first. */
export type YamlDocument = { readonly document: Document.Parsed } | { readonly error: YAMLError };

/**
 * Parses a text of one document, up to its first error, where GitHub stops, too. The functions of `yaml` go on: a text
 * of a million brackets has a million errors, and they take seconds.
 */
export function yamlDocument(text: string): YamlDocument {
  const composer = new Composer({ schema: 'failsafe', version: '1.2', merge: false, uniqueKeys: false });
  stopAtFirstError(composer);
  try {
    let hasDocument = false;
    for (const token of new Parser().parse(text)) {
      if (token.type === 'document' && hasDocument) {
        return { error: new YAMLParseError([token.offset, token.offset], 'MULTIPLE_DOCS', 'Several documents') };
      }
      hasDocument ||= token.type === 'document';
      // The document comes at the end: a second one was refused above.
      for (const _early of composer.next(token)) break;
      if (token.type === 'error') break;
    }
    const [document] = composer.end(true, text.length);
    if (document === undefined) throw new Error('`yaml` gave no document');
    const error = document.errors.find(({ code, message }) => !acceptedByGitHub(code, message));
    return error === undefined ? { document } : { error };
  } catch (thrown) {
    if (thrown instanceof FirstError) return { error: thrown.error };
    throw thrown;
  }
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
