import { describe, expect, test } from '@jest/globals';

import { check } from '../../src/check.ts';
import { errorReport } from '../../src/edge/output/error-report.ts';
import { ToolError } from '../../src/edge/tool-error.ts';
import type { Grant } from '../../src/model/grant.ts';
import type { Report } from '../../src/model/report.ts';
import type { Settings } from '../../src/model/settings.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import { UNKNOWN } from '../helpers/checking.ts';
import { SETTINGS } from './settings.ts';
import { schemaErrors } from './validate.ts';

const steps = 'runs-on: ubuntu-latest, steps: [{ run: "true" }]';

const TEXTS: Readonly<Record<string, string>> = {
  'no block': `on: push\njobs: { a: { ${steps} } }`,
  'an empty block': `on: push\npermissions: {}\njobs: { a: { ${steps} } }`,
  'blocks of a workflow and a job': `on: [push, pull_request]
name: Both
permissions: read-all
jobs:
  a: { name: First, permissions: { contents: write, id-token: write, issues: none }, ${steps} }
  b: { permissions: write-all, ${steps} }
  c: { ${steps} }`,
  'every kind of event': `on:
  pull_request: { types: [opened, closed] }
  pull_request_target:
  pull_request_review:
  issue_comment:
  workflow_dispatch:
  schedule: [{ cron: '0 0 * * *' }]
  deployment_status:
jobs:
  a: { permissions: { id-token: write, contents: write }, ${steps} }
  b: { if: github.event_name == 'pull_request' && github.event.action == 'closed', ${steps} }
  c: { if: false, ${steps} }
  d: { needs: c, ${steps} }`,
  'a file that is called, with and without a block': `on: { workflow_call: }
jobs:
  a: { permissions: read-all, ${steps} }
  b: { ${steps} }
  c: { uses: octo-org/other/.github/workflows/deploy.yml@v1 }`,
  'jobs that call workflows': `on: [push, pull_request]
jobs:
  a: { uses: octo-org/other/.github/workflows/deploy.yml@v1 }
  b: { permissions: { contents: write }, uses: octo-org/other/.github/workflows/deploy.yml@v1 }`,
  'a job that calls a missing workflow': `on: push\njobs: { a: { uses: ./.github/workflows/missing.yml } }`,
  'jobs that grant too little': `on: { push: , workflow_call: }
permissions: { contents: read }
jobs:
  a: { uses: ./.github/workflows/called.yml }
  b: { permissions: {}, uses: ./.github/workflows/called.yml }`,
  'an unknown permission': `on: push\npermissions: { content: read }\njobs: { a: { ${steps} } }`,
  'a permission whose name is no ordinary one': `on: push\npermissions: { pull_requests: read, Contents: write, "": read }\njobs: { a: { ${steps} } }`,
  'a value that is not one, twice': `on: push\njobs: { a: { permissions: none, ${steps} }, b: { permissions: none, ${steps} } }`,
  'text that is not YAML': 'on: push\njobs:\n\t- "',
  'an empty file': '',
  'names that are no ordinary words': `on: push\nname: "\\u0000\\u001b[31m"\njobs: { __proto__: { permissions: { constructor: read }, ${steps} } }`,
};

function source(text: string, index: number | string): WorkflowSource {
  return { path: `.github/workflows/${index}.yml`, bytes: new TextEncoder().encode(text) };
}

const SOURCES: readonly WorkflowSource[] = [
  ...Object.values(TEXTS).map(source),
  { path: '.github/workflows/no-utf-8.yml', bytes: new Uint8Array([0x6f, 0x6e, 0x3a, 0x20, 0xff]) },
  source(`on: workflow_call\njobs: { a: { permissions: write-all, ${steps} }, b: { ${steps} } }`, 'called'),
  { path: '.github/workflows/unreadable.yml', error: 'This symbolic link leads nowhere.' },
];

function reportOf(sources: readonly WorkflowSource[], settings: Settings): Report {
  return check(sources, settings, { toolVersion: '1.2.3-rc.1', failOn: 'error' });
}

describe('the schema describes reports', () => {
  for (const [name, settings] of Object.entries(SETTINGS)) {
    for (const [what, text] of Object.entries(TEXTS)) {
      test(`of ${what}: ${name}`, () => {
        expect(schemaErrors(reportOf([source(text, 1)], settings))).toEqual([]);
      });
    }

    test(`of many files: ${name}`, () => {
      expect(schemaErrors(reportOf(SOURCES, settings))).toEqual([]);
    });
  }

  test('of a repository without workflow files', () => {
    expect(schemaErrors(reportOf([], UNKNOWN))).toEqual([]);
  });

  test('that show all that a row can hold', () => {
    const rows = Object.values(SETTINGS).flatMap((settings) =>
      reportOf(SOURCES, settings).workflows.flatMap(({ jobs }) => jobs.flatMap(({ grants }) => grants)),
    );
    const all: Readonly<Record<keyof Grant, true>> = {
      events: true,
      actions: true,
      actor: true,
      byOutsiders: true,
      baseRefCreatedByDependabot: true,
      defaultPermissions: true,
      visibility: true,
      forkPullRequests: true,
      status: true,
      ifAllowed: true,
      confidence: true,
      doubts: true,
      permissions: true,
      origins: true,
    };
    expect(new Set(rows.flatMap((row) => Object.keys(row)))).toEqual(new Set(Object.keys(all)));
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['granted', 'not-run', 'upper-bound']));
  });
});

describe('the schema describes what is printed when the work cannot be done', () => {
  const errors: readonly [string, unknown][] = [
    ['a message', new ToolError('No such folder: x')],
    ['a message and a path', new ToolError('It could not be read.', { path: '.github/workflows' })],
    ['a message and a place', new ToolError('It makes no sense.', { path: 'a.yml', line: 3, column: 1 })],
    ['a mistake of ours', new TypeError('x is not a function')],
  ];

  test.each(errors)('%s', (_, error) => {
    expect(schemaErrors(errorReport(error))).toEqual([]);
  });
});

describe('the schema refuses', () => {
  const report = reportOf(SOURCES, UNKNOWN);
  const [firstWorkflow] = report.workflows;
  const [firstJob] = firstWorkflow!.jobs;
  const [firstGrant] = firstJob!.grants;
  const withWorkflow = (changes: object) => ({ ...report, workflows: [{ ...firstWorkflow, ...changes }] });
  const withJob = (changes: object) => withWorkflow({ jobs: [{ ...firstJob, ...changes }] });
  const withGrant = (changes: object) => withJob({ grants: [{ ...firstGrant, ...changes }] });

  const wrong: Readonly<Record<string, object>> = {
    'another version of the format': { ...report, schemaVersion: 2 },
    'a report without workflows': { ...report, workflows: undefined },
    'a report that says `error` without an error': { ...report, result: 'error' },
    'an error without a message': { ...errorReport(new ToolError('x')), error: {} },
    'a line without a path': { ...errorReport(new ToolError('x')), error: { message: 'x', line: 1 } },
    'an outcome that is none': withWorkflow({ outcome: 'fine' }),
    'a workflow that GitHub refuses without a problem': withWorkflow({ outcome: 'invalid' }),
    'a job that has a block which stands nowhere': withJob({ declared: {} }),
    'a job that calls a workflow and has a token': withJob({ uses: './.github/workflows/a.yml' }),
    'a permission spelt as in a log': withGrant({ permissions: { metadata: 'read', PullRequests: 'read' } }),
    'the level none': withGrant({ permissions: { metadata: 'read', contents: 'none' } }),
    'a token without metadata': withGrant({ permissions: {} }),
    'permissions of a job that does not run': withGrant({ status: 'not-run' }),
    'a doubt that is not told': withGrant({ confidence: 'medium' }),
    'an origin in a block that stands nowhere': withGrant({
      origins: { metadata: { from: 'always' }, contents: { from: 'job' } },
    }),
  };

  test.each(Object.entries(wrong))('%s', (_, changed) => {
    expect(schemaErrors(changed)).not.toEqual([]);
  });

  test('nothing that was added', () => {
    expect(schemaErrors({ ...withGrant({ added: 1 }), added: 1 })).toEqual([]);
  });
});
