import fc from 'fast-check';

import { OPPOSITES } from '../../src/changes/opposites.ts';
import type { Change, ChangeKind } from '../../src/model/change.ts';
import type { Location } from '../../src/model/position.ts';
import type { ObservedResult } from '../../src/model/observation.ts';
import type { Observed, Report, ReportedNeeds, ReportedPolicy, ReportedWhatIf } from '../../src/model/report.ts';
import { richReport } from './sample.ts';

/** What a stranger may write into a name in the hope that some output obeys it. */
const ATTACKS = [
  '`', '``', '```\n', '|', '\\|', '\\', '\n', '\r\n', '\n\n', '\t', ' ', '<', '>', '&', '"', "'", '<!--', '-->', '<![CDATA[', '<?',
  '<img src=x onerror=alert(1)>', '<script>', '</code>', '</td></tr></table>', '</details>', '</summary>', '<a href="https://example.com">',
  '[a](https://example.com)', '![a](https://example.com/a.png)', '[^1]', '[^1]: note', '[ref]: https://example.com', '# ', '- [ ] ', '> [!NOTE]',
  '---', '***', '__a__', '~~a~~', '$a$', '$$', '```math', 'www.example.com', 'https://example.com', 'ftp://example.com', 'a@example.com', 'mailto:a@example.com',
  '@octocat', '@octo-org/team', '#1', 'GH-1', 'octo-org/octo-repo#1', 'a5c3785ed8d6a35868bc169f07e40e889087fd2e', ':tada:', '&amp;', '&#42;', '&lt;b&gt;',
  '::error::x', '::add-mask::x', '\n::error file=a::x', '##[error]x', '##[command]', '##', '[', '%0A::error::x', '%25',
  '\u001b[31m', '\u001b]8;;https://example.com\u0007', '\u009b31m', '\u0007', '\u0000', '\u007f', '\u0085', '\u2028', '\u2029',
  '\u202e', '\u202a', '\u2066', '\u2069', '\u200f', '\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u{e0041}', '\ud800', '\udc00', '\ufe0f',
  '\u0301\u0301\u0301\u0301\u0301', 'é', '漢字', '👩‍👩‍👧‍👦', '🏷️', '1️⃣', '🇨🇭', 'שלום', 'عربي', '\u3164', 'a', 'b1', '_', '-', '.', '/', '$', '*', '{', '}',
]; // prettier-ignore

/** A name that a stranger chose. */
export const hostileName = fc.oneof(
  fc.array(fc.constantFrom(...ATTACKS), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
  // The unit `binary` of fast-check takes a second to be made.
  fc.string({ unit: fc.nat(0x10ffff).map((code) => String.fromCodePoint(code)), maxLength: 40 }),
);

function renamedNeeds(needs: ReportedNeeds, name: (original: string) => string): ReportedNeeds {
  const renamed = <One extends Location & { readonly by: string; readonly because: string }>(one: One): One => ({
    ...one,
    path: name(one.path),
    by: name(one.by),
    because: name(one.because),
  });
  return {
    ...needs,
    because: needs.because.map((one) => ({
      ...renamed(one),
      ...(one.when?.events === undefined ? {} : { when: { events: one.when.events.map(name) } }),
    })),
    unseen: needs.unseen.map((one) => ({
      ...renamed(one),
      ...(one.action === undefined ? {} : { action: name(one.action) }),
    })),
    impossible: [renamed({ path: 'path', line: 3, column: 4, by: 'gh', because: 'gh', what: 'administration: read' })],
  };
}

/** A change of each kind, of jobs and of files, with names that strangers choose. */
function changesWith(name: (original: string) => string): readonly Change[] {
  return (Object.keys(OPPOSITES) as ChangeKind[]).map((kind, index) => ({
    kind,
    workflow: name(`changed ${index % 2}`),
    ...(kind.startsWith('contract') ? {} : { job: [name('job'), name('inner')] }),
    ...(index % 3 === 0 ? { from: { workflow: name('before'), job: [name('moved')] } } : {}),
    events: [name('push'), name('issues')],
    ...(index % 4 === 0 ? { actions: [name('opened')] } : {}),
    actor: 'repository',
    actors: ['repository', 'fork'],
    permission: 'contents',
    before: 'read',
    after: 'write',
    permissions: [{ permission: 'contents', before: 'read', after: 'write' }],
    because: { path: name('because'), line: 3, message: name(`reason ${index}`) },
  }));
}

/** Who would notice another setting. */
function whatIfWith(name: (original: string) => string): ReportedWhatIf {
  const job = { workflow: name('workflow'), job: [name('job'), name('inner')] };
  return {
    setting: 'default-permissions',
    value: 'read',
    before: 'write',
    isAssumed: true,
    losing: [{ ...job, permissions: [{ permission: 'contents', granted: 'read', needed: 'write' }] }],
    unclear: [job],
    failing: [name('failing')],
    unaffected: 3,
    blocks: [{ ...job, permissions: { contents: 'write' } }],
  };
}

/** What judged the repository, with names of files, branches and jobs. */
function policyWith(name: (original: string) => string): ReportedPolicy {
  const mended = { rule: name('rule'), workflow: name('workflow'), job: name('job'), about: name('about') };
  const previewed = {
    ...({ id: name('id'), rule: name('rule'), level: 'error', message: name('message 1') } as const),
    ...{ path: name('path'), line: 1, column: 1, subjects: [{ workflow: name('workflow'), job: [name('job')] }] },
  };
  return {
    ...{ path: name('policy'), from: 'base', ref: name('main'), commit: null, extends: [name('extended')] },
    baseline: { path: name('baseline'), entries: 2, mended: [mended] },
    notices: [{ path: name('policy'), line: 2, column: 3, message: name('notice') }],
    change: { files: [name('policy')], gone: [previewed], come: [previewed] },
  };
}

/** What runs showed, with what GitHub tells of them and what their logs say. */
function observedWith(name: (original: string) => string): Observed {
  const run = {
    ...{ id: 1, attempt: 1, url: name('url'), path: name('workflow'), event: name('push'), commit: name('commit') },
    ...{ branch: name('main'), actor: name('actor'), headRepository: name('head'), conclusion: name('success') },
    date: '2026-11-21T00:00:00Z',
  };
  const result: ObservedResult = {
    run,
    actor: 'repository',
    jobs: (['agrees', 'differs', 'not-compared'] as const).map((outcome) => ({
      ...{ name: name('shown'), job: [name('job')], result: outcome, reason: name('reason'), causes: [name('cause')] },
      granted: { contents: 'write' },
      differences: [{ permission: name('permission'), computed: 'read', logged: 'write' }],
    })),
  };
  const never = { path: name('workflow'), runs: 3, since: run, last: run, startedLast: null, why: [name('why')] };
  return {
    runs: [result],
    neverStarts: [never],
    ownJob: result,
    notes: [name('note')],
    rows: { all: 3, confirmed: 1 },
  };
}

/** The rich report with each name that a stranger chooses made by a function, which is given what it replaces. */
export function withNames(name: (original: string) => string): Report {
  const report = richReport();
  return {
    ...report,
    changes: changesWith(name),
    compared: { with: name('main'), how: name('how') },
    whatIf: whatIfWith(name),
    policy: policyWith(name),
    observed: observedWith(name),
    suppressed: (['exception', 'baseline', 'ignore'] as const).map((by) => ({
      ...{ id: name('id'), rule: name('rule'), level: 'error', message: name('message 1'), by, reason: name('reason') },
      ...{ path: name('path'), line: 4, column: 1, subjects: [{ workflow: name('workflow'), job: [name('job')] }] },
    })),
    workflows: report.workflows.map((workflow) => ({
      ...workflow,
      path: name(workflow.path),
      name: workflow.name === null ? null : name(workflow.name),
      events: workflow.events.map(name),
      problems: workflow.problems.map((problem) => ({
        ...problem,
        message: name(problem.message),
        hint: name(problem.hint ?? 'hint'),
        path: name(problem.path),
      })),
      contract: {
        permissions: { contents: 'write' },
        complete: false,
        unmetBy: [{ path: name('caller.yml'), job: [name('call'), name('inner')] }],
      },
      jobs: workflow.jobs.map((job) => ({
        ...job,
        path: job.path.map(name),
        name: name(job.name ?? 'job'),
        uses: job.uses === null ? null : name(job.uses),
        definedIn: name(job.definedIn),
        needs: job.needs === null ? null : renamedNeeds(job.needs, name),
        declaredAt: job.declaredAt === null ? null : { ...job.declaredAt, path: name(job.declaredAt.path) },
        grants: job.grants.map((grant) => ({
          ...grant,
          events: grant.events.map(name),
          actions: [name('opened'), name('closed')],
          ...(grant.doubts === undefined ? {} : { doubts: grant.doubts.map(name) }),
        })),
      })),
    })),
    findings: [1, 2].map((line) => ({
      id: name('id'),
      rule: name('rule'),
      level: 'error',
      message: name(`message ${line}`),
      subjects: [{ workflow: name('workflow'), job: [name('job')] }],
      hint: name('hint'),
      path: name('path'),
      line,
      column: 1,
    })),
  };
}

/**
 * Such a report with hostile names, and the same one with harmless names. What was one name stays one, and what were
 * two stay two, so that both are folded alike.
 */
export const hostileAndHarmless = fc.array(hostileName, { minLength: 1, maxLength: 12 }).map((names) => {
  const renamed = (rename: (index: number) => string) => {
    const known = new Map<string, string>();
    return withNames((original) => {
      const name = known.get(original) ?? rename(known.size);
      known.set(original, name);
      return name;
    });
  };
  const hostile = renamed((index) => {
    const name = names[index % names.length] ?? '';
    return index % 2 === 0 ? `${name}${index}` : `${index}${name}`;
  });
  return { hostile, harmless: renamed((index) => `name${index}`) };
});

export const hostileReport = hostileAndHarmless.map(({ hostile }) => hostile);
