import type { HereDoc, Word, WordPart } from 'unbash';
import { ANYTHING, TOKEN } from '../marked-text.ts';
import type { ShellVariables } from './shell-variables.ts';
import { eitherOf, inARow } from './shell-variables.ts';

/** What a command substitution gives: the text of its script is looked at, never run. */
type Substitute = (part: Extract<WordPart, { type: 'CommandExpansion' | 'ProcessSubstitution' }>) => string;

/** The value of a word, what is not known in it as marks. */
export function wordValue(word: Word, variables: ShellVariables, substitute: Substitute): string {
  if (word.parts === undefined) return word.value;
  return inARow(word.parts.map((part) => partValue(part, variables, substitute)));
}

/** As arguments: a variable that stands alone, without quotes, is split at its blanks. */
export function wordArguments(word: Word, variables: ShellVariables, substitute: Substitute): readonly string[] {
  const value = wordValue(word, variables, substitute);
  const [only, ...others] = word.parts ?? [];
  const bare = others.length === 0 && (only?.type === 'SimpleExpansion' || only?.type === 'ParameterExpansion');
  return bare ? value.split(/\s+/).filter((part) => part !== '') : [value];
}

export function hereDocText(document: HereDoc, variables: ShellVariables, substitute: Substitute): string {
  const { body } = document;
  return body.parts === undefined
    ? body.text
    : inARow(body.parts.map((part) => partValue(part, variables, substitute)));
}

function partValue(part: WordPart, variables: ShellVariables, substitute: Substitute): string {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
    case 'Glob':
      return part.value;
    case 'DoubleQuoted':
    case 'LocaleString':
      return inARow(part.parts.map((inner) => partValue(inner, variables, substitute)));
    case 'SimpleExpansion':
      return variables.get(part.text.replace(/^\$/, '')) ?? ANYTHING;
    case 'ParameterExpansion':
      return expansion(part, variables, substitute);
    case 'CommandExpansion':
    case 'ProcessSubstitution':
      return substitute(part);
    case 'ArithmeticExpansion':
      return ANYTHING;
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return part.text.includes(TOKEN) ? eitherOf(part.text) : part.text;
  }
}

function expansion(
  part: Extract<WordPart, { type: 'ParameterExpansion' }>,
  variables: ShellVariables,
  substitute: Substitute,
): string {
  const value = variables.get(part.parameter);
  if (part.index !== undefined || part.prefix !== undefined) return eitherOf(value ?? '');
  if (part.operation === undefined) return value ?? ANYTHING;
  if (part.operation.type !== 'Default') return eitherOf(value ?? '');
  const operand = wordValue(part.operation.operand, variables, substitute);
  switch (part.operation.operator) {
    case '-':
    case ':-':
    case '=':
    case ':=':
      return value ?? (/^[\w./:-]*$/.test(operand) ? eitherOf(operand) : operand);
    case '?':
    case ':?':
      return value ?? ANYTHING;
    case '+':
    case ':+':
      return eitherOf(operand);
  }
}
