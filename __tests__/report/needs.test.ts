import { describe, expect, test } from '@jest/globals';

import type { Report, ReportedJob, ReportedWorkflow } from '../../src/model/report.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { displayWidth } from '../../src/report/text/terminal-width.ts';
import { textReport } from '../../src/report/text/text.ts';
import { rendered } from './rendered.ts';
import { blockJob, defaultJob, job, needing, needs, notRun, PATH, permissions, report, stepNeed, unseenStep, workflow } from './sample.ts'; // prettier-ignore

const CHECKOUT = stepNeed('actions/checkout', 'contents', 'read', { because: 'it reads the repository' });
const RELEASE = stepNeed('gh release create', 'contents', 'write');
const COMMENT = stepNeed('gh pr comment', 'pull-requests', 'write', { instead: ['issues'] });
const IMAGE = unseenStep('make publish', 30, { permissions: ['id-token'], because: 'make publish can ask for it' });
const ACTION = unseenStep('acme/deploy', 31, { action: 'acme/deploy' });

const READ = permissions({ read: 'contents' });
const WRITE = permissions({ write: 'contents' });

/** What the terminal text says that the jobs of a workflow need, in one line. */
function said(jobs: readonly ReportedJob[], changes: Partial<ReportedWorkflow> = {}): string | null {
  const text = textReport(report([workflow(PATH, jobs, changes)]), { width: 120, color: false });
  const [, lines] = /^.* needs {2}(.*?\n)(?:\n|^ {2}\S)/ms.exec(text) ?? [];
  return lines === undefined ? null : lines.replaceAll(/\s+/g, ' ').trim();
}

describe('the text says that a job needs', () => {
  const build = (given = WRITE) => blockJob('build', given, 7);

  test.each<[string, ReportedJob, string | null]>([
    ['what is not known', build(), null],
    ['all of it', needing(build(READ), needs([CHECKOUT])), 'all of it'],
    ['less', needing(build(), needs([CHECKOUT])), 'contents: read (unused: contents: write)'],
    ['nothing', needing(build(), needs([])), 'nothing'],
    ['nothing of nothing', needing(build(permissions({})), needs([])), null],
    [
      'one of several',
      needing(blockJob('build', permissions({ write: 'issues packages', read: 'contents' }), 7), needs([CHECKOUT])),
      'contents: read (unused: packages, issues)',
    ],
    [
      'one of many',
      needing(
        blockJob('build', permissions({ write: 'issues packages pages checks', read: 'contents' }), 7),
        needs([CHECKOUT]),
      ),
      'contents: read (unused: 4 permissions)',
    ],
    ['more', needing(build(READ), needs([RELEASE])), 'contents: write (not given: contents: write)'],
    [
      'more, where one of two does',
      needing(build(permissions({ write: 'issues' })), needs([COMMENT])),
      'pull-requests: write (unused: issues)',
    ],
    ['more, but may fail', needing(build(READ), needs([{ ...RELEASE, tolerated: true }])), 'all of it'],
    ['more, but works without', needing(build(READ), needs([{ ...RELEASE, optional: true }])), 'all of it'],
    ['what is not seen', needing(build(), needs([], [ACTION])), 'not known; not seen: acme/deploy (line 31)'],
    [
      'at least something',
      needing(build(), needs([CHECKOUT], [ACTION, { ...ACTION, line: 40 }])),
      'at least contents: read; not seen: acme/deploy (lines 31 and 40)',
    ],
    [
      'perhaps something',
      needing(build(permissions({ write: 'id-token packages' })), needs([], [IMAGE])),
      'perhaps id-token; not seen: make publish (line 30) (unused: packages)',
    ],
    [
      'perhaps more of what it needs',
      needing(build(), needs([CHECKOUT], [{ ...IMAGE, permissions: ['contents'] }])),
      'contents: read, perhaps contents: write; not seen: make publish (line 30)',
    ],
    [
      'all of it, where it has no more of what is open',
      needing(build(READ), needs([CHECKOUT], [{ ...IMAGE, permissions: ['contents', 'id-token'] }])),
      'all of it',
    ],
    [
      'what more than two steps may use',
      needing(
        build(),
        needs(
          [],
          [1, 2, 3, 4].map((line) => unseenStep(`acme/a${line}`, line)),
        ),
      ),
      'not known; not seen: acme/a1 (line 1), acme/a2 (line 2) and 2 more',
    ],
    [
      'what a step of another file may use',
      needing(build(), needs([], [{ ...ACTION, path: 'other.yml' }])),
      'not known; not seen: acme/deploy (other.yml:31)',
    ],
    ['something of a default that is not known', needing(defaultJob('build'), needs([CHECKOUT])), 'contents: read'],
  ])('%s', (_, one, expected) => {
    expect(said([one])).toBe(expected);
  });

  test('the same as its like, which stay in one', () => {
    const jobs = ['a', 'b'].map((id) => needing(blockJob(id, WRITE, 7), needs([CHECKOUT])));
    expect(said(jobs)).toBe('contents: read (unused: contents: write)');
  });

  test('something else than its like, by name', () => {
    const [a, b] = [blockJob('a', WRITE, 7), blockJob('b', WRITE, 9)];
    expect(said([needing(a, needs([CHECKOUT])), needing(b, needs([RELEASE])), blockJob('c', WRITE, 11)])).toBe(
      'contents: read for a (unused: contents: write) all of it for b',
    );
  });

  test('something else than many others, of which three are told', () => {
    const actions = [1, 2, 3, 4, 5].map((line) => unseenStep(`acme/a${line}`, line));
    const jobs = actions.map((action, index) => needing(blockJob(`j${index}`, WRITE, 7), needs([], [action])));
    expect(said(jobs)).toBe(
      'not known; not seen: acme/a1 (line 1) for j0 not known; not seen: acme/a2 (line 2) for j1 ' +
        'not known; not seen: acme/a3 (line 3) for j2 something else for 2 jobs',
    );
  });

  test('something where the callers decide what it gets', () => {
    const one = needing(job('build', []), needs([CHECKOUT]));
    expect(said([one], { events: ['workflow_call'] })).toBe('contents: read');
  });

  test('nothing of what never runs', () => {
    expect(said([needing(job('build', [notRun({})]), needs([CHECKOUT]))])).toBeNull();
  });

  test.each([40, 80, 120])('within %d columns', (width) => {
    const text = textReport(report([workflow(PATH, [needing(blockJob('build', WRITE, 7), needs([CHECKOUT], [ACTION]))])]), { width, color: false }); // prettier-ignore
    expect(text).toContain('needs');
    expect(text.split('\n').filter((line) => displayWidth(line) > width)).toEqual([]);
  });
});

describe('what would make a need known', () => {
  const given = report([
    workflow(PATH, [
      needing(blockJob('a', WRITE, 7), needs([], [ACTION, { ...ACTION, line: 40 }])),
      needing(blockJob('b', READ, 9), needs([], [{ ...ACTION, by: 'acme/lint', action: 'acme/lint' }, IMAGE])),
      needing(blockJob('c', READ, 11), needs([CHECKOUT])),
    ]),
  ]);

  test('is told once, in the text', () => {
    const text = textReport(given, { width: 120, color: false }).replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      'What else 2 of 3 jobs need. The code of 2 actions and 1 other step cannot be seen. Write under `actions` in ' +
        '`.github/permissions-policy.yml` what `acme/deploy` and `acme/lint` need, such as `acme/deploy: { contents: read }`.',
    );
  });

  test('is there to paste, in the summary', () => {
    expect(rendered(markdownReport(given)).names).toContain('actions:\n  acme/deploy: { … }\n  acme/lint: { … }');
  });

  test('is said of a policy that is there', () => {
    const policy = { path: 'p.yml', from: 'folder', ref: null, commit: null, extends: [], baseline: null, notices: [], change: null } as const; // prettier-ignore
    expect(textReport({ ...given, policy }, { width: 120, color: false })).toContain('in `p.yml`');
  });

  test('is not said where nothing more could be used', () => {
    const open = needs([CHECKOUT], [{ ...IMAGE, permissions: ['contents'] }]);
    const enough = report([workflow(PATH, [needing(blockJob('a', READ, 7), open)])]);
    expect(textReport(enough, { width: 120, color: false })).not.toContain('seen into');
  });

  test('is not said where all is seen into', () => {
    const complete = report([workflow(PATH, [needing(blockJob('a', READ, 7), needs([CHECKOUT]))])]);
    expect(textReport(complete, { width: 120, color: false })).not.toContain('seen into');
  });
});

/** The table of needs: the words of each cell. */
function table(given: Report): readonly (readonly string[])[] {
  const html = /their steps need.*?<table>(.*?)<\/table>/s.exec(markdownReport(given))?.[1] ?? '';
  return (html.match(/<tr>.*?<\/tr>/gs) ?? []).slice(1).map((row) =>
    (row.match(/<t[hd].*?<\/t[hd]>/gs) ?? []).map((cell) => {
      const { names, words } = rendered(`<p>${cell.replaceAll('<br>', ' / ')}</p>`);
      return [...words.matchAll(/\S+/g)].join(' ') + (names.length > 0 ? ` [${names.join('|')}]` : '');
    }),
  );
}

describe('the summary has a table', () => {
  test('of what jobs get against what they need, step by step', () => {
    const one = blockJob('build', permissions({ write: 'contents id-token packages', read: 'actions' }), 7);
    const unseen = unseenStep('npm run x', 33, { permissions: ['contents'] });
    const given = report([
      workflow(PATH, [needing(one, needs([CHECKOUT, { ...CHECKOUT, line: 25 }], [IMAGE, unseen]))]),
    ]);
    expect(table(given)).toEqual([
      [
        ' [build]',
        'contents',
        '✏️ write',
        'read, perhaps write',
        '(lines 20 and 25): it reads the repository / perhaps (line 33): what it does is not known [actions/checkout|npm run x]',
      ],
      ['id-token', '✏️ write', 'perhaps', '(line 30): can ask for it [make publish]'],
      ['packages, actions', '✏️ write , read', 'not used', ''],
    ]);
  });

  test('that marks what is not given, and what no block gives', () => {
    const impossible = [
      { path: PATH, line: 9, column: 3, by: 'gh api', what: 'administration: read', because: 'it lists teams' },
    ];
    const one = needing(blockJob('build', READ, 7), { ...needs([RELEASE]), impossible });
    expect(table(report([workflow(PATH, [one])]))).toEqual([
      [' [build]', 'contents', 'read', 'write, not given', '(line 20) [gh release create]'],
      [' [administration: read]', 'nothing', 'more than a block can give', '(line 9): it lists teams [gh api]'],
    ]);
  });

  test('that says under which conditions a need arises', () => {
    const conditional = {
      ...CHECKOUT,
      publicRead: true as const,
      tolerated: true as const,
      optional: true as const,
      when: { events: ['push'] },
    };
    const one = needing(blockJob('build', READ, 7), needs([conditional]));
    expect(table(report([workflow(PATH, [one])]))[0]?.at(-1)).toBe(
      '(line 20, on , the run goes on without, works without, too, works without in a public repository): it reads the repository [actions/checkout|push]',
    );
  });

  test('with one row for what is not known', () => {
    const one = blockJob(
      'build',
      permissions({ write: 'contents id-token packages pages checks', read: 'actions' }),
      7,
    );
    const given = report([workflow(PATH, [needing(one, needs([CHECKOUT], [ACTION]))])]);
    expect(table(given)[1]).toEqual(['5 others', '4 × ✏️ write / 1 × read', 'not known', '(line 31): what it does is not known [acme/deploy]']); // prettier-ignore
  });

  test('that has nothing for jobs of which nothing is known', () => {
    expect(table(report([workflow(PATH, [blockJob('build', READ, 7)])]))).toEqual([]);
  });

  test('and says of each workflow how many jobs need less', () => {
    const jobs = ['a', 'b'].map((id) => needing(blockJob(id, WRITE, 7), needs([CHECKOUT])));
    const { words } = rendered(markdownReport(report([workflow(PATH, jobs)])));
    expect(words).toContain('2 of 2 jobs can write, 2 need less');
  });
});

describe('the block to paste', () => {
  const pasted = (jobs: readonly ReportedJob[], changes: Partial<ReportedWorkflow> = {}) =>
    rendered(markdownReport(report([workflow(PATH, jobs, changes)]))).names.filter((name) =>
      name.includes('permissions:'),
    );
  const inherited = (id: string, given = WRITE): ReportedJob => {
    const one = blockJob(id, given, 4);
    const origins = Object.fromEntries(Object.keys(given).map((name) => [name, { from: 'workflow' as const }]));
    return { ...one, grants: one.grants.map((grant) => ({ ...grant, origins })), position: { line: 20, column: 3 } };
  };

  test('stands at the workflow where all jobs need the same, with the reason', () => {
    expect(pasted(['a', 'b'].map((id) => needing(inherited(id), needs([CHECKOUT]))))).toEqual([
      'permissions:\n  contents: read # actions/checkout',
    ]);
  });

  test('stands at the jobs that differ', () => {
    const jobs = [
      needing(inherited('a'), needs([CHECKOUT])),
      needing(inherited('b'), needs([CHECKOUT, COMMENT])),
      needing(blockJob('c', WRITE, 40), needs([])),
    ];
    expect(pasted(jobs)).toEqual([
      [
        'permissions:',
        '  contents: read # actions/checkout',
        'jobs:',
        '  b:',
        '    permissions:',
        '      contents: read # actions/checkout',
        '      pull-requests: write # gh pr comment',
        '  c:',
        '    permissions: {}',
      ].join('\n'),
    ]);
  });

  test('is not there where all is right, or nothing known', () => {
    expect(pasted([needing(blockJob('a', READ, 7), needs([CHECKOUT]))])).toEqual([]);
    expect(pasted([blockJob('a', WRITE, 7)])).toEqual([]);
  });

  test('never takes all from a job that cannot be seen into', () => {
    expect(pasted([needing(blockJob('a', WRITE, 7), needs([], [ACTION]))])).toEqual([]);
    expect(pasted([needing(blockJob('a', permissions({ write: 'packages' }), 7), needs([], [IMAGE]))])).toEqual([]);
  });

  test('says which jobs keep what they have', () => {
    const jobs = [needing(blockJob('a', WRITE, 7), needs([CHECKOUT])), needing(blockJob('b', WRITE, 9), needs([], [ACTION]))]; // prettier-ignore
    const page = markdownReport(report([workflow(PATH, jobs)]));
    expect(page).toContain('<p><code>b</code> keeps what it has, as not all that it needs is known.</p>');
  });

  test('holds no names that end its comments', () => {
    const hostile = stepNeed('x\n  contents: write\u2028#', 'contents', 'read');
    expect(pasted([needing(inherited('a'), needs([hostile]))])).toEqual(['permissions:\n  contents: read # x contents write']); // prettier-ignore
  });
});

describe('in a summary without room for all', () => {
  const large = report(
    Array.from({ length: 60 }, (_, index) => {
      const jobs = Array.from({ length: 8 }, (__, at) =>
        needing(blockJob(`job-${at}`, WRITE, index + at), needs([CHECKOUT, RELEASE], [unseenStep(`acme/a${at}`, at)])),
      );
      return workflow(`.github/workflows/w${index}.yml`, jobs);
    }),
  );

  test.each([1_048_576, 100_000, 40_000, 20_000, 5000, 500])('of %d bytes nothing is too long', (limit) => {
    expect(Buffer.byteLength(markdownReport(large, limit))).toBeLessThanOrEqual(limit);
  });

  test('what jobs get comes before what they need', () => {
    const short = markdownReport(large, 100_000);
    expect(short).toContain('**Left out here: what jobs need, step by step.**');
    expect(short).toContain('w59.yml');
    expect(short).not.toContain('their steps need');
    expect(markdownReport(large)).toContain('their steps need');
  });
});
