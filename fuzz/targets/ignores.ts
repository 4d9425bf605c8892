import { reportOf } from '../../__tests__/helpers/checking.ts';
import type { Target } from '../target.ts';
import { must } from '../target.ts';
import { checkReport } from '../oracles/report.ts';

/** The comments stand at its lines, one after the other. */
const LINES = [
  'on: [push, pull_request_target]',
  'permissions: write-all',
  'jobs:',
  '  build:',
  '    runs-on: x',
  '    permissions:',
  '      contents: write',
  '    steps:',
  '      - uses: octo/action@v1',
];

const KNOWN = { default: 'read', visibility: 'public', repository: 'octo/app' } as const;

const plain = reportOf(`${LINES.join('\n')}\n`, KNOWN).findings.length;

let count = 0;

/** Comments that excuse findings: each line of the input becomes one. Nothing gets lost, it is excused or not. */
export const IGNORES: Target = {
  name: 'ignores',
  longest: 400,
  seeds: () => [
    ' effective-permissions: ignore[excessive-permission, over-limit] it is needed\n',
    '\n effective-permissions: ignore[write-to-unpinned-action] approved\n\n\n\n effective-permissions: ignore[x]',
    ' effective-permissions: ignore because of x',
    '# effective-permissions:ignore[]',
  ],
  shape: (text) => text.split(/[\r\n]/, LINES.length).join('\n'),
  run: (text) => {
    const comments = text.split('\n');
    const lines = LINES.map((line, at) => (comments[at] === undefined ? line : `${line} #${comments[at]}`));
    const commented = reportOf(`${lines.join('\n')}\n`, KNOWN);
    if ((commented.workflows[0]?.problems.length ?? 0) > 0) return;
    const found = commented.findings.length + commented.suppressed.length;
    must(found >= plain, () => `${plain} findings became ${found}`);
    if (count++ % 50 === 0) checkReport(commented);
  },
};
