import { describe, expect, test } from '@jest/globals';

import { madeFacts } from '../helpers/audit-facts.ts';
import { addressIn, hashOf } from '../../site/src/audit/address.ts';
import { askedIn, askedText } from '../../site/src/audit/ask-field.ts';
import { addressOnGitHub } from '../../site/src/audit/github-address.ts';

const COMMIT = '8f4b7f84864484a7bf31766abe9204da3cbe65b3';
const FACTS = {
  ...madeFacts({ repositories: 1, workflows: 1, jobs: 1 }).repositories[0]!,
  repository: 'octo/app',
  commit: COMMIT,
};

describe('the address of the page', () => {
  test.each([
    ['jobs', '', {}],
    ['jobs', '', { q: 'a b&c=d#?/', sort: '-repository', page: '2' }],
    ['repository', 'octo/app/release/1', { part: 'patch' }],
    ['repository', 'octo/\u202e%41?x=1#', {}],
  ])('says what is shown, there and back: %s %s %j', (view, of, chosen) => {
    expect(addressIn(hashOf(view, of, chosen))).toEqual({ view, of, chosen });
  });

  test('is short, and says nothing of what is not chosen', () => {
    expect(hashOf('jobs', '', { q: '', page: '' })).toBe('#jobs');
    expect(hashOf('repository', 'octo/app')).toBe('#repository/octo/app');
  });

  test('is read whatever somebody wrote', () => {
    expect(addressIn('')).toEqual({ view: '', of: '', chosen: {} });
    expect(addressIn('#%E0%A4%A/%zz?%E0%A4%A=1')).toMatchObject({ view: '%E0%A4%A', of: '%zz' });
  });
});

describe('the address of a line on GitHub', () => {
  test('is at the commit that was read, or at the ref of a file of another repository', () => {
    const blob = `https://github.com/octo/app/blob/${COMMIT}`;
    expect(addressOnGitHub(FACTS, '.github/workflows/ci.yml', 3)).toBe(`${blob}/.github/workflows/ci.yml#L3`);
    expect(addressOnGitHub(FACTS, '.github/workflows/a@b c#?.yml', 3)).toBe(
      `${blob}/.github/workflows/a%40b%20c%23%3F.yml#L3`,
    );
    expect(addressOnGitHub(FACTS, 'octo/shared/.github/workflows/x.yml@release/1', 7)).toBe(
      'https://github.com/octo/shared/blob/release/1/.github/workflows/x.yml#L7',
    );
    expect(addressOnGitHub(FACTS)).toBe('https://github.com/octo/app');
  });

  test('is none on another server, without a commit, and for what is no repository', () => {
    expect(addressOnGitHub({ ...FACTS, platform: '3.17' }, 'a.yml', 1)).toBe(null);
    expect(addressOnGitHub({ ...FACTS, commit: null }, 'a.yml', 1)).toBe(null);
    expect(addressOnGitHub({ ...FACTS, repository: 'octo/app/../x' })).toBe(null);
    expect(addressOnGitHub({ ...FACTS, repository: 'javascript:alert(1)' })).toBe(null);
  });
});

describe('what a workflow might ask for', () => {
  test('is read from an address, there and back', () => {
    expect(askedIn('packages: write')).toEqual({ packages: 'write' });
    expect(askedIn('contents: read, packages: write')).toEqual({ contents: 'read', packages: 'write' });
    expect(askedText({ contents: 'read', packages: 'write' })).toBe('contents: read, packages: write');
  });

  test.each([
    '',
    'packages',
    'packages: all',
    'models: write',
    'metadata: read',
    'x: write',
    'packages: write,',
    '__proto__: read',
  ])('is nothing where no workflow can ask for it: %j', (asked) => {
    expect(askedIn(asked)).toBe(null);
  });
});
