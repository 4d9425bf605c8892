import { tellsBothWays } from './both-ways.ts';
import { calling, CI, DEPLOY, file, job, LIB, ON_PUSH, READ, WRITE } from './written.ts';

const a = job('a', [READ]);
const b = job('b', [READ]);
const B = file('workflow_call', b);
/** The triggers are a mapping, one in a line. */
const on = (...triggers: readonly string[]) => `\n${triggers.map((one) => `  ${one}\n`).join('')}`;
const afterCi = file(on('workflow_run:', '  workflows: [CI]').trimEnd(), job('b', [WRITE]));
const ci = (events: string) => `name: CI\n${file(events, job('a', ['permissions: {}']))}`;
const broken = job('z', ['colour: red']);

tellsBothWays([
  [
    'an event',
    file('push', a),
    file('[push, create]', a),
    ["raised ci/a\n  ci:1:12 `on` names 'create' now."],
    ["lowered ci/a\n  ci:1:5 `on` no longer names 'create'."],
  ],
  [
    'two events',
    file('push', a),
    file('[push, create, delete]', a),
    ["raised ci/a\n  ci:1:12 `on` names 'create' and 'delete' now."],
    ["lowered ci/a\n  ci:1:5 `on` no longer names 'create' and 'delete'."],
  ],
  [
    'an event in a line of its own',
    file(on('push:').trimEnd(), a),
    file(on('push:', 'issue_comment:').trimEnd(), a),
    ["reachable-by-outsiders ci/a\n  ci:3:3 `on` names 'issue_comment' now."],
    ["no-longer-reachable ci/a\n  ci:2:3 `on` no longer names 'issue_comment'."],
  ],
  [
    'an activity type',
    file('{ issues: { types: [labeled] } }', a),
    file('{ issues: { types: [labeled, opened] } }', a),
    ["reachable-by-outsiders ci/a\n  ci:1:7 `types` of 'issues' changed."],
    ["no-longer-reachable ci/a\n  ci:1:7 `types` of 'issues' changed."],
  ],
  [
    'all activity types',
    file('{ issues: { types: [labeled] } }', a),
    file('issues', a),
    ["reachable-by-outsiders ci/a\n  ci:1:5 `types` of 'issues' changed."],
    ["no-longer-reachable ci/a\n  ci:1:7 `types` of 'issues' changed."],
  ],
  [
    'a file is renamed, and another event starts it',
    { [CI]: file('push', a) },
    { [LIB]: file('[push, create]', a) },
    ["raised lib/a\n  lib:3:3 The job 'a' was in .github/workflows/ci.yml before, which other events start."],
    ["lowered ci/a\n  ci:3:3 The job 'a' was in .github/workflows/lib.yml before, which other events start."],
  ],
  [
    'a job moves to a file that another event starts',
    { [CI]: file('push', a, job('x')), [LIB]: file('create', b) },
    { [CI]: file('push', job('x')), [LIB]: file('create', b, a) },
    [
      "raised lib/a\n  lib:8:3 The job 'a' was in .github/workflows/ci.yml before, which other events start.",
      "lowered lib/a\n  lib:8:3 The job 'a' was in .github/workflows/ci.yml before, which other events start.",
    ],
    [
      "raised ci/a\n  ci:3:3 The job 'a' was in .github/workflows/lib.yml before, which other events start.",
      "lowered ci/a\n  ci:3:3 The job 'a' was in .github/workflows/lib.yml before, which other events start.",
    ],
  ],
  [
    'a job moves to a called file',
    { [CI]: file('push', b) },
    { [CI]: file('create', calling('build', DEPLOY, [WRITE])), [DEPLOY]: B },
    [
      "raised ci/build/b\n  ci:1:5 `on` names 'create' now.",
      "lowered ci/build/b\n  ci:1:5 `on` no longer names 'push'.",
    ],
    ["raised ci/b\n  ci:1:5 `on` names 'push' now.", "lowered ci/b\n  ci:1:5 `on` no longer names 'create'."],
  ],
  [
    'of a called job in a file that GitHub refuses, and that another event starts',
    { [CI]: file('push', calling('build', DEPLOY, [READ]), broken), [DEPLOY]: B },
    { [CI]: file('[push, create]', calling('build', DEPLOY, [READ])), [DEPLOY]: B },
    [
      "stops-failing ci/build/b\n  deploy:3:3 The base does not start: Unexpected value 'colour'",
      "raised ci/build/b\n  ci:1:12 `on` names 'create' now.",
    ],
    [
      "starts-to-fail ci/build/b\n  ci:8:5 Unexpected value 'colour'",
      "lowered ci/build/b\n  ci:1:5 `on` no longer names 'create'.",
    ],
  ],
  [
    'the same, and the file is renamed',
    { [CI]: file('push', calling('build', DEPLOY, [READ]), broken), [DEPLOY]: B },
    { [LIB]: file('[push, create]', calling('build', DEPLOY, [READ])), [DEPLOY]: B },
    [
      "stops-failing lib/build/b\n  deploy:3:3 The base does not start: Unexpected value 'colour'",
      "raised lib/build/b\n  lib:1:12 `on` names 'create' now.",
    ],
    [
      "starts-to-fail ci/build/b\n  ci:8:5 Unexpected value 'colour'",
      "lowered ci/build/b\n  ci:1:5 `on` no longer names 'create'.",
    ],
  ],
  [
    'the event of the run before it, of a file with one more event',
    { [CI]: ci('push'), [LIB]: afterCi.replace('jobs:', '  create:\njobs:') },
    { [CI]: ci('[push, pull_request]'), [LIB]: afterCi.replace('jobs:', '  create:\njobs:') },
    [
      "reachable-by-outsiders ci/a\n  ci:2:12 `on` names 'pull_request' now.",
      'reachable-by-outsiders lib/b\n  lib:2:3 Other events start the workflow that comes before it.',
    ],
    [
      "no-longer-reachable ci/a\n  ci:2:5 `on` no longer names 'pull_request'.",
      'no-longer-reachable lib/b\n  lib:2:3 Other events start the workflow that comes before it.',
    ],
  ],
  [
    'the event of the run before it',
    { [CI]: ci('push'), [LIB]: afterCi },
    { [CI]: ci('[push, pull_request]'), [LIB]: afterCi },
    [
      "reachable-by-outsiders ci/a\n  ci:2:12 `on` names 'pull_request' now.",
      'reachable-by-outsiders lib/b\n  lib:2:3 Other events start the workflow that comes before it.',
    ],
    [
      "no-longer-reachable ci/a\n  ci:2:5 `on` no longer names 'pull_request'.",
      'no-longer-reachable lib/b\n  lib:2:3 Other events start the workflow that comes before it.',
    ],
  ],
  [
    'a call moves to a file that another event starts',
    { [CI]: file('push', calling('build', DEPLOY, [READ]), job('x')), [LIB]: file('create', job('y')), [DEPLOY]: B },
    { [CI]: file('push', job('x')), [LIB]: file('create', job('y'), calling('build', DEPLOY, [READ])), [DEPLOY]: B },
    [
      "raised lib/build/b\n  deploy:3:3 The job 'build/b' was in .github/workflows/ci.yml before, which other events start.",
      "lowered lib/build/b\n  deploy:3:3 The job 'build/b' was in .github/workflows/ci.yml before, which other events start.",
    ],
    [
      "raised ci/build/b\n  deploy:3:3 The job 'build/b' was in .github/workflows/lib.yml before, which other events start.",
      "lowered ci/build/b\n  deploy:3:3 The job 'build/b' was in .github/workflows/lib.yml before, which other events start.",
    ],
  ],
  [
    'a job moves into a called file whose caller has an `if`',
    { [CI]: file('[push, create]', b) },
    { [CI]: file('[push, create]', calling('build', DEPLOY, [READ, ON_PUSH])), [DEPLOY]: B },
    ["lowered ci/build/b\n  ci:1:12 What decides who can start it by 'create' changed."],
    ["raised ci/b\n  ci:1:12 What decides who can start it by 'create' changed."],
  ],
]);
