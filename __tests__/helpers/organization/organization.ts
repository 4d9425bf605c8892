import { numbersFrom } from './numbers.ts';
import { entryAt, file, sha1, type Entry, type Files, type GitFile } from './objects.ts';
import { LOCAL_ACTION, SETUP_ACTION, sharedName, sharedTexts, workflowText, type Callable } from './workflow-texts.ts';

/** How an organization is to be. The same gives the same. */
export interface OrganizationShape {
  readonly owner: string;
  readonly seed: string;
  readonly repositories: number;
  /** How many workflow files a repository has on average. */
  readonly files: number;
  /** Of a hundred repositories, how many have another file than in round 0. */
  readonly changed?: number;
  /** Which other file: one for each audit. */
  readonly round?: number;
}

/** A repository as the API knows it. */
export interface Repository {
  readonly owner: string;
  readonly name: string;
  readonly visibility: 'PUBLIC' | 'PRIVATE' | 'INTERNAL';
  readonly archived: boolean;
  readonly fork: boolean;
  readonly defaultBranch: string;
  /** Of each branch the files; none for a repository without a commit. */
  readonly branches: ReadonlyMap<string, Files>;
  /** Tags, by name; those of an annotated one lead over an object of its own. */
  readonly tags: ReadonlyMap<string, { readonly files: Files; readonly isAnnotated: boolean }>;
}

/** An organization: its repositories by name in lower case, and those that are not what their name says. */
export interface Organization {
  readonly owner: string;
  readonly repositories: ReadonlyMap<string, Repository>;
  /** By the name of old. */
  readonly renamed: ReadonlyMap<string, string>;
  /** The API says "forbidden" of these. */
  readonly forbidden: ReadonlySet<string>;
}

/** The commit of some files: the same for the same files. */
export function commitOf({ owner, name }: Repository, files: Files): string {
  return sha1('commit', owner, name, JSON.stringify([...files].map(([path, { mode, text }]) => [path, mode, text])));
}

export function find(files: Files, path: string): Entry | null {
  return entryAt(files, path);
}

const VISIBILITIES = ['PUBLIC', 'PRIVATE', 'INTERNAL', 'PUBLIC'] as const;

/** How a repository differs from most: each kind comes again every so many. */
function kindOf(index: number): 'empty' | 'none' | 'linked' | 'odd' | 'policy' | 'usual' {
  if (index % 40 === 11) return 'empty';
  if (index % 30 === 13) return 'none';
  if (index % 100 === 19) return 'linked';
  if (index % 50 === 23) return 'odd';
  return index % 20 === 5 ? 'policy' : 'usual';
}

function usualFiles(index: number, shape: OrganizationShape, callable: Callable): Map<string, GitFile> {
  const { seed, files: average, changed = 0, round = 0 } = shape;
  const files = new Map<string, GitFile>();
  const count = 1 + numbersFrom(`${seed} ${index}`).below(2 * average - 1);
  const isChanged = round > 0 && numbersFrom(`${seed} ${round} ${index}`).below(1000) < changed * 10;
  for (let each = 0; each < count; each += 1) {
    // Some files are copies of a template that many repositories have.
    const isTemplate = each > 0 && each % 4 === 3;
    const name = isTemplate ? `template-${(index + each) % 20}` : `${seed}-${index}-${each}`;
    const text = workflowText(name, callable);
    files.set(
      `.github/workflows/w${String(each).padStart(2, '0')}.yml`,
      file(each === 0 && isChanged ? `${text}# ${round}\n` : text),
    );
  }
  // What may not be seen is asked for again each time, so such a repository is always computed.
  if (index % 200 === 6) {
    const text = `on: push\njobs:\n  call:\n    uses: ${shape.owner}/forbidden/.github/workflows/release.yml@v1\n`;
    files.set('.github/workflows/x-forbidden.yml', file(text));
  }
  files.set('.github/actions/build/action.yml', file(LOCAL_ACTION));
  files.set('README.md', file(`# ${index}\n`));
  return files;
}

const POLICY = 'version: 1\nrules:\n  missing-permissions: off\n';

function filesFor(index: number, shape: OrganizationShape, callable: Callable): Map<string, GitFile> | null {
  const kind = kindOf(index);
  if (kind === 'empty') return null;
  if (kind === 'none') return new Map([['README.md', file(`# ${index}\n`)]]);
  if (kind === 'linked')
    return new Map<string, GitFile>([['.github/workflows', { mode: '120000', text: '../elsewhere' }]]);
  const files = usualFiles(index, shape, callable);
  if (kind === 'policy') files.set('.github/permissions-policy.yml', file(POLICY));
  if (kind === 'odd') {
    files.set('.github/workflows/x-link.yml', { mode: '120000', text: 'w00.yml' });
    files.set('.github/workflows/x-module.yml', { mode: '160000', text: '' });
    // No text: what comes as such has lost something.
    files.set('.github/workflows/x-bytes.yml', { mode: '100644', text: 'name: \xff\xfe\non: push\njobs: {}\n' });
  }
  return files;
}

function repository(name: string, files: Files | null, index: number, shape: OrganizationShape): Repository {
  const branches = new Map<string, Files>(files === null ? [] : [['main', files]]);
  if (files !== null && index % 10 === 0) branches.set('release/1.x', new Map([...files].slice(0, 1)));
  return {
    owner: shape.owner,
    name,
    visibility: VISIBILITIES[index % VISIBILITIES.length]!,
    archived: index % 50 === 7,
    fork: index % 25 === 3,
    defaultBranch: 'main',
    branches,
    tags: new Map(),
  };
}

function shared(index: number, shape: OrganizationShape, callable: Callable): Repository {
  const at = (version: string): Files =>
    new Map(Object.entries(sharedTexts(index, version, callable)).map(([path, text]) => [path, file(text)]));
  return {
    ...repository(sharedName(index), at('main'), 4 * index, shape),
    archived: false,
    branches: new Map([['main', at('main')]]),
    tags: new Map([
      ['v1', { files: at('v1'), isAnnotated: true }],
      ['v2', { files: at('v2'), isAnnotated: false }],
    ]),
  };
}

/** Makes an organization from a seed: shared repositories that call each other, and many that call them. */
export function organizationFrom(shape: OrganizationShape): Organization {
  const { owner, repositories: count } = shape;
  const callable = { owner, shared: Math.max(2, Math.floor(count / 100)) };
  const all: Repository[] = Array.from({ length: callable.shared }, (_, index) => shared(index, shape, callable));
  const setup: Files = new Map([['setup/action.yml', file(SETUP_ACTION)]]);
  all.push({
    ...repository('actions', setup, 0, shape),
    branches: new Map([['main', setup]]),
    tags: new Map([['v1', { files: setup, isAnnotated: false }]]),
  });
  for (let index = 0; all.length < count; index += 1) {
    const name = `repo-${String(index).padStart(4, '0')}`;
    all.push(repository(name, filesFor(index, shape, callable), index, shape));
  }
  return {
    owner,
    repositories: new Map(all.map((one) => [one.name.toLowerCase(), one])),
    renamed: new Map([['old-name', sharedName(0)]]),
    forbidden: new Set(['forbidden']),
  };
}
