import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

import { expect, test } from '@jest/globals';

import { DIST, ROOT } from './run-bundle.ts';

const listed = [
  ...readFileSync(path.join(DIST, 'licenses.txt'), 'utf8').matchAll(/^((?:@[\w.-]+\/)?[\w.-]+) (\d[\w.-]*) \((.+)\)$/gm),
].map(([, name = '', version = '', license = '']) => ({ name, version, license }));

/** The packages that run with our sources, by what these import. */
function imported(): readonly string[] {
  const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const texts = files.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(path.join(ROOT, 'src', file), 'utf8'));
  const specifiers = texts.flatMap((text) => [
    ...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^'.][^']*)'/gm),
    ...text.matchAll(/\bimport\('([^'.][^']*)'\)/g),
  ]);
  const names = specifiers.map(([, name = '']) => name).filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
  return [...new Set(names.map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)![0]))].sort();
}

test('dist/licenses.txt has each package that our sources import', () => {
  expect(imported()).toContain('yaml');
  expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining([...imported()]));
});

test('dist/licenses.txt has the versions that are installed, each under a license that lets it be passed on', () => {
  const { packages } = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  for (const { name, version, license } of listed) {
    const locked = Object.entries<{ version: string; integrity?: string }>(packages).filter(([folder]) =>
      folder.endsWith(`node_modules/${name}`),
    );
    expect([name, locked.map(([, entry]) => entry.version)]).toEqual([name, expect.arrayContaining([version])]);
    expect([name, locked.every(([, { integrity }]) => integrity?.startsWith('sha512-'))]).toEqual([name, true]);
    expect([name, license]).toEqual([name, expect.stringMatching(/^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD)$/)]);
  }
  expect(listed.length).toBeGreaterThan(15);
});
