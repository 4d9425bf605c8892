// Makes node20/action.yml, the action for runners that have no Node 24 yet, from action.yml. Run by `npm run generate`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import { PLACEHOLDER, repositoryIn } from './name-owner.mjs';

const RUNS = 'runs:\n  using: node24\n  main: dist/index.js\n';

const text = readFileSync(new URL('../action.yml', import.meta.url), 'utf8');
if (!text.endsWith(RUNS)) throw new Error(`action.yml does not end with\n${RUNS}`);

const repository = repositoryIn(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));
const head =
  '# The same action for runners without Node 24, such as those of older GitHub Enterprise Servers:\n' +
  `# \`uses: ${repository ?? PLACEHOLDER}/node20@COMMIT\`. Made from ../action.yml by \`npm run generate\`.\n`;
const runs = RUNS.replace('node24', 'node20').replace('dist/', '../dist/');
mkdirSync(new URL('../node20/', import.meta.url), { recursive: true });
writeFileSync(new URL('../node20/action.yml', import.meta.url), head + text.slice(0, -RUNS.length) + runs);
