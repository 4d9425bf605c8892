import { describe, expect, test } from '@jest/globals';

import { JOBS, problemsOf } from '../helpers/reading.ts';

describe('an anchor or a tag belongs to the node: messages point at it', () => {
  test.each([
    ['&all none', ["2:14 Unexpected value 'none'"]],
    ['!!str none', ["2:14 Unexpected value 'none'"]],
    ['&all !!str none', ["2:14 Unexpected value 'none'"]],
    ['!!str &all none', ["2:14 Unexpected value 'none'"]],
    ['!<tag:yaml.org,2002:str> none', ["2:14 Unexpected value 'none'"]],
    ['&all # all of them\n  none', ["2:14 Unexpected value 'none'"]],
    ['&all', ["2:14 Unexpected value ''"]],
    ['!!null', ["2:14 Unexpected value ''"]],
    ['&all [contents]', ['2:14 A sequence was not expected']],
    ['{ contents: &level Read }', ["2:26 Unexpected value 'Read'"]],
    ['{ &name metadata: read }', ["2:16 Unexpected value 'metadata'"]],
  ])('permissions: %s', (written, expected) => {
    expect(problemsOf(`on: push\npermissions: ${written}\n${JOBS}`)).toEqual(expected);
  });

  test('also where a job lacks something', () => {
    expect(problemsOf('on: push\njobs:\n  a: &job\n    steps: []\n')).toEqual([
      '3:6 Required property is missing: runs-on',
    ]);
  });
});
