import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import type { WorkflowSource } from '../../src/model/source.ts';
import { readWorkflowFilesAt } from '../../src/edge/git/workflow-files-at.ts';
import { addFiles, temporaryFolder, WORKFLOW } from './temporary-folder.ts';

const onlyPosix = process.platform === 'win32' ? test.skip : test;
const PERSON = ['-c', 'user.name=Mona', '-c', 'user.email=mona@example.com', '-c', 'commit.gpgsign=false'];

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', [...PERSON, '-c', 'core.autocrlf=false', ...args], { cwd: folder, encoding: 'utf8' });
}

/** A repository whose branch `main` has these files, and nothing of them in the folder. */
function repository(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder(files);
  git(folder, 'init', '-q', '-b', 'main');
  return commit(folder);
}

function commit(folder: string): string {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'x');
  return folder;
}

async function outcomes(folder: string, ref = 'main'): Promise<Record<string, string>> {
  const sources: WorkflowSource[] = await readWorkflowFilesAt(folder, ref, true);
  return Object.fromEntries(
    sources.map((source) => [source.path, 'error' in source ? source.error : Buffer.from(source.bytes).toString()]),
  );
}

describe('the files of a ref', () => {
  test('are read as they are there, not as the folder has them', async () => {
    const folder = repository({
      '.github/workflows/b.yaml': '',
      '.github/workflows/a.yml': WORKFLOW,
      '.github/workflows/copy.yml': WORKFLOW,
      '.github/workflows/readme.md': '',
      '.github/workflows/folder.yml/x.yml': '',
      'x.yml': '',
    });
    git(folder, 'tag', 'v1');
    addFiles(folder, { '.github/workflows/a.yml': 'changed', '.github/workflows/new.yml': '' });
    const before = {
      '.github/workflows/a.yml': WORKFLOW,
      '.github/workflows/b.yaml': '',
      '.github/workflows/copy.yml': WORKFLOW,
    };
    for (const ref of ['main', 'HEAD', 'v1', 'refs/heads/main', git(folder, 'rev-parse', 'HEAD').trim()]) {
      expect(await outcomes(folder, ref)).toEqual(before);
    }
    commit(folder);
    expect(await outcomes(folder, 'main~1')).toEqual(before);
    expect(await outcomes(folder)).toMatchObject({ '.github/workflows/a.yml': 'changed' });
  });

  test('are those below the folder that was given, or of a bare repository', async () => {
    const folder = repository({ '.github/workflows/outer.yml': '', 'sub/.github/workflows/inner.yml': '', 'no/x': '' });
    expect(await outcomes(path.join(folder, 'sub'))).toEqual({ '.github/workflows/inner.yml': '' });
    expect(await outcomes(path.join(folder, 'no'))).toEqual({});
    const bare = temporaryFolder();
    git(bare, 'clone', '-q', '--bare', folder, '.');
    expect(await outcomes(bare)).toEqual({ '.github/workflows/outer.yml': '' });
  });

  test('no file, too many bytes, bytes that are no text', async () => {
    const folder = repository({ x: '' });
    expect(await outcomes(folder)).toEqual({});
    addFiles(folder, {
      '.github/workflows/big.yml': Buffer.alloc(1_048_577),
      '.github/workflows/bytes.yml': Uint8Array.of(0xff, 0x0a, 0x00),
      '.github/workflows/full.yml': Buffer.alloc(1_048_576),
    });
    commit(folder);
    const sources = await readWorkflowFilesAt(folder, 'main', false);
    expect(sources.map((source) => ('bytes' in source ? source.bytes.length : source.error))).toEqual([
      1_048_577, 3, 1_048_576,
    ]);
    expect(sources[1]).toEqual({ path: '.github/workflows/bytes.yml', bytes: Buffer.of(0xff, 0x0a, 0x00) });
  });

  onlyPosix('links and submodules are no files; odd names survive', async () => {
    const folder = repository({ '.github/workflows/a.yml': '', '.github/workflows/new\nline "x".yml': 'odd' });
    symlinkSync('a.yml', path.join(folder, '.github/workflows/link.yml'));
    commit(folder);
    const head = git(folder, 'rev-parse', 'HEAD').trim();
    git(folder, 'update-index', '--add', '--cacheinfo', `160000,${head},.github/workflows/module.yml`);
    git(folder, 'commit', '-q', '-m', 'x');
    expect(await outcomes(folder)).toEqual({
      '.github/workflows/a.yml': '',
      '.github/workflows/link.yml': 'This is a symbolic link, which GitHub does not follow. Put the file itself here.',
      '.github/workflows/module.yml': 'This is a submodule, not a file. Put the file itself here.',
      '.github/workflows/new\nline "x".yml': 'odd',
    });
  });

  onlyPosix.each(['.github', '.github/workflows'])('%s is a link', async (link) => {
    const folder = repository({ 'shared/a.yml': '', '.github/x': '' });
    rmSync(path.join(folder, link), { recursive: true, force: true });
    symlinkSync('shared', path.join(folder, link));
    commit(folder);
    expect(Object.keys(await outcomes(folder))).toEqual([link]);
  });

  test('an object that is missing concerns its file alone', async () => {
    const folder = repository({ '.github/workflows/a.yml': 'a', '.github/workflows/b.yml': 'b' });
    const object = git(folder, 'rev-parse', 'HEAD:.github/workflows/a.yml').trim();
    rmSync(path.join(folder, '.git', 'objects', object.slice(0, 2), object.slice(2)), { force: true });
    expect(await outcomes(folder)).toEqual({
      '.github/workflows/a.yml': 'Git does not have this file. Fetch it first.',
      '.github/workflows/b.yml': 'b',
    });
  });
});

describe('errors', () => {
  test.each(['nowhere', 'main:x', 'HEAD^2', 'refs/heads/--help'])('no ref %s', async (ref) => {
    const folder = repository({ x: '' });
    await expect(readWorkflowFilesAt(folder, ref, true)).rejects.toThrow(
      `The repository has no ref ${ref}. Fetch it first, or name a branch, a tag or a commit that is there.`,
    );
  });

  test('no repository', async () => {
    await expect(readWorkflowFilesAt(temporaryFolder(), 'main', true)).rejects.toThrow(
      /^Git could not look up main in .*: not a git repository/,
    );
  });

  test('no git', async () => {
    const before = process.env.PATH;
    process.env.PATH = temporaryFolder();
    try {
      await expect(readWorkflowFilesAt(temporaryFolder(), 'main', true)).rejects.toThrow('no program "git" was found');
    } finally {
      process.env.PATH = before;
    }
  });

  test('a repository that the environment names is not taken', async () => {
    const other = repository({ '.github/workflows/other.yml': '' });
    const folder = repository({ '.github/workflows/mine.yml': '' });
    process.env.GIT_DIR = path.join(other, '.git');
    try {
      expect(await outcomes(folder)).toEqual({ '.github/workflows/mine.yml': '' });
    } finally {
      delete process.env.GIT_DIR;
    }
  });
});
