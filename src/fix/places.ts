import { isAlias, isMap, isScalar, visit } from 'yaml';
import type { Document, Node as YamlNode, Pair, YAMLMap } from 'yaml';

import { commentLines } from '../workflow/comments.ts';
import type { CommentLines } from '../workflow/comments.ts';
import { yamlDocument } from '../workflow/yaml/yaml-document.ts';
import { commentsIn } from '../workflow/yaml/comments-in.ts';
import { withLineFeeds } from '../workflow/yaml/line-feeds.ts';
import { lineAt, linesOf } from './text-lines.ts';
import type { Line } from './text-lines.ts';

/** A file, or a part of it, is written so that it is better changed by hand. The message says why, in one sentence. */
export class NotEdited extends Error {}

/** Where something stands in a text: `end` is behind it. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A key with its value. */
export interface KeyPlace extends Range {
  readonly value: YamlNode | null;
}

/** A mapping that has a `permissions` block or may get one: that of the workflow or of a job. */
export interface Holder {
  /** The key that it stands under; `null` for the workflow. */
  readonly key: Range | null;
  readonly mapping: YAMLMap<YamlNode, YamlNode | null>;
  readonly block: KeyPlace | null;
}

/** A workflow file as text, and where its blocks stand. */
export interface FileText {
  /** Without a byte order mark. */
  readonly text: string;
  readonly lines: readonly Line[];
  readonly comments: CommentLines;
  /** The names of the anchors that are used. */
  readonly aliased: ReadonlySet<string>;
  readonly root: Holder;
  /** The key `jobs`. */
  readonly jobsKey: Range;
  /** By job id; that of a job that an alias stands for is the one of its anchor. */
  readonly jobs: ReadonlyMap<string, Holder>;
}

/**
 * Finds the blocks of a workflow file that GitHub accepts.
 *
 * @throws NotEdited when the file has an unusual form.
 */
export function fileText(text: string): FileText {
  const fed = withLineFeeds(text);
  const parsed = yamlDocument(fed);
  const unusual = new NotEdited('The file is written in a form in which no block can be placed with certainty.');
  if ('error' in parsed) throw unusual;
  const { contents } = parsed.document;
  if (!isMap<YamlNode, YamlNode | null>(contents) || contents.tag !== undefined) throw unusual;
  const jobs = pairOf(contents, 'jobs');
  if (jobs === null || !isMap<YamlNode, YamlNode | null>(jobs.value)) throw unusual;
  return {
    text,
    lines: linesOf(text),
    comments: commentLines(fed, () => commentsIn(fed)),
    aliased: aliasesIn(parsed.document),
    root: { key: null, mapping: contents, block: pairOf(contents, 'permissions') },
    jobsKey: jobs,
    jobs: new Map(
      jobs.value.items.flatMap(({ key, value }) => {
        const range = rangeOf(key);
        const mapping = isAlias(value) ? value.resolve(parsed.document) : value;
        if (range === null || !isScalar(key) || !isMap<YamlNode, YamlNode | null>(mapping)) return [];
        return [[String(key.value), { key: range, mapping, block: pairOf(mapping, 'permissions') }] as const];
      }),
    ),
  };
}

/** Where a node of the text stands; `null` for none. */
export function rangeOf(node: YamlNode | null): Range | null {
  const range = node?.range;
  return range === undefined || range === null ? null : { start: range[0], end: range[1] };
}

/**
 * Takes a node that is to be changed.
 *
 * @throws NotEdited when it is an alias, or when an alias elsewhere stands for it too.
 */
export function refuseShared(node: YamlNode | null, { aliased }: Pick<FileText, 'aliased'>): void {
  if (isAlias(node)) throw new NotEdited('The block is an alias of another part of the file, which it shares.');
  const anchor = isScalar(node) || isMap(node) ? node.anchor : undefined;
  if (anchor !== undefined && aliased.has(anchor)) {
    throw new NotEdited(`The block is shared with other parts of the file, by the anchor '${anchor}'.`);
  }
}

/** The line, from 0, of an offset. */
export function lineOf({ lines }: Pick<FileText, 'lines'>, offset: number): number {
  return lineAt(lines, offset);
}

/** What stands on the line of an offset, from there to its end. */
export function restOfLine({ text, lines }: Pick<FileText, 'text' | 'lines'>, offset: number): string {
  return text.slice(offset, lines[lineAt(lines, offset)]?.end);
}

/** How the lines around a line end. */
export function eolNear({ lines }: Pick<FileText, 'lines'>, line: number): string {
  return lines[line]?.eol || lines[line - 1]?.eol || lines[0]?.eol || '\n';
}

function pairOf(mapping: YAMLMap<YamlNode, YamlNode | null>, name: string): KeyPlace | null {
  const pair: Pair<YamlNode, YamlNode | null> | undefined = mapping.items.find(
    ({ key }) => isScalar(key) && key.value === name,
  );
  const range = pair === undefined ? null : rangeOf(pair.key);
  return pair === undefined || range === null ? null : { ...range, value: pair.value };
}

function aliasesIn(document: Document.Parsed): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, { Alias: (_, { source }) => void names.add(source) });
  return names;
}
