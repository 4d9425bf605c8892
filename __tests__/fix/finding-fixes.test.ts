import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { checkWithCalls } from '../../src/check.ts';
import { findingFixes } from '../../src/fix/finding-fixes.ts';
import { planFix } from '../../src/fix/plan-fix.ts';
import { samePermissions } from '../../src/fix/same-permissions.ts';
import type { Finding, Outcome, Report } from '../../src/model/report.ts';
import type { Settings } from '../../src/model/settings.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import { needsOfJobs } from '../../src/needs/needs-of-jobs.ts';
import type { WorkOutNeeds } from '../../src/needs/prepare-needs.ts';
import { sarifFix } from '../../src/report/sarif/fixes.ts';
import { sarifReport } from '../../src/report/sarif/sarif-log.ts';
import type { SarifFix } from '../../src/report/sarif/sarif-model.ts';
import { PATH, settingsOf, UNKNOWN } from '../helpers/checking.ts';
import { corpusFiles, hasCorpus } from '../helpers/corpus.ts';
import { tried } from '../helpers/property.ts';
import { randomSettings, randomWorkflow, workflowText } from '../helpers/random-workflow.ts';
import { sarifErrors } from '../report/sarif-errors.ts';
import { withSarifFix } from './applied-sarif.ts';
import { sourcesOf, textOf } from './suggesting.ts';

type Texts = Readonly<Record<string, string>>;

const OUTCOMES: readonly Outcome[] = ['invalid', 'startup_failure', 'unresolved', 'ok'];

const nothing = () => Promise.resolve({ kind: 'unavailable', reason: 'x' } as const);
const needs = () =>
  Promise.resolve<WorkOutNeeds>((jobs, settings, declaredActions) =>
    needsOfJobs(jobs, { settings, actionFiles: new Map(), readFile: () => null, declaredActions }),
  );

function reportFrom(sources: readonly WorkflowSource[], settings: Settings): Promise<Report> {
  return checkWithCalls(sources, settings, { toolVersion: '1.0.0', failOn: 'error' }, nothing, needs);
}

function reportOf(texts: Texts, settings: Settings): Promise<Report> {
  return reportFrom(sourcesOf(texts), settings);
}

/** What of the plan mends each finding, as SARIF, and what the whole plan would write. */
async function fixesIn(texts: Texts, settings: Settings) {
  const report = await reportOf(texts, settings);
  const plan = await planFix(sourcesOf(texts), report, {
    recheck: (sources) => reportFrom(sources, settings),
    cannotWrite: () => null,
  });
  const fixesOf = findingFixes(report, plan);
  const fixes = new Map<Finding, SarifFix>();
  for (const finding of report.findings) {
    const found = fixesOf(finding);
    if (found.length > 0) fixes.set(finding, sarifFix(found, ''));
  }
  const after = Object.fromEntries(plan.changes.map((change) => [change.path, textOf(change.after)]));
  return { report, plan, fixesOf, fixes, after: { ...texts, ...after } };
}

const subjectsOf = ({ rule, subjects }: Finding) =>
  subjects.map(({ workflow, job, permission }) => JSON.stringify([rule, workflow, job, permission]));

/** Applies the fix of each finding alone, and looks at what comes of it. */
async function expectRight(texts: Texts, settings: Settings): Promise<number> {
  const { report, plan, fixes } = await fixesIn(texts, settings);
  const jobsIn = (one: Report) =>
    new Map(one.workflows.flatMap(({ path, jobs }) => jobs.map((job) => [JSON.stringify([path, job.path]), job])));
  const [before, whole] = [jobsIn(report), jobsIn(plan.report)];
  const seen = new Map<string, Report>();
  for (const [finding, fix] of fixes) {
    const key = JSON.stringify(fix.artifactChanges);
    const after = seen.get(key) ?? (await reportOf(withSarifFix(texts, fix), settings));
    seen.set(key, after);
    // It is mended.
    const left = new Set(after.findings.flatMap(subjectsOf));
    expect(subjectsOf(finding).filter((subject) => left.has(subject))).toEqual([]);
    // Nothing fails that did not fail before.
    for (const [index, { outcome, problems }] of after.workflows.entries()) {
      const old = report.workflows[index]!;
      expect(OUTCOMES.indexOf(outcome)).toBeGreaterThanOrEqual(OUTCOMES.indexOf(old.outcome));
      expect(problems.length).toBeLessThanOrEqual(old.problems.length);
    }
    // Every job has what it had, or what the whole plan would give it.
    for (const [name, { declared }] of jobsIn(after)) {
      const [old, planned] = [before.get(name)!, whole.get(name)!];
      const isEither = samePermissions(declared, old.declared) || samePermissions(declared, planned.declared);
      expect([name, isEither]).toEqual([name, true]);
    }
  }
  return fixes.size;
}

const [CI, DEPLOY, NIGHTLY] = ['ci', 'deploy', 'nightly'].map((name) => `.github/workflows/${name}.yml`) as [
  string,
  string,
  string,
];
const READ = settingsOf({ default: 'read', visibility: 'public' });

const TWO_JOBS = `on: push
permissions: {}
jobs:
  one:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      issues: write
    steps:
      - uses: actions/checkout@v6
  two:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      packages: write # to publish
    steps:
      - uses: actions/checkout@v6
`;

describe('the fix of a finding', () => {
  test('changes the block of its job alone, and says so', async () => {
    const { fixes, after } = await fixesIn({ [PATH]: TWO_JOBS }, READ);
    const [one, two] = [...fixes].sort(([a], [b]) => a.line - b.line);
    expect(one?.[1]).toEqual({
      description: { text: `Write what the steps use: the block of the job 'one' in ${PATH}.` },
      artifactChanges: [
        {
          artifactLocation: { uri: PATH, uriBaseId: '%SRCROOT%' },
          replacements: [
            {
              deletedRegion: { startLine: 7, startColumn: 1, endLine: 9, endColumn: 1 },
              insertedContent: { text: '      contents: read\n' },
            },
          ],
        },
      ],
    });
    expect(withSarifFix({ [PATH]: TWO_JOBS }, one![1])[PATH]).toBe(TWO_JOBS.replace('      issues: write\n', ''));
    // A viewer that applies one after the other gets what `--fix` writes.
    const both = withSarifFix(withSarifFix({ [PATH]: TWO_JOBS }, two![1]), one![1]);
    expect(both).toEqual(after);
  });

  test('writes the block of the workflow together with those of the jobs that would else get it', async () => {
    const text = `on: push
permissions: write-all
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
  label:
    runs-on: ubuntu-latest
    steps:
      - run: gh pr edit --add-label x
        env: { GH_TOKEN: '\${{ github.token }}' }
`;
    const { fixes, after } = await fixesIn({ [PATH]: text }, READ);
    const fix = [...fixes].find(([{ rule }]) => rule === 'blanket-permissions')?.[1];
    expect(fix?.description.text).toBe(
      `Write what the steps use: the blocks of the workflow and the job 'label' in ${PATH}.`,
    );
    expect(withSarifFix({ [PATH]: text }, fix!)).toEqual(after);
  });

  const CHAIN = {
    [DEPLOY]: `on: workflow_call
jobs:
  inner:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      packages: write
    steps:
      - uses: actions/checkout@v6
`,
    [NIGHTLY]: `on: push
permissions: {}
jobs:
  call:
    permissions:
      contents: read
      packages: write
      pages: write
    uses: ./.github/workflows/deploy.yml
  other:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      issues: write
    steps:
      - uses: actions/checkout@v6
`,
  };

  test('takes along a chain what a run needs to start: the called block with the calling one', async () => {
    const { fixes } = await fixesIn(CHAIN, READ);
    const owners = [...fixes].map(([{ path, line }, fix]) => [
      `${path}:${line}`,
      fix.artifactChanges.map((change) => change.artifactLocation.uri),
    ]);
    expect(owners).toEqual([
      // The called workflow may ask for less whoever calls it.
      [`${DEPLOY}:7`, [DEPLOY]],
      // A caller that gave less before it does would start no run.
      [`${NIGHTLY}:8`, [DEPLOY, NIGHTLY]],
      [`${NIGHTLY}:14`, [NIGHTLY]],
    ]);
    expect(await expectRight(CHAIN, READ)).toBe(3);
  });

  test('gives a called job more only with its callers', async () => {
    const texts = {
      [DEPLOY]: `on: workflow_call
jobs:
  inner:
    runs-on: ubuntu-latest
    permissions: {}
    steps:
      - run: gh issue create --title x --body y
        env: { GH_TOKEN: '\${{ github.token }}' }
`,
      [NIGHTLY]: `on: push
permissions: {}
jobs:
  call:
    uses: ./.github/workflows/deploy.yml
`,
    };
    const { fixes } = await fixesIn(texts, READ);
    const fix = [...fixes].find(([{ rule }]) => rule === 'insufficient-permission')?.[1];
    expect(fix?.artifactChanges.map((change) => change.artifactLocation.uri)).toEqual([DEPLOY, NIGHTLY]);
    expect(await expectRight(texts, READ)).toBeGreaterThan(0);
  });

  test('is not there where the plan does not mend the finding, or changes nothing', async () => {
    const invalid = 'on: push\npermissions: { contents: admin }\njobs: { a: { runs-on: x, steps: [{ run: x }] } }\n';
    expect((await fixesIn({ [PATH]: invalid }, READ)).fixes.size).toBe(0);
    const called = {
      [CI]: 'on: push\npermissions: {}\njobs: { a: { uses: octo-org/x/.github/workflows/y.yml@v1 } }\n',
    };
    expect((await fixesIn(called, READ)).fixes.size).toBe(0);
  });

  test.each([
    ['with the line breaks of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['behind a byte order mark, which is no part of the first line', (text: string) => `\ufeff${text}`],
    ['without a line break at its end', (text: string) => text.trimEnd()],
    ['with characters of two code units', (text: string) => text.replace('# to publish', '# 🚀')],
  ])('is right in a file %s', async (_, write) => {
    const text = write(TWO_JOBS);
    const { fixes, after } = await fixesIn({ [PATH]: text }, READ);
    const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
    let shown: Texts = { [PATH]: text.slice(mark.length) };
    for (const [, fix] of [...fixes].sort(([a], [b]) => b.line - a.line)) shown = withSarifFix(shown, fix);
    expect(`${mark}${shown[PATH]}`).toBe(after[PATH]);
    expect(fixes.size).toBe(2);
  });
});

describe('in a SARIF file', () => {
  const OPTIONS = { prefix: 'one dir/', digest: (text: string) => text, withSuppressed: true };

  test('a result has its fix, from the root of the checkout, and the file is valid', async () => {
    const { report, fixesOf } = await fixesIn({ [PATH]: TWO_JOBS }, READ);
    const { log } = sarifReport(report, { ...OPTIONS, fixesOf });
    expect(sarifErrors(log)).toEqual([]);
    const uris = log.runs[0].results?.map(({ fixes = [] }) => fixes[0]?.artifactChanges[0]?.artifactLocation.uri);
    expect(uris).toEqual([`one%20dir/${PATH}`, `one%20dir/${PATH}`]);
  });

  test('a finding that is excused has none', async () => {
    const { report, fixesOf } = await fixesIn({ [PATH]: TWO_JOBS }, READ);
    const suppressed = report.findings.map((finding) => ({ ...finding, by: 'baseline', reason: 'x' }) as const);
    const { log } = sarifReport({ ...report, findings: [], suppressed }, { ...OPTIONS, fixesOf });
    expect(log.runs[0].results).toHaveLength(2);
    expect(log.runs[0].results?.filter(({ fixes }) => fixes !== undefined)).toEqual([]);
  });

  test('fixes give way to findings when there is no room for both', async () => {
    const { report, fixesOf } = await fixesIn({ [PATH]: TWO_JOBS }, READ);
    const [first] = report.findings;
    const findings = Array.from({ length: 2000 }, (_, index) => ({ ...first!, id: `${index}` }));
    const long = (finding: Finding) =>
      fixesOf(finding).map((fix) => ({
        ...fix,
        parts: fix.parts.map((part) => ({
          ...part,
          edits: part.edits.map((edit) => ({ ...edit, text: 'x'.repeat(20_000) })),
        })),
      }));
    const { log, cut } = sarifReport({ ...report, findings }, { ...OPTIONS, fixesOf: long });
    expect(new TextEncoder().encode(JSON.stringify(log)).length).toBeLessThan(10_000_000);
    const { results = [] } = log.runs[0];
    expect([cut, results.length]).toEqual([null, 2000]);
    const fixed = results.filter(({ fixes }) => fixes !== undefined).length;
    expect(fixed).toBeGreaterThan(100);
    expect(fixed).toBeLessThan(2000);
  });
});

test('each fix of any workflow is right by itself', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(randomWorkflow, randomSettings, async (workflow, settings) => {
      count += await expectRight({ [PATH]: workflowText(workflow) }, settings);
    }),
    tried(100),
  );
  expect(count).toBeGreaterThan(0);
}, 120_000);

(hasCorpus ? test : test.skip)(
  'each fix of real workflow files is right by itself',
  async () => {
    const byRepository = new Map<string, Record<string, string>>();
    for (const { name, bytes } of corpusFiles()) {
      const [owner = '', repository = '', ...path] = name.split('/');
      const key = `${owner}/${repository}`;
      const text = new TextDecoder().decode(bytes).replace('\ufeff', '');
      byRepository.set(key, { ...byRepository.get(key), [path.join('/')]: text });
    }
    let count = 0;
    // `PROPERTY_TIMES=12` takes all.
    const some = [...byRepository.values()].filter((_, index) => index % 12 < tried(1).numRuns);
    for (const texts of some) count += await expectRight(texts, UNKNOWN);
    expect(count).toBeGreaterThan(some.length);
  },
  240_000,
);
