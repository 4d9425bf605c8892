import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { check } from '../../src/check.ts';
import { samePermissions } from '../../src/fix/same-permissions.ts';
import type { Permissions } from '../../src/model/permission.ts';
import { tried } from '../helpers/property.ts';
import { randomSettings, randomWorkflow, workflowText } from '../helpers/random-workflow.ts';
import { applied, byId, planned, sourcesOf, textOf } from './suggesting.ts';

const suggestion: fc.Arbitrary<Permissions | null> = fc.constantFrom(
  {},
  { contents: 'read' },
  { contents: 'write' },
  { contents: 'read', issues: 'write' },
  { actions: 'read', 'id-token': 'write', packages: 'read' },
  null,
);

/** How a text may be written; each says the same. */
const manner: fc.Arbitrary<(text: string) => string> = fc.constantFrom(
  (text) => text,
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `\ufeff${text}`,
  (text) => text.trimEnd(),
  // Braces become lines of their own.
  (text) =>
    text.replaceAll(/^( *)permissions: \{ (.+) \}$/gm, (_, indentation: string, entries: string) =>
      [
        `${indentation}permissions:`,
        ...entries.split(', ').map((entry) => `${indentation}  ${entry} # as it was`),
      ].join('\n'),
    ),
  (text) => text.replaceAll('permissions:', '"permissions":').replaceAll(/^jobs:/gm, '\n# All jobs\njobs: # here'),
  (text) => text.replaceAll(/^/gm, '# before\n'),
);

test('every job of which that is known gets what is suggested, once, and the others keep what they have', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomWorkflow,
      randomSettings,
      manner,
      fc.array(suggestion, { minLength: 4, maxLength: 4 }),
      async (workflow, settings, write, suggestions) => {
        const wanted = new Map(workflow.jobs.map(({ id }, index) => [id, suggestions[index] ?? null]));
        const suggest = byId(
          Object.fromEntries(
            [...wanted].flatMap(([id, permissions]) => (permissions === null ? [] : [[id, permissions]])),
          ),
        );
        const sources = sourcesOf(write(workflowText(workflow)));
        const plan = await planned(sources, suggest, { settings });
        expect(plan.refused).toEqual([]);
        const after = applied(sources, plan);
        const options = { toolVersion: '1.0.0', failOn: 'error' } as const;
        const [before] = check(sources, settings, options).workflows;
        const [then] = check(after, settings, options).workflows;
        if (before!.outcome === 'invalid') {
          expect(plan.changes).toEqual([]);
          return;
        }
        expect([then!.outcome, then!.problems]).toEqual([before!.outcome, []]);
        for (const [index, job] of then!.jobs.entries()) {
          const expected = wanted.get(job.path[0]!) ?? before!.jobs[index]!.declared;
          expect(samePermissions(job.declared, expected)).toBe(true);
          for (const { permissions } of job.grants) {
            for (const [name, level] of Object.entries(permissions)) {
              if (expected !== null && name !== 'metadata') expect(['write', level]).toContain(expected[name]);
            }
          }
        }
        expect((await planned(after, suggest, { settings })).changes).toEqual([]);
        const texts = [sources, after].map(([source]) => ('bytes' in source! ? textOf(source.bytes) : ''));
        const [old, changed] = texts.map(withoutBlocks);
        expect(changed).toBe(old);
      },
    ),
    tried(150),
  );
}, 120_000);

/** A text without its blocks, and without empty lines. */
function withoutBlocks(text: string): string {
  const kept: string[] = [];
  let inside = -1;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.trim() === '# before') continue;
    const indentation = line.length - line.trimStart().length;
    if (inside >= 0 && indentation > inside) continue;
    inside = /^\s*"?permissions"?:/.test(line) ? indentation : -1;
    if (inside < 0) kept.push(line);
  }
  return kept.join('\n');
}
