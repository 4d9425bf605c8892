import { describe, expect, test } from '@jest/globals';

import { jobWith } from '../rule-findings.ts';
import { comingInBy, comingInto } from './coming-in.ts';

const ID = '${{ github.event.workflow_run.id }}';
const DOWNLOAD = `uses: actions/download-artifact@v6\nwith: { run-id: "${ID}" }`;
const DOWNLOADS = 'line 7 downloads what the run of the pull request made';

/** A job with these steps, after a run of a pull request; the first step stands in line 7. */
function after(...steps: readonly string[]): readonly string[] {
  return comingInto({
    '.github/workflows/a.yml': 'name: CI\non: pull_request\npermissions: {}\njobs: { test: { runs-on: x } }\n',
    '.github/workflows/b.yml': jobWith('{ workflow_run: { workflows: [CI] } }', '{ contents: write }', steps),
  });
}

describe('an artifact of the run before', () => {
  test.each<readonly [string, string]>([
    ['by its id', DOWNLOAD],
    ['by one of two ids', DOWNLOAD.replace(ID, `\${{ vars.RUN || github.event.workflow_run.id }}`)],
    ['by another input', `uses: dawidd6/action-download-artifact@v11\nwith: { run_id: "${ID}" }`],
    ['by a third one', `uses: o/download-workflow-artifacts@v1\nwith: { runid: "${ID}" }`],
    ['by a fourth one', `uses: o/the-download-of-artifact-files@v1\nwith: { workflow-run-id: "${ID}" }`],
    ['by the command line', `run: gh  run  download ${ID}`],
    ['by a variable', `run: gh run download "$RUN"\nenv: { RUN: "${ID}" }`],
    ['by the API', `run: gh api repos/o/r/actions/runs/${ID}/artifacts`],
    [
      'by a script',
      'uses: actions/github-script@v8\nwith: { script: "await x.downloadArtifact({ run_id: context.payload.workflow_run.id })" }',
    ],
    [
      'by a script with its id',
      `uses: actions/github-script@v8\nwith: { script: "await x.downloadArtifact({ run_id: ${ID} })" }`,
    ],
  ])('%s', (_, step) => {
    expect(after(step)).toEqual([DOWNLOADS]);
  });

  test.each<readonly [string, string]>([
    ['one of this run', 'uses: actions/download-artifact@v6'],
    ['one of another run', 'uses: actions/download-artifact@v6\nwith: { run-id: "${{ github.run_id }}" }'],
    ['what uploads', `uses: actions/upload-artifact@v6\nwith: { run-id: "${ID}" }`],
    ['an action below', `uses: actions/download-artifact/clean@v6\nwith: { run-id: "${ID}" }`],
    ['what is looked at alone', `run: gh run view ${ID}`],
    ['the newest one', 'run: gh run download'],
    [
      'what another script looks at',
      'uses: o/r@v1\nwith: { script: "x.downloadArtifact(context.payload.workflow_run.id)" }',
    ],
    [
      'what a script of another action does',
      'uses: o/actions/github-script@v1\nwith: { script: "x.downloadArtifact(context.payload.workflow_run.id)" }',
    ],
    [
      'what an action below does',
      'uses: actions/github-script/x@v1\nwith: { script: "x.downloadArtifact(context.payload.workflow_run.id)" }',
    ],
    [
      'a script that lists',
      'uses: actions/github-script@v8\nwith: { script: "x.list(context.payload.workflow_run.id)" }',
    ],
    [
      'a script that takes another',
      'uses: actions/github-script@v8\nwith: { script: "x.downloadArtifact({ run_id })" }',
    ],
    ['no script', 'uses: actions/github-script@v8'],
    ['a step that waits', 'wait-all:'],
  ])('not %s', (_, step) => {
    expect(after(step)).toEqual([]);
  });

  test('not in runs that no other run starts', () => {
    const script = 'x.downloadArtifact({ run_id: context.payload.workflow_run.id })';
    expect(comingInBy('issue_comment', `uses: actions/github-script@v8\nwith: { script: "${script}" }`)).toEqual([]);
  });
});

describe('where it is used', () => {
  const into = (path: string) => `uses: actions/download-artifact@v6\nwith:\n  run-id: ${ID}\n  path: ${path}`;

  test.each<readonly [string, string]>([
    ['site', 'node site/index.js'],
    ['./site', 'node site/index.js'],
    ['./site/', 'node ./site/index.js'],
    ['build/site', 'node build/site/index.js'],
    ['my.site', 'node my.site/index.js'],
    ['${{github.workspace}}/site', 'node site/index.js'],
    ['${{  github.workspace  }}/site', 'node site/index.js'],
    ['${{ runner.temp }}/site', 'node $RUNNER_TEMP/site/index.js'],
    ['${{ runner.temp }}/site', 'node ${{ runner.temp }}/site/index.js'],
    ['${{ matrix.name }}', 'node ${{ matrix.name }}/index.js'],
    ['/tmp/site', 'bash /tmp/site/run.sh'],
    ['site', 'ls; site/run'],
    ['site', 'cd site && make'],
  ])('below %s by %s', (path, script) => {
    expect(after(into(path), `run: ${script}`)).toEqual([`${DOWNLOADS}, and line 11 uses it`]);
    // Another folder, or one whose name begins so, is not it.
    const elsewhere = script.replaceAll(/site(?=\/| &)/g, 'other').replace('matrix.name', 'matrix.other');
    expect(after(into(path), `run: ${elsewhere}`)).toEqual([DOWNLOADS]);
  });

  test.each(['.', '${{ github.workspace }}', '${{github.workspace}}', '${{  github.workspace  }}/'])(
    'in the workspace itself, as %s, by any build',
    (path) => {
      expect(after(into(path), 'run: make')).toEqual([`${DOWNLOADS}, and line 11 uses it`]);
    },
  );

  test('a path on a line of its own', () => {
    const path = '|\n    site/';
    expect(after(into(path), 'run: node site/index.js')).toEqual([`${DOWNLOADS}, and line 12 uses it`]);
  });

  test('by a program on any line', () => {
    const script = 'run: |\n  ls\n  site/run';
    expect(after(into('site'), script)).toEqual([`${DOWNLOADS}, and line 11 uses it`]);
  });

  test.each<readonly [string, string]>([
    ['a build behind it', `run: gh run download ${ID} && make`],
    ['a push behind it', `run: |\n  gh run download ${ID}\n  git push`],
    ['its own folder', `run: |\n  gh run download ${ID} -D "$RUNNER_TEMP/site"\n  node $RUNNER_TEMP/site/index.js`],
    ['a folder below another', `run: gh run download ${ID} -D "$DIR/site" && node \${{ env.DIR }}/site/index.js`],
    ['its own folder, by another option', `run: gh run download ${ID} --dir=site && node site/index.js`],
    ['what it makes executable', `run: |\n  gh run download ${ID} -D x\n  chmod +x x/tool`],
  ])('by the script that downloads: %s', (_, step) => {
    expect(after(step)).toEqual([`${DOWNLOADS}, and line 7 uses it`]);
  });

  test.each<readonly [string, string]>([
    ['a build before it', `run: make && gh run download ${ID}`],
    ['a push before it', `run: |\n  git push\n  gh run download ${ID}`],
    ['a program of the repository, given its folder', `run: gh run download ${ID} -D site && ./upload.sh site`],
    [
      'another folder',
      `run: |\n  # gh run download -D other\n  gh run download ${ID} -D site\n  node other/x.js -D other`,
    ],
  ])('not by the script that downloads: %s', (_, step) => {
    expect(after(step)).toEqual([DOWNLOADS]);
  });

  test('not by steps before', () => {
    expect(after('run: make', DOWNLOAD, 'run: cat size')).toEqual([DOWNLOADS.replace('7', '8')]);
  });
});

describe('what a step read from it, put into a script', () => {
  const READ = 'run: echo "pr=$(cat pr)" >> "$GITHUB_OUTPUT"';
  const SHOW = 'run: gh pr close ${{ steps.read.outputs.pr }}';
  const puts = (line: number, value = 'steps.read.outputs.pr') =>
    `line ${line} puts \`${value}\`, read from what the run of the pull request made, into a script`;

  test.each<readonly [string, readonly string[], number]>([
    ['behind the download', [DOWNLOAD, `id: read\n${READ}`, SHOW], 11],
    ['by a step in another case', [DOWNLOAD, `id: READ\n${READ}`, SHOW], 11],
    ['by the step that downloads', [`id: read\nrun: gh run download ${ID}; echo "pr=$(cat pr)" >> x`, SHOW], 9],
    ['of a file that was there before', ['run: date > pr', DOWNLOAD, `id: read\n${READ}`, SHOW], 12],
    ['of a file that is written later', [DOWNLOAD, `id: read\n${READ}`, 'run: date > pr', SHOW], 12],
  ])('%s', (_, steps, line) => {
    expect(after(...steps)).toEqual([puts(line)]);
  });

  test.each<readonly [string, readonly string[]]>([
    ['before the download', [`id: read\n${READ}`, DOWNLOAD, SHOW]],
    ['of a file that a step wrote meanwhile', [DOWNLOAD, 'run: date > pr', `id: read\n${READ}`, SHOW]],
    ['of a file that another program wrote', [DOWNLOAD, 'run: date | tee pr', `id: read\n${READ}`, SHOW]],
    ['by a step without a script', [DOWNLOAD, 'id: read\nuses: o/r@v1', SHOW]],
    ['by a step that reads nothing', [DOWNLOAD, 'id: read\nrun: echo "pr=1" >> "$GITHUB_OUTPUT"', SHOW]],
    ['but another value', [DOWNLOAD, `id: sha\n${READ}`, 'run: echo ${{ github.sha }} ${{ env.sha }}']],
    ['by a step that there is not', [DOWNLOAD, `id: other\n${READ}`, SHOW]],
  ])('not %s', (_, steps) => {
    const [first = '', ...others] = after(...steps);
    expect(first).toMatch(/^line \d+ downloads what the run of the pull request made$/);
    expect(others).toEqual([]);
  });

  test('nothing without a download', () => {
    expect(after(`id: read\n${READ}`, SHOW)).toEqual([]);
  });
});
