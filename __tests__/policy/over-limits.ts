import type { Finding } from '../../src/model/report.ts';
import { bytesOf, settingsOf } from '../helpers/checking.ts';
import { foundBy, judgementWithCalls, policyFile } from '../helpers/judging.ts';
import type { Judging, limit } from '../helpers/judging.ts';

export const CI = '.github/workflows/ci.yml';
export const OTHER = '.github/workflows/other.yml';
export const CALLED = '.github/workflows/called.yml';
export const MIDDLE = '.github/workflows/middle.yml';
export const REMOTE = 'octo-org/shared/.github/workflows/remote.yml@v1';
export const DEEP = 'octo-org/shared/.github/workflows/deep.yml@v1';

export const RUNS = '    runs-on: x\n    steps:\n      - run: make\n';
export const job = (id: string, lines = '') => `  ${id}:\n${lines}${RUNS}`;
export const calling = (id: string, file: string, lines = '') => `  ${id}:\n${lines}    uses: ${file}\n`;
export const workflow = (on: string, block: string, ...jobs: readonly string[]) =>
  `on: ${on}\n${block}jobs:\n${jobs.join('')}`;
export const ids = (count: number) => Array.from({ length: count }, (_, index) => `j${index + 1}`);

export type Limits = readonly ReturnType<typeof limit>[];
export type Files = Readonly<Record<string, string>>;

export function over(texts: string | Files, limits: Limits, known: Judging = {}): readonly Finding[] {
  return foundBy('over-limit', texts, { ...known, policy: [policyFile({ limits })] });
}

/** The same where files of other repositories are at hand. */
export async function overWithCalls(files: Files, called: Files, limits: Limits): Promise<readonly Finding[]> {
  const { findings } = await judgementWithCalls(
    Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) })),
    settingsOf({}),
    ({ owner, name, path, ref }) => {
      const text = called[`${owner}/${name}/${path}@${ref}`]!;
      return Promise.resolve({ kind: 'found', bytes: bytesOf(text), commit: null, anyRef: false });
    },
    [policyFile({ limits })],
  );
  return findings.filter(({ rule }) => rule === 'over-limit');
}

export const messages = (findings: readonly Finding[]) => findings.map(({ message }) => message);
export const advices = (findings: readonly Finding[]) => findings.flatMap(({ advice = [] }) => advice);
