import { describe, expect, test } from '@jest/globals';

import { runContext, visibilityFromEvent } from '../../src/edge/action/run-context.ts';
import { outputColor, outputLinks, outputWidth } from '../../src/edge/command-line/terminal.ts';
import { toSettings } from '../../src/edge/settings.ts';
import { temporaryFolder } from './temporary-folder.ts';

test.each([
  ['{"repository":{"visibility":"public","private":false}}', 'public'],
  ['{"repository":{"visibility":"private","private":true}}', 'private'],
  ['{"repository":{"visibility":"internal","private":true}}', 'internal'],
  ['{"repository":{"visibility":"new","private":true}}', 'private'],
  ['{"repository":{"private":true}}', 'private'],
  ['{"repository":{"private":false}}', 'public'],
  ['{"repository":{"private":"false"}}', null],
  ['{"repository":{}}', null],
  ['{"repository":null}', null],
  ['{"schedule":"0 0 * * *"}', null],
  ['null', null],
  ['[]', null],
  ['"text"', null],
  ['{', null],
  ['', null],
])('the visibility in the event %s', (text, visibility) => {
  expect(visibilityFromEvent(text)).toBe(visibility);
});

describe('the environment of a run', () => {
  test('on github.com', () => {
    const folder = temporaryFolder({
      'event.json': '{"repository":{"visibility":"internal","default_branch":"trunk"}}',
    });
    const env = {
      GITHUB_WORKSPACE: folder,
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
      GITHUB_SHA: 'abc',
      GITHUB_API_URL: 'https://api.github.com/',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_EVENT_PATH: `${folder}/event.json`,
      GITHUB_STEP_SUMMARY: 'summary',
      GITHUB_ACTION_REPOSITORY: 'octo-org/effective-permissions',
      GITHUB_ACTION_REF: 'releases/v1',
    };
    expect(runContext(env)).toEqual({
      workspace: folder,
      repository: { owner: 'octo-org', name: 'octo-repo' },
      commit: 'abc',
      apiUrl: 'https://api.github.com',
      isOtherServer: false,
      visibility: 'internal',
      defaultBranch: 'trunk',
      summaryFile: 'summary',
      actionHome: 'https://github.com/octo-org/effective-permissions/blob/releases/v1',
      actionRepository: 'octo-org/effective-permissions',
      pullRequest: null,
      push: null,
    });
  });

  test('with nothing in it', () => {
    expect(runContext({ GITHUB_EVENT_PATH: '/not/there', GITHUB_SHA: '' })).toEqual({
      workspace: process.cwd(),
      repository: null,
      commit: null,
      apiUrl: 'https://api.github.com',
      isOtherServer: false,
      visibility: null,
      defaultBranch: null,
      summaryFile: null,
      actionHome: null,
      actionRepository: null,
      pullRequest: null,
      push: null,
    });
  });

  test.each([
    ['https://ghes.example', true],
    ['https://github.com.example', true],
    ['https://octocorp.ghe.com', false],
    ['nonsense', false],
  ])('whether %s is another server: %s', (url, other) => {
    expect(runContext({ GITHUB_SERVER_URL: url }).isOtherServer).toBe(other);
  });
});

describe('the settings', () => {
  const known = { repository: { owner: 'octo-org', name: 'octo-repo' }, visibility: 'internal' } as const;

  test('come from what is known', () => {
    expect(toSettings({}, known)).toEqual({
      platform: { kind: 'github.com' },
      ...known,
      defaultPermissions: { value: 'unknown', source: 'none' },
      forkPullRequests: 'unknown',
    });
    expect(toSettings({}, { repository: null, visibility: null })).toMatchObject({
      repository: null,
      visibility: 'unknown',
    });
  });

  test('come from what is given first', () => {
    const given = {
      repository: { owner: 'a', name: 'b' },
      visibility: 'unknown',
      defaultPermissions: 'unknown',
      forkPullRequests: 'off',
      ghes: { major: 3, minor: 17 },
    } as const;
    expect(toSettings(given, known)).toEqual({
      platform: { kind: 'ghes', version: { major: 3, minor: 17 } },
      repository: { owner: 'a', name: 'b' },
      visibility: 'unknown',
      defaultPermissions: { value: 'unknown', source: 'option' },
      forkPullRequests: 'off',
    });
  });
});

test.each([
  [{}, {}, 80],
  [{ isTTY: true, columns: 132 }, {}, 132],
  [{ isTTY: true, columns: 132 }, { COLUMNS: '100' }, 100],
  [{ columns: 132 }, {}, 80],
  [{}, { COLUMNS: '20' }, 40],
  [{}, { COLUMNS: '' }, 80],
  [{}, { COLUMNS: 'wide' }, 80],
  [{}, { COLUMNS: '-5' }, 80],
  [{ isTTY: true }, {}, 80],
])('the width of %j with %j', (stream, env, width) => {
  expect(outputWidth(stream, env)).toBe(width);
});

test.each([
  [{}, {}, false],
  [{ isTTY: true }, {}, true],
  [{ isTTY: true }, { TERM: 'dumb' }, false],
  [{ isTTY: true }, { NO_COLOR: '1' }, false],
  [{ isTTY: true }, { NO_COLOR: '' }, true],
  [{}, { FORCE_COLOR: '1' }, true],
  [{}, { FORCE_COLOR: '' }, false],
  [{ isTTY: true }, { FORCE_COLOR: '0' }, false],
  [{ isTTY: true }, { FORCE_COLOR: 'false' }, false],
  [{}, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  [{}, { FORCE_COLOR: '1', TERM: 'dumb' }, true],
])('colours on %j with %j', (stream, env, color) => {
  expect(outputColor(stream, env)).toBe(color);
});

test.each([
  [{ isTTY: true }, { TERM_PROGRAM: 'iTerm.app' }, true],
  [{ isTTY: true }, { TERM_PROGRAM: 'vscode' }, true],
  [{ isTTY: true }, { TERM: 'xterm-kitty' }, true],
  [{ isTTY: true }, { VTE_VERSION: '7600' }, true],
  [{ isTTY: true }, { VTE_VERSION: '5000' }, false],
  [{ isTTY: true }, { WT_SESSION: 'a' }, true],
  [{ isTTY: true }, { KONSOLE_VERSION: '220401' }, true],
  [{ isTTY: true }, { KONSOLE_VERSION: '190000' }, false],
  [{ isTTY: true }, { TERM: 'xterm-256color' }, false],
  [{ isTTY: true }, { TERM_PROGRAM: 'iTerm.app', TMUX: '/tmp/tmux' }, false],
  [{ isTTY: true }, { TERM_PROGRAM: 'vscode', CI: 'true' }, false],
  [{ isTTY: true }, { TERM: 'dumb', FORCE_HYPERLINK: '1' }, false],
  [{ isTTY: true }, { FORCE_HYPERLINK: '1' }, true],
  [{ isTTY: true }, { TERM_PROGRAM: 'vscode', FORCE_HYPERLINK: '0' }, false],
  [{}, { TERM_PROGRAM: 'iTerm.app' }, false],
  [{}, { FORCE_HYPERLINK: '1' }, false],
])('links on %j with %j', (stream, env, links) => {
  expect(outputLinks(stream, env)).toBe(links);
});
