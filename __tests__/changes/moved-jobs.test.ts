import { brief } from '../helpers/comparing.ts';
import { tellsBothWays } from './both-ways.ts';
import { calling, CI, DEPLOY, file, job, KNOWN, LIB, READ, WRITE } from './written.ts';

const x = job('x');
const y = job('y');
/** A job that does two things with two variables, in the order of these. */
const with2 = (id: string, env: readonly string[], steps: readonly string[], more: readonly string[] = [READ]) =>
  job(
    id,
    [...more, 'env:', ...env.map((one) => `  ${one}: ${one}`)],
    `${steps.join('; ')}\n      - run: ${steps.toReversed().join('; ')}`,
  );
const of = (id: string, more: readonly string[]) => job(id, more, 'make');

tellsBothWays(
  [
    [
      'variables in another order',
      file('push', with2('a', ['A', 'B'], ['one', 'two'])),
      file('push', with2('z', ['B', 'A'], ['one', 'two'])),
      [],
      [],
    ],
    [
      'steps in another order',
      file('push', with2('a', ['A'], ['one', 'two'])),
      file('push', with2('z', ['A'], ['two', 'one'])),
      [
        'new ci/z push repository+dependabot contents:none>read',
        'removed ci/a push repository+dependabot contents:read>none',
      ],
      [
        'new ci/a push repository+dependabot contents:none>read',
        'removed ci/z push repository+dependabot contents:read>none',
      ],
    ],
    [
      'another name and another condition',
      file('push', of('a', [READ, 'if: always()'])),
      file('push', of('z', [WRITE])),
      ['raised ci/z from ci/a push repository+dependabot contents:read>write'],
      ['lowered ci/a from ci/z push repository+dependabot contents:write>read'],
    ],
    [
      'the one with the same content, of two that do the same',
      file('push', of('a', [READ])),
      file('push', of('b', [WRITE]), of('c', [READ])),
      ['new ci/b push repository+dependabot contents:none>write'],
      ['removed ci/b push repository+dependabot contents:write>none'],
    ],
    [
      'the one with the same id, of two with the same content',
      { [CI]: file('push', of('a', [READ]), x), [LIB]: file('push', y) },
      { [CI]: file('push', x), [LIB]: file('create', y, of('b', [READ]), of('a', [READ])) },
      [
        'raised lib/y create repository+dependabot contents:none>read packages:none>read',
        'lowered lib/y push repository+dependabot contents:read>none packages:read>none',
        'new lib/b create repository+dependabot contents:none>read',
        'raised lib/a from ci create repository+dependabot contents:none>read',
        'lowered lib/a from ci push repository+dependabot contents:read>none',
      ],
      [
        'raised ci/a from lib push repository+dependabot contents:none>read',
        'lowered ci/a from lib create repository+dependabot contents:read>none',
        'raised lib/y push repository+dependabot contents:none>read packages:none>read',
        'lowered lib/y create repository+dependabot contents:read>none packages:read>none',
        'removed lib/b create repository+dependabot contents:read>none',
      ],
    ],
    [
      'the one in the same file, of two with the same content',
      { [CI]: file('push', of('a', [READ]), x), [DEPLOY]: file('create', y) },
      { [CI]: file('push', of('c', [READ]), x), [DEPLOY]: file('create', y, of('b', [READ])) },
      ['new deploy/b create repository+dependabot contents:none>read'],
      ['removed deploy/b create repository+dependabot contents:read>none'],
    ],
    [
      'two of each, in the order of their names',
      file('push', of('b', [READ]), of('a', [WRITE])),
      file('push', of('d', [WRITE, 'if: always()']), of('c', [READ, 'if: always()'])),
      [
        'raised ci/d from ci/b push repository+dependabot contents:read>write',
        'lowered ci/c from ci/a push repository+dependabot contents:write>read',
      ],
      [
        'lowered ci/b from ci/d push repository+dependabot contents:write>read',
        'raised ci/a from ci/c push repository+dependabot contents:read>write',
      ],
    ],
    [
      'two of each in two files, in the order of the files',
      { [CI]: file('push', of('b', [READ]), x), [LIB]: file('push', of('a', [WRITE]), y) },
      {
        [CI]: file('push', of('d', [READ, 'if: always()']), x),
        [LIB]: file('push', of('c', [WRITE, 'if: always()']), y),
      },
      [],
      [],
    ],
    [
      'out of two files into a third',
      { [CI]: file('push', of('b', [READ]), x), [DEPLOY]: file('push', of('a', [WRITE]), y) },
      {
        [CI]: file('push', x),
        [DEPLOY]: file('push', y),
        [LIB]: file('push', of('c', [READ, 'if: always()']), of('d', [WRITE, 'if: always()'])),
      },
      [],
      [],
    ],
    [
      'a calling job',
      { [CI]: file('push', calling('a', DEPLOY, [READ])), [DEPLOY]: file('workflow_call', job('b')) },
      { [CI]: file('push', calling('z', DEPLOY, [WRITE])), [DEPLOY]: file('workflow_call', job('b')) },
      ['raised ci/z/b from ci/a/b push repository+dependabot contents:read>write'],
      ['lowered ci/a/b from ci/z/b push repository+dependabot contents:write>read'],
    ],
    [
      'jobs in another order, both raised',
      file('push', job('a', [READ]), job('b', [READ])),
      file('push', job('b', [WRITE]), job('a', [WRITE])),
      [
        'raised ci/b push repository+dependabot contents:read>write',
        'raised ci/a push repository+dependabot contents:read>write',
      ],
      [
        'lowered ci/a push repository+dependabot contents:write>read',
        'lowered ci/b push repository+dependabot contents:write>read',
      ],
    ],
  ],
  KNOWN,
  brief,
);

/** A side that cannot tell whether it has a job: GitHub refuses the file, or the call on the way leads nowhere. */
tellsBothWays(
  [
    [
      'a file that nobody can read',
      file('push', x, y),
      'on: [',
      [
        'starts-to-fail ci/x push repository+dependabot contents:read>none packages:read>none',
        'starts-to-fail ci/y push repository+dependabot contents:read>none packages:read>none',
      ],
      [
        'stops-failing ci/x push repository+dependabot contents:none>read packages:none>read',
        'stops-failing ci/y push repository+dependabot contents:none>read packages:none>read',
      ],
    ],
    [
      'a refused file without one of its jobs',
      file('push', x, y),
      file('push', job('x', ['colour: red'])),
      [
        'starts-to-fail ci/x push repository+dependabot contents:read>none packages:read>none',
        'removed ci/y push repository+dependabot contents:read>none packages:read>none',
      ],
      [
        'stops-failing ci/x push repository+dependabot contents:none>read packages:none>read',
        'new ci/y push repository+dependabot contents:none>read packages:none>read',
      ],
    ],
    [
      'a refused file with a call',
      { [CI]: file('push', x, calling('build', DEPLOY)), [DEPLOY]: file('workflow_call', y) },
      { [CI]: file('push', job('x', ['colour: red']), calling('build', DEPLOY)), [DEPLOY]: file('workflow_call', y) },
      [
        'starts-to-fail ci/x push repository+dependabot contents:read>none packages:read>none',
        'starts-to-fail ci/build/y push repository+dependabot contents:read>none packages:read>none',
      ],
      [
        'stops-failing ci/x push repository+dependabot contents:none>read packages:none>read',
        'stops-failing ci/build/y push repository+dependabot contents:none>read packages:none>read',
      ],
    ],
    [
      'a refused file with another call',
      { [CI]: file('push', x, calling('build', DEPLOY)), [DEPLOY]: file('workflow_call', y) },
      { [CI]: file('push', job('x', ['colour: red']), calling('other', DEPLOY)), [DEPLOY]: file('workflow_call', y) },
      [
        'starts-to-fail ci/x push repository+dependabot contents:read>none packages:read>none',
        'removed ci/build/y push repository+dependabot contents:read>none packages:read>none',
      ],
      [
        'stops-failing ci/x push repository+dependabot contents:none>read packages:none>read',
        'new ci/build/y push repository+dependabot contents:none>read packages:none>read',
      ],
    ],
    [
      'a refused called file',
      { [CI]: file('push', x, calling('build', DEPLOY)), [DEPLOY]: file('workflow_call', y) },
      { [CI]: file('push', x, calling('build', DEPLOY)), [DEPLOY]: file('workflow_call', job('y', ['colour: red'])) },
      [
        'starts-to-fail ci/x push repository+dependabot contents:read>none packages:read>none',
        'starts-to-fail ci/build/y push repository+dependabot contents:read>none packages:read>none',
        'starts-to-fail deploy workflow_call repository',
      ],
      [
        'stops-failing ci/x push repository+dependabot contents:none>read packages:none>read',
        'stops-failing ci/build/y push repository+dependabot contents:none>read packages:none>read',
        'stops-failing deploy workflow_call repository',
      ],
    ],
    [
      'a called file without one of its jobs, and an event less',
      { [CI]: file('[push, create]', x, calling('build', DEPLOY)), [DEPLOY]: file('workflow_call', y, job('z')) },
      { [CI]: file('push', x, calling('build', DEPLOY)), [DEPLOY]: file('workflow_call', y) },
      [
        'lowered ci/x create repository+dependabot contents:read>none packages:read>none',
        'lowered ci/build/y create repository+dependabot contents:read>none packages:read>none',
        'removed ci/build/z push+create repository+dependabot contents:read>none packages:read>none',
      ],
      [
        'raised ci/x create repository+dependabot contents:none>read packages:none>read',
        'raised ci/build/y create repository+dependabot contents:none>read packages:none>read',
        'new ci/build/z push+create repository+dependabot contents:none>read packages:none>read',
      ],
    ],
    [
      'a job that calls a refused file instead of what it did',
      { [CI]: file('push', x, job('build')) },
      { [CI]: file('push', x, calling('build', DEPLOY)), [DEPLOY]: file('workflow_call', job('y', ['colour: red'])) },
      [
        'starts-to-fail ci/x push repository+dependabot contents:read>none packages:read>none',
        'removed ci/build push repository+dependabot contents:read>none packages:read>none',
        'new deploy workflow_call repository',
      ],
      [
        'stops-failing ci/x push repository+dependabot contents:none>read packages:none>read',
        'new ci/build push repository+dependabot contents:none>read packages:none>read',
        'removed deploy workflow_call repository',
      ],
    ],
    [
      'a called file without jobs that run',
      { [CI]: file('push', x, calling('build', DEPLOY)), [DEPLOY]: file('workflow_call', y, job('z')) },
      { [CI]: file('push', x, calling('build', DEPLOY)), [DEPLOY]: file('workflow_call', y) },
      ['removed ci/build/z push repository+dependabot contents:read>none packages:read>none'],
      ['new ci/build/z push repository+dependabot contents:none>read packages:none>read'],
    ],
  ],
  KNOWN,
  brief,
);
