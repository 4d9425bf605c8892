import fc from 'fast-check';

import { chain, render, sharedChain } from '../../__tests__/calls/random-chains.ts';
import { bytesOf } from '../../__tests__/helpers/checking.ts';
import { check } from '../../src/library.ts';
import type { CheckSettings, RepositoryFile } from '../../src/library.ts';
import { checkReport } from '../oracles/report.ts';
import { sampler } from '../seeds/samples.ts';
import { asOneText, CI, filesIn } from '../seeds/several-files.ts';
import { spread, workflowTexts } from '../seeds/texts.ts';
import type { Target } from '../target.ts';

const sample = sampler(fc.oneof(chain, sharedChain));

const CYCLE = asOneText({
  [CI]: 'on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n    permissions: read-all\n',
  '.github/workflows/b.yml': 'on: workflow_call\njobs:\n  b:\n    uses: ./.github/workflows/c.yml\n',
  '.github/workflows/c.yml': 'on: [workflow_call, push]\njobs:\n  c:\n    uses: ./.github/workflows/b.yml\n',
});

const ACTION = asOneText({
  [CI]: 'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: ./act\n      - run: sh ./x.sh\n',
  'act/action.yml': 'runs:\n  using: composite\n  steps:\n    - run: gh pr close 1\n      shell: bash\n',
  'x.sh': 'gh issue list\n',
});

const SETTINGS: readonly CheckSettings[] = [
  {},
  { repository: 'octo/app', visibility: 'public', defaultPermissions: 'write' },
  { repository: 'octo/app', visibility: 'private', defaultPermissions: 'read', forkPullRequests: 'write' },
  { visibility: 'internal', ghes: '3.17', failOn: 'note' },
];

/** Several files with calls, chains and cycles, through all that is computed and every form of the report. */
export const CALLS: Target = {
  name: 'calls',
  longest: 2500,
  seeds: () => [CYCLE, ACTION, ...spread(workflowTexts(), 200).map((text) => text.slice(0, 2000))],
  generate: (draw) => {
    const { files, called } = render(sample(draw));
    const own = Object.entries(files).map(([name, text]) => [`.github/workflows/${name}`, text] as const);
    return asOneText({ ...Object.fromEntries(own), ...called });
  },
  run: async (text) => {
    const files = filesIn(text);
    const settings = SETTINGS[text.length % SETTINGS.length] ?? {};
    checkReport(await check(files, { ...settings, read: (file) => Promise.resolve(sourceOf(file, files)) }));
  },
};

function sourceOf({ owner, name, path, ref }: RepositoryFile, files: Readonly<Record<string, string>>) {
  const key = `${owner}/${name}/${path}@${ref}`;
  const text = Object.hasOwn(files, key) ? files[key] : undefined;
  if (text === undefined) return { kind: 'not-found' as const, reason: 'Nothing is there' };
  return { kind: 'found' as const, bytes: bytesOf(text), commit: null, anyRef: text.length % 2 === 0 };
}
