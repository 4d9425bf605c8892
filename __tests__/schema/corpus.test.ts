import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from '@jest/globals';

import { checkWithCalls } from '../../src/check.ts';
import { calledFileReader } from '../../src/edge/called/called-file-reader.ts';
import { readWorkflowFiles } from '../../src/edge/files/workflow-files.ts';
import { UNKNOWN } from '../helpers/checking.ts';
import { SETTINGS } from './settings.ts';
import { schemaErrors } from './validate.ts';

/** Workflow files of public repositories. They are no part of this one: without them there is nothing to test here. */
const CORPUS = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const INDEX = `${CORPUS}index.json`;

const describeCorpus = existsSync(INDEX) ? describe : describe.skip;

describeCorpus('the schema describes the reports of public repositories', () => {
  const repositories = existsSync(INDEX)
    ? (JSON.parse(readFileSync(INDEX, 'utf8')) as readonly { readonly repository: string }[])
    : [];
  const sources = repositories.map(({ repository }) => {
    const [owner = '', name = ''] = repository.split('/');
    return { repository: { owner, name }, files: readWorkflowFiles(`${CORPUS}${repository}`) };
  });
  const read = calledFileReader({
    own: null,
    repositories: existsSync(INDEX) ? CORPUS : null,
    offline: '--offline',
    server: { kind: 'none', reason: '' },
    cacheFolder: null,
  });

  test('all of them were found', () => {
    expect(sources.filter(({ files }) => files.length > 0).length).toBeGreaterThan(200);
  });

  // Every repository with nothing known, which gives the most rows; and one in so many with each of the settings.
  const cases = Object.values(SETTINGS);
  test.each(['with nothing known', 'with other settings'])('%s', async (which) => {
    const errors: string[] = [];
    for (const [index, { repository, files }] of sources.entries()) {
      const settings = which === 'with nothing known' ? UNKNOWN : (cases[index % cases.length] ?? UNKNOWN);
      const options = { toolVersion: '1.2.3', failOn: 'error' } as const;
      const report = await checkWithCalls(files, { ...settings, repository }, options, read);
      errors.push(...schemaErrors(report).map((error) => `${repository.owner}/${repository.name}: ${error}`));
    }
    expect(errors).toEqual([]);
  });
});
