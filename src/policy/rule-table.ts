import type { RuleLevel } from '../model/policy.ts';

/** What is known of a rule without running it. */
export interface RuleFacts {
  /** Its level where no policy says otherwise; the highest one for a rule in proportion. */
  readonly level: RuleLevel;
  /** Whether findings of the rule may be milder than its level. */
  readonly inProportion?: true;
  /** It speaks of what differs from a base: an exception from it is of use in some comparisons, and in others not. */
  readonly ofChanges?: true;
  /** It speaks only where earlier runs were looked at. */
  readonly ofRuns?: true;
  /** What it says, in one sentence for a table. */
  readonly says: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
}

/** Every rule that this version has, in the order of the documentation. */
export const RULES = {
  'invalid-workflow': {
    level: 'error',
    says: 'GitHub refuses the file, so none of its jobs runs.',
    why: 'A workflow that GitHub refuses does not run, and a check that is required stays pending.',
  },
  'startup-failure': {
    level: 'error',
    says: 'GitHub refuses a call of a reusable workflow, so no job of the run starts.',
    why: 'A run that ends as `startup_failure` has no job and no log, and a check that is required stays pending.',
  },
  'unresolved-call': {
    level: 'note',
    says: 'A called workflow could not be read, so the most that its jobs can get is shown.',
    why: 'What is not read is not checked.',
  },
  'missing-permissions': {
    level: 'warning',
    says: 'A job gets what the setting of the repository gives, since no block applies to it.',
    why: 'The setting is outside of the repository: whoever changes it changes what this job may do, and starts or stops it from working.',
  },
  'blanket-permissions': {
    level: 'warning',
    says: '`read-all` or `write-all` gives a job every permission there is, and those that GitHub adds later.',
    why: 'The block grows whenever GitHub adds a permission, without a change in the file.',
  },
  'workflow-level-write': {
    level: 'warning',
    says: 'A write in the block of the workflow reaches jobs that do not use it.',
    why: 'Every job of the workflow can do what only some of them need, and so can whatever they run.',
  },
  'excessive-permission': {
    level: 'warning',
    says: 'A block gives a permission that no step of its jobs uses.',
    why: 'Whatever runs in the job can use it all the same, an action that was taken over included.',
  },
  'insufficient-permission': {
    level: 'error',
    inProportion: true,
    says: 'A step uses a permission that its job does not get.',
    why: 'The step fails when it runs, which may be months later, or for contributors alone.',
  },
  'impossible-permission': {
    level: 'error',
    says: 'A step uses what no block can give to the `GITHUB_TOKEN`.',
    why: 'The step fails, whatever block is written: it needs another credential.',
  },
  'over-limit': {
    level: 'error',
    says: 'A job gets more than a limit of the policy allows.',
    why: 'The policy says that this job may not have it.',
  },
  'write-on-untrusted-trigger': {
    level: 'error',
    inProportion: true,
    says: 'A job with a write runs on an event that an outsider can cause.',
    why: 'Whoever can steer such a job can use its token on the repository.',
  },
  'write-to-unpinned-action': {
    level: 'warning',
    says: "Somebody else's action or called workflow, at a tag or a branch, runs in a job with a write.",
    why: 'Whoever can move the tag or the branch can take the token: every step of a job can, even one that is not given it.',
  },
  'id-token-boundary': {
    level: 'warning',
    says: '`id-token: write` reaches a called workflow of another owner, or a job that has no use for it.',
    why: 'With an identity token a job signs in to other systems as this repository.',
  },
  'unknown-permission': {
    level: 'error',
    says: 'A block names a permission that the table of this tool does not know.',
    why: 'GitHub refuses a file with a permission that it does not know, so none of its jobs runs.',
  },
  'undocumented-permission': {
    level: 'off',
    says: 'A line of a block has no comment that says why the permission is needed.',
    why: 'A permission that nobody can explain is never taken away.',
  },
  'other-credentials': {
    level: 'note',
    says: 'A job uses a personal access token, the token of a GitHub App or a deploy key.',
    why: 'What such a credential may do is not in the workflow file, and no block limits it.',
  },
  'waits-for-token-event': {
    level: 'note',
    says: 'A workflow waits for an event that a job of this repository causes with its own token, which starts no runs.',
    why: 'What is done with `GITHUB_TOKEN` starts no runs, so the workflow never starts, and nothing says so.',
  },
  'raised-permission': {
    level: 'note',
    ofChanges: true,
    says: 'A job gets more than in the base.',
    why: 'What a change gives to a token is easily overlooked in it: a block that is gone, a called workflow that changed.',
  },
  'raised-for-outsiders': {
    level: 'error',
    inProportion: true,
    ofChanges: true,
    says: 'An outsider can start a job with a write that such runs do not have in the base.',
    why: 'Whoever can steer such a job can use its token on the repository, and nobody decided so knowingly.',
  },
  'raised-contract': {
    level: 'warning',
    ofChanges: true,
    says: 'A workflow that can be called asks for more than in the base.',
    why: 'Callers at a branch or a moving tag that grant what was enough before do not start any more, and nobody here knows them.',
  },
  'never-starts': {
    level: 'error',
    ofRuns: true,
    says: 'Every recent run of a workflow ended as `startup_failure`.',
    why: 'Such a run has no job and no log, so nothing says that the workflow does not work any more.',
  },
  'differs-from-run': {
    level: 'warning',
    ofRuns: true,
    says: 'The log of a run shows other permissions than are computed for its commit.',
    why: 'Either a setting is another than was thought, or this tool is wrong. Both must be known.',
  },
  'gate-changed': {
    level: 'error',
    says: 'A pull request changes the inputs of the very step that runs this check.',
    why: 'Whoever opens a pull request must not decide how it is judged.',
  },
  'unused-exception': {
    level: 'warning',
    says: 'An exception or an ignore comment excuses nothing.',
    why: 'An exception that is left behind excuses the next mistake of the same kind.',
  },
  'unused-limit': {
    level: 'warning',
    says: 'A limit of the policy matches no job.',
    why: 'A limit that matches nothing looks as if it protected something.',
  },
  'unexplained-ignore': {
    level: 'warning',
    says: 'An ignore comment names no rule or no reason, so it excuses nothing.',
    why: 'Whoever reads it later cannot tell whether it still holds.',
  },
} as const satisfies Record<string, RuleFacts>;

export type RuleName = keyof typeof RULES;

/** What is known of a rule; `undefined` for what is none. */
export function ruleFacts(name: string): RuleFacts | undefined {
  return Object.hasOwn(RULES, name) ? RULES[name as RuleName] : undefined;
}

/** Every name that a policy may write under `rules`. */
export function ruleNames(): readonly string[] {
  return Object.keys(RULES);
}

/** The documentation of a rule: a path in this project. */
export function rulePage(name: string): string {
  return `docs/rules/${name}.md`;
}
