import type { Policy } from '../model/policy.ts';
import type { Identity, PolicyNotice, ReportedPolicy } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import type { GateChange } from './gate/gate-change.ts';
import { newPermissions, policyDefault } from './may-loosen.ts';

/** A baseline: the file, and the findings that it accepts. */
export interface Baseline {
  readonly path: string;
  readonly entries: readonly Identity[];
}

/** A policy and the baseline that belongs to it. */
export interface Rulebook {
  readonly policy: Policy;
  readonly baseline: Baseline | null;
}

/** What a repository is judged by, and where it comes from. */
export interface PolicyInForce extends Rulebook {
  readonly origin: Pick<ReportedPolicy, 'path' | 'from' | 'ref' | 'commit'>;
  /** By `identityKey`: what ignore comments of the base excuse there; `null` when every comment counts. */
  readonly ignoredInBase: ReadonlySet<string> | null;
  /** YYYY-MM-DD, in UTC. */
  readonly today: string;
  readonly notices: readonly PolicyNotice[];
  /** How a pull request changes the step that runs this check; `null` when it does not. */
  readonly gateChange: GateChange | null;
  /** What the head makes of policy and baseline, and the files that it changes; `null` when it changes nothing. */
  readonly change: (Rulebook & { readonly files: readonly [string, ...string[]] }) | null;
}

/** The settings with what a policy says of them. A platform has the permissions that the settings add to our table. */
export function settingsBy(given: Settings, policy: Policy): Settings {
  const settings = withPolicy(given, policy);
  const { newPermissions: added, platform } = settings;
  return added === undefined ? settings : { ...settings, platform: { ...platform, newPermissions: added } };
}

/** Who asked for a value is asked first. */
function withPolicy(settings: Settings, policy: Policy): Settings {
  const value = policyDefault(policy);
  const added = newPermissions(policy);
  return {
    ...settings,
    ...(settings.defaultPermissions.source !== 'none' || value === null
      ? {}
      : { defaultPermissions: { value, source: 'policy' as const } }),
    ...(added.length === 0 ? {} : { newPermissions: added }),
  };
}
