import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { parseGitConfig } from '../../src/edge/git/git-config.ts';
import { findCheckout } from '../../src/edge/git/git-folder.ts';
import { gitHubHosts, repositoryFromRemote, repositoryFromUrl } from '../../src/edge/git/git-remote.ts';
import { addFiles, temporaryFolder } from './temporary-folder.ts';

const GITHUB_ONLY = gitHubHosts({}, false);

function nameFrom(url: string, hosts = GITHUB_ONLY): string | null {
  const name = repositoryFromUrl(url, hosts);
  return name === null ? null : `${name.owner}/${name.name}`;
}

describe('the URL of a remote', () => {
  test.each([
    ['https://github.com/octo-org/octo-repo', 'octo-org/octo-repo'],
    ['https://github.com/octo-org/octo-repo.git', 'octo-org/octo-repo'],
    ['https://github.com/octo-org/octo-repo/', 'octo-org/octo-repo'],
    ['https://www.github.com/octo-org/octo-repo', 'octo-org/octo-repo'],
    ['https://GitHub.com/octo-org/Octo-Repo.git', 'octo-org/Octo-Repo'],
    ['https://x-access-token:secret@github.com/octo-org/octo-repo', 'octo-org/octo-repo'],
    ['http://github.com/octo-org/octo-repo', 'octo-org/octo-repo'],
    ['git://github.com/octo-org/octo-repo.git', 'octo-org/octo-repo'],
    ['git@github.com:octo-org/octo-repo.git', 'octo-org/octo-repo'],
    ['git@github.com:octo-org/octo-repo', 'octo-org/octo-repo'],
    ['git@github.com:/octo-org/octo-repo.git', 'octo-org/octo-repo'],
    ['org-1234@github.com:octo-org/octo-repo.git', 'octo-org/octo-repo'],
    ['github.com:octo-org/octo-repo.git', 'octo-org/octo-repo'],
    ['ssh://git@github.com/octo-org/octo-repo.git', 'octo-org/octo-repo'],
    ['ssh://git@github.com:22/octo-org/octo-repo.git', 'octo-org/octo-repo'],
    ['ssh://git@ssh.github.com:443/octo-org/octo-repo.git', 'octo-org/octo-repo'],
    ['git+ssh://git@github.com/octo-org/octo-repo.git', 'octo-org/octo-repo'],
    ['git@octocorp.ghe.com:octo-org/octo-repo.git', 'octo-org/octo-repo'],
    ['https://github.com/octo-org/.github.git', 'octo-org/.github'],
    ['https://github.com/octo-org/octo.git.git', 'octo-org/octo.git'],
    ['  https://github.com/octo-org/octo-repo\n', 'octo-org/octo-repo'],
    ['https://gitlab.com/octo-org/octo-repo', null],
    ['https://github.com.evil.example/octo-org/octo-repo', null],
    ['https://evil.example/github.com/octo-org', null],
    ['git@evil.example:octo-org/octo-repo.git', null],
    ['https://gist.github.com/octo-org/0123456789', null],
    ['https://github.com/octo-org', null],
    ['https://github.com/octo-org/octo-repo/tree/main', null],
    ['https://github.com/octo-org/..', null],
    ['file:///home/mona/octo-org/octo-repo', null],
    ['/home/mona/octo-repo.git', null],
    ['../octo-repo', null],
    ['C:\\octo-org\\octo-repo', null],
    ['C:/octo-org/octo-repo', null],
    ['ext::sh -c evil', null],
    ['', null],
  ])('%j', (url, name) => {
    expect(nameFrom(url)).toBe(name);
  });

  test.each([
    ['GITHUB_SERVER_URL', 'https://ghes.example'],
    ['GITHUB_SERVER_URL', 'https://ghes.example:8443'],
    ['GH_HOST', 'ghes.example'],
    ['GH_HOST', 'GHES.example'],
  ])('a server that the environment names: %s=%s', (variable, value) => {
    const hosts = gitHubHosts({ [variable]: value }, false);
    expect(nameFrom('git@ghes.example:octo-org/octo-repo.git', hosts)).toBe('octo-org/octo-repo');
    expect(nameFrom('ssh://git@ghes.example:122/octo-org/octo-repo.git', hosts)).toBe('octo-org/octo-repo');
    expect(nameFrom('https://github.com/octo-org/octo-repo', hosts)).toBe('octo-org/octo-repo');
    expect(nameFrom('https://other.example/octo-org/octo-repo', hosts)).toBeNull();
  });

  test('any server, for who says that it is one', () => {
    expect(nameFrom('https://other.example/octo-org/octo-repo', gitHubHosts({}, true))).toBe('octo-org/octo-repo');
  });

  test('a malformed environment is passed over', () => {
    const hosts = gitHubHosts({ GITHUB_SERVER_URL: 'https://', GH_HOST: '' }, false);
    expect(nameFrom('https:///octo-org/octo-repo', hosts)).toBeNull();
  });
});

test('a git configuration', () => {
  const text = [
    '# comment',
    '; comment',
    '[core]',
    '\tbare = false',
    '\tRepositoryFormatVersion=0',
    '[remote "origin"] # comment',
    '\turl = https://github.com/octo-org/octo-repo.git ; comment',
    '\tfetch = "+refs/heads/*:refs/remotes/origin/*"',
    '[remote "a \\"b\\" \\\\ c"] url = "x # y; z  "  ',
    '[alias]',
    '\tlong = one \\',
    'two',
    '\tescaped = a\\tb\\\\c\\"d',
    '\tflag',
    'nonsense [ ] =',
    '[section.Sub]',
    'key=value',
  ].join('\r\n');
  expect(parseGitConfig(text).map((entry) => Object.values(entry))).toEqual([
    ['core', '', 'bare', 'false'],
    ['core', '', 'repositoryformatversion', '0'],
    ['remote', 'origin', 'url', 'https://github.com/octo-org/octo-repo.git'],
    ['remote', 'origin', 'fetch', '+refs/heads/*:refs/remotes/origin/*'],
    ['remote', 'a "b" \\ c', 'url', 'x # y; z  '],
    ['alias', '', 'long', 'one two'],
    ['alias', '', 'escaped', 'a\tb\\c"d'],
    ['alias', '', 'flag', 'true'],
    ['section.sub', '', 'key', 'value'],
  ]);
});

describe('the repository of a checkout', () => {
  const remote = (name: string, repository: string): string =>
    `[remote "${name}"]\n\turl = git@github.com:octo-org/${repository}.git\n`;

  function nameOf(folder: string): string | null {
    const checkout = findCheckout(folder);
    const name = checkout === null ? null : repositoryFromRemote(checkout, GITHUB_ONLY);
    return name === null ? null : `${name.owner}/${name.name}`;
  }

  test.each([
    ['origin, else', remote('upstream', 'up') + remote('origin', 'mine'), 'octo-org/mine'],
    ['the only one', remote('upstream', 'up'), 'octo-org/up'],
    ['none of several', remote('one', 'one') + remote('two', 'two'), null],
    ['none', '[core]\n\tbare = false\n', null],
    ['the first URL', `${remote('origin', 'one')}\turl = git@github.com:octo-org/two.git\n`, 'octo-org/one'],
  ])('%s', (_, config, name) => {
    expect(nameOf(temporaryFolder({ '.git/config': config }))).toBe(name);
  });

  test('a folder below the root', () => {
    const root = temporaryFolder({ '.git/config': remote('origin', 'mine'), 'a/b/c': '' });
    expect(findCheckout(path.join(root, 'a', 'b'))).toEqual({ root, commonFolder: path.join(root, '.git') });
  });

  test('a submodule, whose .git is a file', () => {
    const root = temporaryFolder({
      '.git/config': remote('origin', 'outer'),
      '.git/modules/inner/config': remote('origin', 'inner'),
      'inner/.git': 'gitdir: ../.git/modules/inner\n',
    });
    expect(nameOf(path.join(root, 'inner'))).toBe('octo-org/inner');
  });

  test('a worktree, which shares the configuration', () => {
    const main = temporaryFolder({
      '.git/config': remote('origin', 'mine'),
      '.git/worktrees/wt/commondir': '../..\n',
      '.git/worktrees/wt/HEAD': 'ref: refs/heads/topic\n',
    });
    const worktree = temporaryFolder();
    addFiles(worktree, { '.git': `gitdir: ${path.join(main, '.git', 'worktrees', 'wt')}\r\n` });
    expect(nameOf(worktree)).toBe('octo-org/mine');
  });

  test('no checkout, a .git that is none, and one without configuration', () => {
    expect(nameOf(temporaryFolder({ '.git': 'nonsense' }))).toBeNull();
    expect(nameOf(temporaryFolder({ '.git/HEAD': '' }))).toBeNull();
    expect(nameOf(path.join(temporaryFolder(), 'not', 'there'))).toBeNull();
  });
});
