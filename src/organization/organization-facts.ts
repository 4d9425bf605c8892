import type { Permissions } from '../model/permission.ts';
import type { Report } from '../model/report.ts';
import type { AuditPlan } from '../model/audit-plan.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';
import { fileKey } from './called-name.ts';
import type { CalledFacts, ContractFacts, OrganizationFacts, OutcomeFacts, RepositoryFacts } from './facts.ts';
import { interned } from './interned.ts';
import type { Interned } from './interned.ts';
import type { Tables } from './repository-facts.ts';

/** What the lines say, in any order, and what is to be said of them. */
export interface Gathered {
  readonly repositories: readonly RepositoryFacts[];
  /** What these name by places. */
  readonly tables: Tables;
  readonly permissionsTable: string | null;
  readonly plan: AuditPlan | null;
}

/** Takes what was gathered and returns the facts: sorted, and all that is named by a place numbered as it comes. */
export function organizationFacts(tool: Report['tool'], gathered: Gathered): OrganizationFacts {
  const { tables, permissionsTable, plan } = gathered;
  const repositories = [...gathered.repositories].sort(byRepository);
  const outcomes = renumbered<OutcomeFacts>(tables.outcomes);
  const sets = renumbered<Permissions>(tables.sets);
  const { called, placeOf } = calledFiles(repositories, tables);
  const numbered = repositories.map((repository) => ({
    ...repository,
    workflows: repository.workflows.map((workflow) => ({
      ...workflow,
      ...(workflow.contract === undefined ? {} : { contract: withSet(workflow.contract) }),
      jobs: workflow.jobs.map((job) => ({ ...job, outcomes: job.outcomes.map(outcomes.placeOf) })),
      calls: workflow.calls.map((call) => ({
        ...call,
        to: placeOf(call.to),
        passes: call.passes === null ? null : sets.placeOf(call.passes),
      })),
    })),
  }));
  return {
    tool,
    permissionsTable,
    repositories: numbered,
    called: called.map(({ file, contract }) => ({ file, contract: contract === null ? null : withSet(contract) })),
    outcomes: outcomes.items,
    sets: sets.items,
    skipped: plan?.skipped ?? [],
    whatIf: null,
    asked: null,
    since: null,
  };

  function withSet({ permissions, complete }: ContractFacts): ContractFacts {
    return { permissions: sets.placeOf(permissions), complete };
  }
}

/** By name, as GitHub sees names, then by branch. */
export function byRepository(
  a: Pick<RepositoryFacts, 'repository' | 'branch'>,
  b: Pick<RepositoryFacts, 'repository' | 'branch'>,
): number {
  return (
    byCodeUnit(a.repository.toLowerCase(), b.repository.toLowerCase()) ||
    byCodeUnit(a.branch ?? '', b.branch ?? '') ||
    byCodeUnit(a.repository, b.repository)
  );
}

/** The same items, each with a new place when it is first asked for. */
function renumbered<Item>(table: Interned<Item>): Renumbered<Item> {
  const fresh = interned<Item>();
  const known = new Map<number, number>();
  return {
    items: fresh.items,
    placeOf: (old) => {
      const item = table.items[old];
      const place = known.get(old) ?? (item === undefined ? -1 : fresh.placeOf(item));
      known.set(old, place);
      return place;
    },
  };
}

/** A new list of the same items. */
interface Renumbered<Item> {
  readonly items: readonly Item[];
  /** The place of an item in it, by its old one. */
  readonly placeOf: (old: number) => number;
}

interface CalledFiles {
  readonly called: readonly CalledFacts[];
  /** The place of a file in that list, by its place in the table. */
  readonly placeOf: (old: number) => number;
}

/** All files that are called, sorted, each once however its name is written, with what it asks of its callers. */
function calledFiles(repositories: readonly RepositoryFacts[], tables: Tables): CalledFiles {
  const contracts = ownContracts(repositories);
  const called = new Map<string, CalledFacts>();
  const isCalled = new Set(
    repositories.flatMap(({ workflows }) => workflows.flatMap(({ calls }) => calls.map((c) => c.to))),
  );
  for (const [place, file] of tables.called.items.entries()) {
    if (!isCalled.has(place)) continue;
    const key = fileKey(file);
    const own = contracts.get(key);
    // Of several ways to write it, that of the repository itself, else the first by code units.
    const [name = file] = [own?.file ?? file, called.get(key)?.file ?? file].sort(byCodeUnit);
    called.set(key, { file: own?.file ?? name, contract: own?.contract ?? null });
  }
  const sorted = [...called].sort(([a], [b]) => byCodeUnit(a, b));
  const places = new Map(sorted.map(([key], place) => [key, place]));
  return {
    called: sorted.map(([, facts]) => facts),
    placeOf: (old) => places.get(fileKey(tables.called.items[old] ?? '')) ?? -1,
  };
}

/** What the files of the audited repositories ask of their callers. */
function ownContracts(repositories: readonly RepositoryFacts[]): ReadonlyMap<string, CalledFacts> {
  const contracts = new Map<string, CalledFacts>();
  const mainFirst = [...repositories].sort((a, b) => rankOf(a) - rankOf(b));
  for (const { repository, workflows } of mainFirst) {
    for (const { path, contract } of workflows) {
      const file = `${repository}/${path}`;
      if (contract !== undefined && !contracts.has(fileKey(file))) contracts.set(fileKey(file), { file, contract });
    }
  }
  return contracts;
}

function rankOf({ branch }: RepositoryFacts): number {
  return branch === 'main' ? 0 : branch === 'master' ? 1 : 2;
}
