import { describe, expect, test } from '@jest/globals';

import type { StepNeed } from '../../src/model/needs.ts';
import type { Judging } from '../helpers/judging.ts';
import { block, CALLED, calling, CI, job, lacking, messages, use, using, workflow } from './lacking-uses.ts';

const FAILS = '`Resource not accessible by integration`';
const NONE = block({});

/** What is said of one job in a file. */
function said(
  on: string,
  lines: string,
  uses: Parameters<typeof using>[0][string],
  given: Judging = {},
): readonly string[] {
  return messages(lacking(workflow(on, lines, job('a')), using({ a: uses }), { visibility: 'public', ...given }));
}

describe('how it fails', () => {
  const git = (level: 'read' | 'write') =>
    level === 'write'
      ? '`remote: Permission to OWNER/NAME.git denied to github-actions[bot]`'
      : '`remote: Repository not found`';
  const REGISTRY = '`denied: installation not allowed to Write organization package`';
  const NO_TOKEN = 'there is no `ACTIONS_ID_TOKEN_REQUEST_URL`, by which it would ask for one';

  test.each<readonly [string, string, StepNeed['level'], string, string]>([
    ['issues', 'gh issue create', 'write', 'it writes an issue', FAILS],
    ['contents', 'gh release create', 'write', 'it creates a release', FAILS],
    ['contents', 'git clone', 'read', 'it reads the repository', git('read')],
    ['contents', 'git push', 'write', 'it writes to the repository', git('write')],
    ['contents', 'actions/checkout', 'read', 'it reads the repository', git('read')],
    ['contents', 'actions/checkout-all', 'read', 'it reads the repository', FAILS],
    ['contents', 'my/actions/checkout', 'read', 'it reads the repository', FAILS],
    ['contents', 'my git action', 'read', 'it reads the repository', FAILS],
    ['contents', 'octo/deploy', 'write', 'it pushes a commit', git('write')],
    ['contents', 'octo/deploy', 'write', 'git writes a commit', git('write')],
    ['contents', 'octo/deploy', 'write', 'it lets git write', FAILS],
    ['contents', 'octo/deploy', 'write', 'it gitifies', FAILS],
    ['issues', 'octo/deploy', 'write', 'it pushes a commit', FAILS],
    ['packages', 'docker push', 'write', 'it writes a package', REGISTRY],
    ['packages', 'podman push', 'write', 'it writes a package', REGISTRY],
    ['packages', 'buildah push', 'write', 'it writes a package', REGISTRY],
    ['packages', 'dockerize', 'write', 'it writes a package', FAILS],
    ['packages', 'my docker', 'write', 'it writes a package', FAILS],
    ['packages', 'npm publish', 'write', 'it writes a package', FAILS],
    ['packages', 'docker pull', 'read', 'it reads a package', FAILS],
    ['checks', 'docker push', 'write', 'it writes a check', FAILS],
    ['id-token', 'cosign sign', 'write', 'it signs', NO_TOKEN],
    ['id-token', 'git push', 'write', 'it pushes', NO_TOKEN],
  ])('%s for `%s` (%s), as %s', (permission, by, level, because, expected) => {
    expect(said('push', NONE, [use(permission, { by, level, because })])).toEqual([
      `\`${by}\` needs \`${permission}: ${level}\`, and the job 'a' gets no \`${permission}\`: ${expected}.`,
    ]);
  });
});

describe('what it needs', () => {
  test.each<readonly [StepNeed['subject'], string]>([
    ['known', '`issues: write`'],
    ['unknown', '`issues: write` (for a pull request `pull-requests: write`)'],
  ])('of an issue or a pull request that is %s', (subject, expected) => {
    const either = use('issues', { by: 'gh api', instead: ['pull-requests'], ...(subject && { subject }) });
    expect(said('push', NONE, [either])).toEqual([
      `\`gh api\` needs ${expected}, and the job 'a' gets no \`issues\`: ${FAILS}.`,
    ]);
  });
});

describe('who needs it', () => {
  const by = (name: string, line = 8) => use('issues', { by: name, line });
  test.each<readonly [readonly StepNeed[], string]>([
    [[by('gh x')], '`gh x` needs'],
    [[by('gh x'), by('gh x', 9)], '`gh x` needs'],
    [[by('gh x'), by('gh y', 9)], '`gh x` and 1 more use of the token need'],
    [[by('gh y', 7), by('gh x'), by('gh y', 9), by('gh z', 10)], '`gh y` and 2 more uses of the token need'],
  ])('%#', (uses, expected) => {
    expect(said('push', NONE, uses)).toEqual([
      `${expected} \`issues: write\`, and the job 'a' gets no \`issues\`: ${FAILS}.`,
    ]);
  });

  test('several permissions of one step, each with what there is of it', () => {
    const uses = [use('issues'), use('checks', { level: 'read' }), use('contents')];
    expect(said('push', block({ contents: 'read' }), uses)).toEqual([
      `\`Gh x\` needs \`issues: write\`, \`checks: read\` and \`contents: write\`, and the job 'a' gets no \`issues\`, no \`checks\` and \`contents: read\`: ${FAILS}.`.replace(
        'Gh',
        'gh',
      ),
    ]);
  });

  test.each([
    [2, "and the jobs 'j1 / inner' and 'j2 / inner' get"],
    [6, "and 6 jobs ('j1 / inner', 'j2 / inner', 'j3 / inner' and 3 more) get"],
  ])('jobs that are reached by %i calls', (count, expected) => {
    const ids = Array.from({ length: count }, (_, index) => `j${index + 1}`);
    const files = {
      [CI]: workflow('push', NONE, ...ids.map((id) => calling(id, `./${CALLED}`))),
      [CALLED]: workflow('workflow_call', '', job('inner')),
    };
    expect(messages(lacking(files, using({ inner: [use('issues', { path: CALLED })] })))).toEqual([
      `\`gh x\` needs \`issues: write\`, ${expected} no \`issues\`: ${FAILS}.`,
    ]);
  });

  test('a job whose name looks like a sentence is one', () => {
    const files = {
      [CI]: workflow('push', NONE, calling('the-jobs-7', `./${CALLED}`)),
      [CALLED]: workflow('workflow_call', '', job('inner')),
    };
    expect(messages(lacking(files, using({ inner: [use('issues', { path: CALLED })] })))).toEqual([
      `\`gh x\` needs \`issues: write\`, and the job 'the-jobs-7 / inner' gets no \`issues\`: ${FAILS}.`,
    ]);
  });
});

describe('what works in public repositories', () => {
  const reads = (name: string, more: Partial<StepNeed> = {}) =>
    use('contents', { by: name, level: 'read', publicRead: true, ...more });
  const PRIVATE = ' This holds only if the repository is private or internal.';
  const sentence = (name: string, id: string) =>
    `\`${name}\` needs \`contents: read\`, and the job '${id}' gets no \`contents\`: ${FAILS}.`;

  test.each<readonly [readonly string[], string]>([
    [['a', 'b', 'c'], ''],
    [['a', 'b', 'c', 'd'], ' The same holds for 1 more job.'],
    [['a', 'b', 'c', 'd', 'e'], ' The same holds for 2 more jobs.'],
  ])('is told in a few sentences: %j', (ids, rest) => {
    const uses = Object.fromEntries(ids.map((id) => [id, [reads(`gh ${id}`)]]));
    const text = workflow('push', NONE, ...ids.map((id) => job(id)));
    expect(messages(lacking(text, using(uses)))).toEqual([
      `${ids
        .slice(0, 3)
        .map((id) => sentence(`gh ${id}`, id))
        .join(' ')}${rest}${PRIVATE}`,
    ]);
  });

  test('in one sentence where it is the same', () => {
    const text = workflow('push', NONE, job('a'), job('b'));
    const uses = [reads('gh x')];
    expect(messages(lacking(text, using({ a: uses, b: uses })))).toEqual([
      `\`gh x\` needs \`contents: read\`, and the jobs 'a' and 'b' get no \`contents\`: ${FAILS}.${PRIVATE}`,
    ]);
  });

  test.each<readonly [readonly StepNeed[], string]>([
    [[reads('gh x', { tolerated: true })], ', and the job goes on without it'],
    [[reads('gh x', { tolerated: true }), reads('gh x', { line: 9 })], ''],
  ])('and is tolerated by all steps, or not: %#', (uses, end) => {
    expect(said('push', NONE, uses, { visibility: 'unknown' })).toEqual([
      `\`gh x\` needs \`contents: read\`, and the job 'a' gets no \`contents\`: ${FAILS}${end}.${PRIVATE}`,
    ]);
  });
});

describe('in which runs', () => {
  const needed = (runs: string, got = 'no `issues`', end = '') =>
    `\`gh x\` needs \`issues: write\`, and ${runs}${runs === '' ? '' : ' '}the job 'a' gets ${got}: ${FAILS}${end}.`;

  test('all of them', () => {
    expect(said('[push, pull_request]', NONE, [use('issues')])).toEqual([needed('')]);
    expect(said('push', NONE, [use('issues', { tolerated: true })])).toEqual([
      needed('', undefined, ', and the job goes on without it'),
    ]);
  });

  test('those of some events, which forks and Dependabot share', () => {
    const on = (...events: readonly string[]) => [use('issues', { when: { events } })];
    expect(said('[push, pull_request, schedule]', NONE, on('pull_request'))).toEqual([needed('on `pull_request`')]);
    expect(said('[push, pull_request, schedule]', NONE, on('push', 'schedule'))).toEqual([
      needed('on `push` and `schedule`'),
    ]);
  });

  test('all in which the job runs', () => {
    const text = (condition: string) => workflow('[push, pull_request]', NONE, job('a', `    if: ${condition}\n`));
    const found = (condition: string) =>
      messages(lacking(text(condition), using({ a: [use('issues')] }), { visibility: 'public' }));
    expect(found("github.event_name == 'push'")).toEqual([needed('')]);
    expect(
      found("github.event_name == 'push' || github.event.pull_request.head.repo.full_name != github.repository"),
    ).toEqual([needed('')]);
  });

  test('those of forks', () => {
    const on = '[pull_request, pull_request_review, push]';
    const got = '`issues: read`';
    expect(said('pull_request', block({ issues: 'write' }), [use('issues')])).toEqual([
      needed('on pull requests from forks', got),
    ]);
    expect(said(on, block({ issues: 'write' }), [use('issues')])).toEqual([
      needed('on pull requests from forks (`pull_request` and `pull_request_review`)', got),
    ]);
    expect(said('pull_request', block({ issues: 'write' }), [use('issues')], { visibility: 'unknown' })).toEqual([
      `${needed('on pull requests from forks', got)} A private repository can be set to start no such runs, or to give them write tokens.`,
    ]);
  });

  test('those of Dependabot', () => {
    const known: Judging = { default: 'write', visibility: 'private', forks: 'off' };
    const got = '`issues: read`';
    expect(said('pull_request', '', [use('issues')], known)).toEqual([needed('in runs that Dependabot starts', got)]);
    expect(said('[push, pull_request, schedule]', '', [use('issues')], known)).toEqual([
      needed('in runs that Dependabot starts (`push` and `pull_request`)', got),
    ]);
    expect(said('[push, pull_request]', '', [use('issues')], { default: 'write', visibility: 'unknown' })).toEqual([
      needed('in runs that Dependabot starts (`push` and `pull_request`)', got),
    ]);
    expect(said('[push, pull_request]', '', [use('issues')], { default: 'write', visibility: 'public' })).toEqual([
      needed('on pull requests from forks and in runs that Dependabot starts (`push` and `pull_request`)', got),
    ]);
  });

  test('of forks for certain, and of all under a setting', () => {
    expect(said('pull_request', '', [use('issues')])).toEqual([
      `${needed('on pull requests from forks and in runs that Dependabot starts', '`issues: read`')} In all other runs it is so if the repository's default is 'read'.`,
    ]);
  });
});
