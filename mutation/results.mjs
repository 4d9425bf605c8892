/** What runs left in `mutation/.work`: one line for each mutant that was tried, later ones count. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const WORK = 'mutation/.work';

export const linesFile = (folder) => path.join(WORK, `${folder}.jsonl`);

const place = ({ start, end }) => `${start.line}:${start.column}-${end.line}:${end.column}`;

export function resultsOf(folder) {
  const file = linesFile(folder);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const results = lines.map((line) => JSON.parse(line));
  return [
    ...new Map(results.map((one) => [[one.fileName, place(one.location), one.replacement].join(), one])).values(),
  ];
}

/** Whether it is certain that a test noticed. On a busy machine all takes long: only a loop that was counted is endless. */
export const isKilled = ({ status }) => status === 'Killed' || status === 'RuntimeError';
export const isEndless = ({ status, statusReason }) => status === 'Timeout' && statusReason !== undefined;
export const isLeft = ({ status }) => status === 'Ignored';
export const survives = (result) => !isKilled(result) && !isEndless(result) && !isLeft(result);

/** What Stryker takes for one mutant alone. */
export const rangeOf = ({ fileName, location }) => {
  const { start, end } = location;
  return `${path.relative('.', fileName)}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
};
