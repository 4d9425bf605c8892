import type { Because } from '../model/change.ts';
import type { Location } from '../model/position.ts';
import type { Settings } from '../model/settings.ts';
import type { CheckedJob, CheckedWorkflow } from '../policy/checked-workflow.ts';
import { chainOf, isOurs } from '../policy/job-places.ts';
import { listed } from '../words/in-words.ts';
import { blockCause } from './block-cause.ts';
import { triggerOf } from './cells.ts';
import { conditionCause } from './condition-cause.ts';
import type { Transition } from './kinds.ts';
import type { JobPair, JobView } from './pair-jobs.ts';
import { placeOfCall, placeOfJob } from './places.ts';
import { settingsCause } from './settings-cause.ts';
import { isFailing, refusalOf } from './statuses.ts';

/** Under which settings the two sides were computed. */
export interface BothSettings {
  readonly base: Settings;
  readonly head: Settings;
}

/** Says through what a job gets something else: one place, in the head where it has one, and one sentence. */
export function becauseOf(
  transition: Transition,
  pair: JobPair,
  events: readonly string[],
  settings: BothSettings,
): Because {
  const { cause } = transition;
  const { base, head } = pair;
  // A job whose file one side does not have came or went with it.
  if (cause === 'job' || base.workflow === null || head.workflow === null) return jobCause(pair);
  const workflows = { base: base.workflow, head: head.workflow };
  switch (cause) {
    case 'trigger':
      return triggerCause(pair, workflows, events);
    case 'failure':
      return failureCause(pair, workflows);
    case 'reading':
      return readingCause(pair, workflows);
    case 'condition':
      return (
        conditionCause(pair, transition.kind) ??
        settingsCause(placeOfPair(pair), settings) ??
        reachCause(workflows, events)
      );
    case 'levels':
      // In a file that nobody here calls, neither is known: a call that was not read, and a job without a block.
      if ((unreadCall(base) === undefined) !== (unreadCall(head) === undefined)) return readingCause(pair, workflows);
      return blockCause(pair, transition) ?? settingsCause(placeOfPair(pair), settings) ?? callCause(pair);
  }
}

/** A file that both sides have, under the same name or another one. */
interface BothWorkflows {
  readonly base: CheckedWorkflow;
  readonly head: CheckedWorkflow;
}

/** A job that is there on one side alone. */
function jobCause(pair: JobPair): Because {
  const isNew = pair.head.jobs.length > 0;
  const [mine, other] = isNew ? [pair.head, pair.base] : [pair.base, pair.head];
  const [job] = mine.jobs;
  const theirs = other.workflow?.jobs ?? [];
  const call = theirs.find(({ reported }) => isSame(reported.path, pair.path.slice(0, -1)));
  if (job !== undefined && call !== undefined) return calledCause(job, call, isNew);
  // The uppermost job that the other side does not have, either, brought those along that it leads to.
  const chain = mine.jobs.flatMap(({ chained }) => chainOf(chained));
  const first = chain.findLast(({ ids }) => !theirs.some(({ reported }) => isSame(reported.path, ids)));
  const what = other.workflow === null ? 'workflow' : 'job';
  return {
    ...(first === undefined ? placeOfPair(pair) : placeOfJob(first)),
    message: `The ${what} ${isNew ? 'is new' : 'was removed'}.`,
  };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.join('/') === other.join('/');
}

/** A job of a called workflow that came or went with what is called, or with another reference. */
function calledCause({ chained }: CheckedJob, call: CheckedJob, isNew: boolean): Because {
  const { file, caller } = chained;
  const reference = caller?.job.uses?.reference ?? null;
  const other = call.reported.uses;
  const at = placeOfCall(isNew ? (caller ?? chained) : call.chained);
  if (reference !== other) {
    const now = isNew ? reference : other;
    return { ...at, message: `\`uses\` names ${now ?? 'no workflow'} now.` };
  }
  const verb = isNew ? 'has this job now' : 'no longer has this job';
  return {
    ...(isOurs(chained) ? placeOfJob(chained) : at),
    message: `The called workflow ${file.path} ${verb}.`,
  };
}

/** An event that starts the workflow on one side alone. */
function triggerCause(pair: JobPair, { base, head }: BothWorkflows, events: readonly string[]): Because {
  const [job] = pair.head.jobs;
  const from = base.file.path;
  if (from !== head.file.path && pair.basePath !== null && job !== undefined) {
    return {
      ...placeOfJob(job.chained),
      message: `The job '${pair.path.join('/')}' was in ${from} before, which other events start.`,
    };
  }
  const [event = ''] = events;
  const [before, now] = [triggerOf(base, event), triggerOf(head, event)];
  const names = listed(events.map((name) => `'${name}'`));
  if (now === null) return { ...placeOfTrigger(head, event), message: `\`on\` no longer names ${names}.` };
  const message = before === null ? `\`on\` names ${names} now.` : `\`types\` of ${names} changed.`;
  return { ...placeOfTrigger(head, event), message };
}

/** What keeps runs from starting on one side alone. */
function failureCause(pair: JobPair, { base, head }: BothWorkflows): Because {
  // The head may fail as well, under another value of a setting than that of which this is told.
  const isOfBase = isFailing(base, null) && !isFailing(head, null);
  const problem = isOfBase ? null : refusalOf(head);
  if (problem !== null) {
    return { path: problem.path, line: problem.line, column: problem.column, message: problem.message };
  }
  return { ...placeOfPair(pair), message: `The base does not start: ${refusalOf(base)?.message ?? ''}` };
}

/** A called workflow that could be read on one side alone. */
function readingCause(pair: JobPair, { head }: BothWorkflows): Because {
  const [before, now] = [unreadCall(pair.base), unreadCall(pair.head)];
  if (now === undefined) {
    const message = `What ${before?.reported.uses ?? 'it calls'} gets could not be read in the base.`;
    return { ...callCause(pair), message };
  }
  const unread = head.unread.find(({ calling }) => calling === now.chained);
  return { ...placeOfCall(now.chained), message: unread?.message ?? 'The called workflow could not be read.' };
}

function unreadCall({ jobs }: JobView): CheckedJob | undefined {
  return jobs.find(({ chained }) => chained.job.uses !== null);
}

/** Outsiders start it through another workflow, or by other activity types. */
function reachCause({ head }: BothWorkflows, events: readonly string[]): Because {
  const [event = ''] = events;
  const message =
    event === 'workflow_run'
      ? 'Other events start the workflow that comes before it.'
      : `What decides who can start it by '${event}' changed.`;
  return { ...placeOfTrigger(head, event), message };
}

/** Nothing of it is written here: another called workflow. */
function callCause({ head }: JobPair): Because {
  const [job] = head.jobs;
  return { ...(job === undefined ? NOWHERE : placeOfCall(job.chained)), message: 'What is called changed.' };
}

function placeOfPair({ base, head }: JobPair): Location {
  const [job] = [...head.jobs, ...base.jobs];
  return job === undefined ? NOWHERE : placeOfJob(job.chained);
}

/** Nothing is told of a job that neither side has. */
const NOWHERE: Location = { path: '', line: 1, column: 1 };

function placeOfTrigger(workflow: CheckedWorkflow, event: string): Location {
  const {
    path,
    workflow: { onPosition },
  } = workflow.file;
  return { path, ...(triggerOf(workflow, event)?.position ?? onPosition) };
}
