import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import type { WorkflowSource } from '../../src/model/source.ts';
import { ToolError } from '../../src/edge/tool-error.ts';
import { isInRepository, listFolder, readWorkflowFiles } from '../../src/edge/files/workflow-files.ts';
import { withSlashes } from '../../src/edge/files/with-slashes.ts';
import { addFiles, temporaryFolder, WORKFLOW } from './temporary-folder.ts';

const isWindows = process.platform === 'win32';
const onlyPosix = isWindows ? test.skip : test;
/** Root may read everything. */
const onlyWithoutRights = isWindows || process.getuid?.() === 0 ? test.skip : test;

function workflows(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`.github/workflows/${name}`, WORKFLOW]));
}

/** What was found, by name: `ok` or the error's sentence. */
function outcomes(sources: readonly WorkflowSource[]): Record<string, string> {
  return Object.fromEntries(sources.map((source) => [source.path, 'error' in source ? source.error : 'ok']));
}

const LEADS_OUT = 'This symbolic link leads out of the repository, so it is not followed. Put the file itself here.';

describe('which files are read', () => {
  test('those with the right ending, directly in the folder, sorted by path', () => {
    const root = temporaryFolder({
      ...workflows('b.yml', 'a.yaml', 'Z.yml', 'a-b.yml', 'a.yml', '.yml', '.hidden.yml', 'deep/x.yml', 'é.yml'),
      ...workflows('readme.md', 'a.yml.bak', 'a.yml~', 'upper.YML', 'mixed.Yaml', 'yml'),
      '.github/dependabot.yml': '',
      'x.yml': '',
    });
    expect(readWorkflowFiles(root).map(({ path }) => path)).toEqual(
      ['.hidden.yml', '.yml', 'Z.yml', 'a-b.yml', 'a.yaml', 'a.yml', 'b.yml', 'é.yml'].map(
        (name) => `.github/workflows/${name}`,
      ),
    );
  });

  test('bytes come as they are: byte order mark, line ends, what is no UTF-8, nothing at all', () => {
    const contents = ['\ufeffon: push\r\n', '', Uint8Array.of(0xff, 0xfe, 0x00)].map((text) => Buffer.from(text));
    const names = contents.map((_, index) => `.github/workflows/${index}.yml`);
    const root = temporaryFolder(Object.fromEntries(contents.map((content, index) => [names[index] ?? '', content])));
    const found = readWorkflowFiles(root).map((source) => ('bytes' in source ? Buffer.from(source.bytes) : null));
    expect(found).toEqual(contents);
  });

  onlyPosix('odd names survive', () => {
    const names = ['new\nline.yml', 'back\\slash.yml', ' space .yml', '::error::x.yml', 'a\u202eb.yml', '-n.yml'];
    const root = temporaryFolder(workflows(...names));
    const sorted = names
      .map((name) => `.github/workflows/${name}`)
      .sort((a, b) => Buffer.from(a).compare(Buffer.from(b)));
    expect(outcomes(readWorkflowFiles(root))).toEqual(Object.fromEntries(sorted.map((name) => [name, 'ok'])));
  });

  (process.platform === 'linux' ? test : test.skip)('a name that is no UTF-8', () => {
    const root = temporaryFolder(workflows('a.yml'));
    const name = Buffer.concat([Buffer.from(`${root}/.github/workflows/`), Buffer.of(0xff), Buffer.from('.yml')]);
    execFileSync('cp', [path.join(root, '.github/workflows/a.yml'), 'x.yml'], { cwd: root });
    symlinkSync('../../x.yml', name);
    expect(outcomes(readWorkflowFiles(root))).toEqual({
      '.github/workflows/a.yml': 'ok',
      '.github/workflows/\ufffd.yml': 'ok',
    });
  });

  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['no folder of workflows', { '.github/dependabot.yml': '' }],
    ['a file where the folder should be', { '.github/workflows': '' }],
    ['a file named .github', { '.github': '' }],
    ['other files only', { '.github/workflows/readme.md': '' }],
  ])('%s: none', (_, files) => {
    expect(readWorkflowFiles(temporaryFolder(files))).toEqual([]);
  });
});

describe('what cannot be read hides nothing else', () => {
  test('a folder that is named like a file is none', () => {
    const root = temporaryFolder(workflows('a.yml', 'folder.yml/inner.yml'));
    expect(outcomes(readWorkflowFiles(root))).toEqual({ '.github/workflows/a.yml': 'ok' });
  });

  test('a file that is removed meanwhile, and a folder in its place', () => {
    const root = temporaryFolder(workflows('a.yml', 'b.yml', 'c.yml'));
    const found = readWorkflowFiles(root, (folder) => {
      const entries = listFolder(folder);
      for (const name of ['b.yml', 'c.yml']) rmSync(path.join(folder, name));
      mkdirSync(path.join(folder, 'c.yml'));
      return entries;
    });
    expect(outcomes(found)).toEqual({
      '.github/workflows/a.yml': 'ok',
      '.github/workflows/b.yml': 'The file is not there any more: it was removed while the folder was being read.',
      // Windows refuses to open a folder at all.
      '.github/workflows/c.yml': expect.stringMatching(/folder, not a file|may not be read/),
    });
  });

  onlyPosix('a FIFO that takes the place of a file is not waited for either', () => {
    const root = temporaryFolder(workflows('a.yml', 'b.yml'));
    const found = readWorkflowFiles(root, (folder) => {
      const entries = listFolder(folder);
      rmSync(path.join(folder, 'b.yml'));
      execFileSync('mkfifo', [path.join(folder, 'b.yml')]);
      return entries;
    });
    expect(Object.keys(outcomes(found))).toEqual(['.github/workflows/a.yml', '.github/workflows/b.yml']);
  });

  onlyPosix('a FIFO is not waited for', () => {
    const root = temporaryFolder(workflows('a.yml', 'z.yml'));
    execFileSync('mkfifo', [path.join(root, '.github/workflows/fifo.yml')]);
    symlinkSync('fifo.yml', path.join(root, '.github/workflows/link.yml'));
    expect(outcomes(readWorkflowFiles(root))).toEqual({
      '.github/workflows/a.yml': 'ok',
      '.github/workflows/fifo.yml': 'This is not a regular file, so it is not read.',
      '.github/workflows/link.yml': 'This is not a regular file, so it is not read.',
      '.github/workflows/z.yml': 'ok',
    });
  });

  onlyWithoutRights('a file without the right to read it', () => {
    const root = temporaryFolder(workflows('a.yml', 'secret.yml'));
    chmodSync(path.join(root, '.github/workflows/secret.yml'), 0);
    expect(outcomes(readWorkflowFiles(root))).toEqual({
      '.github/workflows/a.yml': 'ok',
      '.github/workflows/secret.yml': 'The file may not be read. Give the user that runs this the right to read it.',
    });
  });

  onlyWithoutRights('a folder without the right to list it is an error', () => {
    const root = temporaryFolder(workflows('a.yml'));
    const folder = path.join(root, '.github/workflows');
    chmodSync(folder, 0);
    try {
      expect(() => readWorkflowFiles(root)).toThrow(
        new ToolError('The folder .github/workflows could not be read (EACCES).'),
      );
    } finally {
      chmodSync(folder, 0o700);
    }
  });

  test.each([
    [1_048_576, 1_048_576],
    [1_048_577, 1_048_577],
    [3_000_000, 1_048_577],
  ])('of %d bytes, %d are read', (size, read) => {
    const root = temporaryFolder({ ...workflows('a.yml'), '.github/workflows/big.yml': Buffer.alloc(size, ' ') });
    const [small, big] = readWorkflowFiles(root);
    expect(small).toMatchObject({ bytes: Buffer.from(WORKFLOW) });
    expect(big && 'bytes' in big ? big.bytes.length : null).toBe(read);
  });
});

describe('symbolic links', () => {
  onlyPosix('are followed inside of the repository only', () => {
    const outside = temporaryFolder({ 'secret.yml': 'token: 1', 'repository-two/x.yml': '' });
    const root = temporaryFolder({
      ...workflows('a.yml'),
      'shared/x.yml': WORKFLOW,
      'shared/folder/x.yml': WORKFLOW,
      '.git/config': 'password',
    });
    const links: Record<string, string> = {
      'inside.yml': '../../shared/x.yml',
      'beside.yml': 'a.yml',
      'absolute.yml': path.join(root, 'shared/x.yml'),
      'folder.yml': '../../shared/folder',
      'outside.yml': path.join(outside, 'secret.yml'),
      'relative.yml': path.relative(path.join(root, '.github/workflows'), path.join(outside, 'secret.yml')),
      'system.yml': '/etc/passwd',
      'device.yml': '/dev/zero',
      'git.yml': '../../.git/config',
      'nowhere.yml': 'not-there.yml',
      'loop.yml': 'loop.yml',
    };
    for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(root, '.github/workflows', name));
    expect(outcomes(readWorkflowFiles(root))).toEqual(
      Object.fromEntries(
        [
          ['a', 'ok'],
          ['absolute', 'ok'],
          ['beside', 'ok'],
          ['device', LEADS_OUT],
          ['git', LEADS_OUT],
          ['inside', 'ok'],
          ['loop', 'This symbolic link leads nowhere.'],
          ['nowhere', 'This symbolic link leads nowhere.'],
          ['outside', LEADS_OUT],
          ['relative', LEADS_OUT],
          ['system', LEADS_OUT],
        ].map(([name, outcome]) => [`.github/workflows/${name}.yml`, outcome]),
      ),
    );
  });

  onlyPosix('a folder that is a link is followed inside of the repository only', () => {
    const root = temporaryFolder({ 'ci/workflows/a.yml': WORKFLOW });
    symlinkSync('ci', path.join(root, '.github'));
    expect(outcomes(readWorkflowFiles(root))).toEqual({ '.github/workflows/a.yml': 'ok' });

    const other = temporaryFolder({ 'x.yml': WORKFLOW });
    mkdirSync(path.join(other, '.github'));
    symlinkSync(path.join(root, 'ci/workflows'), path.join(other, '.github/workflows'));
    expect(readWorkflowFiles(other)).toEqual([
      { path: '.github/workflows', error: LEADS_OUT.replace('file', 'folder') },
    ]);
  });

  onlyPosix('the repository itself may be reached through a link', () => {
    const root = temporaryFolder(workflows('a.yml'));
    addFiles(root, { 'x.yml': WORKFLOW });
    symlinkSync('../../x.yml', path.join(root, '.github/workflows/link.yml'));
    const link = path.join(temporaryFolder(), 'link');
    symlinkSync(root, link);
    expect(Object.values(outcomes(readWorkflowFiles(link)))).toEqual(['ok', 'ok']);
  });

  test.each([
    ['/repo', '/repo/shared/x.yml', true],
    ['/repo', '/repo/..x/y.yml', true],
    ['/repo', '/repo', false],
    ['/repo', '/repository/x.yml', false],
    ['/repo', '/etc/passwd', false],
    ['/repo', '/repo/.git/config', false],
    ['/repo', '/repo/.GIT/config', false],
    ['/repo', '/repo/module/.git/config', false],
    ['/repo', '/repo/x.git/config', true],
    ['/repo', '/repo/.github/x.yml', true],
    ['/', '/etc/x.yml', true],
  ])('in %s, %s: %s', (root, file, inside) => {
    expect(isInRepository(root, file, path.posix)).toBe(inside);
  });

  test.each([
    ['C:\\repo', 'C:\\repo\\shared\\x.yml', true],
    ['C:\\repo', 'c:\\Repo\\x.yml', true],
    ['C:\\repo', 'C:\\repository\\x.yml', false],
    ['C:\\repo', 'D:\\repo\\x.yml', false],
    ['C:\\repo', '\\\\server\\share\\x.yml', false],
    ['C:\\repo', 'C:\\repo\\.git\\config', false],
    ['C:\\repo', 'C:\\x.yml', false],
    ['C:\\', 'C:\\x.yml', true],
  ])('on Windows, in %s, %s: %s', (root, file, inside) => {
    expect(isInRepository(root, file, path.win32)).toBe(inside);
  });
});

describe('the folder itself', () => {
  test('must be there', () => {
    const missing = path.join(temporaryFolder(), 'missing');
    expect(() => readWorkflowFiles(missing)).toThrow(new ToolError(`No such folder: ${withSlashes(missing)}`));
  });

  test('must be a folder', () => {
    const file = path.join(temporaryFolder({ file: '' }), 'file');
    expect(() => readWorkflowFiles(file)).toThrow(
      new ToolError(`${withSlashes(file)} is a file; give the folder of a repository's checkout.`),
    );
    expect(() => readWorkflowFiles(path.join(file, 'below'))).toThrow('No such folder: ');
  });
});

test('three thousand files are read', () => {
  const root = temporaryFolder(workflows(...Array.from({ length: 3000 }, (_, index) => `${index}.yml`)));
  expect(readWorkflowFiles(root)).toHaveLength(3000);
});
