import deploy from '../../../docs/example-call/.github/workflows/deploy.yml';
import nightly from '../../../docs/example-call/.github/workflows/nightly.yml';
import ci from '../../../docs/example/.github/workflows/ci.yml';
import label from '../../../docs/example/.github/workflows/label.yml';
import preview from '../../../docs/example/.github/workflows/preview.yml';
import release from '../../../docs/example/.github/workflows/release.yml';
import type { Input } from '../input/input.ts';
import { NO_CHOICES } from '../input/input.ts';
import { WORKFLOWS } from '../input/paths.ts';

/** Something to look at for those who have no file at hand. */
export interface Example {
  readonly title: string;
  readonly input: Input;
}

function example(title: string, files: Readonly<Record<string, string>>, choices: Partial<Input> = {}): Example {
  const list = Object.entries(files).map(([name, text]) => ({ path: WORKFLOWS + name, text }));
  return { title, input: { files: list, ...NO_CHOICES, ...choices } };
}

/** Those of the documents, the first of which is shown at first. */
export const EXAMPLES: readonly [Example, ...Example[]] = [
  example(
    'A small project',
    { 'release.yml': release, 'ci.yml': ci, 'label.yml': label, 'preview.yml': preview },
    { defaultPermissions: 'read', visibility: 'public' },
  ),
  example('A call that cannot start', { 'nightly.yml': nightly, 'deploy.yml': deploy }),
  example('One job without a block', { 'ci.yml': ci }),
];
