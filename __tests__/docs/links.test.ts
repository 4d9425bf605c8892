import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const documents = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...['docs', 'bench'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];

/** A document without its code, in which nothing is a link or a heading. */
function textOf(document: string): string {
  const text = readFileSync(path.join(ROOT, document), 'utf8');
  return text.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]#]/g, ''));
}

/** The anchors that GitHub gives to headings. */
function anchorsOf(document: string): readonly string[] {
  return [...textOf(document).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

function isThere(document: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const found = file === '' ? document : path.posix.join(path.posix.dirname(document), file);
  if (!existsSync(path.join(ROOT, found))) return false;
  return anchor === undefined || anchorsOf(found).includes(anchor);
}

describe.each(documents)('the links of %s', (document) => {
  const text = textOf(document);
  const definitions = new Map([...text.matchAll(/^\[([^\]]+)\]: (\S+)$/gm)].map(([, name, target]) => [name, target]));
  const used = [...text.matchAll(/\]\[([^\]]+)\]/g)].map(([, name]) => name);

  test('lead to what is there', () => {
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const own = [...targets, ...definitions.values()].filter(
      (target) => target !== undefined && !target.startsWith('https://'),
    );
    expect(own.filter((target) => !isThere(document, target ?? ''))).toEqual([]);
  });

  test('that stand at the end are used, and the other way round', () => {
    expect([...new Set(used)].sort()).toEqual([...definitions.keys()].sort());
  });
});
