import { describe, expect, test } from '@jest/globals';

import { heldByEvent, heldWrites, reachedByOutsiders } from '../../src/organization/held.ts';
import { jobOf, PATH, workflow, type Known } from '../helpers/checking.ts';
import { factsOf, linesOf } from '../helpers/organization.ts';

/** The events of each row that outsiders can cause. */
function reached(text: string, known: Known = {}): readonly (readonly string[])[] {
  return jobOf(text, known).grants.map(({ byOutsiders = [] }) => byOutsiders);
}

const WRITE = '{contents: write}';
const PUBLIC: Known = { visibility: 'public' };

describe('a row says which of its events outsiders can cause', () => {
  test('and no others', () => {
    expect(reached(workflow('[push, issue_comment, issues]', WRITE), PUBLIC)).toEqual([['issue_comment', 'issues']]);
    expect(reached(workflow('[push, schedule, workflow_dispatch]', WRITE), PUBLIC)).toEqual([[]]);
  });

  test('unless a condition keeps them out', () => {
    const guard = "    if: github.event.comment.author_association == 'MEMBER'\n";
    expect(reached(workflow('issue_comment', WRITE, guard), PUBLIC)).toEqual([[]]);
  });

  test('with the activity types that they can cause', () => {
    expect(reached(workflow('{issues: {types: [labeled]}}', WRITE), PUBLIC)).toEqual([[]]);
  });

  test('a pull request from a fork counts where it gets a token that can write', () => {
    const text = workflow('pull_request', WRITE);
    expect(reached(text, PUBLIC).flat()).toEqual([]);
    expect(reached(text, { visibility: 'private', forks: 'read' }).flat()).toEqual([]);
    expect(reached(text, { visibility: 'private', forks: 'write' }).flat()).toEqual(['pull_request']);
  });
});

describe('what jobs of all repositories can write', () => {
  const organization = {
    'octo-org/a': {
      [PATH]: workflow('[push, issue_comment]', '{contents: write, issues: write}'),
      '.github/workflows/called.yml': workflow('workflow_call', 'write-all'),
    },
    'octo-org/b': { [PATH]: workflow('push') },
    'octo-org/c': { [PATH]: workflow('push', '{}') },
  };

  test('is counted by permission, and what an unknown setting decides apart', async () => {
    const facts = factsOf(await linesOf(organization));
    const counts = heldWrites(facts).map(({ permission, ...count }) => [permission, count] as const);
    expect(Object.fromEntries(counts)).toMatchObject({
      contents: { jobs: 1, maybe: 1, repositories: 2, byOutsiders: 1 },
      issues: { jobs: 1, maybe: 1, repositories: 2, byOutsiders: 1 },
      packages: { jobs: 0, maybe: 1, repositories: 1, byOutsiders: 0 },
    });
    expect(counts[0]?.[0]).toBe('contents');
  });

  test('is counted by event, those that outsiders cause first', async () => {
    const events = heldByEvent(factsOf(await linesOf(organization)));
    expect(events.map(({ event, jobs, maybe, byOutsiders }) => [event, jobs, maybe, byOutsiders])).toEqual([
      ['issue_comment', 1, 0, true],
      ['push', 1, 1, false],
    ]);
  });

  test('is counted by event also where forks alone start a job', async () => {
    const forks = '    if: github.event.pull_request.head.repo.full_name != github.repository\n';
    const text = workflow('pull_request_target', WRITE, forks);
    const events = heldByEvent(factsOf(await linesOf({ 'octo-org/a': { [PATH]: text } })));
    expect(events.map(({ event, jobs, byOutsiders }) => [event, jobs, byOutsiders])).toEqual([
      ['pull_request_target', 1, true],
    ]);
  });

  test('is told of the jobs that outsiders start', async () => {
    const jobs = reachedByOutsiders(factsOf(await linesOf(organization)));
    expect(jobs.map(({ facts, job, events, writes }) => [facts.repository, job.job, events, writes])).toEqual([
      ['octo-org/a', 'build', ['issue_comment'], ['contents', 'issues']],
    ]);
  });
});
