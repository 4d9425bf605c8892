import type { Change } from '../model/change.ts';
import type { JobNeeds } from '../model/needs.ts';
import type { AccessLevel } from '../model/permission.ts';
import type { Policy, PolicyFile } from '../model/policy.ts';
import type { Observation } from '../model/observation.ts';
import type { Location } from '../model/position.ts';
import type { Advice, Finding, FindingLevel } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import type { CheckedJob, CheckedWorkflow } from './checked-workflow.ts';
import type { GateChange } from './gate/gate-change.ts';
import type { Guess } from './guess.ts';
import type { RuleName } from './rule-table.ts';

/** All that rules judge by. */
export interface Evidence {
  /** By path. */
  readonly workflows: readonly CheckedWorkflow[];
  readonly settings: Settings;
  readonly policy: Policy;
  /** What a job's steps use; `null` where it is not known. */
  readonly needsOf: (job: CheckedJob) => JobNeeds | null;
  /** How a pull request changes the step that runs this check; not given when it does not. */
  readonly gateChange?: GateChange;
  /** What differs from the base; not given without one. */
  readonly changes?: readonly Change[];
  /** What earlier runs showed; not given when nobody looked. */
  readonly observed?: Observation;
}

/**
 * What a violation is about, one entry for each job and permission: the identity by which it can be excused, now or in a
 * baseline. It names no line.
 */
export interface Subject {
  /** The path of the root's workflow file. */
  readonly workflow: string;
  /** Job ids, from the root's job down; `null` when it is about the file. */
  readonly job: readonly string[] | null;
  /** The file that defines the job, as the report names it. */
  readonly definedIn: string;
  readonly permission?: string;
  readonly granted?: AccessLevel;
  readonly allowed?: AccessLevel;
  /** What else tells this violation from others of the rule in the same job: an action, a secret, a sentence. */
  readonly about?: string;
  /** Where, beside the place of the finding, an ignore comment is about this subject: its job, its block. */
  readonly places: readonly Location[];
}

/** What a finding says of some subjects of one cause. */
export interface Told {
  /** What is wrong, in whole sentences, with the jobs and permissions that it is about. */
  readonly message: string;
  /** What to write instead, in a sentence. */
  readonly hint?: string;
  /** Blocks to paste, each with the place to put it. */
  readonly advice?: readonly Advice[];
}

/** Something that a rule objects to. Violations of one rule, cause, grade and guess become one finding. */
export interface Violation {
  /** What must be changed to mend it, the same for all that one change mends: names no line. */
  readonly cause: string;
  /** In a file of the repository under test. */
  readonly place: Location;
  readonly subjects: readonly [Subject, ...Subject[]];
  /** For a rule in proportion: how bad this one is; the rule's own level when it is not given. */
  readonly grade?: FindingLevel;
  /** The unknown setting under which alone it holds; it is then a warning at most. */
  readonly guess?: Guess;
  /** The policy file whose limit is violated, where that is what is wrong. */
  readonly demanding?: PolicyFile;
  /** It cannot be told for some of its subjects alone: excused when all of them are. */
  readonly isWhole?: true;
  /** Words for the subjects of one finding. `excused` are those of the same cause that nobody has to mend. */
  readonly tell: (subjects: readonly Subject[], excused: readonly Subject[]) => Told;
  /** Fields of the finding that not every rule has. */
  readonly fields?: Pick<Finding, 'askedAt' | 'defaultPermissions' | 'job' | 'jobs'>;
}

/** A rule: pure, one file each. */
export interface Rule {
  readonly name: RuleName;
  readonly check: (evidence: Evidence) => readonly Violation[];
}
