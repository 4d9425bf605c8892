import { expect, test } from '@jest/globals';

import { auditPage } from '../../src/organization/audit-page.ts';
import { unpack } from '../../src/organization/packed.ts';
import { madeFacts } from '../helpers/audit-facts.ts';

const FACTS = madeFacts({ repositories: 3, workflows: 1, jobs: 1 });
const BUILT = '<script type="application/json">{{facts}}</script>';

test('the facts stand in the page, and no text in them ends their element', () => {
  const hostile = `</script><!--<script>$&$1{{facts}}\u2028\u2029\ud800\0`;
  const [first] = FACTS.repositories;
  const facts = { ...FACTS, repositories: [{ ...first!, repository: hostile, reason: hostile }] };
  const html = auditPage(BUILT, facts);
  const [, json = '', rest] = /^<script type="application\/json">([^<\u2028\u2029]*)<\/script>(.*)$/s.exec(html) ?? [];
  expect(rest).toBe('');
  expect(unpack(JSON.parse(json))).toEqual(facts);
});

test('the same facts give the same bytes', () => {
  const again = madeFacts({ repositories: 3, workflows: 1, jobs: 1 });
  expect(auditPage(BUILT, again)).toBe(auditPage(BUILT, FACTS));
});

test.each(['', 'no place', '{{facts}} {{facts}}'])('a file that is no such page is refused: %j', (built) => {
  expect(() => auditPage(built, FACTS)).toThrow('This is no page of an audit.');
});
