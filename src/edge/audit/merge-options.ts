import type { Permissions } from '../../model/permission.ts';
import type { WhatIf } from '../../model/settings.ts';
import type { Ask } from '../../organization/who-breaks.ts';
import { writableNames } from '../../permissions/check-permissions.ts';
import { permissionsOn } from '../../permissions/platform.ts';
import { listed } from '../../words/in-words.ts';
import { didYouMean } from '../../words/nearest-word.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { entry, HELP_OPTIONS } from '../command-line/option-table.ts';
import { anyText, oneOf, whatIf, type ValueParser } from '../command-line/option-values.ts';
import { ToolError } from '../tool-error.ts';

export const AUDIT_FORMATS = ['text', 'jsonl', 'markdown', 'csv', 'html'] as const;
export const CSV_TABLES = ['permissions', 'repositories', 'findings', 'calls', 'changes'] as const;

const CONTRACT = 'contract=OWNER/NAME/PATH:{PERMISSION: LEVEL}';
const EXAMPLE = "'contract=octo-org/shared/.github/workflows/release.yml: {packages: write}'";

/** A setting that the lines were computed for, or a called workflow that asks for more. */
export type AuditWhatIf = WhatIf | ({ readonly setting: 'contract' } & Ask);

/** `default-permissions=read`, or `contract=OWNER/NAME/path: {packages: write}`. */
export const auditWhatIf: ValueParser<AuditWhatIf> = (text, option) => {
  if (!text.startsWith('contract')) return whatIf(text, option);
  const [, file, block] = /^contract=([^\s/:]+\/[^\s/:]+\/[^\s:]+\.ya?ml):\s*\{([^{}]*)\}\s*$/.exec(text) ?? [];
  if (file === undefined || block === undefined) {
    throw new ToolError(`${option} contract takes a workflow file and what it asks for, such as ${EXAMPLE}.`);
  }
  return { setting: 'contract', file, permissions: permissionsIn(block, option) };
};

const GITHUB = { kind: 'github.com' } as const;

function permissionsIn(block: string, option: string): Permissions {
  const known = new Map(
    permissionsOn(GITHUB).map(({ name, levels }) => [name, levels.filter((level) => level !== 'none')]),
  );
  const entries = block.split(',').map((part) => {
    const [name = '', level = '', ...more] = part.split(':').map((word) => word.trim());
    const levels = known.get(name) ?? [];
    if (levels.length === 0) {
      throw new ToolError(
        `${option} contract: ${inQuotes(name)} is no permission.${didYouMean(name, writableNames(GITHUB))}`,
      );
    }
    const found = levels.find((one) => one === level);
    if (found === undefined || more.length > 0) {
      const written = [level, ...more].join(':');
      throw new ToolError(`${option} contract: ${name} is ${listed(levels, 'or')}, not ${inQuotes(written)}.`);
    }
    return [name, found] as const;
  });
  return Object.fromEntries(entries);
}

/** The options of `audit merge`. */
export const MERGE_OPTIONS = {
  format: entry({
    option: 'format',
    input: null,
    takes: AUDIT_FORMATS.join('|'),
    default: 'text',
    help:
      'What is written. markdown is for a job summary; html is a page to open in a browser, which needs no server; jsonl is ' +
      'what the next audit takes as --previous.',
    parse: oneOf(AUDIT_FORMATS),
  }),
  table: entry({
    option: 'table',
    input: null,
    takes: CSV_TABLES.join('|'),
    default: 'permissions',
    help: 'With --format csv: which table is written.',
    parse: oneOf(CSV_TABLES),
  }),
  output: entry({
    option: 'output',
    input: null,
    takes: 'FILE',
    default: 'standard output',
    help: 'Where to write it.',
    parse: anyText,
  }),
  plan: entry({
    option: 'plan',
    input: null,
    takes: 'FILE',
    default: 'none',
    help: 'The plan that the shards worked by. A repository of it that no file tells of is lost, and the status is 2.',
    parse: anyText,
  }),
  previous: entry({
    option: 'previous',
    input: null,
    takes: 'FILE',
    default: 'none',
    help: 'What an earlier audit wrote with --format jsonl. What changed since is told first.',
    parse: anyText,
  }),
  whatIf: entry({
    option: 'what-if',
    input: null,
    takes: 'QUESTION',
    default: 'what the files were computed with',
    help:
      `Who would notice: default-permissions=read|write, if the files were computed with it, or ${CONTRACT}, which says ` +
      'whose runs would not start any more if that called workflow asked for as much.',
    parse: auditWhatIf,
  }),
  patches: entry({
    option: 'patches',
    input: null,
    takes: 'FOLDER',
    default: 'none are written',
    help: 'Where to write what must be changed before a setting is, as one patch a repository: FOLDER/OWNER/NAME.patch.',
    parse: anyText,
  }),
  ...HELP_OPTIONS,
} as const;
