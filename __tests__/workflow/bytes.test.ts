import { describe, expect, test } from '@jest/globals';

import { readFiles } from '../../src/workflow/read-files.ts';
import { JOBS, sentences } from '../helpers/reading.ts';

const path = '.github/workflows/ci.yml';
const VALID = `on: push\npermissions:\n  contents: read\n${JOBS}`;
const WRONG = VALID.replace('contents', 'metadata');

function read(bytes: Uint8Array) {
  const [file] = readFiles([{ path, bytes }]);
  return file!;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe('line endings', () => {
  test.each([
    ['line feeds', '\n'],
    ['carriage returns and line feeds', '\r\n'],
    ['carriage returns', '\r'],
  ])('%s', (_, ending) => {
    const { workflow, problems } = read(bytesOf(VALID.replaceAll('\n', ending)));
    expect(problems).toEqual([]);
    expect(workflow.permissions?.entries).toEqual([
      { permission: 'contents', level: 'read', position: { line: 3, column: 3 } },
    ]);
    expect(workflow.jobs[0]?.position).toEqual({ line: 5, column: 3 });
    expect(sentences(read(bytesOf(WRONG.replaceAll('\n', ending))).problems)).toEqual([
      "3:3 Unexpected value 'metadata'",
    ]);
  });
});
