import { describe, expect, test } from '@jest/globals';

import type { FailedAudit } from '../../src/model/audit.ts';
import type { SinceFacts } from '../../src/organization/facts.ts';
import { sinceFacts } from '../../src/organization/since.ts';
import { PATH, workflow } from '../helpers/checking.ts';
import { auditOf, factsOf, linesOf, TOOL, type Organization } from '../helpers/organization.ts';

const KNOWN = { 'octo-org/a': { default: 'read', visibility: 'public' } } as const;

async function between(before: Organization, after: Organization): Promise<SinceFacts> {
  return sinceFacts(factsOf(await linesOf(before, KNOWN)), factsOf(await linesOf(after, KNOWN)));
}

/** What a change of one file gives, in short. */
async function changes(before: string, after: string): Promise<readonly string[]> {
  const { jobs } = await between({ 'octo-org/a': { [PATH]: before } }, { 'octo-org/a': { [PATH]: after } });
  return jobs.map(({ kind, job, events, actors, permissions }) => {
    const levels = permissions.map((one) => `${one.permission} ${one.before}-${one.after}`).join(' ');
    return `${kind} ${job ?? '(file)'} on ${events.join(' ')} by ${actors.join(' ')}: ${levels}`;
  });
}

describe('since the last audit', () => {
  test('nothing is different from itself', async () => {
    const organization = {
      'octo-org/a': { [PATH]: workflow('[push, pull_request, issues]', 'write-all') },
      'octo-org/b': {},
    };
    const facts = factsOf(await linesOf(organization));
    expect(sinceFacts(facts, facts)).toEqual({ new: [], gone: [], notCompared: [], jobs: [], findings: [] });
  });

  test.each([
    ['{contents: read}', '{contents: write}', ['raised build on push by repository: contents read-write']],
    ['{contents: write}', '{contents: read}', ['lowered build on push by repository: contents write-read']],
    [
      '{contents: read, issues: write}',
      '{contents: write}',
      [
        'raised build on push by repository: contents read-write',
        'lowered build on push by repository: issues write-none',
      ],
    ],
    ['{contents: read}', '{contents: read}', []],
  ])('a job gets something else: %s, then %s', async (before, after, expected) => {
    expect(await changes(workflow('push', before), workflow('push', after))).toEqual(expected);
  });

  test('what forks do not get is no change of theirs', async () => {
    const [before, after] = ['{contents: read}', '{contents: write}'].map((one) =>
      workflow('[push, pull_request]', one),
    );
    expect(await changes(before!, after!)).toEqual([
      'raised build on push pull_request by repository: contents read-write',
    ]);
  });

  test('a job comes or goes', async () => {
    const two = `${workflow('push', '{contents: read}')}  more:\n    runs-on: x\n`;
    expect(await changes(workflow('push', '{contents: read}'), two)).toEqual([
      'new more on push by repository: contents none-read',
    ]);
    expect(await changes(two, workflow('push', '{contents: read}'))).toEqual([
      'removed more on push by repository: contents read-none',
    ]);
  });

  test('outsiders can start it, or no longer', async () => {
    const [inside, outside] = ['push', '[push, issue_comment]'].map((on) => workflow(on, '{contents: write}'));
    expect(await changes(inside!, outside!)).toEqual([
      'reachable-by-outsiders build on issue_comment by repository: contents none-write',
    ]);
    expect(await changes(outside!, inside!)).toEqual([
      'no-longer-reachable build on issue_comment by repository: contents write-none',
    ]);
    const guarded = workflow('[push, issue_comment]', '{contents: write}', "    if: github.event_name == 'push'\n");
    expect(await changes(guarded, outside!)).toHaveLength(1);
  });

  test('a workflow does not start any more, or starts again', async () => {
    const broken = workflow('push', '{contents: admin}');
    expect(await changes(workflow('push', '{}'), broken)).toEqual(['starts-to-fail (file) on push by repository: ']);
    expect(await changes(broken, workflow('push', '{}'))).toEqual(['stops-failing (file) on push by repository: ']);
  });

  test('a shared workflow asks its callers for more', async () => {
    const [before, after] = ['{contents: read}', '{contents: write}'].map((one) => workflow('workflow_call', one));
    expect((await changes(before!, after!))[0]).toBe(
      'contract-raised (file) on workflow_call by repository: contents read-write',
    );
  });

  test('repositories and findings come and go', async () => {
    const none = workflow('push');
    const some = workflow('push', '{}');
    const {
      new: come,
      gone,
      findings,
    } = await between(
      { 'octo-org/a': { [PATH]: none }, 'octo-org/old': { [PATH]: none } },
      { 'octo-org/a': { [PATH]: some }, 'octo-org/young': { [PATH]: none } },
    );
    expect([come, gone]).toEqual([['octo-org/young'], ['octo-org/old']]);
    expect(findings.map(({ kind, repository, rule }) => [kind, repository, rule])).toEqual([
      ['mended', 'octo-org/a', 'missing-permissions'],
    ]);
  });

  test('what one audit could not read is not compared', async () => {
    const lines = await linesOf({ 'octo-org/a': { [PATH]: workflow('push', 'write-all') } });
    const failed: FailedAudit = {
      schemaVersion: 1,
      tool: TOOL,
      result: 'error',
      error: { message: '403' },
      audit: auditOf('octo-org/a', 'not-read'),
    };
    for (const [before, after] of [[lines, [failed]] as const, [[failed], lines] as const]) {
      const since = sinceFacts(factsOf(before), factsOf(after));
      expect(since).toEqual({ new: [], gone: [], notCompared: ['octo-org/a'], jobs: [], findings: [] });
    }
  });
});
