import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Report, ReportedProblem } from '../../src/model/report.ts';
import { tried } from '../helpers/property.ts';
import { convertToPermissions, effective } from './literal.ts';
import type { Level, Policy, Written } from './literal.ts';
import { allFiles, chain, copyOf, policy, render, sharedChain } from './random-chains.ts';
import type { FileModel } from './random-chains.ts';
import { FOLDER, workflowIn } from './report-of.ts';
import { inShort, leavesOf, problemInShort, reportOn, SETTING, toldByLiteral, toldByUs } from './told-by-literal.ts';

/** More of them by `PROPERTY_TIMES=50 npm test -- calls/chains --testTimeout=1000000`. */
const RUNS = tried(100);

function violationsIn(report: Report, name = 'root.yml'): readonly string[] {
  return workflowIn(report, name).problems.map(problemInShort);
}

const RANK = { none: 0, read: 1, write: 2 };

describe('random chains', () => {
  test('the same sentences as the literal algorithm, in its order, and the same permissions of every leaf', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(chain, sharedChain), policy, async (root, setting) => {
        const rendered = render(root);
        const report = await reportOn(rendered, setting);
        expect(toldByUs(workflowIn(report, 'root.yml'))).toEqual(toldByLiteral(rendered, setting));
      }),
      RUNS,
    );
  });

  test('an unknown default is both, and only what holds under both is certain', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(chain, sharedChain), async (root) => {
        const rendered = render(root);
        const [read, write] = [rendered.literal('LimitedRead'), rendered.literal('Write')];
        const { outcome, problems, jobs } = workflowIn(await reportOn(rendered), 'root.yml');
        const under = (setting: string) =>
          problems.filter(({ defaultPermissions }) => (defaultPermissions ?? setting) === setting).map(problemInShort);
        expect(under('read').toSorted()).toEqual(read.errors.map(inShort).toSorted());
        expect(under('write').toSorted()).toEqual(write.errors.map(inShort).toSorted());
        const permissive = write.errors.map(inShort);
        const both = read.errors.map(inShort).filter((one) => permissive.includes(one));
        const certain = problems.filter(({ defaultPermissions }) => defaultPermissions === undefined);
        expect(certain.map(problemInShort).toSorted()).toEqual(both.toSorted());

        const fails = [read, write].map(({ errors }) => errors.length > 0);
        expect(outcome).toBe(fails[0] && fails[1] ? 'startup_failure' : 'ok');
        const only = fails[0] ? 'write' : fails[1] ? 'read' : undefined;
        for (const { uses, grants } of jobs) {
          if (uses !== null || outcome !== 'ok') expect(grants).toEqual([]);
          else if (only !== undefined)
            expect(new Set(grants.map((one) => one.defaultPermissions))).toEqual(new Set([only]));
        }
      }),
      RUNS,
    );
  });

  test('findings: each problem in one of them, each with an id of its own, and errors only for what is certain', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(chain, sharedChain),
        fc.constantFrom('LimitedRead', 'Write', 'unknown'),
        async (root, setting) => {
          const { findings, workflows, result } = await reportOn(render(root), setting);
          expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
          for (const { problems } of workflows) {
            for (const { message, job, askedAt } of problems) {
              const telling = findings.filter(
                (one) =>
                  one.jobs?.some((ids) => ids.join() === job?.join()) === true &&
                  (one.message.includes(message) || JSON.stringify(one.askedAt) === JSON.stringify(askedAt)),
              );
              expect(telling.length).toBeGreaterThan(0);
            }
          }
          const isCertain = workflows.some(({ outcome }) => outcome === 'startup_failure');
          expect(result).toBe(isCertain ? 'fail' : 'pass');
          expect(findings.some(({ level }) => level === 'error')).toBe(isCertain);
        },
      ),
      RUNS,
    );
  });

  test('no job gets more than its own block says', async () => {
    await fc.assert(
      fc.asyncProperty(chain, policy, async (root, setting) => {
        const rendered = render(root);
        const { jobs } = workflowIn(await reportOn(rendered, setting), 'root.yml');
        for (const { definedIn, position, grants } of jobs) {
          const own = rendered.jobAt.get(`${definedIn}:${position.line}`)!.permissions;
          if (own === null) continue;
          const most = convertToPermissions(own);
          for (const [scope, level] of grants.flatMap(({ permissions }) => Object.entries(permissions))) {
            if (scope !== 'metadata') expect(RANK[level]).toBeLessThanOrEqual(RANK[most[scope]!]);
          }
        }
      }),
      RUNS,
    );
  });

  test('giving a root more never makes it fail', async () => {
    await fc.assert(
      fc.asyncProperty(
        chain,
        policy,
        fc.nat(),
        fc.constantFrom('contents', 'issues'),
        async (root, setting, at, scope) => {
          const more = copyOf(root);
          const blocks = [more, ...more.jobs].filter(({ permissions }) => isList(permissions));
          fc.pre(blocks.length > 0);
          const block = blocks[at % blocks.length]!;
          block.permissions = { ...(block.permissions as object), [scope]: 'write' };
          expect(await failing(more, setting)).toEqual(subsetOf(await failing(root, setting)));
        },
      ),
      RUNS,
    );
  });

  test('asking less in a job with steps never makes anything fail', async () => {
    await fc.assert(
      fc.asyncProperty(chain, policy, fc.nat(), fc.nat(), async (root, setting, at, which) => {
        const less = copyOf(root);
        const blocks = allFiles(less)
          .slice(1)
          .flatMap(({ jobs }) => jobs)
          .filter(
            ({ calls, permissions }) => calls === null && isList(permissions) && Object.keys(permissions).length > 0,
          );
        fc.pre(blocks.length > 0);
        const block = blocks[at % blocks.length]!;
        const { ...entries } = block.permissions as Record<string, Level>;
        const names = Object.keys(entries);
        entries[names[which % names.length]!] = 'none';
        block.permissions = entries;
        expect(await failing(less, setting)).toEqual(subsetOf(await failing(root, setting)));
      }),
      RUNS,
    );
  });

  test('names of jobs change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(chain, policy, async (root, setting) => {
        const renamed = copyOf(root);
        for (const file of allFiles(renamed)) for (const one of file.jobs) one.id = `renamed_${one.id}`;
        const [before, after] = [await reportOn(render(root), setting), await reportOn(render(renamed), setting)];
        expect(JSON.parse(JSON.stringify(after).replaceAll('renamed_', ''))).toEqual(before);
      }),
      RUNS,
    );
  });
});

describe('contracts of random chains', () => {
  test('a caller with exactly the contract is fine, and nothing less is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(chain, sharedChain), policy, async (root, setting) => {
        const rendered = render(root);
        const report = await reportOn(rendered, setting);
        for (const [path, file] of rendered.local) {
          const { outcome, contract } = workflowIn(report, path.replace(FOLDER, ''));
          // What is broken whoever calls it has no contract to keep.
          if (outcome !== 'ok') continue;
          expect(contract?.complete).toBe(true);
          const least = contract!.permissions;
          expect(await failing(callerOf(file, least), setting)).toEqual([]);
          for (const [scope, level] of Object.entries(least)) {
            const lower = level === 'write' && scope !== 'id-token' && scope !== 'copilot-requests' ? 'read' : 'none';
            expect(await failing(callerOf(file, { ...least, [scope]: lower }), setting)).not.toEqual([]);
          }
        }
      }),
      RUNS,
    );
  });

  test('those who do not meet it are those whose call fails, and nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(chain, policy, async (root, setting) => {
        const rendered = render(root);
        const report = await reportOn(rendered, setting);
        const { errors } = rendered.literal(setting);
        for (const [index, { id, calls }] of root.jobs.entries()) {
          if (calls?.at !== 'same') continue;
          const uses = workflowIn(report, 'root.yml').jobs.filter(({ path }) => path.length === 1)[index]?.uses ?? '';
          const { contract } = workflowIn(report, uses.slice(2 + FOLDER.length));
          const passedOn = new Set([id, ...below(calls, id)]);
          const fails = errors.some(({ path }) => passedOn.has(path.join('/')));
          expect(contract?.unmetBy).toEqual(fails ? [{ path: `${FOLDER}root.yml`, job: [id] }] : []);
        }
      }),
      RUNS,
    );
  });
});

describe('advice for random chains', () => {
  test('following what is said of one call mends that, and breaks nothing', async () => {
    await fc.assert(
      fc.asyncProperty(chain, policy, fc.nat(), async (root, setting, which) => {
        const { problems } = workflowIn(await reportOn(render(root), setting), 'root.yml');
        fc.pre(problems.length > 0);
        const problem = problems[which % problems.length]!;
        const mended = eachPermission(problemInShort(problem));
        const before = problems.map(problemInShort).flatMap(eachPermission);
        const after = await failing(follow(root, [problem]), setting);
        expect(after).toEqual(subsetOf(before.filter((one) => !mended.includes(one))));
      }),
      RUNS,
    );
  });

  test('following all of it mends everything', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(chain, sharedChain), policy, async (root, setting) => {
        const report = await reportOn(render(root), setting);
        const { problems } = workflowIn(report, 'root.yml');
        fc.pre(problems.length > 0);
        expect(await failing(follow(root, problems), setting)).toEqual([]);
        const refused = report.findings.filter(({ rule }) => rule === 'startup-failure');
        expect(await failing(follow(root, refused), setting)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('under an unknown default, each value’s advice mends what fails under it', async () => {
    await fc.assert(
      fc.asyncProperty(chain, policy, async (root, setting) => {
        const { problems } = workflowIn(await reportOn(render(root)), 'root.yml');
        const other = SETTING[setting] === 'read' ? 'write' : 'read';
        const said = problems
          .filter(({ defaultPermissions }) => defaultPermissions !== other)
          .map((problem) => ({
            ...problem,
            advice: (problem.advice ?? []).filter(({ text }) => !text.includes(`default is '${other}'`)),
          }));
        fc.pre(said.length > 0);
        expect(await failing(follow(root, said), setting)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('a block to paste keeps all that was written', async () => {
    await fc.assert(
      fc.asyncProperty(chain, policy, async (root, setting) => {
        const rendered = render(root);
        const { problems, jobs } = workflowIn(await reportOn(rendered, setting), 'root.yml');
        for (const { permissions, path, line } of problems.flatMap(({ advice }) => advice ?? [])) {
          if (permissions === undefined) continue;
          const now = jobs.find(({ definedIn, position }) => definedIn === path && position.line === line)!.declared;
          for (const [scope, level] of Object.entries(now ?? {})) {
            expect(RANK[permissions[scope] ?? 'none']).toBeGreaterThanOrEqual(RANK[level]);
          }
        }
      }),
      RUNS,
    );
  });

  test('no called job gets less when all blocks are pasted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(chain, sharedChain), policy, async (root, setting) => {
        const { problems } = workflowIn(await reportOn(render(root), setting), 'root.yml');
        fc.pre(problems.length > 0);
        const tokens = (model: FileModel) =>
          leavesOf(render(model).literal(setting).jobs).map(({ ids, job }) => ({
            ids,
            has: effective(job.permissions, setting),
          }));
        const before = tokens(root);
        const after = new Map(tokens(follow(root, problems)).map(({ ids, has }) => [ids, has]));
        for (const { ids, has } of before) {
          for (const [scope, level] of Object.entries(has)) {
            const kept = after.get(ids)?.[scope] ?? 'none';
            expect([ids, scope, RANK[kept] >= RANK[level]]).toEqual([ids, scope, true]);
          }
        }
      }),
      RUNS,
    );
  });
});

test('a block that is advised where one is missing or blanket starves no call', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(chain, sharedChain), fc.option(policy), async (root, setting) => {
      const given = setting ?? undefined;
      const report = await reportOn(render(root), given);
      fc.pre(violationsIn(report).length === 0);
      for (const rule of ['missing-permissions', 'blanket-permissions']) {
        const findings = report.findings.filter((finding) => finding.rule === rule);
        expect(violationsIn(await reportOn(render(followInRoot(root, findings)), given))).toEqual([]);
      }
    }),
    RUNS,
  );
});

function isList(permissions: Written): permissions is Record<string, Level> {
  return permissions !== null && typeof permissions === 'object';
}

/** Each permission of which a block asks too much, by calling job, nested job and permission. */
async function failing(root: FileModel, setting: Policy): Promise<readonly string[]> {
  return violationsIn(await reportOn(render(root), setting)).flatMap(eachPermission);
}

function eachPermission(violation: string): readonly string[] {
  const [path, nested, ...levels] = violation.split(' ');
  const scopes = levels.filter((_, index) => index % 2 === 0);
  return scopes.map((scope) => `${path} ${nested} ${scope}`);
}

function subsetOf(all: readonly string[]) {
  return {
    asymmetricMatch: (some: readonly string[]) => some.every((one) => all.includes(one)),
    toString: () => `a subset of ${all.join(' | ')}`,
  };
}

/** A root that calls a file with one block. */
function callerOf(file: FileModel, permissions: Written): FileModel {
  return { at: 'same', permissions: null, jobs: [{ id: 'caller', permissions, calls: { ...file, at: 'same' } }] };
}

/** The calling jobs below that have what their caller has, as paths. */
function below({ permissions, jobs }: FileModel, above: string): readonly string[] {
  if (permissions !== null) return [];
  return jobs.flatMap(({ id, permissions: own, calls }) =>
    own !== null || calls === null ? [] : [`${above}/${id}`, ...below(calls, `${above}/${id}`)],
  );
}

/** Writes the blocks that are advised for the root, at its top and at its jobs. */
function followInRoot(root: FileModel, findings: readonly Pick<ReportedProblem, 'advice'>[]): FileModel {
  const changed = copyOf(root);
  const { jobAt } = render(changed);
  const jobs = changed.jobs.map((job) => ({ job, hadBlock: job.permissions !== null }));
  for (const { permissions, path, line } of findings.flatMap(({ advice }) => advice ?? [])) {
    if (permissions === undefined || path !== `${FOLDER}root.yml`) continue;
    const lineOf = ({ job, hadBlock }: (typeof jobs)[number], key: number) =>
      jobAt.get(`${path}:${key}`) === job || (hadBlock && jobAt.get(`${path}:${key - 1}`) === job);
    const at = jobs.find((one) => lineOf(one, line));
    (at?.job ?? changed).permissions = permissions;
  }
  return changed;
}

/** Writes the blocks that are advised to callers. */
function follow(root: FileModel, problems: readonly Pick<ReportedProblem, 'advice'>[]): FileModel {
  const changed = copyOf(root);
  const { jobAt } = render(changed);
  for (const { permissions, path, line } of problems.flatMap(({ advice }) => advice ?? [])) {
    if (permissions !== undefined) jobAt.get(`${path}:${line}`)!.permissions = permissions;
  }
  return changed;
}
