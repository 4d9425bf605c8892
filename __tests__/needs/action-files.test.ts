import { describe, expect, test } from '@jest/globals';

import { loadCalledFiles } from '../../src/calls/called-files.ts';
import type { ReadCalledFile } from '../../src/model/called-file.ts';
import type { ActionFiles } from '../../src/needs/actions/action-files.ts';
import { actionPlace, jobHome, workspaceFolder } from '../../src/needs/actions/action-place.ts';
import { loadActionFiles } from '../../src/needs/actions/load-action-files.ts';
import { readAction } from '../../src/workflow/read-action.ts';
import { calledWorkflows } from '../../src/workflow/read-called.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { readBytes } from '../../src/workflow/read-source.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { corpusActions, corpusFiles, hasCorpus } from '../helpers/corpus.ts';

type Files = Readonly<Record<string, string>>;

const NODE = 'runs: { using: node20, main: index.js }';

/** An action, or a workflow, whose steps use these. */
function using(...actions: readonly string[]): string {
  return `runs:\n  using: composite\n  steps: ${JSON.stringify(actions.map((uses) => ({ uses })))}\n`;
}

function workflow(...steps: readonly (string | object)[]): string {
  const written = steps.map((step) => (typeof step === 'string' ? { uses: step } : step));
  return `on: [push, workflow_call]\njobs:\n  a:\n    runs-on: x\n    steps: ${JSON.stringify(written)}\n`;
}

interface Loaded {
  readonly actions: ActionFiles;
  /** What was asked for, in order: paths of the checkout, `OWNER/NAME/path@REF` of others. */
  readonly asked: readonly string[];
}

/** @param files by path in the checkout, or by `OWNER/NAME/path@REF`. */
async function load(files: Files, isKnown = (_name: string, _ref: string) => false): Promise<Loaded> {
  const asked: string[] = [];
  const readNamed = (name: string) => {
    asked.push(name);
    const text = Object.hasOwn(files, name) ? files[name] : undefined;
    if (text === 'unavailable') return Promise.resolve({ kind: 'unavailable' as const, reason: 'no network' });
    if (text === undefined) return Promise.resolve({ kind: 'not-found' as const, reason: `no ${name}` });
    const bytes = new TextEncoder().encode(text);
    return Promise.resolve({ kind: 'found' as const, bytes, commit: 'c0ffee', anyRef: name.endsWith('@any') });
  };
  const read: ReadCalledFile = ({ owner, name, path, ref }) => readNamed(`${owner}/${name}/${path}@${ref}`);
  const sources = Object.entries(files).filter(([path]) => path.startsWith('.github/workflows/'));
  const workflows = readFiles(sources.map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })));
  const called = await loadCalledFiles(
    workflows,
    calledWorkflows(read, (bytes) => readBytes<never>(bytes, readWorkflow)),
  );
  asked.length = 0;
  const repository = { owner: 'octo', name: 'own' };
  const actions = await loadActionFiles(workflows, called, {
    read,
    readLocal: readNamed,
    readAction,
    isKnown,
    repository,
  });
  return { actions, asked };
}

const CI = '.github/workflows/ci.yml';

describe('actions of the checkout', () => {
  test('are read, each once', async () => {
    const { actions, asked } = await load({
      [CI]: workflow(
        './.github/actions/a',
        './.github/actions/a/',
        './.github/./actions/x/../a',
        '$/.github/actions/a',
      ),
      '.github/actions/a/action.yml': using(),
    });
    expect(asked).toEqual(['.github/actions/a/action.yml']);
    expect([...actions]).toEqual([
      [
        './.github/actions/a',
        {
          kind: 'found',
          path: '.github/actions/a/action.yml',
          definition: { kind: 'composite', inputs: [], steps: [] },
          anyRef: false,
        },
      ],
    ]);
  });

  test('may be the repository itself, have another ending, or be a Dockerfile alone', async () => {
    const { actions } = await load({
      [CI]: workflow('./', './b', './c'),
      'action.yaml': NODE,
      'b/Dockerfile': 'FROM alpine',
    });
    expect(actions.get('./')).toMatchObject({ path: 'action.yaml', definition: { kind: 'program' } });
    expect(actions.get('./b')).toMatchObject({ path: 'b/Dockerfile', definition: { kind: 'program' } });
    expect(actions.get('./c')).toEqual({ kind: 'not-found', reason: 'no c/action.yml' });
  });

  test('are looked for where the job checks the repository out', async () => {
    const { actions, asked } = await load({
      [CI]: workflow(
        { uses: 'actions/checkout@v4', with: { path: 'src/own' } },
        { uses: 'actions/checkout@v4', with: { path: 'other', repository: 'octo/other' } },
        { uses: 'actions/checkout@v4', with: { path: './named/', repository: 'Octo/Own' } },
        './src/own/a',
        './other/a',
        './named',
        './b',
      ),
      'a/action.yml': using('./src/own/c', './d'),
    });
    expect(asked.filter((path) => path.endsWith('action.yml') && !path.startsWith('actions/'))).toEqual([
      'a/action.yml',
      'other/a/action.yml',
      'action.yml',
      'b/action.yml',
      'c/action.yml',
      'd/action.yml',
    ]);
    expect(actions.get('./a')).toMatchObject({ kind: 'found' });
  });

  test('are not looked for outside of it', async () => {
    const { asked } = await load({ [CI]: workflow('./../a', './a/../../b', './c:/d') });
    expect(asked).toEqual([]);
  });
});

describe('actions of repositories', () => {
  test('are read unless they are known', async () => {
    const known: string[] = [];
    const { actions, asked } = await load(
      {
        [CI]: workflow(
          'Octo/Known/Sub@v1',
          'octo/other/Some/Path@v1',
          'OCTO/Other/Some/Path@v1',
          'docker://alpine',
          'x',
        ),
        'octo/other/Some/Path/action.yml@v1': NODE,
      },
      (name, ref) => {
        known.push(`${name}@${ref}`);
        return name === 'octo/known/sub';
      },
    );
    expect(known[0]).toBe('octo/known/sub@v1');
    expect(asked).toEqual(['octo/other/Some/Path/action.yml@v1']);
    expect(actions.size).toBe(1);
  });

  test('are named with their ref, and tell when they are of any', async () => {
    const { actions } = await load({ [CI]: workflow('octo/x@any'), 'octo/x/action.yml@any': NODE });
    expect(actions.get('octo/x/@any')).toMatchObject({ path: 'octo/x/action.yml@any', anyRef: true });
  });

  test('keep the reason why they could not be read', async () => {
    const { actions, asked } = await load({
      [CI]: workflow('a/b@v1', 'a/c@v1', 'a/d@v1'),
      'a/b/action.yml@v1': 'unavailable',
      'a/d/action.yaml@v1': 'unavailable',
    });
    expect(actions.get('a/b/@v1')).toEqual({ kind: 'unavailable', reason: 'no network' });
    expect(actions.get('a/c/@v1')).toEqual({ kind: 'not-found', reason: 'no a/c/action.yml@v1' });
    expect(actions.get('a/d/@v1')).toEqual({ kind: 'unavailable', reason: 'no network' });
    expect(asked.filter((name) => name.startsWith('a/b/'))).toHaveLength(1);
  });

  test('of our own one are read at their ref', async () => {
    const { asked } = await load({ [CI]: workflow('octo/own/a@main'), 'a/action.yml': NODE });
    expect(asked[0]).toBe('octo/own/a/action.yml@main');
  });

  test('are too many from some number on, and those of the checkout never', async () => {
    const others = Array.from({ length: 130 }, (_, index) => `octo/a${index}@v1`);
    const local = Array.from({ length: 130 }, (_, index) => `./a${index}`);
    const { actions, asked } = await load({ [CI]: workflow(...others, ...local) });
    expect(new Set(asked.map((name) => name.replace(/action.*|Docker.*/, ''))).size).toBe(100 + 130);
    expect(actions.get('octo/a99/@v1')).toMatchObject({ kind: 'not-found' });
    expect(actions.get('octo/a100/@v1')).toMatchObject({ kind: 'unavailable' });
  });
});

describe('composite actions', () => {
  test('lead to others: ./ is the workspace, $/ their own repository', async () => {
    const { actions } = await load({
      [CI]: workflow('octo/x/a@v1', './local'),
      'octo/x/a/action.yml@v1': using('./in-workspace', '$/b', 'octo/y@v2'),
      'local/action.yml': using('$/beside', './local/deeper'),
    });
    expect([...actions.keys()].sort()).toEqual([
      './beside',
      './in-workspace',
      './local',
      './local/deeper',
      'octo/x/a@v1',
      'octo/x/b@v1',
      'octo/y/@v2',
    ]);
  });

  test('may use one another in a circle', async () => {
    const { actions } = await load({
      [CI]: workflow('./a'),
      'a/action.yml': using('./b', './a'),
      'b/action.yml': using('./a'),
    });
    expect(actions.size).toBe(2);
  });

  test('are followed as deep as GitHub goes', async () => {
    const chain = Array.from({ length: 20 }, (_, index) => [`a${index}/action.yml`, using(`./a${index + 1}`)] as const);
    const { actions } = await load({ [CI]: workflow('./a0'), ...Object.fromEntries(chain) });
    expect(actions.size).toBe(10);
  });
});

test('called workflows use actions, too', async () => {
  const { actions } = await load({
    [CI]: 'on: push\njobs:\n  a:\n    uses: octo/shared/.github/workflows/called.yml@v1\n',
    'octo/shared/.github/workflows/called.yml@v1': workflow('./in-workspace', '$/own', 'octo/other@v3'),
  });
  expect([...actions.keys()]).toEqual(['./in-workspace', 'octo/shared/own@v1', 'octo/other/@v3']);
});

describe('the folder of the workspace', () => {
  const HOME = { repository: null, checkouts: [] };

  test.each([
    ['./a/', HOME, 'a'],
    ['./', HOME, ''],
    ['$/a', HOME, 'a'],
    ['$/a', { ...HOME, checkouts: ['src'] }, 'src/a'],
    ['./src/a', { ...HOME, checkouts: ['src'] }, 'src/a'],
    ['$/a', { ...HOME, repository: { owner: 'o', name: 'n', ref: 'v1' } }, null],
    ['./a', { ...HOME, repository: { owner: 'o', name: 'n', ref: 'v1' } }, 'a'],
    ['o/n@v1', HOME, null],
    ['./..', HOME, null],
  ])('of %s', (written, home, folder) => {
    expect(workspaceFolder(written, home)).toBe(folder);
  });
});

(hasCorpus ? test : test.skip)(
  'most local actions of real workflows are found',
  () => {
    const folders = new Set(corpusActions().map(({ name }) => name.replace(/\/action\.ya?ml$/, '')));
    const found = { there: 0, missing: 0 };
    for (const { name: file, bytes } of corpusFiles()) {
      const [owner = '', name = ''] = file.split('/');
      for (const job of readWorkflow(new TextDecoder().decode(bytes)).workflow.jobs) {
        const home = jobHome({ kind: 'checkout', path: file }, job, { owner, name });
        for (const { uses } of job.steps) {
          const place = uses === null ? null : actionPlace(uses.text, home);
          if (place?.kind !== 'checkout') continue;
          const folder = place.folder === '' ? '' : `/${place.folder}`;
          found[folders.has(`${owner}/${name}${folder}`) ? 'there' : 'missing'] += 1;
        }
      }
    }
    expect(found.there).toBeGreaterThan(1000);
    expect(found.missing).toBeLessThan(100);
  },
  120_000,
);
