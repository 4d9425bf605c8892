import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Finding, Report } from '../../src/model/report.ts';
import { RULES } from '../../src/policy/rule-table.ts';
import { sarifFailure, sarifReport } from '../../src/report/sarif/sarif-log.ts';
import type { SarifResult } from '../../src/report/sarif/sarif-model.ts';
import { reportOf } from '../helpers/checking.ts';
import { corpusFiles } from '../helpers/corpus.ts';
import { tried } from '../helpers/property.ts';
import { hostileReport } from './hostile.ts';
import { finding, PATH, report, richReport } from './sample.ts';
import { sarifErrors } from './sarif-errors.ts';

const OPTIONS = { prefix: '', digest: (text: string) => `digest of ${text}`, withSuppressed: true, fixesOf: () => [] };
const HOME = 'https://github.com/octo-org/effective-permissions/blob/v1';

function runOf(given: Report, options: Partial<typeof OPTIONS> = {}) {
  const { log, cut } = sarifReport(given, { ...OPTIONS, ...options });
  expect(sarifErrors(log)).toEqual([]);
  return { ...log.runs[0], cut };
}

function resultsOf(given: Report, options: Partial<typeof OPTIONS> = {}): readonly SarifResult[] {
  return runOf(given, options).results ?? [];
}

function resultOf(changes: Partial<Finding>): SarifResult {
  return resultsOf(report([], { findings: [finding(changes)] }))[0]!;
}

const CALL = {
  '.github/workflows/nightly.yml': `on: push
permissions: { contents: read }
jobs:
  deploy:
    uses: ./.github/workflows/deploy.yml
`,
  '.github/workflows/deploy.yml': `on: workflow_call
jobs:
  inner:
    permissions: { deployments: write }
    runs-on: ubuntu-latest
    steps: [{ run: make deploy }]
`,
};

describe('a result', () => {
  test('says what is wrong, where, and which rule says so', () => {
    expect(resultOf({ hint: 'Write `permissions: {}`.' })).toEqual({
      ruleId: 'invalid-workflow',
      ruleIndex: 0,
      level: 'error',
      message: { text: "Unexpected value 'none'\nWrite `permissions: {}`." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: PATH, uriBaseId: '%SRCROOT%' },
            region: { startLine: 4, startColumn: 14, endLine: 4 },
          },
        },
      ],
      partialFingerprints: { 'effectivePermissions/finding/v1': `digest of ${finding().id}` },
    });
  });

  test('has the same fingerprint when its lines move, and another one when it is another finding', () => {
    const text = 'on: push\npermissions: write-all\njobs: { a: { runs-on: x, steps: [{ run: x }] } }\n';
    const fingerprints = (given: string): readonly unknown[] =>
      resultsOf(reportOf(given)).map(({ partialFingerprints }) => partialFingerprints);
    expect(fingerprints(`# A comment\n\n${text}`)).toEqual(fingerprints(text));
    expect(fingerprints(text.replace('a:', 'b:'))).not.toEqual(fingerprints(text));
    expect(fingerprints(text)).toHaveLength(1);
  });

  test('links to the places of its chain: the block that asks, what to write, and the called job', () => {
    const result = resultsOf(reportOf(CALL)).find(({ ruleId }) => ruleId === 'startup-failure')!;
    const places = new Map(
      (result.relatedLocations ?? []).map(({ id, physicalLocation: { artifactLocation, region } }) => [
        id,
        `${artifactLocation.uri}:${region.startLine}`,
      ]),
    );
    expect([...places.values()]).toEqual(
      expect.arrayContaining(['.github/workflows/nightly.yml:4', '.github/workflows/deploy.yml:4']),
    );
    const links = [...result.message.text.matchAll(/\[([^\]]*)\]\((\d+)\)/g)];
    expect(new Set(links.map(([, text, id]) => [Number(id), text].join()))).toEqual(
      new Set([...places].map((place) => place.join())),
    );
    expect(result.message.text).toContain('\n    permissions:\n      contents: read\n      deployments: write\n');
  });

  test('names the jobs that it is about', () => {
    const { logicalLocations } = resultOf({ jobs: [['build'], ['build', 'deploy']] }).locations[0];
    expect(logicalLocations?.map(({ fullyQualifiedName }) => fullyQualifiedName)).toEqual(['build', 'build/deploy']);
  });

  test('has no place in another repository, which code scanning would refuse', () => {
    const askedAt = { path: 'octo-org/other/.github/workflows/x.yml@v1', line: 3, column: 1 };
    expect(resultOf({ askedAt })).not.toHaveProperty('relatedLocations');
    expect(resultOf({ askedAt: { ...askedAt, path: '.github/workflows/a@b.yml' } }).relatedLocations).toHaveLength(1);
  });

  test('stands in the folder that was checked, from the root of the repository', () => {
    const [result] = resultsOf(report([], { findings: [finding({ path: '.github/workflows/a b#?%.yml' })] }), {
      prefix: 'one/zwei drei/',
    });
    expect(result!.locations[0].physicalLocation.artifactLocation).toEqual({
      uri: 'one/zwei%20drei/.github/workflows/a%20b%23%3F%25.yml',
      uriBaseId: '%SRCROOT%',
    });
  });

  test('of a policy outside of the repository stands where that is', () => {
    expect(resultOf({ path: '/etc/our policy.yml' }).locations[0].physicalLocation.artifactLocation).toEqual({
      uri: 'file:///etc/our%20policy.yml',
    });
  });

  test.each([
    ['ignore', 'inSource'],
    ['exception', 'external'],
    ['baseline', 'external'],
  ] as const)('that an %s excuses is suppressed, %s', (by, kind) => {
    const given = report([], { suppressed: [{ ...finding(), by, reason: 'It is fine.' }] });
    expect(resultsOf(given)[0]?.suppressions).toEqual([{ kind, status: 'accepted', justification: 'It is fine.' }]);
    // Code scanning takes no notice of that and would open an alert.
    expect(resultsOf(given, { withSuppressed: false })).toEqual([]);
  });

  test('shows names as names: none makes a link', () => {
    const { message } = resultOf({ message: 'The job [click](https://example.com)' });
    expect(message.text.split('\n')[0]).toBe('The job \\[click\\](https://example.com)');
  });
});

describe('the rules', () => {
  const { driver } = runOf({
    ...richReport(),
    tool: { name: 'effective-permissions', version: '1.2.3', home: HOME },
  }).tool;

  test('are all there, found or not, with help and where to read more', () => {
    expect(driver.rules.map(({ id }) => id)).toEqual(Object.keys(RULES));
    for (const { id, help, helpUri } of driver.rules) {
      expect(helpUri).toBe(`${HOME}/docs/rules/${id}.md`);
      expect(help.text).toContain('What to do: ');
      expect(help.markdown).toMatch(/^# .*\n\n## Why\n\n.*\n\n## What to do\n\n/s);
      // A link of the page leads nowhere from here.
      expect(help.markdown).not.toMatch(/\]\((?!https:)/);
    }
  });

  test('have the levels of the table; one that is off is not enabled', () => {
    for (const { id, defaultConfiguration } of driver.rules) {
      const { level } = RULES[id as keyof typeof RULES];
      expect(defaultConfiguration).toEqual(level === 'off' ? { level: 'note', enabled: false } : { level });
    }
  });

  test('score in accord with their level where they are about security, and have a severity where not', () => {
    const least = { error: 7, warning: 4, note: 0.1 };
    const most = { error: 9, warning: 6.9, note: 3.9 };
    for (const { properties, defaultConfiguration } of driver.rules) {
      const score = properties['security-severity'];
      expect(properties.tags?.includes('security')).toBe(score !== undefined);
      expect(score === undefined).toBe(properties['problem.severity'] !== undefined);
      if (score === undefined) continue;
      expect(Number(score)).toBeGreaterThanOrEqual(least[defaultConfiguration.level]);
      expect(Number(score)).toBeLessThanOrEqual(most[defaultConfiguration.level]);
    }
  });

  test('keep to the limits of code scanning', () => {
    for (const { name, shortDescription, fullDescription, properties } of driver.rules) {
      expect(name.length).toBeLessThanOrEqual(255);
      expect(shortDescription.text.length).toBeLessThanOrEqual(1024);
      expect(fullDescription.text.length).toBeLessThanOrEqual(1024);
      expect(properties.tags?.length).toBeLessThanOrEqual(10);
    }
  });

  test('have no address that is not known', () => {
    const { tool } = runOf(richReport());
    expect(tool.driver.rules.filter(({ helpUri }) => helpUri !== undefined)).toEqual([]);
    expect(tool.driver).not.toHaveProperty('informationUri');
  });
});

describe('the limits of code scanning', () => {
  test('keep the worst of too many findings, and say how many are left out', () => {
    const many = (level: Finding['level'], count: number): readonly Finding[] =>
      Array.from({ length: count }, (_, index) => finding({ level, id: `${level} ${index}`, line: index + 1 }));
    const given = report([], { findings: [...many('note', 3000), ...many('warning', 3000), ...many('error', 1000)] });
    const { results = [], invocations, cut } = runOf(given);
    const count = (level: string): number => results.filter((result) => result.level === level).length;
    expect([count('error'), count('warning'), count('note')]).toEqual([1000, 3000, 1000]);
    expect(cut).toMatch(/^2,000 of 7,000 findings are left out: /);
    expect(invocations[0].toolExecutionNotifications).toEqual([{ level: 'warning', message: { text: cut } }]);
    expect(runOf(report([], { findings: many('error', 5000) })).cut).toBeNull();
  });

  test('keep a file of long texts below 10 MB', () => {
    const findings = Array.from({ length: 100 }, (_, index) => finding({ message: `${'漢'.repeat(100_000)}${index}` }));
    const { log, cut } = sarifReport(report([], { findings }), OPTIONS);
    const size = new TextEncoder().encode(JSON.stringify(log)).length;
    expect(size).toBeLessThan(10_000_000);
    expect(size).toBeGreaterThan(8_000_000);
    expect(cut).toMatch(/^\d+ of 100 findings are left out: /);
  });

  test('keep the places that a result links to', () => {
    const advice = Array.from({ length: 150 }, (_, index) => ({ text: `Do ${index}.`, path: PATH, line: index + 1 }));
    const result = resultOf({ advice });
    expect(result.relatedLocations).toHaveLength(100);
    expect(result.message.text).toContain(`- Do 149. (${PATH}:150)`);
  });
});

describe('a run', () => {
  test('is an analysis of its own in each folder', () => {
    expect(runOf(richReport()).automationDetails).toEqual({ id: 'effective-permissions/' });
    expect(runOf(richReport(), { prefix: 'one/two/' }).automationDetails).toEqual({
      id: 'effective-permissions/one/two/',
    });
  });

  test('tells what the owner of the policy should know', () => {
    const policy = {
      path: '.github/permissions-policy.yml',
      from: 'folder',
      ref: null,
      commit: null,
      extends: [],
      baseline: null,
      change: null,
    } as const;
    const notices = [{ message: 'An exception ends soon.', path: policy.path, line: 7, column: 5 }];
    const [invocation] = runOf(report([], { policy: { ...policy, notices } })).invocations;
    expect(invocation.toolConfigurationNotifications).toMatchObject([
      {
        level: 'note',
        message: { text: 'An exception ends soon.' },
        locations: [{ physicalLocation: { region: { startLine: 7 } } }],
      },
    ]);
  });

  test('that failed says why, and has no results: with none, code scanning would close every alert', () => {
    const place = { path: '.github/permissions-policy.yml', line: 3, column: 1 };
    const log = sarifFailure(
      { name: 'effective-permissions', version: '1.2.3' },
      { message: 'It is\u001b broken.', ...place },
      '',
    );
    expect(sarifErrors(log)).toEqual([]);
    expect(log.runs[0].invocations).toMatchObject([
      {
        executionSuccessful: false,
        exitCode: 2,
        toolExecutionNotifications: [
          {
            level: 'error',
            message: { text: 'It is\\u{1b} broken.' },
            locations: [{ physicalLocation: { region: { startLine: 3 } } }],
          },
        ],
      },
    ]);
    expect(log.runs[0]).not.toHaveProperty('results');
  });
});

test('hostile names give a valid file in which every link is ours', () => {
  fc.assert(
    fc.property(hostileReport, (given) => {
      for (const { message, relatedLocations = [] } of resultsOf(given)) {
        const ids = relatedLocations.map(({ id }) => String(id));
        for (const [, target] of message.text.matchAll(/(?<!\\)\]\(([^)]*)\)/g)) expect(ids).toContain(target);
      }
    }),
    tried(100),
  );
});

const testCorpus = corpusFiles().length === 0 ? test.skip : test;

testCorpus('real workflow files give a valid file', () => {
  const files = new Map<string, Record<string, string>>();
  for (const { name, bytes } of corpusFiles()) {
    const [owner = '', repository = '', ...path] = name.split('/');
    const key = `${owner}/${repository}`;
    files.set(key, { ...files.get(key), [path.join('/')]: new TextDecoder().decode(bytes) });
  }
  // One in ten: the schema is slow.
  const some = [...files.values()].filter((_, index) => index % 10 === 0);
  for (const texts of some) expect(sarifErrors(sarifReport(reportOf(texts), OPTIONS).log)).toEqual([]);
});
