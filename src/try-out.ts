import { checkAll } from './check-all.ts';
import type { Checked } from './check-all.ts';
import { changesBetween } from './changes/changes-between.ts';
import type { Policy } from './model/policy.ts';
import type { Report } from './model/report.ts';
import type { WhatIf } from './model/settings.ts';
import { effectsOf } from './what-if/effects.ts';
import { settingsTried } from './what-if/settings-tried.ts';

/** Computes a repository again under another value of a setting, and says what would be different and who would notice. */
export function tryOut(tried: WhatIf, checked: Checked, policy: Policy): Required<Pick<Report, 'changes' | 'whatIf'>> {
  const settings = settingsTried(checked.settings, tried);
  const { state } = checked;
  const before = settings.isAssumed ? checkAll(state, settings.before, policy) : checked;
  const after = checkAll(state, settings.after, policy);
  const { changes } = changesBetween(before, after);
  return { changes, whatIf: effectsOf(tried, { before, after, settings, changes }) };
}
