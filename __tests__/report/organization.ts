import type { AuditLine } from '../../src/model/audit.ts';
import type { Report } from '../../src/model/report.ts';
import type { OrganizationFacts, SinceJob } from '../../src/organization/facts.ts';
import { OPPOSITES } from '../../src/changes/opposites.ts';
import type { ChangeKind } from '../../src/model/change.ts';
import { triedFacts, triedLine } from '../../src/organization/tried.ts';
import { whoBreaks } from '../../src/organization/who-breaks.ts';
import { factsOf, TOOL } from '../helpers/organization.ts';

/** Facts with all that a report about many repositories can tell, of a report whose names strangers chose. */
export function factsWithNames(report: Report): OrganizationFacts {
  const name = (index: number) => report.workflows[index % report.workflows.length]?.path ?? '';
  const lineOf = (index: number, state: AuditLine['audit']['state']): AuditLine => {
    const audit = {
      ...{ repository: `${index}/${name(index)}`, branch: name(index + 1), state, commit: null, called: [], key: '' },
      ...{ archived: false, fork: false },
    };
    if (state === 'read') return { ...report, audit };
    return { schemaVersion: 1, tool: TOOL, result: 'error', error: { message: name(index + 2) }, audit };
  };
  const lines = [lineOf(0, 'read'), lineOf(1, 'read'), lineOf(2, 'not-read'), lineOf(3, 'lost')];
  const facts = factsOf(lines);
  const called = [0, 1].map((index) => ({
    file: name(index),
    contract: index === 0 ? { permissions: 0, complete: false } : null,
  }));
  const repositories = facts.repositories.map((repository) => ({
    ...repository,
    workflows: repository.workflows.map((workflow, index) => ({
      ...workflow,
      calls: [0, 1].map((to) => ({
        ...{
          job: workflow.jobs[0]?.job ?? '',
          to,
          ref: index % 2 === 0 ? name(index) : null,
          passes: index % 2 === 0 ? 0 : null,
        },
        at: { path: name(index + 1), line: 3 },
      })),
    })),
  }));
  const withCalls = { ...facts, called, repositories, sets: [{ contents: 'read' as const }] };
  const kinds = Object.keys(OPPOSITES) as ChangeKind[];
  return {
    ...withCalls,
    skipped: [{ repository: name(0), why: 'fork' }],
    whatIf: triedFacts(withCalls.repositories, lines.map(triedLine), null),
    asked: whoBreaks(withCalls, { file: name(0), permissions: { packages: 'write' } }),
    since: {
      new: [name(0), name(1)],
      gone: [name(2)],
      notCompared: [name(3)],
      jobs: kinds.map((kind, index): SinceJob => ({
        ...{ kind, repository: name(index), branch: name(index + 1), workflow: name(index) },
        ...(kind.startsWith('contract') ? {} : { job: name(index + 2) }),
        events: [name(index), name(index + 1)],
        actors: ['fork'],
        permissions: [{ permission: 'contents', before: 'read', after: 'write' }],
      })),
      findings: repositories.flatMap(({ findings, repository, branch }) =>
        findings.map((finding) => ({ ...finding, kind: 'new' as const, repository, branch })),
      ),
    },
  };
}
