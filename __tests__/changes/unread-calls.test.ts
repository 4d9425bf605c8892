import { brief } from '../helpers/comparing.ts';
import { tellsBothWays } from './both-ways.ts';
import { calling, CI, DEPLOY, file, job, KNOWN, LIB, ON_CREATE, ON_PUSH, READ, remote, WRITE } from './written.ts';

const BOTH = 'permissions: { contents: write, issues: write }';
const OWNER = "if: github.event.comment.author_association == 'OWNER'";
const issues = job('c', ['permissions: { issues: write }']);
/** A call of the repository's own file, which has these jobs, and one that nobody can read. */
const read = (jobs: readonly string[], on = 'push', more: readonly string[] = []) => ({
  [CI]: file(on, calling('build', DEPLOY, [BOTH, ...more])),
  [DEPLOY]: file('workflow_call', ...jobs),
});
const unread = (on = 'push', more: readonly string[] = []) => ({
  [CI]: file(on, calling('build', remote('v3'), [BOTH, ...more])),
  [DEPLOY]: file('workflow_call', job('b', [READ])),
});
const rest = { [DEPLOY]: file('workflow_call', job('b', [READ])) };

/** A call that one side could not read is compared with the most that any of the jobs gets to which it leads. */
tellsBothWays(
  [
    [
      'two jobs',
      { ...read([job('b', [READ]), issues]) },
      unread(),
      [
        'becomes-unknown ci/build push repository+dependabot at most contents:read>write',
        'contract-lowered deploy workflow_call repository issues:write>none',
      ],
      [
        'becomes-known ci/build push repository+dependabot at most contents:write>read',
        'contract-raised deploy workflow_call repository issues:none>write',
      ],
    ],
    [
      'two jobs, one of which runs',
      read([job('b', [READ, ON_PUSH]), job('c', [BOTH, ON_CREATE])], '[push, create]'),
      unread('[push, create]'),
      [
        'becomes-unknown ci/build push repository+dependabot at most contents:read>write issues:none>write',
        'becomes-unknown ci/build create repository+dependabot at most',
        'contract-lowered deploy workflow_call repository contents:write>read issues:write>none',
      ],
      [
        'becomes-known ci/build push repository+dependabot at most contents:write>read issues:write>none',
        'becomes-known ci/build create repository+dependabot at most',
        'contract-raised deploy workflow_call repository contents:read>write issues:none>write',
      ],
    ],
    [
      'two jobs, none of which runs',
      read([job('b', [BOTH, ON_CREATE]), job('c', [READ, ON_CREATE])]),
      unread(),
      [
        'raised ci/build push repository+dependabot at most contents:none>write issues:none>write',
        'contract-lowered deploy workflow_call repository contents:write>read issues:write>none',
      ],
      [
        'lowered ci/build push repository+dependabot at most contents:write>none issues:write>none',
        'contract-raised deploy workflow_call repository contents:read>write issues:none>write',
      ],
    ],
    [
      'a job, and a call that was not read',
      read([job('b', [READ]), calling('mid', remote('v4'), [READ])]),
      unread(),
      ['raised ci/build push repository+dependabot at most contents:read>write issues:none>write'],
      ['lowered ci/build push repository+dependabot at most contents:write>read issues:write>none'],
    ],
    [
      'two jobs, one of which outsiders can start',
      read([job('b', [READ, OWNER]), issues], 'issue_comment'),
      unread('issue_comment'),
      [
        'becomes-unknown ci/build issue_comment repository+dependabot outsiders at most contents:read>write',
        'contract-lowered deploy workflow_call repository issues:write>none',
      ],
      [
        'becomes-known ci/build issue_comment repository+dependabot outsiders at most contents:write>read',
        'contract-raised deploy workflow_call repository issues:none>write',
      ],
    ],
    [
      'two jobs, none of which outsiders can start',
      read([job('b', [READ]), issues], 'issue_comment', [OWNER]),
      unread('issue_comment'),
      [
        'reachable-by-outsiders ci/build issue_comment repository+dependabot outsiders at most contents:none>write issues:none>write',
        'becomes-unknown ci/build issue_comment repository+dependabot at most',
        'contract-lowered deploy workflow_call repository issues:write>none',
      ],
      [
        'no-longer-reachable ci/build issue_comment repository+dependabot outsiders at most contents:write>none issues:write>none',
        'becomes-known ci/build issue_comment repository+dependabot at most',
        'contract-raised deploy workflow_call repository issues:none>write',
      ],
    ],
    [
      'jobs of other calls are none of its own',
      {
        [CI]: file('push', calling('build', DEPLOY, [READ]), calling('builder', LIB, [BOTH])),
        ...rest,
        [LIB]: file('workflow_call', issues),
      },
      {
        [CI]: file('push', calling('build', remote('v3'), [READ]), calling('builder', LIB, [BOTH])),
        ...rest,
        [LIB]: file('workflow_call', issues),
      },
      ['becomes-unknown ci/build push repository+dependabot at most'],
      ['becomes-known ci/build push repository+dependabot at most'],
    ],
    [
      'a job that is new beside it',
      unread(),
      { ...unread(), [CI]: unread()[CI] + issues },
      ['new ci/c push repository+dependabot issues:none>write'],
      ['removed ci/c push repository+dependabot issues:write>none'],
    ],
    [
      'the call is new',
      { [CI]: file('push', issues) },
      { [CI]: file('push', issues, calling('build', remote('v3'), [READ])) },
      ['new ci/build push repository+dependabot at most contents:none>read'],
      ['removed ci/build push repository+dependabot at most contents:read>none'],
    ],
    [
      'the call is new, and the caller',
      {},
      { [CI]: file('push', calling('build', remote('v3'), [READ])) },
      ['new ci/build push repository+dependabot at most contents:none>read'],
      ['removed ci/build push repository+dependabot at most contents:read>none'],
    ],
    [
      'outsiders reach the call',
      { [CI]: file('issue_comment', calling('build', remote('v3'), [READ, OWNER])) },
      { [CI]: file('issue_comment', calling('build', remote('v3'), [READ])) },
      ['reachable-by-outsiders ci/build issue_comment repository+dependabot outsiders at most contents:none>read'],
      ['no-longer-reachable ci/build issue_comment repository+dependabot outsiders at most contents:read>none'],
    ],
    [
      'of a file that nobody here calls',
      { [CI]: file('workflow_call', calling('build', LIB)), [LIB]: file('workflow_call', job('b', [READ]), job('c')) },
      { [CI]: file('workflow_call', calling('build', remote('v3'))) },
      ['becomes-unknown ci/build workflow_call repository'],
      ['becomes-known ci/build workflow_call repository'],
    ],
    [
      'of a file that nobody here calls, without a block',
      { [CI]: file('workflow_call', calling('build', LIB)), [LIB]: file('workflow_call', job('b'), job('c')) },
      { [CI]: file('workflow_call', calling('build', remote('v3'))), [LIB]: file('workflow_call', job('b'), job('c')) },
      [],
      [],
    ],
    [
      'a job of another call further down',
      { ...read([calling('mid', remote('v3'), [READ])]), [LIB]: file('workflow_call', job('b', [READ])) },
      {
        ...read([calling('mid', remote('v1'), [READ]), calling('low', LIB, [READ])]),
        [LIB]: file('workflow_call', job('b', [READ])),
      },
      [
        'becomes-known ci/build/mid push repository+dependabot at most',
        'new ci/build/low/b push repository+dependabot contents:none>read',
      ],
      [
        'becomes-unknown ci/build/mid push repository+dependabot at most',
        'removed ci/build/low/b push repository+dependabot contents:read>none',
      ],
    ],
    [
      'of a file that nobody here calls, with a block on one side',
      { [CI]: file('workflow_call', calling('build', LIB)), [LIB]: file('workflow_call', job('b'), job('c')) },
      {
        [CI]: file('workflow_call', calling('build', remote('v3'), [READ])),
        [LIB]: file('workflow_call', job('b'), job('c')),
      },
      [
        'contract-raised ci workflow_call repository contents:none>read',
        'becomes-known ci/build workflow_call repository at most',
      ],
      [
        'contract-lowered ci workflow_call repository contents:read>none',
        'becomes-unknown ci/build workflow_call repository at most',
      ],
    ],
    [
      'the call gets another name',
      { [CI]: file('push', calling('build', remote('v3'), [READ])) },
      { [CI]: file('push', calling('make', remote('v3'), [WRITE])) },
      ['raised ci/make from ci/build push repository+dependabot at most contents:read>write'],
      ['lowered ci/build from ci/make push repository+dependabot at most contents:write>read'],
    ],
  ],
  KNOWN,
  brief,
);
