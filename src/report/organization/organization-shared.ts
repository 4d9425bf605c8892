import type { OrganizationFacts } from '../../organization/facts.ts';
import { sharedWorkflows, type SharedWorkflow } from '../../organization/shared.ts';
import { number, plural } from '../../words/in-words.ts';
import { levelsInWords, levelsOf } from '../levels.ts';
import type { Section } from './organization-table.ts';
import { quoted, type Phrase } from '../phrase.ts';
import { shortReference } from '../words.ts';

/** The called workflows, with what they ask of their callers. */
export function sharedSection(facts: OrganizationFacts): readonly Section[] {
  const shared = sharedWorkflows(facts);
  if (shared.length === 0) return [];
  const calls = shared.reduce((sum, one) => sum + one.calls, 0);
  const unknown = shared.filter(({ called }) => called.contract === null).length;
  const notHere =
    unknown === 0
      ? ''
      : ` Of ${number(unknown)}, the audit does not have the file: what they ask for is not known here.`;
  return [
    {
      title: ['Shared workflows'],
      says: [
        [
          `${plural(shared.length, 'workflow file is', 'workflow files are')} called by ${plural(calls, 'job')}.${notHere}`,
        ],
        [ASK],
      ],
      tables: [
        {
          columns: [
            { title: 'workflow' },
            { title: 'repositories', isNumber: true },
            { title: 'calls', isNumber: true },
            { title: 'refs' },
            { title: 'callers must give' },
          ],
          rows: shared.map((one) => [
            [quoted(one.called.file)],
            [number(one.repositories)],
            [number(one.calls)],
            refsInWords(one),
            contractInWords(one, facts),
          ]),
          open: 10,
          csv: 'calls',
        },
      ],
    },
  ];
}

const ASK =
  'Who breaks if one asks for more: `--what-if "contract=OWNER/NAME/PATH: {packages: write}"` says it, call by call.';

const MOST_REFS = 3;

function refsInWords({ refs }: SharedWorkflow): Phrase {
  const shown = refs
    .slice(0, MOST_REFS)
    .flatMap(({ ref }, index): Phrase => [
      ...(index === 0 ? [] : [', ']),
      ref === null ? 'its own checkout' : quoted(shortReference(`@${ref}`).slice(1)),
    ]);
  return refs.length > MOST_REFS ? [...shown, ` and ${number(refs.length - MOST_REFS)} more`] : shown;
}

function contractInWords({ called, isUnread }: SharedWorkflow, { sets }: OrganizationFacts): Phrase {
  if (called.contract === null) return [isUnread ? 'not known: it could not be read' : 'not known here'];
  const { permissions, complete } = called.contract;
  const told = quoted(levelsInWords(levelsOf(sets[permissions] ?? {})));
  return complete ? [told] : [told, ', perhaps more'];
}
