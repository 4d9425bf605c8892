import { check } from '../../src/check.ts';
import type { Report, ReportedWhatIf } from '../../src/model/report.ts';
import type { WhatIf } from '../../src/model/settings.ts';
import { needsOfJobs } from '../../src/needs/needs-of-jobs.ts';
import type { WorkOutNeeds } from '../../src/needs/prepare-needs.ts';
import { bytesOf, PATH, settingsOf, type Known } from '../helpers/checking.ts';

/** What jobs really need, as far as the table of actions and their scripts tell it. */
const workOutNeeds: WorkOutNeeds = (jobs, settings, declaredActions) =>
  needsOfJobs(jobs, { settings, actionFiles: new Map(), readFile: () => null, declaredActions });

/** A report in which a value of a setting is tried. */
export function reportOfTrying(
  whatIf: WhatIf,
  texts: string | Readonly<Record<string, string>>,
  known: Known = {},
): Report {
  const files = typeof texts === 'string' ? { [PATH]: texts } : texts;
  const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
  return check(sources, settingsOf(known), { toolVersion: '1.0.0', failOn: 'error', workOutNeeds, whatIf });
}

/** Who would notice. */
export function tryingIn(
  whatIf: WhatIf,
  texts: string | Readonly<Record<string, string>>,
  known: Known = {},
): ReportedWhatIf {
  return reportOfTrying(whatIf, texts, known).whatIf!;
}
