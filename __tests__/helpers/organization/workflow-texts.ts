import { numbersFrom, type Numbers } from './numbers.ts';

/** Which repositories there are to call. */
export interface Callable {
  readonly owner: string;
  /** How many shared repositories there are. */
  readonly shared: number;
}

export function sharedName(index: number): string {
  return `shared-${String(index).padStart(3, '0')}`;
}

function block(numbers: Numbers, indent: string): string {
  return numbers.pick([
    '',
    '',
    `${indent}permissions: {}\n`,
    `${indent}permissions: read-all\n`,
    `${indent}permissions:\n${indent}  contents: read\n`,
    `${indent}permissions:\n${indent}  contents: ${numbers.pick(['read', 'write'])}\n${indent}  ${numbers.pick(['packages', 'pull-requests', 'id-token'])}: write\n`,
  ]);
}

function steps(numbers: Numbers): string {
  const step = (): string =>
    numbers.pick([
      `      - uses: actions/checkout@v${2 + numbers.below(5)}\n`,
      `      - run: make target-${numbers.below(1000)} VERBOSE=1\n`,
      `      - name: Build\n        run: |\n          npm ci\n          npm run build -- --mode=${numbers.below(50)}\n`,
      '      - run: gh pr comment "$NUMBER" --body done\n        env:\n          GH_TOKEN: ${{ github.token }}\n',
    ]);
  return Array.from({ length: 2 + numbers.below(4) }, step).join('');
}

function job(numbers: Numbers, id: string): string {
  return `  ${id}:\n${block(numbers, '    ')}    runs-on: ubuntu-latest\n    steps:\n${steps(numbers)}`;
}

function jobs(numbers: Numbers, count: number): string {
  return Array.from({ length: count }, (_, index) => job(numbers, `job-${index}`)).join('');
}

const EVENTS = ['push', 'pull_request', 'workflow_dispatch', 'pull_request_target', '[push, pull_request]'];

/** A workflow of a repository: by itself, or one that calls a shared one, a neighbour, or what is not there. */
export function workflowText(seed: string, { owner, shared }: Callable): string {
  const numbers = numbersFrom(seed);
  const head = `name: ${seed}\non: ${numbers.pick(EVENTS)}\n${block(numbers, '')}jobs:\n`;
  const own = jobs(numbers, 1 + numbers.below(3));
  const call = (uses: string): string => `${head}${own}  call:\n    uses: ${uses}\n`;
  const ref = numbers.pick(['main', 'main', 'v1', 'v2']);
  const kind = numbers.below(100);
  const release = `${owner}/${sharedName(numbers.below(shared))}/.github/workflows/release.yml`;
  if (kind < 15) return call(`${release}@${ref}`);
  if (kind < 17) return call(`${owner}/old-name/.github/workflows/release.yml@v1`);
  if (kind < 19) return call(`${owner}/gone/.github/workflows/release.yml@v1`);
  if (kind < 22) return call(`${release}@no-such-branch`);
  if (kind < 24) return call(`${owner}/${sharedName(0)}/.github/workflows/none.yml@main`);
  if (kind < 34)
    return `${head}${own}  setup:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ${owner}/actions/setup@v1\n`;
  if (kind < 38)
    return `${head}${own}  local:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./.github/actions/build\n`;
  return `${head}${own}`;
}

/** The called workflow of a shared repository: a chain over a neighbour to the next shared repository. */
export function sharedTexts(
  index: number,
  version: string,
  { owner, shared }: Callable,
): Readonly<Record<string, string>> {
  const numbers = numbersFrom(`shared ${index} ${version}`);
  const next =
    index + 1 < shared && index % 3 !== 2
      ? `  next:\n    uses: ${owner}/${sharedName(index + 1)}/.github/workflows/build.yml@v1\n`
      : '';
  return {
    '.github/workflows/release.yml': `on: workflow_call\npermissions:\n  contents: read\njobs:\n${job(numbers, 'release')}  build:\n    uses: ./.github/workflows/build.yml\n`,
    '.github/workflows/build.yml': `on: workflow_call\njobs:\n${job(numbers, 'build')}${next}`,
  };
}

export const SETUP_ACTION =
  'name: Setup\ndescription: Sets up\nruns:\n  using: composite\n  steps:\n    - uses: actions/checkout@v4\n    - run: make setup\n      shell: bash\n';

export const LOCAL_ACTION =
  'name: Build\ndescription: Builds\nruns:\n  using: composite\n  steps:\n    - run: make\n      shell: bash\n';
