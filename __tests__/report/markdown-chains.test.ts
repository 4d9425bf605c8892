import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Report, ReportedJob, ReportedProblem } from '../../src/model/report.ts';
import { visible } from '../../src/report/escape-terminal.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { truncated } from '../../src/report/text/terminal-width.ts';
import { tried } from '../helpers/property.ts';
import { hostileName } from './hostile.ts';
import { rendered } from './rendered.ts';
import { job, report, workflow } from './sample.ts';

/** One line of a diagram: nothing else may stand in one. */
const LABEL = '"((?:[A-Za-z0-9 ]|#[0-9]+;|, |(?:❌|⚠️|❔) )+)"';
const NODE = new RegExp(`^ {2}(w\\d+)\\[${LABEL}\\]$`, 'u');
const EDGE = new RegExp(`^ {2}(w\\d+) (-->|-\\.->)\\|${LABEL}\\| (w\\d+)$`, 'u');
const STYLE = /^ {2}linkStyle (\d+) stroke:#d1242f$/;

/** What a diagram says, each label as Mermaid shows it. */
interface Diagram {
  readonly files: readonly string[];
  readonly calls: readonly string[];
  /** The places of the calls that stand out. */
  readonly red: readonly number[];
}

/** Reads the diagram of a summary, by the grammar of what we write alone; `null` when there is none. */
function diagramIn(markdown: string): Diagram | null {
  const blocks = [...markdown.matchAll(/^```mermaid\n(.*?)\n```$/gms)];
  expect(blocks.length).toBeLessThanOrEqual(1);
  const [head, ...lines] = blocks[0]?.[1]?.split('\n') ?? [];
  if (head === undefined) return null;
  expect(head).toBe('flowchart LR');
  const files = new Map<string, string>();
  const calls: string[] = [];
  const red: number[] = [];
  for (const line of lines) {
    const [node, edge, style] = [NODE.exec(line), EDGE.exec(line), STYLE.exec(line)];
    if (node !== null) files.set(node[1] ?? '', decoded(node[2] ?? ''));
    else if (edge !== null)
      calls.push(`${files.get(edge[1] ?? '')} ${edge[2]} ${files.get(edge[4] ?? '')}: ${decoded(edge[3] ?? '')}`); // prettier-ignore
    else if (style !== null) red.push(Number(style[1]));
    else throw new Error(`This is no line of ours: ${line}`);
  }
  return { files: [...files.values()], calls, red };
}

function decoded(label: string): string {
  return label.replaceAll(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

const own = (name: string) => `.github/workflows/${name}.yml`;

function call(path: readonly string[], uses: string, definedIn: string): ReportedJob {
  return job('', [], { path, uses, definedIn });
}

function refused(path: readonly string[], changes: Partial<ReportedProblem> = {}): ReportedProblem {
  return { code: 'call-permissions', message: 'refused', path: 'p', line: 1, column: 1, job: path, ...changes }; // prettier-ignore
}

/** ci calls build, which calls deploy of another repository, which calls notify of its own. */
function chain(problems: readonly ReportedProblem[] = []): Report {
  const shared = 'octo-org/shared/.github/workflows/deploy.yml@v1';
  const jobs = [
    call(['all'], './.github/workflows/build.yml', own('ci')),
    call(['all', 'ship'], shared, own('build')),
    call(['all', 'ship', 'tell'], './.github/workflows/notify.yml', shared),
  ];
  return report([workflow(own('ci'), jobs, { problems })]);
}

describe('which workflow calls which', () => {
  test('is drawn along a chain, into other repositories', () => {
    expect(diagramIn(markdownReport(chain()))).toEqual({
      files: ['ci.yml', 'build.yml', 'octo-org/shared/deploy.yml@v1', 'octo-org/shared/notify.yml@v1'],
      calls: [
        'ci.yml --> build.yml: all',
        'build.yml --> octo-org/shared/deploy.yml@v1: ship',
        'octo-org/shared/deploy.yml@v1 --> octo-org/shared/notify.yml@v1: tell',
      ],
      red: [],
    });
  });

  test('marks the call that fails, the one that may, and the one that was not read', () => {
    const problems = [
      refused(['all'], { defaultPermissions: 'read' }),
      refused(['all', 'ship']),
      refused(['all', 'ship', 'tell'], { code: 'call-not-read' }),
    ];
    const markdown = markdownReport(chain(problems));
    expect(diagramIn(markdown)).toMatchObject({
      calls: [
        'ci.yml --> build.yml: ⚠️ all',
        'build.yml --> octo-org/shared/deploy.yml@v1: ❌ ship',
        'octo-org/shared/deploy.yml@v1 -.-> octo-org/shared/notify.yml@v1: ❔ tell',
      ],
      red: [1],
    });
    expect(markdown).toContain('❌ GitHub refuses the call, so no job of the run starts.');
    expect(markdown).toContain('<li>❌ <code>.github/<wbr>workflows/<wbr>build.yml</code> calls');
  });

  test('is one arrow for all jobs that make the same call', () => {
    const jobs = ['a', 'b', 'c', 'd'].map((id) => call([id], './.github/workflows/build.yml', own('ci')));
    const other = workflow(own('pr'), [call(['x'], './.github/workflows/build.yml', own('pr'))]);
    expect(diagramIn(markdownReport(report([workflow(own('ci'), jobs), other])))?.calls).toEqual([
      'ci.yml --> build.yml: a, b and 2 more',
      'pr.yml --> build.yml: x',
    ]);
  });

  test('is not drawn for a single call that works', () => {
    const single = (problems: readonly ReportedProblem[]) =>
      report([workflow(own('ci'), [call(['a'], './.github/workflows/b.yml', own('ci'))], { problems })]);
    expect(markdownReport(single([]))).not.toContain('Which workflow calls which');
    expect(diagramIn(markdownReport(single([refused(['a'])])))?.calls).toEqual(['ci.yml --> b.yml: ❌ a']);
  });

  test('is a list where a picture would be too large, with a picture of what fails', () => {
    const many = (problems: readonly ReportedProblem[]) =>
      report(
        Array.from({ length: 150 }, (_, index) =>
          workflow(own(`w${index}`), [call(['a'], './.github/workflows/b.yml', own(`w${index}`))], {
            problems: index === 3 ? problems : [],
          }),
        ),
      );
    const markdown = markdownReport(many([]));
    expect(diagramIn(markdown)).toBeNull();
    expect(markdown).toContain('150 calls between 151 files are too many for a picture: here is a list.');
    expect(markdown).toContain('<li>and 50 more</li>');
    const failing = markdownReport(many([refused(['a'])]));
    expect(diagramIn(failing)?.files).toEqual(['w3.yml', 'b.yml']);
    expect(failing).toContain('shown are those that GitHub refuses.');
  });

  test('has exactly the files and calls that are meant, whatever strangers call them', () => {
    const pair = fc.record({ from: hostileName, to: hostileName, id: hostileName });
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2, maxLength: 6 }), (pairs) => {
        // Numbered, so that no two are the same.
        const calls = pairs.map(({ from, to, id }, index) => ({ from: `${index}${from}`, to: `x${index}${to}`, id }));
        const given = report(calls.map(({ from, to, id }) => workflow(from, [call([id], to, from)])));
        const label = (name: string) => {
          const shown = truncated(visible(name), 40);
          return shown.trim() === '' ? '(empty)' : shown;
        };
        const markdown = markdownReport(given);
        expect(diagramIn(markdown)).toEqual({
          files: calls.flatMap(({ from, to }) => [label(from), label(to)]),
          calls: calls.map(({ from, to, id }) => `${label(from)} --> ${label(to)}: ${label(id)}`),
          red: [],
        });
        expect(rendered(markdown).tags.filter((tag) => tag.startsWith('<code'))).toEqual(['<code class="language-mermaid">']); // prettier-ignore
      }),
      tried(200),
    );
  });
});
