import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { corpusActions, corpusFiles } from '../../__tests__/helpers/corpus.ts';

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url));

/** Longer files are left out: what they do is in shorter ones, too. */
const LONGEST = 4000;

const short = (texts: readonly string[]): readonly string[] => texts.filter(({ length }) => length <= LONGEST);

/** The blocks of code in our documents, in one of some languages. */
export function fromDocuments(...languages: readonly string[]): readonly string[] {
  const block = new RegExp(String.raw`^\`\`\`(?:${languages.join('|')})\b[^\n]*\n([^]*?)^\`\`\`$`, 'gm');
  return readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .sort()
    .flatMap((file) => [...readFileSync(path.join(DOCS, file), 'utf8').matchAll(block)])
    .map(([, text = '']) => text);
}

/** Files in our documents whose name ends so. */
export function filesOfDocuments(end: string): readonly string[] {
  return readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(end))
    .sort()
    .map((file) => readFileSync(path.join(DOCS, file), 'utf8'));
}

/** Workflow files: those of our documents, and real ones where they are at hand. */
export function workflowTexts(): readonly string[] {
  workflows ??= short([
    ...fromDocuments('yaml'),
    ...filesOfDocuments('.yml'),
    ...corpusFiles().map(({ bytes }) => new TextDecoder().decode(bytes)),
  ]);
  return workflows;
}

/** Read once: there are thousands. */
let workflows: readonly string[] | null = null;

/** So many of some texts, from all over them: where trying one takes long, and many do the same. */
export function spread(texts: readonly string[], count: number): readonly string[] {
  const step = Math.max(1, Math.floor(texts.length / count));
  return texts.filter((_, at) => at % step === 0);
}

/** Real files of actions where they are at hand, and one of our own. */
export function actionTexts(): readonly string[] {
  const real = corpusActions().map(({ bytes }) => new TextDecoder().decode(bytes));
  return [ACTION, ...short(real)];
}

const ACTION = `name: Own
inputs: { token: { default: "\${{ github.token }}" } }
runs:
  using: composite
  steps:
    - uses: actions/checkout@v6
    - run: gh issue close 1
      shell: bash
      env: { GH_TOKEN: "\${{ inputs.token }}" }
`;

/** The scripts of the steps in workflow files, as far as they stand in a block of their own. */
export function scriptTexts(key: 'run' | 'script'): readonly string[] {
  const block = new RegExp(String.raw`^( *)(?:- )?${key}: [|>][-+]?\n((?:\1 +.*\n|\n)+)`, 'gm');
  const scripts = workflowTexts().flatMap((text) => [...text.matchAll(block)].map(([, , script = '']) => script));
  return short(scripts.map((script) => script.replaceAll(new RegExp(`^${/^ */.exec(script)?.[0] ?? ''}`, 'gm'), '')));
}
