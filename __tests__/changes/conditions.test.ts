import { tellsBothWays } from './both-ways.ts';
import { calling, CI, DEPLOY, file, fileWith, job, ON_CREATE, ON_PUSH, READ, remote } from './written.ts';

const EVENTS = '[push, create]';
/** Two jobs, the second of which begins in the ninth line where the first has one more key. */
const two = (first: readonly string[], second: readonly string[]) =>
  fileWith(READ, EVENTS, job('first', first), job('second', second));
const called = (...more: readonly string[]) => ({
  [CI]: file(EVENTS, job('first', [ON_PUSH]), calling('build', DEPLOY, [READ, ...more])),
  [DEPLOY]: file('workflow_call', job('b')),
});
const inCalled = (more: readonly string[]) => ({
  [CI]: file(EVENTS, calling('build', DEPLOY, [READ, 'if: always()'])),
  [DEPLOY]: file('workflow_call', job('first', [ON_PUSH]), job('b', more)),
});
const elsewhere = (more: readonly string[]) => file(EVENTS, calling('build', remote('v1'), [READ, ...more]));

tellsBothWays([
  [
    'it needs the second one of two as well',
    fileWith(READ, EVENTS, job('third'), job('first', [ON_PUSH]), job('second', ['needs: [third]'])),
    fileWith(READ, EVENTS, job('third'), job('first', [ON_PUSH]), job('second', ['needs: [third, first]'])),
    ["lowered ci/second\n  ci:13:3 The job 'second' needs 'first' now."],
    ["raised ci/second\n  ci:13:3 The job 'second' no longer needs 'first'."],
  ],
  [
    'it has another name, too',
    two([ON_PUSH], []),
    fileWith(READ, EVENTS, job('first', [ON_PUSH]), job('other', ['needs: first'], 'second')),
    ["lowered ci/other\n  ci:9:3 The job 'other' needs 'first' now."],
    ["raised ci/second\n  ci:9:3 The job 'second' no longer needs 'first'."],
  ],
  [
    'of the job',
    two([ON_PUSH], []),
    two([ON_PUSH], [ON_PUSH]),
    ["lowered ci/second\n  ci:9:3 `if` of the job 'second' was added."],
    ["raised ci/second\n  ci:9:3 `if` of the job 'second' was removed."],
  ],
  [
    'another one',
    two([ON_PUSH], [ON_PUSH]),
    two([ON_PUSH], [ON_CREATE]),
    [
      "lowered ci/second\n  ci:9:3 `if` of the job 'second' was changed.",
      "raised ci/second\n  ci:9:3 `if` of the job 'second' was changed.",
    ],
    [
      "raised ci/second\n  ci:9:3 `if` of the job 'second' was changed.",
      "lowered ci/second\n  ci:9:3 `if` of the job 'second' was changed.",
    ],
  ],
  [
    'of a job that it needs',
    two(['if: always()'], ['needs: first']),
    two([ON_PUSH], ['needs: first']),
    [
      "lowered ci/first\n  ci:4:3 `if` of the job 'first' was changed.",
      "lowered ci/second\n  ci:4:3 `if` of the job 'first' was changed.",
    ],
    [
      "raised ci/first\n  ci:4:3 `if` of the job 'first' was changed.",
      "raised ci/second\n  ci:4:3 `if` of the job 'first' was changed.",
    ],
  ],
  [
    'of a job that it needs now',
    two([ON_PUSH], []),
    two([ON_PUSH], ['needs: first']),
    ["lowered ci/second\n  ci:9:3 The job 'second' needs 'first' now."],
    ["raised ci/second\n  ci:9:3 The job 'second' no longer needs 'first'."],
  ],
  [
    'it needs another one, of two',
    fileWith(READ, EVENTS, job('first', [ON_PUSH]), job('third'), job('second', ['needs: [third]'])),
    fileWith(READ, EVENTS, job('first', [ON_PUSH]), job('third'), job('second', ['needs: [third, first]'])),
    ["lowered ci/second\n  ci:13:3 The job 'second' needs 'first' now."],
    ["raised ci/second\n  ci:13:3 The job 'second' no longer needs 'first'."],
  ],
  [
    'it needs another one instead',
    fileWith(READ, EVENTS, job('first', [ON_PUSH]), job('third'), job('second', ['needs: first'])),
    fileWith(READ, EVENTS, job('first', [ON_PUSH]), job('third'), job('second', ['needs: third'])),
    ["raised ci/second\n  ci:13:3 The job 'second' no longer needs 'first'."],
    ["lowered ci/second\n  ci:13:3 The job 'second' needs 'first' now."],
  ],
  [
    'of the calling job',
    called(),
    called(ON_PUSH),
    ["lowered ci/build/b\n  ci:8:3 `if` of the job 'build' was added."],
    ["raised ci/build/b\n  ci:8:3 `if` of the job 'build' was removed."],
  ],
  [
    'of what the calling job needs',
    called(),
    called('needs: first'),
    ["lowered ci/build/b\n  ci:8:3 The job 'build' needs 'first' now."],
    ["raised ci/build/b\n  ci:8:3 The job 'build' no longer needs 'first'."],
  ],
  [
    'of a called job',
    inCalled([]),
    inCalled([ON_PUSH]),
    ["lowered ci/build/b\n  deploy:8:3 `if` of the job 'b' was added."],
    ["raised ci/build/b\n  deploy:8:3 `if` of the job 'b' was removed."],
  ],
  [
    'of what a called job needs',
    inCalled([]),
    inCalled(['needs: first']),
    ["lowered ci/build/b\n  deploy:8:3 The job 'b' needs 'first' now."],
    ["raised ci/build/b\n  deploy:8:3 The job 'b' no longer needs 'first'."],
  ],
  [
    'of a job that calls another repository',
    elsewhere([]),
    elsewhere([ON_PUSH]),
    ["lowered ci/build/b\n  ci:3:3 `if` of the job 'build' was added."],
    ["raised ci/build/b\n  ci:3:3 `if` of the job 'build' was removed."],
  ],
]);
