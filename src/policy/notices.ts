import type { Policy, PolicyFile } from '../model/policy.ts';
import type { PolicyNotice } from '../model/report.ts';

/** So many days before its end an exception says that it ends. */
const DAYS = 14;
const DAY = 86_400_000;

/** All that a policy's owner should know of it and that is no finding. `today` is YYYY-MM-DD in UTC. */
export function policyNotices(policy: Policy, today: string): readonly PolicyNotice[] {
  return [...policy.flatMap(({ notices }) => notices), ...withoutEffect(policy), ...endingExceptions(policy, today)];
}

/** What a file says and what does not count, since a policy that it extends lets nobody add it. */
function withoutEffect(policy: Policy): readonly PolicyNotice[] {
  return policy.flatMap((file, index) =>
    LOOSENED.flatMap(({ key, name, isSaid }) => {
      const strict = policy.slice(index + 1).find(({ mayLoosen }) => !mayLoosen[key]);
      // A policy for all is above files that extend nothing.
      const at = file.extends?.position ?? { line: 1, column: 1 };
      if (strict === undefined || !isSaid(file)) return [];
      const message = `\`${name}\` in ${file.path} does not count: ${strict.path} would have to say \`may-loosen: { ${name}: true }\`.`;
      return [{ message, path: file.path, line: at.line, column: at.column }];
    }),
  );
}

const LOOSENED: readonly {
  readonly key: 'scopes' | 'trustedOwners' | 'actions';
  readonly name: string;
  readonly isSaid: (file: PolicyFile) => boolean;
}[] = [
  { key: 'scopes', name: 'scopes', isSaid: ({ scopes }) => scopes.length > 0 },
  { key: 'trustedOwners', name: 'trusted-owners', isSaid: ({ trustedOwners }) => trustedOwners.length > 0 },
  { key: 'actions', name: 'actions', isSaid: ({ actions }) => actions.size > 0 },
];

/** Tells of exceptions that still excuse today and end soon. */
function endingExceptions(policy: Policy, today: string): readonly PolicyNotice[] {
  const start = Date.parse(today);
  return policy
    .flatMap(({ exceptions }) => exceptions)
    .flatMap(({ rule, expires, path, line, column }) => {
      if (expires === null) return [];
      const days = Math.round((Date.parse(expires) - start) / DAY);
      if (!(days >= 0 && days <= DAYS)) return [];
      const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
      const message = `The exception from '${rule}' excuses until ${expires}, which is ${when}.`;
      return [{ message, path, line, column }];
    });
}
