import { PERMISSION_TABLE } from '../../src/permissions/permission-table.ts';
import { tellsBothWays } from './both-ways.ts';
import { calling, CI, DEPLOY, file, fileWith, job, LIB, READ, remote, WRITE } from './written.ts';

const EMPTY = 'permissions: {}';
const ISSUES = 'permissions: { issues: write }';
const MORE = '.github/workflows/more.yml';
const on = 'workflow_call';
/** A file that calls another one twice, after a job of its own: the second call begins in its tenth line. */
const twice = (block: string, more: readonly string[] = []) => ({
  [DEPLOY]: file(on, job('a', [EMPTY]), calling('first', MORE), calling('second', LIB, more)),
  [LIB]: file(on, job('b', [EMPTY]), job('c', [block])),
  [MORE]: file(on, job('d', [EMPTY])),
});
const deep = (block: string) => ({
  [DEPLOY]: file(on, calling('mid', MORE)),
  [MORE]: file(on, job('d'), calling('low', LIB)),
  [LIB]: file(on, job('b', [block])),
});
/** The first call gets less than what it calls asks for, the second one has no block. */
const refusedFirst = (block: string) => ({
  [DEPLOY]: file(on, calling('first', LIB, [READ]), calling('second', MORE)),
  [LIB]: file(on, job('c', [WRITE])),
  [MORE]: file(on, job('d', [block])),
});
/** All that can be read, but for the identity, which nobody can read. */
const READS = PERMISSION_TABLE.filter(({ levels }) => levels.includes('read')).map(({ name }) => name);
const unread = (ref: string, block: string) => file(on, calling('far', remote(ref)), job('a', [block]));

/** The files are called by nobody here but by one another: their own tokens are told as well. */
tellsBothWays([
  [
    'the block of the workflow',
    fileWith(READ, on, job('a', [EMPTY])),
    fileWith(WRITE, on, job('a', [EMPTY])),
    ['contract-raised ci\n  ci:2:16 The block of the workflow asks for it.'],
    ["contract-lowered ci\n  ci:1:1 No block asks for that much of 'contents' any more."],
  ],
  [
    'the block of the workflow, and not that of a job',
    fileWith(READ, on, job('a', [ISSUES])),
    fileWith(WRITE, on, job('a', [ISSUES])),
    ['contract-raised ci\n  ci:2:16 The block of the workflow asks for it.'],
    ["contract-lowered ci\n  ci:1:1 No block asks for that much of 'contents' any more."],
  ],
  [
    'the block of the second job',
    file(on, job('a', [ISSUES]), job('b', [READ])),
    file(on, job('a', [ISSUES]), job('b', [WRITE])),
    [
      "contract-raised ci\n  ci:10:20 The block of the job 'b' asks for it.",
      "raised ci/b\n  ci:10:20 The block of the job 'b' changed.",
    ],
    [
      "contract-lowered ci\n  ci:1:1 No block asks for that much of 'contents' any more.",
      "lowered ci/b\n  ci:10:20 The block of the job 'b' changed.",
    ],
  ],
  [
    'the one for more, the other for less',
    file(on, job('a', [READ])),
    file(on, job('a', [ISSUES])),
    [
      "contract-raised ci\n  ci:5:20 The block of the job 'a' asks for it.",
      "contract-lowered ci\n  ci:1:1 No block asks for that much of 'contents' any more.",
      "raised ci/a\n  ci:5:20 The block of the job 'a' changed.",
      "lowered ci/a\n  ci:5:5 The block of the job 'a' changed.",
    ],
    [
      "contract-raised ci\n  ci:5:20 The block of the job 'a' asks for it.",
      "contract-lowered ci\n  ci:1:1 No block asks for that much of 'issues' any more.",
      "raised ci/a\n  ci:5:20 The block of the job 'a' changed.",
      "lowered ci/a\n  ci:5:5 The block of the job 'a' changed.",
    ],
  ],
  [
    'a job of a file that it calls',
    twice(READ),
    twice(WRITE),
    [
      'contract-raised deploy\n  deploy:11:11 The workflow that it calls, ./.github/workflows/lib.yml, asks for it.',
      "raised deploy/second/c\n  lib:10:20 The block of the job 'c' changed.",
      "contract-raised lib\n  lib:10:20 The block of the job 'c' asks for it.",
    ],
    [
      "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
      "lowered deploy/second/c\n  lib:10:20 The block of the job 'c' changed.",
      "contract-lowered lib\n  lib:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    'a job of a file that it calls with a block',
    twice(READ, [WRITE]),
    twice(WRITE, [WRITE]),
    [
      "raised deploy/second/c\n  lib:10:20 The block of the job 'c' changed.",
      "contract-raised lib\n  lib:10:20 The block of the job 'c' asks for it.",
    ],
    [
      "lowered deploy/second/c\n  lib:10:20 The block of the job 'c' changed.",
      "contract-lowered lib\n  lib:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    'a job of a file further down',
    deep(READ),
    deep(WRITE),
    [
      'contract-raised deploy\n  deploy:4:11 The workflow that it calls, ./.github/workflows/more.yml, asks for it.',
      "raised deploy/mid/low/b\n  lib:5:20 The block of the job 'b' changed.",
      "contract-raised lib\n  lib:5:20 The block of the job 'b' asks for it.",
      'contract-raised more\n  more:8:11 The workflow that it calls, ./.github/workflows/lib.yml, asks for it.',
    ],
    [
      "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
      "lowered deploy/mid/low/b\n  lib:5:20 The block of the job 'b' changed.",
      "contract-lowered lib\n  lib:1:1 No block asks for that much of 'contents' any more.",
      "contract-lowered more\n  more:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    'the block of a file that it calls',
    { [DEPLOY]: file(on, calling('mid', LIB)), [LIB]: fileWith(READ, on, job('b', [EMPTY])) },
    { [DEPLOY]: file(on, calling('mid', LIB)), [LIB]: fileWith(WRITE, on, job('b', [EMPTY])) },
    [
      'contract-raised deploy\n  deploy:4:11 The workflow that it calls, ./.github/workflows/lib.yml, asks for it.',
      'contract-raised lib\n  lib:2:16 The block of the workflow asks for it.',
    ],
    [
      "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
      "contract-lowered lib\n  lib:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    'a job of a file that it calls, behind a call that GitHub refuses',
    refusedFirst(READ),
    refusedFirst(WRITE),
    [
      'contract-raised deploy\n  deploy:7:11 The workflow that it calls, ./.github/workflows/more.yml, asks for it.',
      "contract-raised more\n  more:5:20 The block of the job 'd' asks for it.",
    ],
    [
      "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
      "contract-lowered more\n  more:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    '`read-all`, which asks for an identity as well',
    fileWith(`permissions: { ${READS.map((name) => `${name}: read`).join(', ')} }`, on, job('a', [EMPTY])),
    fileWith('permissions: read-all', on, job('a', [EMPTY])),
    ['contract-raised ci\n  ci:1:1 It asks for more.'],
    ["contract-lowered ci\n  ci:1:1 No block asks for that much of 'id-token' any more."],
  ],
  [
    'another repository',
    file(on, calling('far', remote('v1'))),
    file(on, calling('far', remote('v2'))),
    [
      'contract-raised ci\n  ci:4:11 The workflow that it calls, octo-org/tools/.github/workflows/deploy.yml@v2, asks for it.',
      'raised ci/far/b\n  ci:4:11 `uses` names octo-org/tools/.github/workflows/deploy.yml@v2 now.',
      'new ci/far/c\n  ci:4:11 `uses` names octo-org/tools/.github/workflows/deploy.yml@v2 now.',
    ],
    [
      "contract-lowered ci\n  ci:1:1 No block asks for that much of 'contents' any more.",
      'lowered ci/far/b\n  ci:4:11 `uses` names octo-org/tools/.github/workflows/deploy.yml@v1 now.',
      'removed ci/far/c\n  ci:4:11 `uses` names octo-org/tools/.github/workflows/deploy.yml@v1 now.',
    ],
  ],
  [
    'a repository that one side cannot read',
    unread('v1', ISSUES),
    unread('v3', ISSUES),
    [
      "becomes-unknown ci/far\n  ci:4:11 The called workflow 'octo-org/tools/.github/workflows/deploy.yml@v3' was not read: Files of other repositories were not read",
    ],
    [
      'becomes-known ci/far\n  ci:4:11 What octo-org/tools/.github/workflows/deploy.yml@v3 gets could not be read in the base.',
    ],
  ],
  [
    'a repository that neither can read, and a job',
    unread('v3', READ),
    unread('v3', WRITE),
    ["raised ci/a\n  ci:7:20 The block of the job 'a' changed."],
    ["lowered ci/a\n  ci:7:20 The block of the job 'a' changed."],
  ],
  [
    '`read-all`, which asks for an identity',
    file(on, job('a', ['permissions: read-all'])),
    file(on, job('a', ['permissions: write-all'])),
    [
      "contract-raised ci\n  ci:5:18 The block of the job 'a' asks for it.",
      "raised ci/a\n  ci:5:18 The block of the job 'a' changed.",
    ],
    [
      "contract-lowered ci\n  ci:1:1 No block asks for that much of 'actions' any more.",
      "lowered ci/a\n  ci:5:18 The block of the job 'a' changed.",
    ],
  ],
  [
    'a file that is called here',
    { [CI]: file('push', calling('x', DEPLOY, [EMPTY])), [DEPLOY]: file(on, job('a', [EMPTY])) },
    { [CI]: file('push', calling('x', LIB, [READ])), [LIB]: file(on, job('a', [READ])) },
    [
      'raised ci/x/a\n  ci:4:11 `uses` names ./.github/workflows/lib.yml now.',
      "contract-raised lib\n  lib:5:20 The block of the job 'a' asks for it.",
    ],
    [
      'lowered ci/x/a\n  ci:4:11 `uses` names ./.github/workflows/deploy.yml now.',
      "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    'a file that can be called from now on',
    file('push', job('a', [READ])),
    file('[push, workflow_call]', job('a', [READ])),
    ["raised ci/a\n  ci:1:12 `on` names 'workflow_call' now."],
    ["lowered ci/a\n  ci:1:5 `on` no longer names 'workflow_call'."],
  ],
]);
