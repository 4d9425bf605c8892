import { isUtf8 } from 'node:buffer';

import { decode } from '../../src/workflow/yaml/decode.ts';
import { readSource } from '../../src/workflow/read-source.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { checkPositions } from '../oracles/positions.ts';
import { CI } from '../seeds/several-files.ts';
import type { Target } from '../target.ts';
import { must } from '../target.ts';

const VALID = 'name: gr\u00f6\u00dfe\non: push\njobs: { a: { runs-on: x, steps: [{ run: "\u5927" }] } }\n';

/** The bytes of a workflow file, each written as the character of its number. */
export const BYTES: Target = {
  name: 'bytes',
  longest: 600,
  seeds: () =>
    ['', '\u00ef\u00bb\u00bf', '\u00ff\u00fe', ''].map((mark) => mark + Buffer.from(VALID).toString('latin1')),
  shape: (text) => Buffer.from(text, 'latin1').toString('latin1'),
  run: (text) => {
    const bytes = new Uint8Array(Buffer.from(text, 'latin1'));
    const { text: read, problem } = decode(bytes);
    const isText = isUtf8(bytes);
    must(
      (problem === null) === isText || text.startsWith('\u00ff\u00fe') || text.startsWith('\u00fe\u00ff'),
      () => `${isText}: ${JSON.stringify(problem)}`,
    );
    checkPositions(read, readSource<never>({ path: CI, bytes }, readWorkflow).problems);
  },
};
