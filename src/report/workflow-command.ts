import type { Annotation } from './annotations.ts';
import { visible } from './escape-terminal.ts';

/**
 * `::` where the runner takes it for a command: at the start of a line, whatever white space and colour stands before. Marks
 * that combine or are not shown count for nothing when .NET compares texts.
 */
const COMMAND_START = /^((?:[\t\v\f\p{Zs}\p{Cf}\p{Mn}]|\x1b\[[0-9;]*m)*):(?=[\p{Cf}\p{Mn}]*:)/gmu; // eslint-disable-line no-control-regex

/** What the runner obeys anywhere in a line. */
const OLD_COMMAND = /(#[\p{Cf}\p{Mn}]*#)(?=[\p{Cf}\p{Mn}]*\[)/gu;

/** The runner cuts the messages of annotations at 4,096 characters. */
const MESSAGE_LIMIT = 4000;

/**
 * Takes text and returns it with nothing in it that the runner would obey: `::` at the start of a line becomes `: :`,
 * and `##[`, which the runner obeys anywhere in a line, becomes `## [`. Lines and colours stay.
 */
export function withoutCommands(text: string): string {
  return text.replace(OLD_COMMAND, '$1 ').replace(COMMAND_START, '$1: ');
}

/**
 * Takes any text and returns it safe to print in the log of a job: no workflow command, no escape sequence, no control
 * character. Lines stay lines.
 */
export function logText(text: string): string {
  return withoutCommands(
    text
      .split(/\r\n|\r|\n/)
      .map(visible)
      .join('\n'),
  );
}

/** Takes an annotation and returns the workflow command that shows it: `::error file=…,line=…,col=…,title=…::message`. */
export function workflowCommand(annotation: Annotation): string {
  const properties = [
    `file=${property(annotation.path)}`,
    `line=${annotation.line}`,
    `col=${annotation.column}`,
    `title=${property(annotation.title)}`,
  ];
  return `::${annotation.level} ${properties.join(',')}::${data(annotation.message)}`;
}

function data(text: string): string {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map(visible)
    .join('\n');
  return escapeData(
    lines.length > MESSAGE_LIMIT ? `${lines.slice(0, MESSAGE_LIMIT).replace(/[\ud800-\udbff]$/, '')}…` : lines,
  );
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escapeData(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
