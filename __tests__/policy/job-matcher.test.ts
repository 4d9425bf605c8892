import { describe, expect, test } from '@jest/globals';

import type { JobMatcher } from '../../src/model/policy.ts';
import { matchesJob } from '../../src/policy/job-matcher.ts';

const RELEASE = '.github/workflows/release.yml';
const CALLED = 'octo-org/shared/.github/workflows/publish.yml@v1';

/** A job of a called workflow. */
const NESTED = { workflow: RELEASE, job: ['publish', 'npm'], definedIn: CALLED };
const TOP = { workflow: RELEASE, job: ['publish'], definedIn: RELEASE };
const FILE = { workflow: RELEASE, job: null, definedIn: RELEASE };

function matched(matcher: Partial<JobMatcher>): readonly string[] {
  const whole = { workflows: null, jobs: null, called: null, ...matcher };
  const all = { nested: NESTED, top: TOP, file: FILE };
  return Object.entries(all).flatMap(([name, one]) => (matchesJob(whole, one) ? [name] : []));
}

describe('an entry is about', () => {
  test.each<[Partial<JobMatcher>, readonly string[]]>([
    [{}, ['nested', 'top', 'file']],
    [{ workflows: ['release.yml'] }, ['nested', 'top', 'file']],
    [{ workflows: [RELEASE] }, ['nested', 'top', 'file']],
    [{ workflows: ['*'] }, ['nested', 'top', 'file']],
    [{ workflows: ['publish.yml'] }, []],
    [{ workflows: ['workflows/release.yml'] }, []],
    [{ jobs: ['publish'] }, ['top']],
    [{ jobs: ['npm'] }, []],
    [{ jobs: ['publish/npm'] }, ['nested']],
    [{ jobs: ['publish/*'] }, ['nested']],
    [{ jobs: ['*'] }, ['top']],
    [{ jobs: ['**'] }, ['nested', 'top']],
    [{ called: [CALLED] }, ['nested']],
    [{ called: ['octo-org/**'] }, ['nested']],
    [{ called: [RELEASE] }, ['top', 'file']],
    [{ jobs: ['x', 'publish'] }, ['top']],
    [{ workflows: ['release.yml'], jobs: ['**'], called: ['octo-org/**'] }, ['nested']],
    [{ workflows: ['other.yml'], jobs: ['**'] }, []],
    [{ jobs: [] }, []],
  ])('%j', (matcher, names) => {
    expect(matched(matcher)).toEqual(names);
  });
});
