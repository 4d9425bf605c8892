import { describe, expect, test } from '@jest/globals';

import type { Report } from '../../src/model/report.ts';
import { byteLength } from '../../src/report/markdown/markdown-budget.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { rendered } from './rendered.ts';
import {
  blockJob,
  defaultJob,
  finding,
  grant,
  job,
  PATH,
  permissions,
  report,
  richReport,
  workflow,
} from './sample.ts';

const READ = permissions({ read: 'contents' });
const WRITE = permissions({ write: 'contents id-token', read: 'actions' });

/** The rows of the matrix: the words of each cell. */
function matrix(given: Report): readonly (readonly string[])[] {
  const table = /<table>.*?<\/table>/s.exec(markdownReport(given))?.[0] ?? '';
  const rows = table.match(/<tr>.*?<\/tr>/gs) ?? [];
  return rows.map((row) => (row.match(/<t[hd].*?<\/t[hd]>/gs) ?? []).map(wordsOf));
}

function wordsOf(html: string): string {
  return html
    .replaceAll(/<br>/g, ' ')
    .replaceAll(/<[^>]*>|&nbsp;/g, '')
    .replaceAll('&#95;', '_')
    .trim();
}

describe('the first lines', () => {
  test('say how much was computed', () => {
    const given = markdownReport(report([workflow(PATH, [blockJob('build', READ, 7)])]));
    expect(given).toContain('\n**1 workflow, 1 job computed.**\n\n- This job cannot write.\n');
  });

  test('warn when something could not be', () => {
    expect(markdownReport(richReport())).toContain(
      '### ⚠️ Passed, but not all could be computed\n\n**2 workflows, 10 jobs computed. Not computed: 1 workflow that GitHub refuses and 1 workflow that calls one that was not read.**',
    );
    expect(markdownReport(report([]))).toContain('\n**No workflow files were found');
  });

  test('are followed by what is wrong and what to write', () => {
    const page = rendered(markdownReport(richReport()));
    expect(page.words.indexOf("Unexpected value 'none'")).toBeLessThan(page.words.indexOf('What each job can do'));
    expect(page.names).toContain('permissions: {}');
    expect(page.names).toContain('.github/workflows/bad.yml:4:14');
  });
});

describe('the matrix', () => {
  test('has the jobs that write first, and columns only for permissions that occur', () => {
    const given = report([
      workflow('.github/workflows/a.yml', [blockJob('build', READ, 7)]),
      workflow('.github/workflows/b.yml', [blockJob('publish', WRITE, 7)]),
    ]);
    expect(matrix(given)).toEqual([
      ['Jobs', 'contents', 'id-token', 'actions'],
      ['b.yml: publish', '✏️write', '✏️write', 'read'],
      ['a.yml: build', 'read', '', ''],
    ]);
  });

  test('has one row for jobs with the same permissions, in all workflows', () => {
    const names = Array.from({ length: 300 }, (_, index) => `.github/workflows/w${index}.yml`);
    const given = report(names.map((name) => workflow(name, [blockJob('a', READ, 7), blockJob('b', READ, 9)])));
    expect(matrix(given)).toHaveLength(2);
    expect(matrix(given)[1]?.[0]).toBe('w0.yml: a, b w1.yml: a, b w2.yml: a and 595 more jobs');
  });

  test('counts what has no column', () => {
    const all = permissions({
      write: 'contents packages actions deployments pages checks statuses issues discussions',
    });
    expect(matrix(report([workflow(PATH, [blockJob('all', all, 7)])]))).toEqual([
      ['Jobs', 'contents', 'packages', 'actions', 'deployments', 'pages', 'others'],
      ['ci.yml: all', '✏️write', '✏️write', '✏️write', '✏️write', '✏️write', '4×✏️write'],
    ]);
  });

  test('says in words what a default decides that is not known', () => {
    const given = report([workflow(PATH, [defaultJob('build')])]);
    expect(matrix(given)[1]?.slice(1)).toEqual([
      '✏️write to 17 permissions if the default is write read of contents, packages if it is read',
    ]);
    expect(markdownReport(given)).toContain('Set <code>default-permissions</code> to make it known.');
  });

  test('shows what a pull request from a fork gets of the writes', () => {
    const events = ['pull_request_target'];
    const target = grant(WRITE, { events, ifAllowed: true });
    const given = report([workflow(PATH, [job('label', [target])], { events })]);
    expect(matrix(given)[0]?.at(-1)).toBe('fork');
    expect(matrix(given)[1]?.at(-1)).toBe('✏️write');
    expect(markdownReport(given)).toContain('1 job can write also when a pull request from a fork starts the run.');
  });

  test('has a row for every job, also for those without permissions to show', () => {
    const words = matrix(richReport()).map((row) => row.slice(0, 2).join(' = '));
    expect(words).toContain('release.yml: deploy = not known');
    expect(words).toContain('release.yml: announce = no permissions');
  });
});

describe('the details', () => {
  test('are folded, and hold every job, its runs, and where its permissions come from', () => {
    const page = rendered(markdownReport(richReport()));
    expect(page.tags.filter((tag) => tag === '<details>')).toHaveLength(
      page.tags.filter((tag) => tag === '</details>').length,
    );
    for (const id of ['build', 'lint', 'docs', 'publish', 'announce', 'deploy', 'label'])
      expect(page.names).toContain(id);
    expect(page.words).toContain('job block, line 70');
    expect(page.words).toContain('if the run is allowed');
    expect(page.words).toContain('not certain: note 1');
  });

  test('are complete for a long token', () => {
    for (const name of Object.keys(defaultJob('a').grants[1]?.permissions ?? {})) {
      expect(markdownReport(report([workflow(PATH, [defaultJob('a')])]))).toContain(name);
    }
  });
});

describe('the limit', () => {
  const large = report(
    Array.from({ length: 500 }, (_, index) => {
      const jobs = Array.from({ length: 8 }, (__, at) =>
        blockJob(`job-with-a-long-name-${index}-${at}`, WRITE, index + at),
      );
      return workflow(`.github/workflows/workflow-${index}.yml`, jobs);
    }),
    {
      findings: Array.from({ length: 3000 }, (_, index) =>
        finding({ line: index + 1, message: `ſ${'漢'.repeat(400)}` }),
      ),
    },
  );

  test.each([1_048_576, 200_000, 20_000, 5000, 1200, 200, 80, 10])('of %d bytes is kept', (limit) => {
    const given = markdownReport(large, limit);
    expect(Buffer.byteLength(given)).toBeLessThanOrEqual(limit);
    expect(byteLength(given)).toBe(Buffer.byteLength(given));
  });

  test('cuts with a sentence that says what is left out', () => {
    const sentence = (limit?: number) => /^.*left out.*$/im.exec(markdownReport(large, limit))?.[0];
    expect(sentence()).toMatch(
      /^⚠️ \*\*Left out here: [\d,]+ things to look at.*\*\* GitHub shows no summary that is larger than 1 MiB/,
    );
    expect(sentence(20_000)).toMatch(
      /things to look at and the details of [\d,]+ workflows\.\*\*.* The JSON report has everything\.$/,
    );
    expect(sentence(600)).toBe('Everything else is left out: it would be larger than the limit.');
  });

  test('leaves the page whole where it cuts', () => {
    for (const limit of [200_000, 50_000, 20_000]) {
      const { tags } = rendered(markdownReport(large, limit));
      for (const name of ['table', 'details', 'ul', 'li', 'tr']) {
        const open = tags.filter((tag) => tag === `<${name}>`).length;
        expect([name, limit, tags.filter((tag) => tag === `</${name}>`).length]).toEqual([name, limit, open]);
      }
    }
  });

  test('is far away for most', () => {
    expect(markdownReport(richReport())).not.toContain('Left out');
  });
});

describe('what to look at', () => {
  test('is folded behind the first ten, the worst first', () => {
    const findings = Array.from({ length: 12 }, (_, index) => {
      return finding({ level: index === 11 ? 'error' : 'warning', message: `message ${index}.`, line: index + 1 });
    });
    const markdown = markdownReport(report([workflow(PATH, [blockJob('build', READ, 7)])], { findings }));
    const [open = '', folded = ''] = markdown.split('<summary>and 2 more</summary>');
    expect(open).toMatch(/message 11\.[^]*message 0\.[^]*message 8\./);
    expect(folded).toMatch(/message 9\.[^]*message 10\./);
  });
});
