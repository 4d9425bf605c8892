import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { cannotWrite, writeChanges, type FileToWrite } from '../../../src/edge/fix/write-changes.ts';
import { ToolError } from '../../../src/edge/tool-error.ts';
import { bytesOf } from '../../helpers/checking.ts';
import { addFiles, temporaryFolder } from '../temporary-folder.ts';

const onlyPosix = process.platform === 'win32' ? test.skip : test;
const FOLDER = '.github/workflows';
const [CI, DEPLOY] = [`${FOLDER}/ci.yml`, `${FOLDER}/deploy.yml`];

function change(name: string): FileToWrite {
  return { path: name, before: bytesOf('before'), after: bytesOf('after') };
}

/** A folder with both files, and what is in its folder of workflows later. */
function folderOf(): { readonly folder: string; readonly now: () => Readonly<Record<string, string>> } {
  const folder = temporaryFolder({ [CI]: 'before', [DEPLOY]: 'before' });
  const workflows = path.join(folder, FOLDER);
  const now = () =>
    Object.fromEntries(readdirSync(workflows).map((name) => [name, readFileSync(path.join(workflows, name), 'utf8')]));
  return { folder, now };
}

const UNCHANGED = { 'ci.yml': 'before', 'deploy.yml': 'before' };

describe('changes', () => {
  test('are written, and leave nothing else behind', () => {
    const { folder, now } = folderOf();
    writeChanges(folder, [change(CI), change(DEPLOY)]);
    expect(now()).toEqual({ 'ci.yml': 'after', 'deploy.yml': 'after' });
  });

  onlyPosix('keep who may read, write and run the file', () => {
    const { folder } = folderOf();
    chmodSync(path.join(folder, CI), 0o640);
    writeChanges(folder, [change(CI)]);
    expect(statSync(path.join(folder, CI)).mode & 0o777).toBe(0o640);
  });

  test('are all left out when the disk is full, and the old files stay whole', () => {
    const { folder, now } = folderOf();
    let count = 0;
    const full = {
      write: (file: string, bytes: Uint8Array) => {
        count++;
        writeFileSync(file, count > 1 ? bytes.subarray(0, 2) : bytes);
        if (count > 1) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      },
    };
    expect(() => writeChanges(folder, [change(CI), change(DEPLOY)], full)).toThrow(
      new ToolError(`${DEPLOY} was not written. The system says ENOSPC.`),
    );
    expect(now()).toEqual(UNCHANGED);
  });

  test('are all left out when a file was changed since it was read', () => {
    const { folder, now } = folderOf();
    addFiles(folder, { [DEPLOY]: 'else' });
    expect(() => writeChanges(folder, [change(CI), change(DEPLOY)])).toThrow(
      `${DEPLOY} was not written. It was changed`,
    );
    expect(now()).toEqual({ ...UNCHANGED, 'deploy.yml': 'else' });
  });

  test('are all left out when a file is changed while they are written', () => {
    const { folder, now } = folderOf();
    const disk = {
      write: (file: string, bytes: Uint8Array) => {
        writeFileSync(file, bytes);
        addFiles(folder, { [CI]: 'else' });
      },
    };
    expect(() => writeChanges(folder, [change(CI)], disk)).toThrow('It was changed');
    expect(now()).toEqual({ ...UNCHANGED, 'ci.yml': 'else' });
  });

  test('of a file that is gone are left out', () => {
    const { folder, now } = folderOf();
    rmSync(path.join(folder, CI));
    expect(() => writeChanges(folder, [change(CI)])).toThrow('ENOENT');
    expect(now()).toEqual({ 'deploy.yml': 'before' });
  });
});

describe('a file is not written', () => {
  test.each([
    ['.github/other.yml'],
    ['.github/workflows/../../x.yml'],
    ['.github/workflows/sub/x.yml'],
    ['/etc/passwd'],
    ['.github/workflows/..'],
    ['ci.yml'],
  ])('outside of the folder of workflows: %s', (name) => {
    expect(cannotWrite(folderOf().folder, name)).toMatch(/^Only files in/);
  });

  test('that is a folder', () => {
    const { folder } = folderOf();
    mkdirSync(path.join(folder, FOLDER, 'x.yml'));
    expect(cannotWrite(folder, `${FOLDER}/x.yml`)).toBe('This is not a regular file.');
  });

  onlyPosix('that a link stands for, or that lies behind one', () => {
    const { folder } = folderOf();
    symlinkSync('ci.yml', path.join(folder, FOLDER, 'link.yml'));
    expect(cannotWrite(folder, `${FOLDER}/link.yml`)).toMatch(/symbolic link/);
    expect(() => writeChanges(folder, [change(`${FOLDER}/link.yml`)])).toThrow('symbolic link');
    expect(lstatSync(path.join(folder, FOLDER, 'link.yml')).isSymbolicLink()).toBe(true);

    const other = temporaryFolder({ 'real/ci.yml': 'before', '.github/x': '' });
    symlinkSync('../real', path.join(other, FOLDER));
    expect(cannotWrite(other, CI)).toMatch(/symbolic link/);
  });

  test('and any other is', () => {
    expect(cannotWrite(folderOf().folder, CI)).toBeNull();
  });
});
