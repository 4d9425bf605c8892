import type { Grant } from '../model/grant.ts';
import type { Report } from '../model/report.ts';
import type { Digest } from './counts.ts';
import { areUnreadCallsFound, isToldOnce, UNREAD_CALL } from './issues.ts';
import { policyLinesFor, remedyFor, unseenIn, unseenInWords } from './unseen.ts';
import { once } from './words.ts';
import { number, plural } from '../words/in-words.ts';

/** Something that is not known, and how to make it known. */
export interface Unknown {
  /** One thought a sentence. Our own words only. */
  readonly sentences: readonly string[];
  /** What to set, by the names that options and inputs have: `visibility`. */
  readonly settings: readonly string[];
  /** Sentences in which names from the files stand. */
  readonly reasons: readonly string[];
  /** Lines of a policy that would make it known, with names from the files. */
  readonly policyLines?: readonly string[];
}

/** Takes a digest and returns what is not known and matters. */
export function unknownsOf(digest: Digest): readonly Unknown[] {
  return [
    unknownDefault(digest),
    unknownForks(digest.report),
    unreadCalls(digest),
    settingsOfCalls(digest.report),
    unseenSteps(digest),
  ].filter((unknown) => unknown !== null);
}

function unknownDefault({ report, workflows }: Digest): Unknown | null {
  if (report.repository.defaultPermissions.value !== 'unknown') return null;
  const groups = workflows.flatMap((workflow) => workflow.groups);
  const dependent = groups.filter(({ outcomes }) => outcomes.some((outcome) => outcome.defaultPermissions !== null));
  const jobs = dependent.reduce((sum, group) => sum + group.jobs.length, 0);
  if (jobs === 0) return null;
  return {
    sentences: [
      'The repository\'s default, its setting "Workflow permissions".',
      `${plural(jobs, 'job')} ${jobs === 1 ? 'depends' : 'depend'} on it, so both of its values are shown.`,
    ],
    settings: ['default-permissions'],
    reasons: [],
  };
}

function unknownForks({ repository, workflows }: Report): Unknown | null {
  const { visibility, forkPullRequests } = repository;
  const matters = (grant: Grant) => grant.visibility !== undefined || grant.forkPullRequests !== undefined;
  if (!workflows.some(({ jobs }) => jobs.some(({ grants }) => grants.some(matters)))) return null;
  if (visibility !== 'unknown') {
    return {
      sentences: [
        'What a pull request from a fork gets here.',
        'A setting decides: no run, read only, or what every other run gets.',
        'Shown is what it gets with read only.',
      ],
      settings: ['fork-pull-requests'],
      reasons: [],
    };
  }
  const elsewhere = {
    unknown: 'a setting decides what it gets: no run, read only, or what every other run gets',
    off: 'it starts no run',
    read: 'it gets the same',
    write: 'it gets what every other run gets',
  }[forkPullRequests];
  return {
    sentences: [
      'Whether the repository is public.',
      'Shown is what a pull request from a fork gets in a public one.',
      `In a private or internal one, ${elsewhere}.`,
    ],
    settings: ['visibility', ...(forkPullRequests === 'unknown' ? ['fork-pull-requests'] : [])],
    reasons: [],
  };
}

/** More reasons than these are a list of files again. */
const MOST_REASONS = 5;

function unreadCalls({ report }: Digest): Unknown | null {
  const problems = report.workflows.flatMap((workflow) => workflow.problems.filter(({ code }) => code === UNREAD_CALL));
  if (problems.length === 0 || areUnreadCallsFound(report)) return null;
  const isNote = report.findings.some(isToldOnce);
  // The same reason for each call but for the name of the workflow, which stands with the job.
  const reasons = once(problems.map(({ message }) => `${message.replaceAll(/'[^']*' ?/g, '').replace(/\.$/, '')}.`));
  return {
    sentences: [
      `What the jobs of ${plural(problems.length, 'called workflow')} get.`,
      'Shown is the most that they can have.',
      ...(isNote ? ['The rule unresolved-call is about it.'] : []),
    ],
    settings: [],
    reasons: reasons.slice(0, MOST_REASONS),
  };
}

/** `OWNER/NAME` in a reference of a called workflow; a reference that stays in its own repository has none. */
const OTHER_REPOSITORY = /^([^/]+\/[^/]+)\/\.github\/workflows[^@]*@/;

/**
 * Settings can stop a call of another repository, which no file shows. A demand for full commit SHAs is about actions:
 * the steps of a called workflow must fulfil it, its own reference need not.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations#access-to-reusable-workflows
 * @see https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository
 */
function settingsOfCalls({ repository, workflows }: Report): Unknown | null {
  const own = repository.name?.toLowerCase();
  const called = once(
    workflows
      .filter(({ outcome }) => outcome !== 'invalid')
      .flatMap(({ jobs }) => jobs.map(({ uses }) => uses ?? ''))
      .filter((uses) => {
        const other = OTHER_REPOSITORY.exec(uses)?.[1]?.toLowerCase();
        return other !== undefined && other !== own;
      }),
  );
  if (called.length === 0) return null;
  return {
    sentences: [
      `Whether the settings allow ${called.length === 1 ? 'a workflow of another repository' : `${number(called.length)} workflows of other repositories`} to be called.`,
      'A list of allowed workflows can keep the run from starting.',
      SHARING[repository.visibility],
      'Where full commit SHAs are demanded, the steps of called workflows need them, too; a call itself may name a tag.',
    ],
    settings: [],
    reasons: [],
  };
}

/** What a called workflow's repository must be like, by the visibility of the one that calls. */
const SHARING: Readonly<Record<Report['repository']['visibility'], string>> = {
  public: 'A public repository cannot call workflows of private or internal ones.',
  internal:
    'An internal repository cannot call workflows of private ones, and another internal one has to share its own.',
  private: 'A private or internal repository has to share its workflows.',
  unknown: 'A private or internal repository has to share its workflows, and a public one cannot call these at all.',
};

function unseenSteps(digest: Digest): Unknown | null {
  const unseen = unseenIn(digest);
  if (unseen === null) return null;
  const { home } = digest.report.tool;
  return {
    sentences: unseenInWords(unseen),
    settings: [],
    reasons: remedyFor(unseen, home === undefined ? '' : `${home}/`),
    ...(unseen.actions.length === 0 ? {} : { policyLines: policyLinesFor(unseen.actions) }),
  };
}

/** Takes a digest and returns the doubts about what happens on branches that Dependabot created; `null`: it matters to no job. */
export function doubtsAboutDependabotBranches({ workflows }: Digest): readonly string[] | null {
  const differences = workflows.flatMap(({ groups }) => groups.flatMap((group) => group.differences));
  const own = differences.filter(({ isToldOnce }) => isToldOnce);
  return own.length === 0 ? null : once(own.flatMap(({ doubts }) => doubts));
}

/** Takes a digest and returns the doubts about what a digest shows, each once; it is referred to by its place, from 1. */
export function doubtsInDigest({ workflows }: Digest): readonly string[] {
  const groups = workflows.flatMap((workflow) => workflow.groups);
  return once(
    groups.flatMap(({ outcomes, differences }) => [...outcomes, ...differences].flatMap(({ doubts }) => doubts)),
  );
}

/** Takes a report and returns the doubts about all of its rows, each once; it is referred to by its place, from 1. */
export function doubtsInReport(report: Report): readonly string[] {
  const grants = report.workflows.flatMap(({ jobs }) => jobs.flatMap((job) => job.grants));
  return once(grants.flatMap((grant) => grant.doubts ?? []));
}

/** Takes a report and returns how it was computed, one sentence each. */
export function howComputed({ tool, repository, permissionsTable }: Report): readonly string[] {
  const { platform, visibility, defaultPermissions } = repository;
  const server = platform === 'github.com' ? platform : `GitHub Enterprise Server ${platform}`;
  return [
    `Computed by ${tool.name} ${tool.version} for ${server}, with the permissions known on ${permissionsTable}.`,
    `Visibility of the repository: ${visibility}.`,
    `Its default permissions: ${defaultPermissions.value}${SOURCES[defaultPermissions.source]}${defaultPermissions.run === undefined ? '' : ` (${defaultPermissions.run})`}.`,
  ];
}

const SOURCES: Readonly<Record<Report['repository']['defaultPermissions']['source'], string>> = {
  option: ', as given',
  settings: ', as the settings say',
  log: ', as the log of a run shows',
  policy: ', as the policy says',
  none: '',
};
