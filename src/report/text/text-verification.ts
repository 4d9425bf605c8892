import type { Origin } from '../../model/grant.ts';
import type { ComparedPermission } from '../../model/comparison.ts';
import type { Verification, VerifiedLog } from '../../model/verification.ts';
import { listed, listedShort, number, plural } from '../../words/in-words.ts';
import { visible } from '../escape-terminal.ts';
import { levelsInWords, levelsOf } from '../levels.ts';
import { entryLines, linesToText, padded, paragraph, type Entry, type Line, type Style } from './terminal-lines.ts';
import { withoutCommands } from '../workflow-command.ts';

const NARROWEST = 30;
const WIDEST = 120;
const INDENT = 2;
const LABEL_WIDTH = 12;

const STYLES: Readonly<Record<VerifiedLog['result'], Style>> = {
  agrees: 'heading',
  differs: 'error',
  'not-compared': 'warning',
};

const RESULTS: Readonly<
  Record<VerifiedLog['result'], { readonly label: string; readonly one: string; readonly several: string }>
> = {
  agrees: { label: 'agrees', one: 'agrees with what is computed', several: 'agree with what is computed' },
  differs: { label: 'differs', one: 'differs from what is computed', several: 'differ from what is computed' },
  'not-compared': { label: 'not compared', one: 'could not be compared', several: 'could not be compared' },
};

/** What `verify` prints: one block for each log, what differs first, and what is compared with what. */
export function textVerification(
  verification: Verification,
  style: { readonly width: number; readonly color: boolean },
): string {
  const width = Math.min(WIDEST, Math.max(NARROWEST, Math.floor(style.width)));
  const { logs, unmatched, workflow, tool, permissionsTable } = verification;
  const order = ['differs', 'not-compared', 'agrees'];
  const sorted = [...logs].sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result));
  const left =
    unmatched.length === 0 || logs.every(({ job }) => job === null)
      ? []
      : paragraph(
          `Not compared, since no job of the file has the name: ${listedShort(unmatched.map(visible), 10)}.`,
          'plain',
          width,
        );
  const about =
    `Compared with ${visible(workflow)} by ${tool.name} ${tool.version}, with the permissions known on ` +
    `${permissionsTable}. id-token is not compared: GitHub never prints it.`;
  const sections = [
    paragraph(countInWords(logs), 'heading', width),
    ...alikeLogs(sorted).map(([log, ...others]) => logLines(log, others.length, workflow, width)),
    left,
    paragraph(about, 'quiet', width),
  ];
  const lines = sections
    .filter(({ length }) => length > 0)
    .flatMap((section, index) => (index === 0 ? section : [[], ...section]));
  return withoutCommands(linesToText(lines, style.color));
}

function countInWords(logs: readonly VerifiedLog[]): string {
  const count = (result: VerifiedLog['result']) => logs.filter((log) => log.result === result).length;
  const all = logs.length === 1 ? 'The log' : `All ${number(logs.length)} logs`;
  if (count('agrees') === logs.length) return `${all} ${logs.length === 1 ? 'agrees' : 'agree'} with what is computed.`;
  const of = logs.length === 1 ? 'The log' : `Of ${number(logs.length)} logs`;
  const parts = (['differs', 'not-compared', 'agrees'] as const).flatMap((result) => {
    const verb = count(result) === 1 ? RESULTS[result].one : RESULTS[result].several;
    if (count(result) === 0) return [];
    return [logs.length === 1 ? verb : `${number(count(result))} ${verb}`];
  });
  return `${of} ${listed(parts)}.`;
}

/** Logs of one job that say the same, as those of a matrix do, are told once. */
function alikeLogs(logs: readonly VerifiedLog[]): readonly (readonly [VerifiedLog, ...VerifiedLog[]])[] {
  const alike = new Map<string, [VerifiedLog, ...VerifiedLog[]]>();
  for (const one of logs) {
    const { log, logName: _, ...said } = one;
    const key = JSON.stringify(one.job === null ? [log, one] : said);
    const before = alike.get(key);
    if (before === undefined) alike.set(key, [one]);
    else before.push(one);
  }
  return [...alike.values()];
}

function logLines(log: VerifiedLog, others: number, workflow: string, width: number): readonly Line[] {
  const job = log.job === null ? '' : log.job.join('/');
  const result = { text: padded(RESULTS[log.result].label, LABEL_WIDTH + INDENT), style: STYLES[log.result] };
  const title: Line = [result, { text: visible(job === '' ? (log.logName ?? log.log) : job), style: 'path' }];
  return [title, ...entryLines(entriesOf(log, others, workflow), LABEL_WIDTH, width, INDENT)];
}

function entriesOf(log: VerifiedLog, others: number, workflow: string): readonly Entry[] {
  const { logName, date, result, granted, compared, runs, causes, defaultPermissions, newPermissions, notCompared } =
    log;
  const plain = (label: string, text: string): Entry => ({ label, text: visible(text), style: 'plain' });
  const named = logName === null ? '' : `'${logName}', `;
  const uncertain = notCompared.filter((name) => name !== 'id-token');
  return [
    plain('log', `${named}${log.log}${date === null ? '' : `, of ${date}`}`),
    ...(others === 0 ? [] : [plain('', `and ${plural(others, 'other log')} of this job: the same`)]),
    // That it differs stands in front, and how it does below.
    ...(runs.some(({ status }) => status === 'granted') ? [] : [plain('', log.reason)]),
    ...(granted === null ? [] : [plain('granted', levelsInWords(levelsOf(granted)))]),
    ...(result === 'agrees' ? [plain('as for', runsInWords(log))] : []),
    ...(result === 'differs' ? differenceEntries(compared, workflow) : []),
    ...causes.map((cause, index) => plain(index === 0 ? 'likely' : 'or', cause)),
    ...(defaultPermissions === null
      ? []
      : [plain('setting', `The log shows that "Workflow permissions" was ${defaultPermissions}.`)]),
    ...(newPermissions.length === 0
      ? []
      : [
          plain(
            'new',
            `${newPermissions.map(({ logName: name, level }) => `${name}: ${level}`).join(', ')}. This version does not ` +
              'know that yet: look for a newer one.',
          ),
        ]),
    ...(uncertain.length === 0
      ? []
      : [
          plain(
            'left out',
            `${listed(uncertain)}: ${date === null ? 'the log does not tell its day' : 'introduced about that day'}, so it may be there or not.`,
          ),
        ]),
  ];
}

/** Permissions that differ in the same way are told together. */
function differenceEntries(compared: readonly ComparedPermission[], workflow: string): readonly Entry[] {
  const alike = new Map<string, string[]>();
  for (const { permission, computed, logged, origin } of compared) {
    if (computed === logged) continue;
    const from = origin === null ? '' : ` (${originInWords(origin, workflow)})`;
    const how = `computed ${computed}${from}, logged ${logged}`;
    alike.set(how, [...(alike.get(how) ?? []), permission]);
  }
  return [...alike].map(([how, permissions]) => ({
    label: '',
    text: visible(`${permissions.join(', ')}: ${how}`),
    style: 'error',
  }));
}

const SOURCES: Readonly<Record<Origin['from'], string>> = {
  job: 'job block',
  workflow: 'workflow block',
  caller: "calling job's block",
  default: "the repository's default",
  always: 'always there',
};

function originInWords({ from, path, line, reducedBy }: Origin, workflow: string): string {
  const place = line === undefined ? '' : path === workflow ? `, line ${line}` : `, ${path ?? ''}:${line}`;
  const reduced = reducedBy === undefined ? '' : `, reduced for ${reducedBy === 'fork' ? 'a fork' : 'Dependabot'}`;
  return `${SOURCES[from]}${place}${reduced}`;
}

const ACTORS = { repository: '', fork: ' from a fork', dependabot: ' by Dependabot' } as const;

function runsInWords({ runs }: VerifiedLog): string {
  const words = runs.map(({ events, actor }) => `${listed(events)}${ACTORS[actor]}`);
  return listedShort(words, 6);
}
