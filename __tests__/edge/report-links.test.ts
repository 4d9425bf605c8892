import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, test } from '@jest/globals';

import { reportLinks } from '../../src/edge/command-line/report-links.ts';
import { temporaryFolder } from './temporary-folder.ts';

const look = { width: 80, color: true, links: true, isTerminal: true };

test('links lead to the folder, and to the pages beside the program that runs', () => {
  const root = temporaryFolder({ 'dist/cli/index.js': '', 'docs/rules/x.md': '' });
  const folder = temporaryFolder();
  const script = path.join(root, 'dist/cli/index.js');
  const links = { files: `${pathToFileURL(folder).href}/`, hasLines: false, home: pathToFileURL(root).href };
  expect(reportLinks(folder, { env: {}, look, script })).toEqual(links);
  if (process.platform !== 'win32') {
    symlinkSync(script, path.join(folder, 'effective-permissions'));
    expect(reportLinks(folder, { env: {}, look, script: path.join(folder, 'effective-permissions') })).toEqual(links);
  }
});

test('an installed package has no pages', () => {
  const script = path.join(temporaryFolder({ 'dist/cli/index.js': '' }), 'dist/cli/index.js');
  expect(reportLinks(temporaryFolder(), { env: {}, look, script })?.home).toBeNull();
  expect(reportLinks(temporaryFolder(), { env: {}, look, script: '/gone' })?.home).toBeNull();
});

test('the editor opens what its terminal shows, at the line', () => {
  const links = reportLinks('/home/me', { env: { TERM_PROGRAM: 'vscode' }, look, script: null });
  expect(links).toMatchObject({ files: expect.stringMatching(/^vscode:\/\/file\/.*home\/me\/$/), hasLines: true });
});

test('where there are to be none, there are none', () => {
  expect(reportLinks('/home/me', { env: {}, look: { ...look, links: false }, script: null })).toBeNull();
});
