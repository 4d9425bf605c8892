import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from '@jest/globals';

import { check } from '../../src/check.ts';
import { readWorkflowFiles } from '../../src/edge/workflow-files.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import { SETTINGS, UNKNOWN } from './settings.ts';
import { schemaErrors } from './validate.ts';

/** Workflow files of public repositories. They are no part of this one: without them there is nothing to test here. */
const CORPUS = new URL('../../../shared/corpus/', import.meta.url);
const INDEX = new URL('index.json', CORPUS);

const describeCorpus = existsSync(INDEX) ? describe : describe.skip;

describeCorpus('the schema describes the reports of public repositories', () => {
  const repositories = existsSync(INDEX)
    ? (JSON.parse(readFileSync(INDEX, 'utf8')) as readonly { readonly repository: string }[])
    : [];
  const sources = new Map<string, readonly WorkflowSource[]>(
    repositories.map(({ repository }) => [
      repository,
      readWorkflowFiles(fileURLToPath(new URL(`${repository}/`, CORPUS))),
    ]),
  );

  test('all of them were found', () => {
    expect([...sources.values()].filter((files) => files.length > 0).length).toBeGreaterThan(200);
  });

  // Every repository with nothing known, which gives the most rows; and one in so many with each of the settings.
  const cases = Object.values(SETTINGS);
  test.each(['with nothing known', 'with other settings'])('%s', (which) => {
    const errors = [...sources].flatMap(([repository, files], index) => {
      const settings = which === 'with nothing known' ? UNKNOWN : (cases[index % cases.length] ?? UNKNOWN);
      const [first] = schemaErrors(check(files, settings, { toolVersion: '1.2.3', failOn: 'error' }));
      return first === undefined ? [] : [`${repository}: ${first}`];
    });
    expect(errors).toEqual([]);
  });
});
