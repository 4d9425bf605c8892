import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import schema from '../../verify.schema.json' with { type: 'json' };
import { workflow } from '../helpers/checking.ts';
import { logText } from '../observed/logs.ts';
import { verify } from '../observed/verifying.ts';

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
addFormats.default(ajv);
const isValid = ajv.compile(schema);

const BLOCK = workflow('[push, pull_request]', '{ contents: write }');
const LOG = logText(['Contents: write', 'Galaxies: write', 'Metadata: read']);
const REFUSED = `on: push\npermissions: { contents: wrong }\njobs:\n  build:\n    runs-on: x\n`;

const verifications = [
  verify(BLOCK, LOG),
  verify(BLOCK, LOG, { event: 'pull_request', actor: 'fork', visibility: 'public' }),
  verify(BLOCK, logText(['Issues: write', 'Metadata: read'], { date: null, name: null })),
  verify(workflow('push'), logText(['Contents: read', 'Metadata: read', 'Packages: read'])),
  verify(workflow('push', 'write-all'), logText(['Metadata: read'], { date: '2026-07-10' })),
  verify(BLOCK, logText([], { name: 'other' })),
  verify(REFUSED, LOG),
];

test.each(verifications)('the schema describes what is printed: $result, $reason', (verification) => {
  const printed: unknown = JSON.parse(JSON.stringify(verification));
  expect([isValid(printed), isValid.errors]).toEqual([true, null]);
});

test('the schema names every field and nothing else', () => {
  const { Log, Run, Compared } = schema.$defs;
  for (const { logs, compared, runs, ...rest } of verifications) {
    const fields = [...Object.keys(schema.properties), ...Object.keys(Log.properties)];
    expect(Object.keys({ ...rest, logs, compared, runs }).sort()).toEqual([...fields].sort());
    for (const log of logs) expect(Object.keys(log).sort()).toEqual(Object.keys(Log.properties).sort());
    for (const one of compared) {
      expect(Object.keys(one).sort()).toEqual(Object.keys(Compared.properties).sort());
      expect(Object.keys(Compared.properties.origin.properties)).toEqual(
        expect.arrayContaining(Object.keys(one.origin ?? {})),
      );
    }
    for (const run of runs) expect(Object.keys(Run.properties)).toEqual(expect.arrayContaining(Object.keys(run)));
  }
});

test.each([
  ['a field is missing', ({ granted: _, ...rest }: Record<string, unknown>) => rest],
  ['a level that is none', (all: Record<string, unknown>) => ({ ...all, granted: { contents: 'admin' } })],
  ['a log that lacks a field', (all: Record<string, unknown>) => ({ ...all, logs: [{}] })],
])('the schema refuses it when %s', (_, change) => {
  expect(isValid(change(JSON.parse(JSON.stringify(verifications[0]))))).toBe(false);
});
