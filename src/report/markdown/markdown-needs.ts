import { isMore } from '../../permissions/access-level.ts';
import { cellsOf, levelOf } from '../cells.ts';
import { nameHtml, ownHtml, phraseHtml, sentenceHtml } from './escape-markdown.ts';
import type { JobGroup } from '../fold.ts';
import { levelHtml } from './markdown-matrix.ts';
import { needTables, type NeedRow, type NeedTable, type PermissionRow, type Reason } from './need-rows.ts';
import { placesInWords } from '../origin-words.ts';
import { number, plural } from '../../words/in-words.ts';

/** Steps that are told for one permission; more are counted. */
const MOST_REASONS = 5;

/** More permissions that are not used are counted. */
const MOST_NAMES = 4;

/** Takes the jobs of a workflow and returns what each gets against what it needs, permission by permission. */
export function needsHtml(groups: readonly JobGroup[], path: string): string {
  const rows = groups.flatMap((group) => needTables(group).map((table) => tableRows(table, group, path)));
  if (rows.length === 0) return '';
  const titles = ['Jobs', 'Permission', 'Gets', 'Needs', 'Because'];
  const head = titles.map((title) => `<th scope="col" align="left">${title}</th>`).join('');
  return `<p><b>What jobs get, and what their steps need</b></p>\n<table>\n<thead>\n<tr>${head}</tr>\n</thead>\n<tbody>\n${rows.join('')}</tbody>\n</table>\n`;
}

function tableRows({ jobs, rows }: NeedTable, group: JobGroup, path: string): string {
  const names = jobs.map((job) => nameHtml(job.path.join(' / '))).join(', ');
  const header = `<th scope="rowgroup" align="left" valign="top" rowspan="${rows.length}">${names}</th>`;
  return rows
    .map((row, index) => {
      const cells = cellsHtml(row, group, path).map((cell) => `<td>${cell}</td>`);
      return `<tr>${index === 0 ? header : ''}${cells.join('')}</tr>\n`;
    })
    .join('');
}

/** Permission, what it gets of it, what it needs, and why. */
function cellsHtml(row: NeedRow, group: JobGroup, path: string): readonly string[] {
  const isSaid = row.kind !== 'permission' || row.needs === 'perhaps';
  const reasons = row.kind === 'nothing' ? '' : reasonsHtml(row.reasons, path, isSaid);
  switch (row.kind) {
    case 'permission': {
      const gets = group.knowledge === 'callers-decide' ? CALLERS : levelHtml(row.gets ?? undefined) || 'nothing';
      return [
        ownHtml(row.permission),
        gets,
        isMissing(row, group) ? `<b>${row.needs}, not given</b>` : NEEDS[row.needs],
        reasons,
      ];
    }
    case 'rest': {
      const names = row.names.length > MOST_NAMES ? `${number(row.names.length)} others` : row.names.join(', ');
      const gets = group.knowledge === 'callers-decide' ? CALLERS : levelsHtml(row.names, group);
      return [ownHtml(names === '' ? 'others' : names), gets, NEEDS[row.needs], reasons];
    }
    case 'nothing':
      return ['none', group.knowledge === 'callers-decide' ? CALLERS : 'nothing', 'nothing', ''];
    case 'impossible':
      return [nameHtml(row.what), 'nothing', 'more than a block can give', reasons];
  }
}

/** Whether a job fails for want of a permission, whatever the run. */
function isMissing({ permission, needs, reasons }: PermissionRow, group: JobGroup): boolean {
  if (group.knowledge !== 'computed' || (needs !== 'write' && needs !== 'read')) return false;
  if (!isMore(needs, levelOf(cellsOf(group).get(permission)))) return false;
  return reasons.some((one) => {
    const { level, isTolerated, isOptional, isPublic, events } = one;
    return level === needs && !isTolerated && !isOptional && !isPublic && events.length === 0;
  });
}

/** The levels of permissions that share a row: one for each that is named, else how many have which. */
function levelsHtml(names: readonly string[], group: JobGroup): string {
  const cells = cellsOf(group);
  const levels = names.map((name) => levelOf(cells.get(name)));
  const counts = (['write', 'read'] as const).flatMap((level) => {
    const count = levels.filter((one) => one === level).length;
    return count === 0 ? [] : [{ level, count }];
  });
  const [only] = counts;
  if (only === undefined) return 'nothing';
  if (counts.length === 1) return levelHtml(only.level);
  if (names.length <= MOST_NAMES)
    return levels.map((level) => (level === 'none' ? level : levelHtml(level))).join(', ');
  return counts.map(({ level, count }) => `${number(count)}&nbsp;×&nbsp;${levelHtml(level)}`).join('<br>');
}

const CALLERS = 'up to the caller';

const NEEDS = {
  write: 'write',
  read: 'read',
  'read, perhaps write': 'read, perhaps write',
  perhaps: 'perhaps',
  unused: '<b>not&nbsp;used</b>',
  'not known': '<b>not&nbsp;known</b>',
} as const;

/** `isSaid`: the row says itself that the need is not certain. */
function reasonsHtml(reasons: readonly Reason[], path: string, isSaid: boolean): string {
  const shown = reasons.slice(0, MOST_REASONS).map((reason) => {
    return (reason.level === null && !isSaid ? 'perhaps ' : '') + reasonHtml(reason, path);
  });
  const rest = reasons.length > MOST_REASONS ? [`and ${plural(reasons.length - MOST_REASONS, 'more step')}`] : [];
  return [...shown, ...rest].join('<br>');
}

function reasonHtml({ by, places, why, ...when }: Reason, path: string): string {
  const asides = [
    phraseHtml(placesInWords(places, path)),
    ...(when.events.length === 0 ? [] : [`on ${when.events.map(nameHtml).join(', ')}`]),
    ...(when.isTolerated ? ['the run goes on without'] : []),
    ...(when.isOptional ? ['works without, too'] : []),
    ...(when.isPublic ? ['works without in a public repository'] : []),
  ];
  const more = why.startsWith(`${by} `) ? why.slice(by.length + 1) : why;
  const said = why === by ? '' : `: ${sentenceHtml(cut(more))}`;
  return `${nameHtml(cut(by))} (${asides.join(', ')})${said}`;
}

const LONGEST = 200;

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}
