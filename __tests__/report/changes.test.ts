import { describe, expect, test } from '@jest/globals';

import type { Change } from '../../src/model/change.ts';
import type { Report } from '../../src/model/report.ts';
import { byteLength } from '../../src/report/markdown/markdown-budget.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { textReport } from '../../src/report/text/text.ts';
import { rendered } from './rendered.ts';
import { richReport } from './sample.ts';

const WORKFLOW = '.github/workflows/ci.yml';

/** A job whose token may write the contents now. */
function raised(given: Partial<Change> = {}): Change {
  return {
    kind: 'raised',
    workflow: WORKFLOW,
    job: ['build'],
    events: ['push'],
    actor: 'repository',
    actors: ['repository'],
    permissions: [{ permission: 'contents', before: 'read', after: 'write' }],
    because: { path: WORKFLOW, line: 5, message: 'The block of the job changed.' },
    ...given,
  };
}

function compared(changes: readonly Change[]): Report {
  return { ...richReport(), changes, compared: { with: 'main at 0123456789', how: 'It was read from git.' } };
}

function text(given: Report): string {
  return textReport(given, { width: 100, color: false });
}

const FORK = raised({
  actor: 'fork',
  actors: ['fork'],
  permissions: [{ permission: 'contents', before: 'none', after: 'read' }],
});

describe('the changes', () => {
  test('come behind the verdict, in text and summary, before everything else', () => {
    const given = compared([raised()]);
    expect(text(given)).toContain(
      [
        'Compared with main at 0123456789',
        '1 job gets more. It was read from git.',
        'raised        build of ci.yml: contents read → write, on push',
        `              ${WORKFLOW}:5: The block of the job changed.`,
      ].join('\n'),
    );
    const { words } = rendered(markdownReport(given));
    expect(words.indexOf('Compared with main')).toBeGreaterThan(0);
    expect(words.indexOf('Compared with main')).toBeLessThan(words.indexOf('What each job can do'));
  });

  test('are one line when there are none', () => {
    expect(text(compared([]))).toContain('No change: every job gets what it got before. It was read from git.');
  });

  test('say so where nothing could be compared', () => {
    const given = { ...richReport(), compared: { with: null, how: 'The tag v1 is new.' } };
    expect(text(given)).toContain('Not compared\nThe tag v1 is new.');
    expect(rendered(markdownReport(given)).words).toContain('Not compared');
  });

  test('are not there where nobody asked', () => {
    expect(text(richReport())).not.toContain('ompared');
  });

  test('that are alike are told of all their jobs together', () => {
    const other = raised({ job: ['test'] });
    expect(text(compared([raised(), other]))).toContain('raised        build and test of ci.yml: contents');
  });

  test('of what outsiders can start come first, then what can be written', () => {
    const read = raised({ job: ['a'], permissions: [{ permission: 'contents', before: 'none', after: 'read' }] });
    const write = raised({ job: ['b'] });
    const outsiders = raised({ kind: 'reachable-by-outsiders', job: ['c'] });
    const shown = text(compared([read, write, outsiders]));
    const places = ['c of ci.yml', 'b of ci.yml', 'a of ci.yml'].map((words) => shown.indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test('that reach forks in part are told with the whole', () => {
    const part = raised({ ...FORK, permissions: [{ permission: 'contents', before: 'read', after: 'read' }] });
    expect(text(compared([raised(), part]))).not.toContain('from forks');
  });

  test('that reach forks in the same way are told in one, wherever outsiders matter', () => {
    const shown = text(compared([raised(), raised({ actor: 'fork', actors: ['fork'], byOutsiders: true })]));
    expect(shown).toContain('contents read → write, on push, from forks too');
    expect(shown).not.toContain('from forks only');
  });

  test('that let forks write are told, although more runs get the same', () => {
    const fork = raised({ actor: 'fork', actors: ['fork'], visibility: 'private', forkPullRequests: 'write' });
    const shown = text(compared([raised({ events: ['push', 'schedule'] }), fork]));
    expect(shown).toContain('contents read → write, on push and schedule');
    expect(shown).toContain('on push, from forks only');
  });

  test('that reach forks under another value of a setting are no part of the whole', () => {
    const whole = raised({ defaultPermissions: 'write' });
    expect(text(compared([whole, { ...FORK, defaultPermissions: 'read' }]))).toContain('from forks only');
    const part = { ...FORK, permissions: raised().permissions.map((one) => ({ ...one, after: 'read' as const })) };
    expect(text(compared([whole, { ...part, defaultPermissions: 'write' }]))).not.toContain('from forks');
  });

  test('of a job whose file is called say so: it may get the same in other runs', () => {
    expect(text(compared([raised({ events: ['workflow_call'] })]))).toContain(
      'contents read → write, when it is called',
    );
  });

  test('that reach forks alone are told', () => {
    expect(text(compared([FORK]))).toContain('contents none → read, on push, from forks only');
  });

  test('of a job that moved say where it was', () => {
    const moved = raised({ from: { workflow: '.github/workflows/old.yml', job: ['pack'] } });
    expect(text(compared([moved]))).toContain('build of ci.yml (before: pack of old.yml): contents');
  });

  test('of a run that does not start are one line a file', () => {
    const failing = [
      raised({ kind: 'starts-to-fail', job: ['a'] }),
      raised({ kind: 'starts-to-fail', job: ['b'], permissions: [] }),
    ];
    expect(text(compared(failing)).match(/no job of the run starts/g)).toHaveLength(1);
  });

  test('are cut where there are thousands, and counted', () => {
    const many = Array.from({ length: 20_000 }, (_, index) =>
      raised({ workflow: `.github/workflows/${index}.yml`, because: { path: `${index}.yml`, message: 'It changed.' } }),
    );
    const given = compared(many);
    expect(text(given)).toContain('and 19,960 more changes, which the JSON report has');
    const markdown = markdownReport(given);
    expect(byteLength(markdown)).toBeLessThan(1_048_576);
    expect(markdown).toMatch(/[\d,]+ more changes in the JSON report/);
  });
});
