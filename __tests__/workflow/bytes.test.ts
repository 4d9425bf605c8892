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
      { permission: 'contents', level: 'read', position: { line: 3, column: 3 }, comment: null },
    ]);
    expect(workflow.jobs[0]?.position).toEqual({ line: 5, column: 3 });
    expect(sentences(read(bytesOf(WRONG.replaceAll('\n', ending))).problems)).toEqual([
      "3:3 Unexpected value 'metadata'",
    ]);
  });
});

describe('bytes', () => {
  test('a byte order mark is no part of the text', () => {
    const { workflow, problems } = read(new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf(VALID)]));
    expect(problems).toEqual([]);
    expect(workflow.triggers[0]?.position).toEqual({ line: 1, column: 5 });
    expect(sentences(read(new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf('permissions: none\n')])).problems)[0]).toBe(
      "1:14 Unexpected value 'none'",
    );
  });

  test('columns count characters, whatever their bytes', () => {
    expect(sentences(read(bytesOf(`on: { push: null, "ü€": null }\n${JOBS}`)).problems)).toEqual([
      "1:19 Unexpected value 'ü€'",
    ]);
    expect(sentences(read(bytesOf(`on: push\nenv: { Ü: "€", ü: a }\n${JOBS}`)).problems)).toEqual([
      "2:16 'ü' is already defined",
    ]);
  });

  const LATIN = new Uint8Array([...bytesOf('on: push\nname: caf'), 0xe9, ...bytesOf(`\n${JOBS}`)]);

  test('that are no UTF-8 are replaced and reported, and the file is read all the same', () => {
    const { workflow, problems } = read(LATIN);
    expect(workflow.name).toBe('caf\uFFFD');
    expect(workflow.jobs).toHaveLength(1);
    expect(problems).toEqual([
      {
        code: 'encoding',
        message: 'The file is not UTF-8: bytes that cannot be read were taken as U+FFFD',
        hint: 'Save the file as UTF-8.',
        line: 2,
        column: 10,
      },
    ]);
  });

  test('are reported beside what GitHub says about the file', () => {
    const text = new Uint8Array([...LATIN, ...bytesOf('permissions: none\n')]);
    expect(read(text).problems.map(({ code, line }) => [code, line])).toEqual([
      ['encoding', 2],
      ['unexpected-value', 8],
    ]);
  });

  test('a text may have a replacement character of its own', () => {
    expect(read(bytesOf(`on: push\nname: "\uFFFD"\n${JOBS}`)).problems).toEqual([]);
  });

  test.each([
    ['nothing', []],
    ['a byte order mark alone', [0xef, 0xbb, 0xbf]],
    ['zeros', [0, 0, 0, 0]],
    ['UTF-16', [0xff, 0xfe, 0x6f, 0, 0x6e, 0]],
    ['noise', Array.from({ length: 512 }, (_, index) => (index * 197) % 256)],
  ])('%s is no workflow', (_, bytes) => {
    expect(read(new Uint8Array(bytes)).problems.filter(({ code }) => code !== 'encoding')).not.toEqual([]);
  });
});

describe('several files', () => {
  test('with the same text are read once, and each keeps its path', () => {
    const bytes = bytesOf(WRONG);
    const [a, b] = readFiles([
      { path: 'a.yml', bytes },
      { path: 'b.yml', bytes },
    ]);
    expect([a?.path, b?.path]).toEqual(['a.yml', 'b.yml']);
    expect(a?.workflow).toBe(b?.workflow);
    expect(a?.problems).toEqual(b?.problems);
  });

  test('with the same text but for its bytes are not the same', () => {
    const [a, b] = readFiles([
      { path: 'a.yml', bytes: bytesOf(`${VALID}# \uFFFD\n`) },
      { path: 'b.yml', bytes: new Uint8Array([...bytesOf(`${VALID}# `), 0xff, 0x0a]) },
    ]);
    expect([a?.problems.length, b?.problems.length]).toEqual([0, 1]);
  });

  test('one that cannot be read says why', () => {
    const [file] = readFiles([{ path, error: 'EACCES: permission denied' }]);
    expect(file?.problems).toEqual([{ code: 'unreadable', message: 'EACCES: permission denied', line: 1, column: 1 }]);
    expect(file?.workflow).toMatchObject({ name: null, triggers: [], permissions: null, call: null, jobs: [] });
  });
});
