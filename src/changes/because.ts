import type { Because } from '../model/change.ts';
import type { Location } from '../model/position.ts';
import type { Settings } from '../model/settings.ts';
import type { CheckedJob, CheckedWorkflow } from '../policy/checked-workflow.ts';
import { isOurs } from '../policy/job-places.ts';
import { listed } from '../words/in-words.ts';
import { blockCause } from './block-cause.ts';
import { triggerOf } from './cells.ts';
import { conditionCause } from './condition-cause.ts';
import type { Transition } from './kinds.ts';
import type { JobPair, JobView } from './pair-jobs.ts';
import { placeOfCall, placeOfFile, placeOfJob } from './places.ts';
import { settingsCause } from './settings-cause.ts';
import { isFailing, refusalOf } from './statuses.ts';

/** Under which settings the two sides were computed. */
export interface BothSettings {
  readonly base: Settings;
  readonly head: Settings;
}

/** Says through what a job gets something else: one place, in the head where it has one, and one sentence. */
export function becauseOf(
  { cause, permissions }: Transition,
  pair: JobPair,
  events: readonly string[],
  settings: BothSettings,
): Because {
  switch (cause) {
    case 'job':
      return jobCause(pair);
    case 'trigger':
      return triggerCause(pair, events);
    case 'failure':
      return failureCause(pair);
    case 'reading':
      return readingCause(pair);
    case 'condition':
      return conditionCause(pair) ?? settingsCause(placeOfPair(pair), settings) ?? reachCause(pair, events);
    case 'levels':
      return blockCause(pair, permissions) ?? settingsCause(placeOfPair(pair), settings) ?? callCause(pair);
  }
}

/** A job that is there on one side alone. */
function jobCause({ base, head, path }: JobPair): Because {
  const isNew = head.jobs.length > 0;
  const [mine, other] = isNew ? [head, base] : [base, head];
  const [job] = mine.jobs;
  const at = job === undefined ? placeOfSide(mine.workflow) : placeOfJob(job.chained);
  if (other.workflow === null) {
    return { ...at, message: isNew ? 'The workflow is new.' : 'The workflow was removed.' };
  }
  const calling = job?.chained.caller ?? null;
  const call = other.workflow.jobs.find(({ reported }) => reported.path.join('/') === path.slice(0, -1).join('/'));
  if (job === undefined || calling === null || call === undefined) {
    return { ...at, message: isNew ? 'The job is new.' : 'The job was removed.' };
  }
  // The calling job was there before: what it calls is another one.
  return calledCause(job, call, isNew) ?? { ...at, message: isNew ? 'The job is new.' : 'The job was removed.' };
}

/** A job of a called workflow that came or went with what is called, or with another reference. */
function calledCause({ chained }: CheckedJob, call: CheckedJob, isNew: boolean): Because | null {
  const { file, caller } = chained;
  const reference = caller?.job.uses?.reference;
  const other = call.reported.uses;
  if (reference === undefined) return null;
  const at = placeOfCall(isNew ? (chained.caller ?? chained) : call.chained);
  if (reference !== other) {
    const now = isNew ? reference : (other ?? 'no workflow');
    return { ...at, message: `\`uses\` names ${now} now.` };
  }
  const isOwn = isOurs(chained);
  const verb = isNew ? 'has this job now' : 'no longer has this job';
  return {
    ...(isOwn ? { path: file.path, ...chained.job.position } : at),
    message: `The called workflow ${file.path} ${verb}.`,
  };
}

/** An event that starts the workflow on one side alone. */
function triggerCause({ base, head, path, basePath }: JobPair, events: readonly string[]): Because {
  const [event = ''] = events;
  const workflow = head.workflow ?? base.workflow;
  const now = head.workflow === null ? null : triggerOf(head.workflow, event);
  const before = base.workflow === null ? null : triggerOf(base.workflow, event);
  const names = listed(events.map((name) => `'${name}'`));
  const hasMoved = base.workflow?.file.path !== head.workflow?.file.path && basePath !== null;
  const [job] = head.jobs;
  if (hasMoved && job !== undefined) {
    const from = base.workflow?.file.path ?? '';
    return {
      ...placeOfJob(job.chained),
      message: `The job '${path.join('/')}' was in ${from} before, which other events start.`,
    };
  }
  const at = { path: workflow?.file.path ?? '', ...(now?.position ?? workflow?.file.workflow.onPosition) };
  if (now !== null && before !== null) return { ...at, message: `\`types\` of ${names} changed.` };
  return { ...at, message: now === null ? `\`on\` no longer names ${names}.` : `\`on\` names ${names} now.` };
}

/** What keeps runs from starting on one side alone. */
function failureCause({ base, head }: JobPair): Because {
  const isFailingNow = head.workflow !== null && isFailing(head.workflow, null);
  const isFailingBefore = base.workflow !== null && isFailing(base.workflow, null);
  const problem = head.workflow !== null && (isFailingNow || !isFailingBefore) ? refusalOf(head.workflow) : null;
  if (problem !== null)
    return { path: problem.path, line: problem.line, column: problem.column, message: problem.message };
  const gone = base.workflow === null ? null : refusalOf(base.workflow);
  const [job] = head.jobs;
  const at = job === undefined ? placeOfSide(head.workflow) : placeOfJob(job.chained);
  return { ...at, message: `The base does not start: ${gone?.message ?? 'GitHub refuses it.'}` };
}

/** A called workflow that could be read on one side alone. */
function readingCause({ base, head }: JobPair): Because {
  const isUnread = ({ jobs }: JobView) => jobs.find(({ chained: { job } }) => job.uses !== null) ?? null;
  const now = isUnread(head);
  if (now !== null) {
    const unread = head.workflow?.unread.find(({ calling }) => calling === now.chained);
    return { ...placeOfCall(now.chained), message: unread?.message ?? 'The called workflow could not be read.' };
  }
  const [job] = head.jobs;
  const before = isUnread(base);
  const at = job === undefined ? placeOfSide(head.workflow) : placeOfCall(job.chained);
  return { ...at, message: `What ${before?.reported.uses ?? 'it calls'} gets could not be read in the base.` };
}

/** Outsiders start it through another workflow, or by other activity types. */
function reachCause({ base, head }: JobPair, events: readonly string[]): Because {
  const [event = ''] = events;
  const workflow = head.workflow ?? base.workflow;
  const trigger = workflow === null ? null : triggerOf(workflow, event);
  const at = { path: workflow?.file.path ?? '', ...(trigger?.position ?? workflow?.file.workflow.onPosition) };
  const message =
    event === 'workflow_run'
      ? 'Other events start the workflow that comes before it.'
      : `What decides who can start it by '${event}' changed.`;
  return { ...at, message };
}

/** Nothing of it is written here: another called workflow. */
function callCause({ base, head }: JobPair): Because {
  const [before] = base.jobs;
  const [now] = head.jobs;
  const job = now ?? before;
  const message = 'What is called changed.';
  return job === undefined ? { ...placeOfSide(head.workflow), message } : { ...placeOfCall(job.chained), message };
}

function placeOfPair({ base, head }: JobPair): Location {
  const [job] = head.jobs.length > 0 ? head.jobs : base.jobs;
  return job === undefined ? placeOfSide(head.workflow ?? base.workflow) : placeOfJob(job.chained);
}

/** The start of the file of the side that has one; one of the two does. */
function placeOfSide(workflow: CheckedWorkflow | null): Location {
  return workflow === null ? { path: '', line: 1, column: 1 } : placeOfFile(workflow);
}
