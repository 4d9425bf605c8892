import { byCodeUnit } from '../words/by-code-unit.ts';
import { listed, listedShort, number, plural } from '../words/in-words.ts';
import { cellsOf } from './cells.ts';
import { openOf } from './compared.ts';
import type { Digest } from './counts.ts';
import { policyPath } from './policy-words.ts';
import { once } from './words.ts';

/** What is not seen into of the steps of a report's jobs, and what to write in the policy to make their needs known. */
export interface Unseen {
  /** How many jobs have such steps, of how many whose steps were read. */
  readonly jobs: number;
  readonly ofJobs: number;
  /** The actions that a policy can speak of, each once. */
  readonly actions: readonly string[];
  /** Other steps: programs that can reach the token. */
  readonly others: readonly string[];
  /** The file to write in. */
  readonly policy: string;
}

/** Takes a digest and returns what is not seen into in it; `null` when that is nothing. */
export function unseenIn({ report, workflows }: Digest): Unseen | null {
  const groups = workflows
    .flatMap((workflow) => workflow.groups)
    .filter(({ knowledge, passedOn }) => knowledge !== 'never-runs' && passedOn === null);
  const jobs = groups.flatMap((group) => group.jobs.filter(({ needs }) => needs !== null));
  const incomplete = groups.flatMap((group) => {
    const cells = cellsOf(group);
    return group.jobs.flatMap(({ needs }) => {
      const open = needs === null ? [] : openOf(needs, group, cells);
      return needs === null || open.length === 0 ? [] : [{ unseen: needs.unseen, open }];
    });
  });
  if (incomplete.length === 0) return null;
  const unseen = incomplete.flatMap(({ unseen: steps, open }) =>
    steps.filter(
      ({ permissions }) => open === 'all' || permissions === 'all' || permissions.some((name) => open.includes(name)),
    ),
  );
  return {
    jobs: incomplete.length,
    ofJobs: jobs.length,
    actions: [...once(unseen.flatMap(({ action }) => action ?? []))].sort(byCodeUnit),
    others: once(unseen.filter(({ action }) => action === undefined).map(({ by }) => by)),
    policy: policyPath(report),
  };
}

/** Takes what is not seen into and returns it in sentences of our own words. */
export function unseenInWords({ jobs, ofJobs, actions, others }: Unseen): readonly string[] {
  const what = [
    ...(actions.length > 0 ? [plural(actions.length, 'action')] : []),
    ...(others.length > 0 ? [plural(others.length, actions.length > 0 ? 'other step' : 'step')] : []),
  ];
  const which = jobs === ofJobs ? plural(jobs, 'job') : `${number(jobs)} of ${plural(ofJobs, 'job')}`;
  return [`What else ${which} ${jobs === 1 ? 'needs' : 'need'}. The code of ${listed(what)} cannot be seen.`];
}

/** More names than these are counted. */
const MOST_NAMES = 3;

/** Takes what is not seen into and where the documents are, and returns what would make it known. */
export function remedyFor({ actions, policy }: Unseen, home: string): readonly string[] {
  const [first] = actions;
  const names = actions.map((name) => `\`${shown(name)}\``);
  const write =
    first === undefined
      ? []
      : [
          `Write under \`actions\` in \`${policy}\` what ${listedShort(names, MOST_NAMES)} ${actions.length === 1 ? 'needs' : 'need'}, such as \`${shown(first)}: { contents: read }\`.`,
        ];
  return [...write, `More about it: \`${home}docs/needs.md\`.`];
}

/** More actions than these are left to the JSON report. */
const MOST_LINES = 100;

/** Takes actions and returns the lines of a policy that say what they need, for the reader to fill in. */
export function policyLinesFor(actions: readonly string[]): readonly string[] {
  const left = actions.length - MOST_LINES;
  return [
    'actions:',
    ...actions.slice(0, MOST_LINES).map((name) => `  ${shown(name)}: { … }`),
    ...(left > 0 ? [`  # and ${number(left)} more`] : []),
  ];
}

const LONGEST_NAME = 140;

/** No action that there is has a longer name. */
function shown(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}
