import { tellsBothWays } from './both-ways.ts';
import { calling, CI, DEPLOY, file, fileWith, job, LIB, READ, remote, WRITE } from './written.ts';

/** A job with a block of two lines. */
const twoLines = (issues: string) =>
  file('push', job('a', ['permissions:', '  contents: read', `  issues: ${issues}`]));
const x = job('x', [READ]);
const calledBy = (caller: readonly string[], ...jobs: readonly string[]) => ({
  [CI]: file('push', calling('build', DEPLOY, caller)),
  [DEPLOY]: file('workflow_call', ...jobs),
});
const inTwoFiles = {
  [DEPLOY]: file('workflow_call', job('b', [READ])),
  [LIB]: file('workflow_call', job('b', [WRITE])),
};
const bare = { [DEPLOY]: file('workflow_call', job('b')), [LIB]: file('workflow_call', job('b')) };
const callOf = (target: string, more: readonly string[] = [WRITE]) => ({
  [CI]: file('push', calling('build', target, more)),
});
/** A chain of three files, the second of which has the block. */
const chain = (middle: readonly string[], target = LIB) => ({
  [CI]: file('push', calling('build', DEPLOY, ['permissions: write-all'])),
  [DEPLOY]: file('workflow_call', calling('mid', target, middle)),
  ...bareAt(LIB),
  ...bareAt('.github/workflows/more.yml'),
});
function bareAt(path: string) {
  return { [path]: file('workflow_call', job('b')) };
}

tellsBothWays([
  [
    'the level of a permission',
    twoLines('read'),
    twoLines('write'),
    ["raised ci/a\n  ci:7:7 The block of the job 'a' changed."],
    ["lowered ci/a\n  ci:7:7 The block of the job 'a' changed."],
  ],
  [
    'a permission',
    file('push', job('a', ['permissions:', '  contents: read'])),
    twoLines('read'),
    ["raised ci/a\n  ci:7:7 The block of the job 'a' changed."],
    ["lowered ci/a\n  ci:5:5 The block of the job 'a' changed."],
  ],
  [
    'a block in one word',
    file('push', job('a', ['permissions: {}'])),
    file('push', job('a', ['permissions: read-all'])).replace('read-all', 'read-all # all'),
    ["raised ci/a\n  ci:5:18 The block of the job 'a' changed."],
    ["lowered ci/a\n  ci:5:5 The block of the job 'a' changed."],
  ],
  [
    'the block of the workflow',
    fileWith(READ, 'push', job('a')),
    fileWith(WRITE, 'push', job('a')),
    ['raised ci/a\n  ci:2:16 The block of the workflow changed.'],
    ['lowered ci/a\n  ci:2:16 The block of the workflow changed.'],
  ],
  [
    'a block of the workflow',
    file('push', job('a')),
    fileWith(WRITE, 'push', job('a')),
    [
      'raised ci/a\n  ci:2:16 A block of the workflow was added.',
      'lowered ci/a\n  ci:2:1 A block of the workflow was added.',
    ],
    [
      "raised ci/a\n  ci:3:3 The block of the workflow was removed: the repository's default applies now.",
      "lowered ci/a\n  ci:3:3 The block of the workflow was removed: the repository's default applies now.",
    ],
  ],
  [
    'a block of the job, nearer than that of the workflow',
    fileWith(READ, 'push', job('a')),
    fileWith(READ, 'push', job('a', [WRITE])),
    ["raised ci/a\n  ci:6:20 A block of the job 'a' was added."],
    ["lowered ci/a\n  ci:2:16 The block of the job 'a' was removed: the block of the workflow applies now."],
  ],
  [
    'a block of a called job',
    calledBy([WRITE], job('b')),
    calledBy([WRITE], job('b', [READ])),
    [
      "lowered ci/build/b\n  deploy:5:20 A block of the job 'b' was added.",
      "contract-raised deploy\n  deploy:5:20 The block of the job 'b' asks for it.",
    ],
    [
      "raised ci/build/b\n  ci:5:20 The block of the job 'b' in .github/workflows/deploy.yml was removed: the block of the job 'build' applies now.",
      "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    'a block of a called workflow',
    calledBy([WRITE], job('b')),
    { ...calledBy([WRITE]), [DEPLOY]: fileWith(READ, 'workflow_call', job('b')) },
    [
      'lowered ci/build/b\n  deploy:2:16 A block of the workflow was added.',
      'contract-raised deploy\n  deploy:2:16 The block of the workflow asks for it.',
    ],
    [
      "raised ci/build/b\n  ci:5:20 The block of the workflow in .github/workflows/deploy.yml was removed: the block of the job 'build' applies now.",
      "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    'a block of the calling job',
    calledBy([], job('b')),
    calledBy([WRITE], job('b')),
    [
      "raised ci/build/b\n  ci:5:20 A block of the job 'build' was added.",
      "lowered ci/build/b\n  ci:5:5 A block of the job 'build' was added.",
    ],
    [
      "raised ci/build/b\n  ci:3:3 The block of the job 'build' was removed: the repository's default applies now.",
      "lowered ci/build/b\n  ci:3:3 The block of the job 'build' was removed: the repository's default applies now.",
    ],
  ],
  [
    'a block of the calling job, nearer than that of its workflow',
    { ...bare, [CI]: fileWith(READ, 'push', calling('build', DEPLOY)) },
    { ...bare, [CI]: fileWith(READ, 'push', calling('build', DEPLOY, [WRITE])) },
    ["raised ci/build/b\n  ci:6:20 A block of the job 'build' was added."],
    ["lowered ci/build/b\n  ci:2:16 The block of the job 'build' was removed: the block of the workflow applies now."],
  ],
  [
    'a block in the middle of a chain',
    chain([]),
    chain([READ]),
    [
      "lowered ci/build/mid/b\n  deploy:5:20 A block of the job 'mid' was added.",
      "contract-raised deploy\n  deploy:5:20 The block of the job 'mid' asks for it.",
    ],
    [
      "raised ci/build/mid/b\n  ci:5:18 The block of the job 'mid' in .github/workflows/deploy.yml was removed: the block of the job 'build' applies now.",
      "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    'the block in the middle of a chain, which calls another file now',
    chain([READ]),
    chain([WRITE], '.github/workflows/more.yml'),
    [
      "raised ci/build/mid/b\n  deploy:5:20 The block of the job 'mid' changed.",
      "contract-raised deploy\n  deploy:5:20 The block of the job 'mid' asks for it.",
    ],
    [
      "lowered ci/build/mid/b\n  deploy:5:20 The block of the job 'mid' changed.",
      "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    'another file is called, which has another block',
    { ...inTwoFiles, ...callOf(DEPLOY) },
    { ...inTwoFiles, ...callOf(LIB) },
    ['raised ci/build/b\n  ci:4:11 `uses` names ./.github/workflows/lib.yml now.'],
    ['lowered ci/build/b\n  ci:4:11 `uses` names ./.github/workflows/deploy.yml now.'],
  ],
  [
    'another file is called, and neither has a block',
    { ...bare, ...callOf(DEPLOY, [READ]) },
    { ...bare, ...callOf(LIB) },
    ["raised ci/build/b\n  ci:5:20 The block of the job 'build' changed."],
    ["lowered ci/build/b\n  ci:5:20 The block of the job 'build' changed."],
  ],
  [
    'a block in another repository',
    callOf(remote('v1')),
    callOf(remote('v2')),
    [
      'raised ci/build/b\n  ci:4:11 `uses` names octo-org/tools/.github/workflows/deploy.yml@v2 now.',
      'new ci/build/c\n  ci:4:11 `uses` names octo-org/tools/.github/workflows/deploy.yml@v2 now.',
    ],
    [
      'lowered ci/build/b\n  ci:4:11 `uses` names octo-org/tools/.github/workflows/deploy.yml@v1 now.',
      'removed ci/build/c\n  ci:4:11 `uses` names octo-org/tools/.github/workflows/deploy.yml@v1 now.',
    ],
  ],
  [
    'a job moves into a called file, whose caller has another block',
    { [CI]: file('push', job('b', [READ])) },
    calledBy([WRITE], job('b')),
    ["raised ci/build/b\n  ci:5:20 The block of the job 'b' was removed: the block of the job 'build' applies now."],
    ["lowered ci/b\n  ci:5:20 A block of the job 'b' was added."],
  ],
  [
    'a job moves to a file with a block',
    { [CI]: file('push', job('b', [READ]), x) },
    { [CI]: file('push', x), [LIB]: fileWith(WRITE, 'push', job('b')) },
    [
      "raised lib/b\n  lib:2:16 The block of the job 'b' in .github/workflows/ci.yml was removed: the block of the workflow applies now.",
    ],
    ["lowered ci/b\n  ci:5:20 A block of the job 'b' was added."],
  ],
  [
    'a job loses its block in another file',
    { [CI]: file('push', job('b', [WRITE]), x) },
    { [CI]: file('push', x), [LIB]: file('push', job('b')) },
    [
      "raised lib/b\n  lib:3:3 The block of the job 'b' in .github/workflows/ci.yml was removed: the repository's default applies now.",
      "lowered lib/b\n  lib:3:3 The block of the job 'b' in .github/workflows/ci.yml was removed: the repository's default applies now.",
    ],
    [
      "raised ci/b\n  ci:5:20 A block of the job 'b' was added.",
      "lowered ci/b\n  ci:5:5 A block of the job 'b' was added.",
    ],
  ],
  [
    'a file that nobody calls leaves it to its callers',
    file('workflow_call', job('a', [READ])),
    file('workflow_call', job('a')),
    [
      "contract-lowered ci\n  ci:1:1 No block asks for that much of 'contents' any more.",
      "becomes-unknown ci/a\n  ci:3:3 The block of the job 'a' was removed: its callers decide now.",
    ],
    [
      "contract-raised ci\n  ci:5:20 The block of the job 'a' asks for it.",
      "becomes-known ci/a\n  ci:5:5 A block of the job 'a' was added.",
    ],
  ],
]);
