/** A reason why our verdict on a file is not that of GitHub's parser for editors. */
export interface KnownDifference {
  readonly reason: string;
  /** Who refuses the file. */
  readonly refusedBy: 'editor' | 'us';
  /** What is said first, without its place. */
  readonly message: RegExp;
}

/**
 * Every reason that is known. GitHub's own server is what we follow; the parser for editors is newer or stricter in some
 * things, and in others leaves the check to the server. The table in `fuzz/README.md` explains each.
 */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    reason: 'keys and types under `on`',
    refusedBy: 'editor',
    message: /^(?:Unexpected value '.*'|A mapping was not expected)$/s,
  },
  { reason: 'the cron expression', refusedBy: 'editor', message: /^Invalid cron expression/ },
  { reason: 'the default of an input', refusedBy: 'editor', message: /while reading 'input default'/ },
  { reason: 'a choice without options', refusedBy: 'editor', message: /^Missing 'options' for choice input$/ },
  {
    reason: 'an expression for a whole mapping',
    refusedBy: 'editor',
    message: /^Unexpected type 'BasicExpressionToken' encountered while reading/,
  },
  {
    reason: 'a key in braces without a value',
    refusedBy: 'editor',
    message: /^file: Expected a scalar value, a sequence, or a mapping/,
  },
  { reason: 'a comment straight behind a quote', refusedBy: 'editor', message: /Comments must be separated/ },
  { reason: 'lines in quotes that are indented too little', refusedBy: 'editor', message: /Missing closing ['"]quote/ },
  { reason: 'white space in an expression', refusedBy: 'editor', message: /^Unexpected symbol: / },
  { reason: 'the case of a job id', refusedBy: 'editor', message: /^Job '.*' depends on unknown job '.*'\.$/s },
  { reason: 'the reference of an action', refusedBy: 'us', message: /^Expected format \{org\}\/\{repo\}/ },
  { reason: 'the reference of a workflow', refusedBy: 'us', message: /^invalid value workflow reference: / },
  { reason: 'a matrix without values', refusedBy: 'us', message: /^Matrix vector '.*' does not contain any values$/s },
  { reason: 'a comma without anything behind it', refusedBy: 'us', message: /^Unexpected symbol: '\)'/ },
  { reason: 'no event', refusedBy: 'us', message: /^No event triggers defined in `on`$/ },
  { reason: 'a carriage return alone', refusedBy: 'us', message: /^You have an error in your yaml syntax/ },
  { reason: 'a key in braces taken for a value', refusedBy: 'us', message: /^Unexpected value ''$/ },
];

/** What must stand in the text for a reason to hold. */
const WITNESSES: Readonly<Record<string, RegExp>> = {
  'white space in an expression': /[\v\f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]|\\[_vfLNPux]/,
  'a comma without anything behind it': /,\s*\)/,
  'no event': /['"]?on['"]?\s*:\s*(?:\{\s*\}|\[\s*\])/,
  'a carriage return alone': /\r(?!\n)/,
  'a key in braces taken for a value': /\{(?:[^{}]*,)?[^{}:,]*,[^{}:,]*[,}]/,
};

/** Why one refuses a text that the other takes; `undefined` when no reason is known. */
export function knownReason(text: string, ours: readonly string[], editor: readonly string[]): string | undefined {
  const refusedBy = ours.length > 0 ? 'us' : 'editor';
  const [first = ''] = ours.length > 0 ? ours : editor;
  const message = first.replace(/^\d+:\d+ /, '');
  const found = KNOWN_DIFFERENCES.find((one) => one.refusedBy === refusedBy && one.message.test(message));
  return found !== undefined && (WITNESSES[found.reason]?.test(text) ?? true) ? found.reason : undefined;
}
