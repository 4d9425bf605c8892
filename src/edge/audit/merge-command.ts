import { command } from '../command-line/command.ts';
import { LOOK_ROWS } from '../command-line/help.ts';
import { ToolError } from '../tool-error.ts';
import { MERGE_OPTIONS } from './merge-options.ts';
import { merge } from './merge.ts';

/** The command `audit merge`. */
export const AUDIT_MERGE = command({
  options: MERGE_OPTIONS,
  help: {
    usage: 'audit merge FILES… [options]',
    introduction:
      'Makes one report of what the shards of an audit found, the same for any number of shards and any order of files: ' +
      'who holds which write, what outsiders reach, findings, shared workflows with their callers, and what changed.',
    words: [['FILES', 'what shards, or check --all, wrote with --format jsonl; of a folder, all its .jsonl files']],
    status: [
      ['0', 'every repository was read, and none has a finding that fails it'],
      ['1', 'findings at or above the level that the audit fails on'],
      ['2', 'a repository is lost or could not be read, or the work could not be done'],
    ],
    environment: LOOK_ROWS,
  },
  run: (words, values, world) => {
    if (words.length === 0) throw new ToolError('audit merge needs files: audit merge FILES….');
    return merge(words, values, world);
  },
});
