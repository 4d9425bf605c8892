import { stepWith } from '../../__tests__/needs/using.ts';
import type { StepUse } from '../../src/model/needs.ts';
import { githubScriptUse } from '../../src/needs/actions/github-script-use.ts';
import { shellUse } from '../../src/needs/scripts/shell-use.ts';
import { fromDocuments, scriptTexts } from '../seeds/texts.ts';
import { must } from '../target.ts';
import type { Target } from '../target.ts';

/** The script calls another one of the checkout, which calls itself. */
const STEP = stepWith(
  { env: { GH_TOKEN: '${{ github.token }}', A: 'b' }, git: true, identity: true },
  {
    readFile: (path) =>
      path.includes('self') ? `gh issue list\n./${path}\nnode ./${path}\nrequire('./${path}')\n` : null,
  },
);

/** Each need has a place in the file, and tells of a level that there is. */
function checkUse({ needs, uncertain }: StepUse): void {
  for (const { line, column, level } of [...needs, ...uncertain.map((one) => ({ ...one, level: 'read' }))]) {
    must(line >= 1 && column >= 1, () => `no place: ${line}:${column}`);
    must(level === 'read' || level === 'write', () => `no level: ${level}`);
  }
}

function shell(name: string, shellName: string, seeds: readonly string[]): Target {
  return {
    name,
    longest: 1500,
    seeds: () => [...seeds, ...scriptTexts('run'), ...fromDocuments('sh', 'console', 'powershell')],
    run: (script) => checkUse(shellUse(script, shellName, STEP)),
  };
}

/** The readers of the scripts of steps. */
export const SCRIPTS: readonly Target[] = [
  shell('shell', 'bash', [
    'sh ./self.sh',
    'gh api -X POST /repos/$GITHUB_REPOSITORY/issues -f a=b',
    'cat <<EOF\n$(gh pr list)\nEOF\n',
  ]),
  shell('powershell', 'pwsh', [
    '$a = "gh"\n& $a issue list',
    'Invoke-RestMethod -Uri "$env:GITHUB_API_URL/repos" -Method Post',
    "@'\na\n'@ | gh",
  ]),
  shell('cmd', 'cmd', [
    'set A=b\ngh issue list %A%',
    'if exist x (gh pr list) else call self.cmd',
    'curl -X POST ^\n https://api.github.com',
  ]),
  {
    name: 'script',
    longest: 1500,
    seeds: () => [
      ...[
        'await github.rest.issues.create({ ...context.repo, title: `a` })',
        "const f = require('./self.js'); await f({ github })",
      ],
      ...["await github.request('POST /repos/{owner}/{repo}/issues', { owner })", 'github.graphql(`mutation { a }`)'],
      ...scriptTexts('script'),
      ...fromDocuments('js', 'javascript', 'ts'),
    ],
    run: (script) => checkUse(githubScriptUse(script, STEP)),
  },
];
