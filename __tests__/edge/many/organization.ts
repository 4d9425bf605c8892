import type { AuditLine } from '../../../src/model/audit.ts';
import { run, type Ran } from '../command-line-run.ts';
import { temporaryFolder, WORKFLOW } from '../temporary-folder.ts';

const steps = 'runs-on: ubuntu-latest, steps: [{ run: "true" }]';

/** A workflow that asks for writes in one job, and says nothing in the other. */
export const WRITES = `on: [push, pull_request_target]
jobs:
  publish: { permissions: { contents: write, packages: write }, ${steps} }
  build: { ${steps} }
`;

/** Repositories of two owners: calls across them, actions, a policy, a baseline, none of it, and a broken policy. */
export const ORGANIZATION: Readonly<Record<string, string>> = {
  'octo-org/api/.github/workflows/ci.yml': `on: push
permissions: { contents: read, deployments: write }
jobs:
  deploy: { uses: octo-org/shared/.github/workflows/deploy.yml@v1 }
  lint: { runs-on: ubuntu-latest, steps: [{ uses: octo-org/shared/lint@v1 }] }
  later: { uses: octo-org/shared/.github/workflows/versioned.yml@v2 }
  away: { uses: other-org/not-here/.github/workflows/x.yml@main }
`,
  'octo-org/api/.github/permissions-policy.yml': 'version: 1\nlimits:\n  - permissions: { contents: read }\n',
  'octo-org/Web/.github/workflows/ci.yml': WRITES,
  'octo-org/Web/.github/permissions-baseline.json': '{ "schemaVersion": 1, "findings": [] }\n',
  'octo-org/shared/.github/workflows/deploy.yml': `on: workflow_call
jobs:
  deploy: { permissions: { contents: read, deployments: write }, ${steps} }
`,
  'octo-org/shared/.github/workflows/versioned.yml': WORKFLOW,
  'octo-org/shared/lint/action.yml': `name: Lint
runs: { using: composite, steps: [{ run: gh issue create --title x, shell: bash, env: { GH_TOKEN: '\${{ github.token }}' } }] }
`,
  'octo-org/shared@v2/.github/workflows/versioned.yml': `on: workflow_call
permissions: { contents: read }
jobs: { only-in-v2: { ${steps} } }
`,
  'octo-org/docs/README.md': 'Nothing runs here.\n',
  'other-org/broken/.github/workflows/ci.yml': WORKFLOW,
  'other-org/broken/.github/permissions-policy.yml': 'version: 1\nlimit: []\n',
  'other-org/refused/.github/workflows/ci.yml': 'on: push\npermissions: { contents: admin }\njobs: {}\n',
};

/** The repositories of it, in the order of the output. */
export const NAMES = [
  'octo-org/api',
  'octo-org/docs',
  'octo-org/shared',
  'octo-org/Web',
  'other-org/broken',
  'other-org/refused',
];

/** Checks all repositories without the network. */
export async function checkAll(
  files: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Ran & { readonly folder: string }> {
  const folder = temporaryFolder(files);
  return { ...(await run(['check', '--all', folder, '--offline', ...args])), folder };
}

/** The lines of `--format jsonl`. */
export function linesOf(text: string): readonly AuditLine[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as AuditLine);
}

/** The same by repository, each as the command line gave it. */
export async function lines(
  files: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<ReadonlyMap<string, AuditLine>> {
  const { text } = await checkAll(files, '--format', 'jsonl', ...args);
  return new Map(linesOf(text).map((line) => [line.audit.repository, line]));
}
