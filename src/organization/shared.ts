import { byCodeUnit } from '../words/by-code-unit.ts';
import type { CalledFacts, OrganizationFacts } from './facts.ts';

/** A workflow file that jobs of other files call. */
export interface SharedWorkflow {
  readonly called: CalledFacts;
  /** How many jobs call it, and of how many repositories. */
  readonly calls: number;
  readonly repositories: number;
  /** The refs that they call, and how many do; `null` for the same checkout. Most first. */
  readonly refs: readonly { readonly ref: string | null; readonly calls: number }[];
  /** It could not be read for some of them. */
  readonly isUnread: boolean;
}

/** All called workflows, those that most repositories call first. */
export function sharedWorkflows({ called, repositories }: OrganizationFacts): readonly SharedWorkflow[] {
  const counts = called.map(() => ({
    calls: 0,
    in: new Set<string>(),
    refs: new Map<string | null, number>(),
    unread: 0,
  }));
  for (const { repository, workflows } of repositories) {
    for (const call of workflows.flatMap(({ calls }) => calls)) {
      const count = counts[call.to];
      if (count === undefined) continue;
      count.calls += 1;
      count.in.add(repository);
      count.refs.set(call.ref, (count.refs.get(call.ref) ?? 0) + 1);
      if (call.unread === true) count.unread += 1;
    }
  }
  return counts
    .flatMap((count, place): readonly SharedWorkflow[] => {
      const file = called[place];
      if (file === undefined) return [];
      const refs = [...count.refs]
        .map(([ref, calls]) => ({ ref, calls }))
        .sort((a, b) => b.calls - a.calls || byCodeUnit(a.ref ?? '', b.ref ?? ''));
      return [{ called: file, calls: count.calls, repositories: count.in.size, refs, isUnread: count.unread > 0 }];
    })
    .sort((a, b) => b.repositories - a.repositories || b.calls - a.calls || byCodeUnit(a.called.file, b.called.file));
}
