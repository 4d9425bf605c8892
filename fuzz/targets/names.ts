import { isDeepStrictEqual } from 'node:util';

import { hostileName, withNames } from '../../__tests__/report/hostile.ts';
import { GITHUB_SYNTAX, rendered } from '../../__tests__/report/rendered.ts';
import type { Report } from '../../src/model/report.ts';
import { annotations } from '../../src/report/annotations.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { textReport } from '../../src/report/text/text.ts';
import { workflowCommand } from '../../src/report/workflow-command.ts';
import { checkCommand, checkPrinted } from '../oracles/log.ts';
import { checkSarif } from '../oracles/sarif.ts';
import { sampler } from '../seeds/samples.ts';
import { must } from '../target.ts';
import type { Target } from '../target.ts';

/** Stands between two names. */
const BETWEEN = '\ue000';

const sample = sampler(hostileName);

/** A report in which names are those of the list in turn; what was one name stays one, and what were two stay two. */
function reportWith(names: readonly string[]): Report {
  const known = new Map<string, string>();
  return withNames((original) => {
    const index = known.size;
    const name = known.get(original) ?? `${names[index % names.length]}${index}`;
    known.set(original, name);
    return name;
  });
}

const harmless = rendered(markdownReport(reportWith(['name']))).tags;

/** Names of all that strangers may name, in every form of a report. */
export const NAMES: Target = {
  name: 'names',
  longest: 300,
  seeds: () => [
    'build',
    `a${BETWEEN}b\nc${BETWEEN}<b>`,
    '::error::x',
    '[a](https://example.com)',
    '\u001b[31m',
    '##[error]',
  ],
  generate: (draw) => Array.from({ length: draw.pick([1, 1, 2, 5]) }, () => sample(draw)).join(BETWEEN),
  run: (text) => {
    const report = reportWith(text.split(BETWEEN));
    const { tags, words } = rendered(markdownReport(report));
    must(isDeepStrictEqual(tags, harmless), () => `other tags: ${tags.find((tag, at) => tag !== harmless[at])}`);
    const syntax = GITHUB_SYNTAX.find((one) => one.test(words));
    must(syntax === undefined, () => `GitHub makes something of ${syntax?.exec(words)?.[0]}`);
    checkPrinted(textReport(report, { width: 60, color: true }));
    for (const annotation of annotations(report)) checkCommand(workflowCommand(annotation));
    checkSarif(report, false);
  },
};
