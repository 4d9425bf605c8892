import { checkFiles } from '../../../src/check-files.ts';
import { readCalled, readHere } from '../../../src/edge/reading/reading.ts';
import type { Report } from '../../../src/model/report.ts';
import type { Settings } from '../../../src/model/settings.ts';
import type { WorkflowSource } from '../../../src/model/source.ts';
import { blockLines, foldAdvice } from '../../../src/report/advice-block.ts';
import { alikeLine, foldAlike } from '../../../src/report/alike-issues.ts';
import type { AlikeIssues } from '../../../src/report/alike-issues.ts';
import { digestOf } from '../../../src/report/counts.ts';
import { howComputed, unknownsOf } from '../../../src/report/notes.ts';
import { suggestedBlocks } from '../../../src/report/markdown/suggested-blocks.ts';
import { verdictOf } from '../../../src/report/verdict.ts';
import { ruleFacts, rulePage } from '../../../src/policy/rule-table.ts';
import type { Input, InputFile } from '../input/input.ts';
import { isWorkflow } from '../input/paths.ts';
import type { Answer, Blocks, NotKnown, ToDo } from './answer.ts';
import { chainsOf } from './chains.ts';
import { matrixOf } from './matrix.ts';
import { needsWith, readNothing } from './prepare-needs.ts';

/** What this build of the page is made of. */
export interface Edition {
  readonly version: string;
  /** Where the documents of this version are to be read, without a `/` at its end; `null` when it is not known. */
  readonly home: string | null;
}

/** Computes what the page shows. Never touches the network, and throws only for a mistake of ours. */
export async function answerTo(input: Input, edition: Edition): Promise<Answer> {
  const report = await reportOf(input, sourcesOf(input.files), edition);
  const digest = digestOf(report);
  const { coverage, state, sentences } = verdictOf(digest);
  return {
    coverage,
    state,
    sentences,
    events: [...new Set(report.workflows.flatMap(({ events }) => events))].toSorted(),
    matrix: matrixOf(report, input),
    toDo: foldAlike(digest.issues).map((issue) => toDoOf(issue, edition)),
    chains: chainsOf(report),
    blocks: [...suggestedBlocks(report)].map(([path, { lines, kept }]): Blocks => ({ path, lines, kept })),
    notKnown: unknownsOf(digest).map(({ sentences: said, reasons, settings }): NotKnown => {
      return { text: [...said, ...reasons].join(' '), choices: settings };
    }),
    notes: ['Every token can also read metadata.', ...howComputed(report)],
  };
}

/** Makes the report of workflow files, with all files that were given at hand. */
export async function reportOf(
  input: Input,
  sources: readonly WorkflowSource[],
  { version, home }: Edition,
): Promise<Report> {
  const texts = new Map(input.files.map(({ path, text }) => [path, text]));
  const options = { toolVersion: version, failOn: 'error', ...(home === null ? {} : { home }) } as const;
  return checkFiles(await readHere(sources), settingsOf(input), options, readCalled(readNothing), needsWith(texts));
}

/** Takes the files that were given and returns those that are workflows. */
export function sourcesOf(files: readonly InputFile[]): readonly WorkflowSource[] {
  const encoder = new TextEncoder();
  return files.filter(({ path }) => isWorkflow(path)).map(({ path, text }) => ({ path, bytes: encoder.encode(text) }));
}

function settingsOf({ defaultPermissions, visibility, forkPullRequests }: Input): Settings {
  return {
    platform: { kind: 'github.com' },
    repository: null,
    visibility,
    defaultPermissions: { value: defaultPermissions, source: defaultPermissions === 'unknown' ? 'none' : 'option' },
    forkPullRequests,
    onlySomeFiles: true,
  };
}

function toDoOf({ issue, others }: AlikeIssues, { home }: Edition): ToDo {
  const { level, rule, message, hint, advice, path, line, column } = issue;
  const facts = ruleFacts(rule);
  return {
    level,
    rule,
    message,
    hint,
    path,
    line,
    column,
    ways: foldAdvice(advice).map((one) => ({
      text: one.text,
      place: { path: one.path, line: one.line, column: 1 },
      also: one.also,
      lines: one.permissions === undefined ? [] : blockLines(one.permissions),
    })),
    others: others.map(alikeLine),
    why: facts?.why ?? null,
    page: facts === undefined || home === null ? null : `${home}/${rulePage(rule)}`,
  };
}
