import type { CallFacts, FindingFacts, OrganizationFacts } from '../../../src/organization/facts.ts';
import type { RepositoryFacts, WorkflowFacts } from '../../../src/organization/facts.ts';
import { worstFirst } from '../../../src/report/worst-first.ts';
import { heldJobs, REACHES } from './held.ts';
import type { HeldJob } from './held.ts';
import { inOrder } from './rows.ts';

export interface FindingRow {
  readonly repository: RepositoryFacts;
  readonly finding: FindingFacts;
}

/** A job that calls a workflow. */
export interface CallRow {
  readonly repository: RepositoryFacts;
  readonly workflow: WorkflowFacts;
  readonly call: CallFacts;
}

/** The facts of an audit, and the rows that are made of them when somebody first asks for them. */
export interface Audit {
  readonly facts: OrganizationFacts;
  /** Some repository was read at several branches, so that its name alone does not tell which is meant. */
  readonly hasBranches: boolean;
  /** Those that outsiders can make write first, then those that write most. */
  jobs(): readonly HeldJob[];
  jobsOf(repository: RepositoryFacts): readonly HeldJob[];
  /** The worst first. */
  findings(): readonly FindingRow[];
  /** The calls of a workflow, by its place in `called`. */
  callsOf(called: number): readonly CallRow[];
}

/** Takes facts and returns what the views are made of. */
export function auditOf(facts: OrganizationFacts): Audit {
  const { repositories } = facts;
  const jobs = once(() => worstJobsFirst(heldJobs(facts)));
  const byRepository = once(() => {
    const groups = new Map<RepositoryFacts, HeldJob[]>();
    for (const job of jobs()) groups.set(job.facts, [...(groups.get(job.facts) ?? []), job]);
    return groups;
  });
  return {
    facts,
    hasBranches: repositories.some(({ repository }, index) => repository === repositories[index + 1]?.repository),
    jobs,
    jobsOf: (repository) => byRepository().get(repository) ?? [],
    findings: once(() => {
      const rows = repositories.flatMap((repository) =>
        repository.findings.map((finding) => ({ repository, finding, level: finding.level })),
      );
      return worstFirst(rows);
    }),
    callsOf: (called) =>
      repositories.flatMap((repository) =>
        repository.workflows.flatMap((workflow) =>
          workflow.calls.filter(({ to }) => to === called).map((call) => ({ repository, workflow, call })),
        ),
      ),
  };
}

function worstJobsFirst(jobs: readonly HeldJob[]): readonly HeldJob[] {
  return inOrder(jobs, ({ held: { reach, writes } }) => -100 * REACHES.indexOf(reach) + writes.length, true);
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
