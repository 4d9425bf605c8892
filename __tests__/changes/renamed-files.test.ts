import { tellsBothWays } from './both-ways.ts';
import { CI, DEPLOY, file, job, LIB, READ, WRITE } from './written.ts';

const MORE = '.github/workflows/more.yml';
const a = job('a', [READ]);
const b = job('b', [READ]);
const c = job('c', [READ]);
const d = job('d', [READ]);
const e = job('e', [READ]);
const named = (name: string, text: string) => `name: ${name}\n${text}`;
/** Jobs that do the same under other names. */
const alike = (...ids: readonly string[]) => ids.map((id) => job(id, [READ], 'make')).join('');

/** What is new in a file that was renamed is a job; a file that nothing was renamed to is new as a whole. */
tellsBothWays([
  [
    'half of it is the same, the last job',
    { [CI]: file('push', b, a) },
    { [LIB]: file('push', c, a) },
    ['removed lib/b\n  ci:3:3 The job was removed.', 'new lib/c\n  lib:3:3 The job is new.'],
    ['removed ci/c\n  lib:3:3 The job was removed.', 'new ci/b\n  ci:3:3 The job is new.'],
  ],
  [
    'half of it is the same',
    { [CI]: file('push', a, b) },
    { [LIB]: file('push', a, c) },
    ['removed lib/b\n  ci:8:3 The job was removed.', 'new lib/c\n  lib:8:3 The job is new.'],
    ['removed ci/c\n  lib:8:3 The job was removed.', 'new ci/b\n  ci:8:3 The job is new.'],
  ],
  [
    'less than half is the same',
    { [CI]: file('push', a, b) },
    { [LIB]: file('push', a, c, d) },
    [
      'removed ci/b\n  ci:8:3 The workflow was removed.',
      'new lib/c\n  lib:8:3 The workflow is new.',
      'new lib/d\n  lib:13:3 The workflow is new.',
    ],
    [
      'new ci/b\n  ci:8:3 The workflow is new.',
      'removed lib/c\n  lib:8:3 The workflow was removed.',
      'removed lib/d\n  lib:13:3 The workflow was removed.',
    ],
  ],
  [
    'half of the longer one',
    { [CI]: file('push', a) },
    { [LIB]: file('push', a, c) },
    ['new lib/c\n  lib:8:3 The job is new.'],
    ['removed ci/c\n  lib:8:3 The job was removed.'],
  ],
  [
    'jobs that are alike count once',
    { [CI]: file('push', alike('x', 'y', 'z')) },
    { [LIB]: file('push', alike('x'), a, b) },
    [
      'removed ci/y\n  ci:8:3 The workflow was removed.',
      'removed ci/z\n  ci:13:3 The workflow was removed.',
      'new lib/a\n  lib:8:3 The workflow is new.',
      'new lib/b\n  lib:13:3 The workflow is new.',
    ],
    [
      'new ci/y\n  ci:8:3 The workflow is new.',
      'new ci/z\n  ci:13:3 The workflow is new.',
      'removed lib/a\n  lib:8:3 The workflow was removed.',
      'removed lib/b\n  lib:13:3 The workflow was removed.',
    ],
  ],
  [
    'the most alike of two',
    { [CI]: file('push', a, b, c) },
    { [DEPLOY]: file('push', a, b, d), [LIB]: file('push', a, b, c, e) },
    [
      'new deploy/a\n  deploy:3:3 The workflow is new.',
      'new deploy/b\n  deploy:8:3 The workflow is new.',
      'new deploy/d\n  deploy:13:3 The workflow is new.',
      'new lib/e\n  lib:18:3 The job is new.',
    ],
    [
      'removed ci/e\n  lib:18:3 The job was removed.',
      'removed deploy/a\n  deploy:3:3 The workflow was removed.',
      'removed deploy/b\n  deploy:8:3 The workflow was removed.',
      'removed deploy/d\n  deploy:13:3 The workflow was removed.',
    ],
  ],
  [
    'the most alike of three, of which one has nothing in common',
    { [CI]: file('push', a, b, c) },
    { [DEPLOY]: file('push', a, b, d), [LIB]: file('push', job('f')), [MORE]: file('push', a, b, c, e) },
    [
      'new deploy/a\n  deploy:3:3 The workflow is new.',
      'new deploy/b\n  deploy:8:3 The workflow is new.',
      'new deploy/d\n  deploy:13:3 The workflow is new.',
      'new lib/f\n  lib:3:3 The workflow is new.',
      'new more/e\n  more:18:3 The job is new.',
    ],
    [
      'removed ci/e\n  more:18:3 The job was removed.',
      'removed deploy/a\n  deploy:3:3 The workflow was removed.',
      'removed deploy/b\n  deploy:8:3 The workflow was removed.',
      'removed deploy/d\n  deploy:13:3 The workflow was removed.',
      'removed lib/f\n  lib:3:3 The workflow was removed.',
    ],
  ],
  [
    'the one with the same name, of two that are as alike',
    { [CI]: named('CI', file('push', a, b)) },
    { [DEPLOY]: file('push', a, c), [LIB]: named('CI', file('push', b, d)) },
    ['new deploy/c\n  deploy:8:3 The workflow is new.', 'new lib/d\n  lib:9:3 The job is new.'],
    ['removed ci/d\n  lib:9:3 The job was removed.', 'removed deploy/c\n  deploy:8:3 The workflow was removed.'],
  ],
  [
    'the more alike, not the one with the same name',
    { [CI]: named('CI', file('push', a, b)) },
    { [DEPLOY]: file('push', a, b, c), [LIB]: named('CI', file('push', a, d)) },
    [
      'new deploy/c\n  deploy:13:3 The job is new.',
      'new lib/a\n  lib:4:3 The workflow is new.',
      'new lib/d\n  lib:9:3 The workflow is new.',
    ],
    [
      'removed ci/c\n  deploy:13:3 The job was removed.',
      'removed lib/a\n  lib:4:3 The workflow was removed.',
      'removed lib/d\n  lib:9:3 The workflow was removed.',
    ],
  ],
  [
    'the first of two that are as alike',
    { [CI]: file('push', a, b) },
    { [DEPLOY]: file('push', a, c), [LIB]: file('push', b, d) },
    ['new deploy/c\n  deploy:8:3 The job is new.', 'new lib/d\n  lib:8:3 The workflow is new.'],
    ['removed ci/c\n  deploy:8:3 The job was removed.', 'removed lib/d\n  lib:8:3 The workflow was removed.'],
  ],
  [
    'two files at once',
    { [CI]: file('push', a, b), [DEPLOY]: file('push', c, d) },
    { '.github/workflows/y.yml': file('push', c, e), '.github/workflows/z.yml': file('push', a, job('f', [WRITE])) },
    [
      'removed y/d\n  deploy:8:3 The job was removed.',
      'new y/e\n  y:8:3 The job is new.',
      'removed z/b\n  ci:8:3 The job was removed.',
      'new z/f\n  z:8:3 The job is new.',
    ],
    [
      'removed ci/f\n  z:8:3 The job was removed.',
      'new ci/b\n  ci:8:3 The job is new.',
      'removed deploy/e\n  y:8:3 The job was removed.',
      'new deploy/d\n  deploy:8:3 The job is new.',
    ],
  ],
  ['a file that GitHub refuses keeps its text', { [CI]: 'on: [' }, { [LIB]: 'on: [' }, [], []],
  [
    'another file that GitHub refuses',
    { [CI]: 'on: [' },
    { [LIB]: 'on: {' },
    [
      'removed ci\n  ci:1:1 The workflow was removed.',
      'new lib\n  lib:1:6 You have an error in your yaml syntax on line 1',
    ],
    [
      'new ci\n  ci:1:6 You have an error in your yaml syntax on line 1',
      'removed lib\n  lib:1:1 The workflow was removed.',
    ],
  ],
]);

tellsBothWays([
  [
    'the same text of two files that do the same',
    { [CI]: file('push', a) },
    { [DEPLOY]: file('[push, create]', a), [LIB]: file('push', a) },
    ['new deploy/a\n  deploy:3:3 The workflow is new.'],
    ['removed deploy/a\n  deploy:3:3 The workflow was removed.'],
  ],
  [
    'a file that can be called asks for more under its new name',
    { [CI]: file('workflow_call', a, b) },
    { [LIB]: file('workflow_call', a, job('b', [WRITE])) },
    [
      "contract-raised lib\n  lib:10:20 The block of the job 'b' asks for it.",
      "raised lib/b\n  lib:10:20 The block of the job 'b' changed.",
    ],
    [
      "contract-lowered ci\n  ci:1:1 No block asks for that much of 'contents' any more.",
      "lowered ci/b\n  ci:10:20 The block of the job 'b' changed.",
    ],
  ],
]);
