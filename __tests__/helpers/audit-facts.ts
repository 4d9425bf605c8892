import type { Permissions } from '../../src/model/permission.ts';
import type {
  CallFacts,
  FindingFacts,
  OrganizationFacts,
  OutcomeFacts,
  RepositoryFacts,
  TriedRepository,
  WorkflowFacts,
} from '../../src/organization/facts.ts';

/** How large a made organization is. */
export interface Size {
  readonly repositories: number;
  readonly workflows: number;
  readonly jobs: number;
}

/** Numbers that look random and are always the same. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const TEAMS = ['payments', 'identity', 'search', 'mobile', 'data', 'platform', 'web', 'ledger', 'support', 'growth'];
const THINGS = ['api', 'worker', 'console', 'sdk', 'infra', 'docs', 'gateway', 'jobs', 'client', 'models'];
const JOBS = ['build', 'test', 'lint', 'release', 'publish', 'deploy', 'label', 'triage', 'scan', 'docs'];
const FILES = ['ci', 'release', 'deploy', 'labels'];
const EVENTS = [
  ['push', 'pull_request'],
  ['push'],
  ['workflow_dispatch', 'schedule'],
  ['pull_request_target'],
] as const;

const READ: Permissions = { contents: 'read' };
const SETS: readonly Permissions[] = [
  READ,
  { contents: 'write' },
  { contents: 'read', packages: 'write' },
  { contents: 'read', 'id-token': 'write' },
  { contents: 'read', 'pull-requests': 'write' },
  { issues: 'write', 'pull-requests': 'write' },
  {},
];

/** The first of each pair is what the repository gets, the second what a fork gets; by the events of the workflow. */
const OUTCOMES: readonly OutcomeFacts[] = EVENTS.flatMap((events) =>
  SETS.flatMap((permissions): readonly OutcomeFacts[] => [
    {
      events,
      actor: 'repository',
      permissions,
      ...(events[0] === 'pull_request_target' ? { byOutsiders: events } : {}),
    },
    { events: ['pull_request'], actor: 'fork', permissions: READ },
  ]),
);

const CALLED = [
  'octo/shared/.github/workflows/build.yml',
  'octo/shared/.github/workflows/release.yml',
  'octo/shared/.github/workflows/deploy.yml',
  'octo/platform-infra/.github/workflows/scan.yml',
  'partner/workflows/.github/workflows/notify.yml',
];

const FINDINGS: readonly (readonly [rule: string, level: FindingFacts['level'], message: string])[] = [
  ['write-on-untrusted-trigger', 'error', 'A pull request from a fork can write `contents`.'],
  ['missing-permissions', 'warning', 'No block applies to `build`, so the default of the repository decides.'],
  ['excessive-permission', 'warning', '`release` gets `packages: write`, and no step uses it.'],
  ['blanket-permissions', 'warning', '`permissions: write-all` gives every permission.'],
  ['unresolved-call', 'note', 'The called workflow could not be read.'],
];

/** Makes the facts of an organization, always the same for the same size. */
export function madeFacts({ repositories, workflows, jobs }: Size): OrganizationFacts {
  const below = numbers(20_261_121);
  const one = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;

  const workflow = (index: number): WorkflowFacts => {
    const file = FILES[index % FILES.length]!;
    const events = index % EVENTS.length;
    const call: CallFacts = {
      job: 'shared',
      to: below(CALLED.length),
      ref: one(['v1', 'v2', 'main', '8f4b7f84864484a7bf31766abe9204da3cbe65b3']),
      passes: below(4) === 0 ? null : below(SETS.length),
      at: { path: `.github/workflows/${file}.yml`, line: 9 },
    };
    return {
      path: `.github/workflows/${file}${index < FILES.length ? '' : `-${index}`}.yml`,
      name: null,
      events: EVENTS[events]!,
      outcome: 'ok',
      jobs: Array.from({ length: jobs / workflows }, (_, at) => {
        const set = below(3) === 0 ? 1 + below(SETS.length - 1) : 0;
        const place = (events * SETS.length + set) * 2;
        return {
          job: `${JOBS[(index * 3 + at) % JOBS.length]!}${at < JOBS.length ? '' : `-${at}`}`,
          line: 8 + at * 12,
          outcomes: events === 0 ? [place, place + 1] : [place],
        };
      }),
      calls: below(3) === 0 ? [call] : [],
    };
  };

  const finding = (repository: string, at: number): FindingFacts => {
    const [rule, level, message] = FINDINGS[Math.min(FINDINGS.length - 1, below(9))]!;
    const path = `.github/workflows/${one(FILES)}.yml`;
    return { id: `${repository}-${at}`, rule, level, message, path, line: 1 + below(80), job: one(JOBS), subjects: 1 };
  };

  const repository = (index: number): RepositoryFacts => {
    const name = `octo/${one(TEAMS)}-${one(THINGS)}-${String(index).padStart(4, '0')}`;
    const findings = below(3) === 0 ? Array.from({ length: 1 + below(3) }, (_, at) => finding(name, at)) : [];
    const about = { repository: name, branch: 'main', commit: `${index}`.padStart(40, '0') };
    const unknown = { visibility: 'unknown', defaultPermissions: 'unknown', forkPullRequests: 'unknown' } as const;
    const nothing = { ...about, ...unknown, platform: 'github.com', workflows: [], findings: [], suppressed: 0 };
    if (index % 1667 === 3) {
      return { ...nothing, commit: null, state: 'lost', reason: 'Shard 7 of 40 gave no result.', result: 'error' };
    }
    if (index % 1250 === 4) {
      return { ...nothing, commit: null, state: 'not-read', reason: 'GitHub answered 403 to it.', result: 'error' };
    }
    if (index % 23 === 5) return { ...nothing, visibility: 'private', state: 'no-workflows', result: 'pass' };
    return {
      ...about,
      state: 'read',
      visibility: one(['public', 'private', 'private', 'internal']),
      defaultPermissions: one(['read', 'write', 'write', 'unknown']),
      forkPullRequests: 'unknown',
      platform: 'github.com',
      ...(below(4) > 0 ? { reused: true } : {}),
      result: findings.some(({ level }) => level === 'error') ? 'fail' : 'pass',
      workflows: Array.from({ length: workflows }, (_, at) => workflow(at)),
      findings,
      suppressed: below(20) === 0 ? 2 : 0,
    };
  };

  const all = Array.from({ length: repositories }, (_, index) => repository(index)).sort((a, b) =>
    a.repository < b.repository ? -1 : 1,
  );
  const tried = all.flatMap((each, place): readonly TriedRepository[] =>
    each.state === 'read' && each.defaultPermissions !== 'read' && below(3) === 0 ? [triedRepository(place, one)] : [],
  );
  const read = all.filter(({ state }) => state === 'read');
  return {
    tool: { name: 'effective-permissions', version: '0.1.0' },
    permissionsTable: '2026-11-12',
    repositories: all,
    outcomes: OUTCOMES,
    sets: SETS,
    called: CALLED.map((file, index) => ({
      file,
      contract: index === CALLED.length - 1 ? null : { permissions: index % SETS.length, complete: index !== 2 },
    })),
    skipped: [{ repository: 'octo/old', why: 'archived' }],
    whatIf: {
      setting: 'default-permissions',
      value: 'read',
      repositories: tried,
      computed: read.length,
      notComputed: 0,
      unaffected: read.length * jobs - tried.length,
    },
    asked: null,
    since: {
      new: ['octo/brand-new@main'],
      gone: ['octo/old-one@main'],
      notCompared: [],
      jobs: read.slice(0, 40).map(({ repository: name, branch }, index) => ({
        kind: (['raised', 'lowered', 'reachable-by-outsiders', 'new'] as const)[index % 4]!,
        ...{
          repository: name,
          branch,
          workflow: '.github/workflows/ci.yml',
          job: one(JOBS),
          events: ['push'],
          actors: ['repository'],
        },
        permissions: [{ permission: 'contents', before: 'read', after: 'write' }],
      })),
      findings: read.slice(0, 10).map(({ repository: name, branch }, index) => ({
        ...({ kind: index % 2 === 0 ? 'new' : 'mended', repository: name, branch } as const),
        ...finding(name, 90),
      })),
    },
  };
}

function triedRepository(repository: number, one: <Item>(items: readonly Item[]) => Item): TriedRepository {
  const job = one(JOBS);
  return {
    repository,
    isAssumed: false,
    losing: [{ workflow: '.github/workflows/release.yml', job, permissions: ['contents: write'] }],
    unclear: [],
    failing: [],
    blocks: 1,
    patch: `--- a/.github/workflows/release.yml
+++ b/.github/workflows/release.yml
@@ -9,3 +9,5 @@
   ${job}:
+    permissions:
+      contents: write
     runs-on: ubuntu-latest
     steps:
`,
  };
}
