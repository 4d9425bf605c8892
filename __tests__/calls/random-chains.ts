import fc from 'fast-check';

import { LiteralLoader } from './literal.ts';
import type { LiteralError, LiteralJob, Policy, Tokens, Written } from './literal.ts';
import { FOLDER } from './report-of.ts';

/** A job of a random chain. Mutable, so that advice can be followed. */
export interface JobModel {
  id: string;
  permissions: Written;
  readonly calls: FileModel | null;
}

/** A file of a random chain. */
export interface FileModel {
  /** Where it stands, seen from its caller. */
  readonly at: 'same' | 'ours' | 'theirs';
  permissions: Written;
  readonly jobs: readonly JobModel[];
}

/** The files of a chain as text, and what is needed to find one's way in them. */
export interface Rendered {
  /** The files of the checkout by name; the root is `root.yml`. */
  readonly files: Readonly<Record<string, string>>;
  readonly called: Readonly<Record<string, string>>;
  /** The job whose id stands in a line of a file, by `path:line`. */
  readonly jobAt: ReadonlyMap<string, JobModel>;
  /** Each called file of the checkout, by its path. */
  readonly local: ReadonlyMap<string, FileModel>;
  readonly literal: (policy: Policy) => { readonly errors: readonly LiteralError[]; readonly jobs: LiteralJob[] };
}

/** Few permissions, so that blocks meet: those with odd levels, and two plain ones. */
const LEVELS = {
  contents: ['none', 'read', 'write'],
  issues: ['none', 'read', 'write'],
  packages: ['none', 'read', 'write'],
  'id-token': ['none', 'write'],
  models: ['none', 'read'],
  'copilot-requests': ['none', 'write'],
} as const;

const mapping = fc.record(
  Object.fromEntries(Object.entries(LEVELS).map(([name, levels]) => [name, fc.constantFrom(...levels)])),
  { requiredKeys: [] },
) as fc.Arbitrary<Exclude<Written, string | null>>;

export const written: fc.Arbitrary<Written> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant('read-all' as const) },
  { weight: 1, arbitrary: fc.constant('write-all' as const) },
  { weight: 1, arbitrary: fc.constant({}) },
  { weight: 6, arbitrary: mapping },
);

function fileModel(depth: number, at: fc.Arbitrary<FileModel['at']>): fc.Arbitrary<FileModel> {
  const calls: fc.Arbitrary<FileModel | null> =
    depth === 0
      ? fc.constant(null)
      : fc.oneof(
          { weight: 1, arbitrary: fc.constant(null) },
          { weight: 2, arbitrary: fileModel(depth - 1, fc.constantFrom('same', 'same', 'ours', 'theirs')) },
        );
  const jobs = fc.array(fc.record({ permissions: written, calls }), { minLength: 1, maxLength: depth === 0 ? 2 : 3 });
  return fc.record({ at, permissions: written, jobs }).map(({ jobs: list, ...file }) => ({
    ...file,
    jobs: list.map((one, index) => ({ ...one, id: `job${index}` })),
  }));
}

/** A root and all that it calls, at most four levels below it. */
export const chain: fc.Arbitrary<FileModel> = fc
  .integer({ min: 1, max: 4 })
  .chain((depth) => fileModel(depth, fc.constant('same')));

/** The same with files that have several callers: each call leads to one of the few files of the next level. */
export const sharedChain: fc.Arbitrary<FileModel> = fc.integer({ min: 1, max: 4 }).chain((depth) => {
  const level = fc.array(
    fc.record({
      at: fc.constantFrom<FileModel['at']>('same', 'same', 'ours', 'theirs'),
      permissions: written,
      jobs: fc.array(fc.record({ permissions: written, to: fc.option(fc.nat(1), { freq: 3 }) }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    { minLength: 1, maxLength: 2 },
  );
  return fc.array(level, { minLength: depth + 1, maxLength: depth + 1 }).map((levels) => {
    const last = levels.reduceRight<readonly FileModel[]>(
      (below, files) =>
        files.map(({ jobs, ...file }) => ({
          ...file,
          jobs: jobs.map(({ permissions, to }, index) => ({
            id: `job${index}`,
            permissions,
            calls: to === null ? null : (below[to % below.length] ?? null),
          })),
        })),
      [],
    );
    return { ...last[0]!, at: 'same' };
  });
});

export const policy: fc.Arbitrary<Policy> = fc.constantFrom('LimitedRead', 'Write');

/** Writes a chain as files, each of its own name. */
export function render(root: FileModel, on = 'push'): Rendered {
  const files: Record<string, string> = {};
  const called: Record<string, string> = {};
  const jobAt = new Map<string, JobModel>();
  const local = new Map<string, FileModel>();
  const tokens = new Map<string, Tokens>();
  const trusted = new Set<string>();
  const names = new Map<FileModel, Map<string | null, string>>();
  let count = 0;

  /** How a called file is named, seen from a repository. Written once, however often it is called. */
  function referenceTo(file: FileModel, repository: string | null): string {
    const owner = { same: repository, ours: 'octo/lib', theirs: 'other/lib' }[file.at];
    const known = names.get(file) ?? new Map<string | null, string>();
    names.set(file, known);
    let uses = known.get(owner);
    if (uses === undefined) {
      const name = `called-${++count}.yml`;
      uses = owner === null ? FOLDER + name : `${owner}/${FOLDER}${name}@v1`;
      known.set(owner, uses);
      if (owner === null || owner.startsWith('octo/')) trusted.add(uses);
      tokens.set(uses, write(file, name, owner));
    }
    return uses;
  }

  function write(file: FileModel, name: string, repository: string | null): Tokens {
    const path = repository === null ? FOLDER + name : `${repository}/${FOLDER}${name}@v1`;
    const lines = [`on: ${name === 'root.yml' ? on : 'workflow_call'}`];
    if (file.permissions !== null) lines.push(`permissions: ${JSON.stringify(file.permissions)}`);
    lines.push('jobs:');
    const jobs = file.jobs.map((job) => {
      lines.push(`  ${job.id}:`);
      jobAt.set(`${path}:${lines.length}`, job);
      if (job.permissions !== null) lines.push(`    permissions: ${JSON.stringify(job.permissions)}`);
      let uses: string | null = null;
      if (job.calls === null) lines.push('    runs-on: ubuntu-latest', '    steps: [{run: make}]');
      else {
        uses = referenceTo(job.calls, repository);
        const name = /called-\d+\.yml/.exec(uses)?.[0] ?? '';
        lines.push(`    uses: ${job.calls.at === 'same' ? `./${FOLDER}${name}` : uses}`);
      }
      return { id: job.id, permissions: job.permissions, uses };
    });
    const text = `${lines.join('\n')}\n`;
    if (repository === null) {
      files[name] = text;
      if (name !== 'root.yml') local.set(path, file);
    } else called[path] = text;
    return { permissions: file.permissions, jobs };
  }

  const rootTokens = write(root, 'root.yml', null);
  return {
    files,
    called,
    jobAt,
    local,
    literal: (setting) => {
      const loader = new LiteralLoader(tokens, trusted, setting);
      const jobs = loader.load(rootTokens);
      return { errors: loader.errors, jobs };
    },
  };
}

/** A copy that may be changed. */
export function copyOf(file: FileModel): FileModel {
  return structuredClone(file);
}

/** All files of a chain, the root first. */
export function allFiles(root: FileModel): readonly FileModel[] {
  return [root, ...root.jobs.flatMap(({ calls }) => (calls === null ? [] : allFiles(calls)))];
}
