import { expect, test } from '@jest/globals';

import { bytesOf, settingsOf } from '../helpers/checking.ts';
import { changesUnder } from '../helpers/comparing.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { tellsBothWays } from './both-ways.ts';
import { calling, CI, DEPLOY, file, job, LIB, READ, told, WRITE } from './written.ts';

const a = job('a', [READ]);
const broken = job('a', [READ, 'colour: red']);
const never = job('z', ['if: false']);
const calls = (...more: readonly string[]) => file('push', calling('build', DEPLOY), ...more);
const skipped = calling('build', DEPLOY, ['if: false']);
const called = (block: string) => ({ [DEPLOY]: file('workflow_call', job('b', [block])) });
const granting = (block: string) => file('push', calling('build', DEPLOY, [block]));

tellsBothWays([
  [
    'a call that names no workflow',
    file('push', a),
    file('push', a, calling('x', 'nonsense')),
    ['starts-to-fail ci/a\n  ci:9:11 invalid value workflow reference: no version specified'],
    ['stops-failing ci/a\n  ci:3:3 The base does not start: invalid value workflow reference: no version specified'],
  ],
  [
    'a key that is not known',
    file('push', a),
    file('push', broken),
    ["starts-to-fail ci/a\n  ci:6:5 Unexpected value 'colour'"],
    ["stops-failing ci/a\n  ci:3:3 The base does not start: Unexpected value 'colour'"],
  ],
  [
    'no event',
    file('push', a),
    file('[]', a),
    ['starts-to-fail ci/a\n  ci:1:1 No event triggers defined in `on`'],
    ['stops-failing ci/a\n  ci:3:3 The base does not start: No event triggers defined in `on`'],
  ],
  [
    'another event, which is not known',
    file('push', a),
    file('[bogus]', a),
    ["starts-to-fail ci\n  ci:1:6 Unexpected value 'bogus'", "lowered ci/a\n  ci:1:5 `on` no longer names 'push'."],
    ['stops-failing ci\n  ci:1:1 GitHub refuses it in the base.', "raised ci/a\n  ci:1:5 `on` names 'push' now."],
  ],
  [
    'a file without jobs that get a token',
    file('push', never),
    file('push', never, broken),
    ["starts-to-fail ci\n  ci:11:5 Unexpected value 'colour'"],
    ['stops-failing ci\n  ci:1:1 GitHub refuses it in the base.'],
  ],
  [
    'the same in a renamed file',
    { [CI]: file('push', never) },
    { [LIB]: file('push', never, broken) },
    ["starts-to-fail lib\n  lib:11:5 Unexpected value 'colour'"],
    ['stops-failing ci\n  ci:1:1 GitHub refuses it in the base.'],
  ],
  [
    'a new file',
    { [DEPLOY]: file('push', a) },
    { [DEPLOY]: file('push', a), [CI]: file('[push, create]', broken) },
    ["new ci\n  ci:6:5 Unexpected value 'colour'"],
    ['removed ci\n  ci:1:1 The workflow was removed.'],
  ],
  [
    'a called file asks for more than it gets',
    { [CI]: granting(READ), ...called(READ) },
    { [CI]: granting(READ), ...called(WRITE) },
    [
      "starts-to-fail ci/build/b\n  ci:3:3 Error calling workflow './.github/workflows/deploy.yml'. The nested job 'b' is requesting 'contents: write', but is only allowed 'contents: read'.",
      "contract-raised deploy\n  deploy:5:20 The block of the job 'b' asks for it.",
    ],
    [
      "stops-failing ci/build/b\n  deploy:3:3 The base does not start: Error calling workflow './.github/workflows/deploy.yml'. The nested job 'b' is requesting 'contents: write', but is only allowed 'contents: read'.",
      "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
    ],
  ],
  [
    'a called file is gone',
    { [CI]: granting(READ), ...called(READ) },
    { [CI]: granting(READ) },
    [
      'starts-to-fail ci/build\n  ci:4:11 error parsing called workflow ".github/workflows/ci.yml" -> "./.github/workflows/deploy.yml": workflow was not found. See https://docs.github.com/actions/learn-github-actions/reusing-workflows#access-to-reusable-workflows for more information.',
    ],
    [
      'stops-failing ci/build\n  deploy:3:3 The base does not start: error parsing called workflow ".github/workflows/ci.yml" -> "./.github/workflows/deploy.yml": workflow was not found. See https://docs.github.com/actions/learn-github-actions/reusing-workflows#access-to-reusable-workflows for more information.',
    ],
  ],
  [
    'two files, one after the other',
    { [CI]: file('push', a), [LIB]: file('push', broken) },
    { [CI]: file('push', broken), [LIB]: file('push', a) },
    [
      "starts-to-fail ci/a\n  ci:6:5 Unexpected value 'colour'",
      "stops-failing lib/a\n  lib:3:3 The base does not start: Unexpected value 'colour'",
    ],
    [
      "stops-failing ci/a\n  ci:3:3 The base does not start: Unexpected value 'colour'",
      "starts-to-fail lib/a\n  lib:6:5 Unexpected value 'colour'",
    ],
  ],
  [
    'a job moves out of a file that GitHub refuses, to one with the same event',
    { [CI]: file('push', a, job('z', ['if: false', 'colour: red'])), [LIB]: file('push', job('y')) },
    { [CI]: file('push', never), [LIB]: file('push', job('y'), a) },
    ["stops-failing lib/a\n  lib:7:3 The base does not start: Unexpected value 'colour'"],
    ["starts-to-fail ci/a\n  ci:11:5 Unexpected value 'colour'"],
  ],
  [
    'a job moves out of a file that GitHub refuses',
    { [CI]: file('push', a, job('x', ['colour: red'])), [LIB]: file('create', job('y')) },
    { [LIB]: file('create', job('y'), a), [CI]: file('push', job('x')) },
    [
      "stops-failing ci/x\n  ci:3:3 The base does not start: Unexpected value 'colour'",
      "raised lib/a\n  lib:7:3 The job 'a' was in .github/workflows/ci.yml before, which other events start.",
    ],
    [
      "lowered ci/a\n  ci:3:3 The job 'a' was in .github/workflows/lib.yml before, which other events start.",
      "starts-to-fail ci/x\n  ci:10:5 Unexpected value 'colour'",
    ],
  ],
]);

tellsBothWays(
  [
    [
      'under one value of the default',
      { [CI]: calls(), ...called(READ) },
      { [CI]: calls(), ...called(WRITE) },
      [
        "starts-to-fail ci/build/b\n  ci:3:3 Error calling workflow './.github/workflows/deploy.yml'. The nested job 'b' is requesting 'contents: write', but is only allowed 'contents: read'.",
        "raised ci/build/b\n  deploy:5:20 The block of the job 'b' changed.",
        "contract-raised deploy\n  deploy:5:20 The block of the job 'b' asks for it.",
      ],
      [
        "stops-failing ci/build/b\n  deploy:3:3 The base does not start: Error calling workflow './.github/workflows/deploy.yml'. The nested job 'b' is requesting 'contents: write', but is only allowed 'contents: read'.",
        "lowered ci/build/b\n  deploy:5:20 The block of the job 'b' changed.",
        "contract-lowered deploy\n  deploy:1:1 No block asks for that much of 'contents' any more.",
      ],
    ],
    [
      'under both values, and under one',
      { [CI]: calls(broken), ...called(WRITE) },
      { [CI]: calls(never), ...called(WRITE) },
      ["stops-failing ci/build/b\n  deploy:3:3 The base does not start: Unexpected value 'colour'"],
      ["starts-to-fail ci/build/b\n  ci:8:5 Unexpected value 'colour'"],
    ],
    [
      'under both values, and under one, of a file without jobs that get a token',
      { [CI]: file('push', skipped, job('z', ['if: false', 'colour: red'])), ...called(WRITE) },
      { [CI]: file('push', skipped), ...called(WRITE) },
      ['stops-failing ci\n  ci:1:1 GitHub refuses it in the base.'],
      ["starts-to-fail ci\n  ci:9:5 Unexpected value 'colour'"],
    ],
  ],
  { visibility: 'public' },
);

/** The same files, the workflow with a byte that is no UTF-8: that alone is no reason to refuse it. */
function withByte(files: Readonly<Record<string, string>>) {
  return Object.entries(files).map(([path, text]) => {
    const bytes = bytesOf(`#?\n${text}`);
    if (path === CI) bytes[1] = 0xff;
    return { path, bytes };
  });
}

test('a byte that is no UTF-8 is not what GitHub refuses', () => {
  const settings = settingsOf({ visibility: 'public' });
  const between = (base: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>) => {
    const [before, after] = [base, head].map((files) => ({ files: readFiles(withByte(files)), called: new Map() }));
    return changesUnder(before!, after!, settings, settings).map(told);
  };
  expect(between({ [CI]: file('push', a) }, { [CI]: file('push', broken) })).toEqual([
    "starts-to-fail ci/a\n  ci:7:5 Unexpected value 'colour'",
  ]);
  expect(between({ [CI]: calls(), ...called(WRITE) }, { [CI]: calls(), ...called(READ) })[0]).toContain(
    "deploy:4:3 The base does not start: Error calling workflow './.github/workflows/deploy.yml'. The nested job 'b' is",
  );
});
