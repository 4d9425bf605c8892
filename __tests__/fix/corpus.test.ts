import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '@jest/globals';

import { check } from '../../src/check.ts';
import { samePermissions } from '../../src/fix/same-permissions.ts';
import type { Permissions } from '../../src/model/permission.ts';
import type { ReportedJob } from '../../src/model/report.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import { commentsIn } from '../../src/workflow/yaml/comments-in.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { addFiles, temporaryFolder } from '../edge/temporary-folder.ts';
import { UNKNOWN } from '../helpers/checking.ts';
import { corpusFiles, hasCorpus } from '../helpers/corpus.ts';
import { tried } from '../helpers/property.ts';
import { applied, planned, textOf } from './suggesting.ts';
import type { Suggest } from './suggesting.ts';

const SUGGESTIONS: readonly (Permissions | null)[] = [
  {},
  { contents: 'read' },
  { contents: 'read' },
  { contents: 'write' },
  { contents: 'read', 'pull-requests': 'write' },
  { actions: 'read', contents: 'read', 'security-events': 'write' },
  { contents: 'read', 'id-token': 'write', pages: 'write' },
  null,
];

function hashOf(text: string): number {
  let hash = 7;
  for (const character of text) hash = (hash * 31 + character.charCodeAt(0)) % 1_000_003;
  return hash;
}

/** What jobs are to have, chance having decided; calling jobs keep what they have, and so do the jobs that they call. */
function byChance(salt: string): Suggest {
  return ({ definedIn, path: ids, uses }: ReportedJob) =>
    uses === null ? (SUGGESTIONS[hashOf(`${salt}${definedIn}/${ids.at(-1)}`) % SUGGESTIONS.length] ?? null) : null;
}

/** Each as little as that leaves a reader: of what a job has, a part. */
const aPart: Suggest = ({ declared, uses, path: ids }) => {
  if (uses !== null || declared === null) return null;
  const entries = Object.entries(declared).filter((_, index) => (hashOf(ids.join()) + index) % 3 !== 0);
  return Object.fromEntries(entries);
};

/** Some of the repositories; `PROPERTY_TIMES=8` takes all. */
function repositories(): readonly (readonly [string, readonly WorkflowSource[]])[] {
  const found = new Map<string, WorkflowSource[]>();
  for (const { name, bytes } of corpusFiles()) {
    const [owner = '', repository = ''] = name.split('/');
    const file = { path: name.slice(owner.length + repository.length + 2), bytes };
    const key = `${owner}/${repository}`;
    found.set(key, [...(found.get(key) ?? []), file]);
  }
  return [...found].filter((_, index) => index % 8 < tried(1).numRuns);
}

/** A text without its blocks and without empty lines. */
function withoutBlocks(text: string): string {
  const lines = text.split('\n');
  const kept: string[] = [];
  let inside = -1;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const indentation = line.length - line.trimStart().length;
    if (inside >= 0 && indentation > inside) continue;
    inside = /^\s*(['"]?)permissions\1:/.test(line) ? indentation : -1;
    if (inside < 0) kept.push(line);
  }
  return kept.join('\n');
}

(hasCorpus ? test : test.skip).each([
  ['by chance', byChance('a')],
  ['by another chance', byChance('b')],
  ['as a part of what they have', aPart],
] as const)(
  'real workflow files are changed in their blocks alone, where jobs are suggested permissions %s',
  async (_, suggest) => {
    let patches = '';
    const before: Record<string, Uint8Array> = {};
    const expected: Record<string, string> = {};
    for (const [name, sources] of repositories()) {
      const plan = await planned(sources, suggest);
      for (const change of plan.changes) {
        const [old, text] = [change.before, change.after].map(textOf) as [string, string];
        expect(readWorkflow(text.replace('\ufeff', '')).problems).toEqual(
          readWorkflow(old.replace('\ufeff', '')).problems,
        );
        expect(withoutBlocks(text)).toBe(withoutBlocks(old));
        expect(text.includes('\r\n')).toBe(old.includes('\r\n'));
        const alone = (each: string) => commentsIn(each).map((comment) => comment.text);
        expect(alone(text)).toEqual(expect.arrayContaining(alone(old).filter((comment) => isAlone(old, comment))));
        before[`${name}/${change.path}`] = change.before;
        expected[`${name}/${change.path}`] = text;
        patches += change.patch.replace('--- a/', `--- a/${name}/`).replace('+++ b/', `+++ b/${name}/`);
      }
      const fixed = applied(sources, plan);
      const refused = new Set(plan.refused.map(({ path: file }) => file));
      const report = check(fixed, UNKNOWN, { toolVersion: '1.0.0', failOn: 'error' });
      for (const { jobs } of report.workflows.filter(({ outcome }) => outcome !== 'invalid')) {
        for (const job of jobs.filter(({ path: ids, definedIn }) => ids.length === 1 && !refused.has(definedIn))) {
          const wanted = suggest(job);
          if (wanted === null || suggest === aPart || job.declared === null) continue;
          expect([job.definedIn, job.path, samePermissions(job.declared, wanted)]).toEqual([
            job.definedIn,
            job.path,
            true,
          ]);
        }
      }
      if (suggest !== aPart) expect((await planned(fixed, suggest)).changes).toEqual([]);
    }
    const folder = temporaryFolder(before);
    addFiles(folder, { 'fix.patch': patches });
    execFileSync('git', ['apply', '--whitespace=nowarn', 'fix.patch'], { cwd: folder });
    for (const [name, text] of Object.entries(expected)) {
      expect(textOf(readFileSync(path.join(folder, name)))).toBe(text);
    }
  },
  240_000,
);

function isAlone(text: string, comment: string): boolean {
  return text.split(/\r?\n/).some((line) => line.trim() === comment);
}
