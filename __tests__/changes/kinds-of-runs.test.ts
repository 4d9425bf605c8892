import { brief } from '../helpers/comparing.ts';
import { tellsBothWays } from './both-ways.ts';
import { calling, CI, DEPLOY, file, job, KNOWN, LIB, READ, remote, WRITE } from './written.ts';

const OPENED = "if: github.event.action == 'opened'";
const NOT_BOT = "if: github.actor != 'dependabot[bot]'";
const OWNER = "if: github.event.comment.author_association == 'OWNER'";
const types = (names: string, ...events: readonly string[]) =>
  `{ ${events.map((event) => `${event}: { types: [${names}] }`).join(', ')} }`;
const BOTH = 'permissions: { issues: read, contents: read }';

tellsBothWays(
  [
    [
      'an activity type, by a condition',
      file(types('opened, labeled', 'issues'), job('a', [WRITE, OPENED])),
      file(types('opened, labeled', 'issues'), job('a', [WRITE])),
      ['raised ci/a issues[labeled] repository+dependabot contents:none>write'],
      ['lowered ci/a issues[labeled] repository+dependabot contents:write>none'],
    ],
    [
      'one of the activity types, of which the job gets more',
      file(types('opened, labeled', 'issues'), job('a', [READ, OPENED])),
      file(types('opened, labeled', 'issues'), job('a', [WRITE, OPENED])),
      ['raised ci/a issues[opened] repository+dependabot outsiders contents:read>write'],
      ['lowered ci/a issues[opened] repository+dependabot outsiders contents:write>read'],
    ],
    [
      'the same type of two events',
      file(types('opened', 'issues', 'pull_request_target'), job('a', [WRITE])),
      file(types('opened, labeled', 'issues', 'pull_request_target'), job('a', [WRITE])),
      [
        'raised ci/a issues[labeled] repository+dependabot contents:none>write',
        'raised ci/a pull_request_target[labeled] repository+fork+dependabot contents:none>write',
        'raised ci/a pull_request_target[labeled] dependabot own base contents:none>read',
      ],
      [
        'lowered ci/a issues[labeled] repository+dependabot contents:write>none',
        'lowered ci/a pull_request_target[labeled] repository+fork+dependabot contents:write>none',
        'lowered ci/a pull_request_target[labeled] dependabot own base contents:read>none',
      ],
    ],
    [
      'the same types of two events with the same actors',
      file(types('labeled', 'issues', 'discussion'), job('a', [WRITE])),
      file(types('labeled, unlabeled', 'issues', 'discussion'), job('a', [WRITE])),
      [
        'raised ci/a issues[unlabeled] repository+dependabot contents:none>write',
        'raised ci/a discussion[unlabeled] repository+dependabot contents:none>write',
      ],
      [
        'lowered ci/a issues[unlabeled] repository+dependabot contents:write>none',
        'lowered ci/a discussion[unlabeled] repository+dependabot contents:write>none',
      ],
    ],
    [
      'any type',
      file('issue_comment', job('a', [WRITE, OWNER])),
      file('issue_comment', job('a', [WRITE])),
      ['reachable-by-outsiders ci/a issue_comment repository+dependabot outsiders contents:none>write'],
      ['no-longer-reachable ci/a issue_comment repository+dependabot outsiders contents:write>none'],
    ],
    [
      'any type instead of one',
      file(types('created', 'issue_comment'), job('a', [WRITE, OWNER])),
      file('issue_comment', job('a', [WRITE])),
      [
        'reachable-by-outsiders ci/a issue_comment[*] repository+dependabot outsiders contents:none>write',
        'reachable-by-outsiders ci/a issue_comment[created] repository+dependabot outsiders contents:none>write',
      ],
      [
        'no-longer-reachable ci/a issue_comment[created] repository+dependabot outsiders contents:write>none',
        'no-longer-reachable ci/a issue_comment[*] repository+dependabot outsiders contents:write>none',
      ],
    ],
    [
      'all kinds of one event alike',
      file('pull_request_target', job('a', [READ])),
      file('pull_request_target', job('a', [WRITE])),
      ['raised ci/a pull_request_target repository+fork+dependabot outsiders contents:read>write'],
      ['lowered ci/a pull_request_target repository+fork+dependabot outsiders contents:write>read'],
    ],
    [
      'all, also on a base branch that Dependabot created',
      file('pull_request_target', job('a', ['permissions: {}'])),
      file('pull_request_target', job('a', [READ])),
      ['raised ci/a pull_request_target repository+fork+dependabot outsiders contents:none>read'],
      ['lowered ci/a pull_request_target repository+fork+dependabot outsiders contents:read>none'],
    ],
    [
      'a file of which no job runs is refused under its new name',
      { [CI]: file('push', job('a', ['if: false'])) },
      { [LIB]: file('[push, create]', job('a', ['if: false']), job('b', ['colour: red'])) },
      ['starts-to-fail lib from ci push+create repository'],
      ['stops-failing ci from lib push+create repository'],
    ],
    [
      'not those that Dependabot starts',
      file('pull_request_target', job('a', [READ, NOT_BOT])),
      file('pull_request_target', job('a', [WRITE, NOT_BOT])),
      ['raised ci/a pull_request_target repository+fork outsiders contents:read>write'],
      ['lowered ci/a pull_request_target repository+fork outsiders contents:write>read'],
    ],
    [
      'those that Dependabot starts alone',
      file('pull_request_target', job('a', [WRITE, NOT_BOT])),
      file('pull_request_target', job('a', [WRITE])),
      [
        'reachable-by-outsiders ci/a pull_request_target dependabot outsiders contents:none>write',
        'reachable-by-outsiders ci/a pull_request_target dependabot own base outsiders contents:none>read',
      ],
      [
        'no-longer-reachable ci/a pull_request_target dependabot outsiders contents:write>none',
        'no-longer-reachable ci/a pull_request_target dependabot own base outsiders contents:read>none',
      ],
    ],
    [
      'those on a base branch that Dependabot created',
      file('pull_request_target', job('a', [READ])),
      file('pull_request_target', job('a')),
      [
        'raised ci/a pull_request_target repository+fork+dependabot outsiders actions:none>write artifact-metadata:none>write attestations:none>write checks:none>write code-quality:none>write contents:read>write copilot-requests:none>write deployments:none>write discussions:none>write drives:none>write issues:none>write models:none>read packages:none>write pages:none>write pull-requests:none>write repository-projects:none>write security-events:none>write statuses:none>write vulnerability-alerts:none>read',
        'raised ci/a pull_request_target dependabot own base outsiders actions:none>read artifact-metadata:none>read attestations:none>read checks:none>read code-quality:none>read deployments:none>read discussions:none>read drives:none>read issues:none>read models:none>read packages:none>read pages:none>read pull-requests:none>read repository-projects:none>read security-events:none>read statuses:none>read vulnerability-alerts:none>read',
      ],
      [
        'lowered ci/a pull_request_target repository+fork+dependabot outsiders actions:write>none artifact-metadata:write>none attestations:write>none checks:write>none code-quality:write>none contents:write>read copilot-requests:write>none deployments:write>none discussions:write>none drives:write>none issues:write>none models:read>none packages:write>none pages:write>none pull-requests:write>none repository-projects:write>none security-events:write>none statuses:write>none vulnerability-alerts:read>none',
        'lowered ci/a pull_request_target dependabot own base outsiders actions:read>none artifact-metadata:read>none attestations:read>none checks:read>none code-quality:read>none deployments:read>none discussions:read>none drives:read>none issues:read>none models:read>none packages:read>none pages:read>none pull-requests:read>none repository-projects:read>none security-events:read>none statuses:read>none vulnerability-alerts:read>none',
      ],
    ],
    [
      'two permissions, by name',
      file('push', job('a', ['permissions: { pages: write }'])),
      file('push', job('a', ['permissions: { pages: write, issues: write, contents: read }'])),
      ['raised ci/a push repository+dependabot contents:none>read issues:none>write'],
      ['lowered ci/a push repository+dependabot contents:read>none issues:write>none'],
    ],
    [
      'one permission of two',
      file('push', job('a', [BOTH])),
      file('push', job('a', ['permissions: { issues: write, contents: read }'])),
      ['raised ci/a push repository+dependabot issues:read>write'],
      ['lowered ci/a push repository+dependabot issues:write>read'],
    ],
    [
      'two permissions, of which the base has the last',
      file('push', job('a', ['permissions: { issues: read }'])),
      file('push', job('a', ['permissions: { contents: read, issues: write }'])),
      ['raised ci/a push repository+dependabot contents:none>read issues:read>write'],
      ['lowered ci/a push repository+dependabot contents:read>none issues:write>read'],
    ],
    [
      'a job without permissions on one more event',
      file('push', job('a', ['permissions: {}'])),
      file('[push, create]', job('a', ['permissions: {}'])),
      [],
      [],
    ],
    [
      'outsiders start what nobody could read',
      file('issue_comment', calling('build', remote('v1'), [WRITE, OWNER])),
      file('issue_comment', calling('build', remote('v3'), [WRITE])),
      [
        'reachable-by-outsiders ci/build issue_comment repository+dependabot outsiders at most contents:none>write',
        'becomes-unknown ci/build issue_comment repository+dependabot at most',
      ],
      [
        'no-longer-reachable ci/build issue_comment repository+dependabot outsiders at most contents:write>none',
        'becomes-known ci/build issue_comment repository+dependabot at most',
      ],
    ],
    [
      'a file is called under its new name',
      { [CI]: file('workflow_call', job('a', [READ])) },
      { [LIB]: file('workflow_call', job('a', [WRITE])), [DEPLOY]: file('push', calling('x', LIB, [WRITE])) },
      [
        'new deploy/x/a push repository+dependabot contents:none>write',
        'contract-raised lib from ci workflow_call repository contents:read>write',
      ],
      [
        'contract-lowered ci from lib workflow_call repository contents:write>read',
        'removed deploy/x/a push repository+dependabot contents:write>none',
      ],
    ],
    [
      'a called file is refused under its new name',
      { [CI]: file('workflow_call', job('a', [READ, 'if: false'])) },
      { [LIB]: file('workflow_call', job('a', [READ, 'if: false']), job('b', ['colour: red'])) },
      ['starts-to-fail lib/a from ci workflow_call repository contents:read>none'],
      ['stops-failing ci/a from lib workflow_call repository contents:none>read'],
    ],
  ],
  { ...KNOWN, default: 'write' },
  brief,
);
