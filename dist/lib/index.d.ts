/** A place in a text: line and column, both counted from 1, as GitHub's messages count them. */
export interface Position {
    readonly line: number;
    readonly column: number;
}

/** A place in a file of a repository. `path` is relative to the repository's root and always uses `/`. */
export interface Location extends Position {
    readonly path: string;
}

/** What a token may do with one permission. GitHub's order: none < read < write. */
export type AccessLevel = 'none' | 'read' | 'write';

/**
 * Access levels by permission, in GitHub's YAML spelling (`pull-requests`). A permission that is not named is `none`.
 * Keys come from our own table of permissions only, never from a file.
 */
export type Permissions = Readonly<Record<string, AccessLevel>>;

/** A permission that GitHub added after our table was made. */
export interface NewPermission {
    readonly name: string;
    /** The levels that a workflow file may give it, `none` aside. */
    readonly levels: readonly AccessLevel[];
}

/** Which kind of mistake a problem is about; a closed list, so that tests and tools need not read prose. */
export type ProblemCode = 'yaml-syntax' | 'yaml-limit' | 'encoding' | 'unexpected-value' | 'unknown-permission' | 'unexpected-sequence' | 'unexpected-mapping' | 'already-defined' | 'required-missing' | 'not-enough-info' | 'expression' | 'invalid-id' | 'needs' | 'uses-format' | 'trigger' | 'container' | 'matrix' | 'runs-on' | 'concurrency' | 'permission-not-on-server' | 'call-permissions' | 'call-broken' | 'call-not-found' | 'call-too-deep' | 'call-value' | 'call-concurrency' | 'call-not-read' | 'unreadable';

/** A workflow file of a repository at a ref, as a call names it. */
export interface RepositoryFile {
    readonly owner: string;
    readonly name: string;
    /** From the repository's root, with `/`. */
    readonly path: string;
    /** A branch, a tag or a commit. */
    readonly ref: string;
}

/** What reading a called file gave. */
export type CalledSource = {
    readonly kind: 'found';
    readonly bytes: Uint8Array;
    /** The commit that it was read at; `null` when it is not known. */
    readonly commit: string | null;
    /** It was read from a checkout that stands for any ref, so it may not be the one of the ref that is called. */
    readonly anyRef: boolean;
}
/** The repository, the ref or the file does not exist, or may not be seen: a server does not tell these apart. */
 | {
    readonly kind: 'not-found';
    readonly reason: string;
}
/** It was not asked for, or there was no answer: no network, no token, a limit. */
 | {
    readonly kind: 'unavailable';
    readonly reason: string;
};

/** Reads a called file. Never throws: what goes wrong is part of the answer. */
export type ReadCalledFile = (file: RepositoryFile) => Promise<CalledSource>;

/** The setting "Workflow permissions" of a repository, an organization or an enterprise, as GitHub's API names it. */
export type DefaultPermissions = 'read' | 'write';

export type Visibility = 'public' | 'private' | 'internal';

/**
 * What a pull request from a fork gets in a private or internal repository: no run, a run with a read token, or a run
 * with a write token.
 */
export type ForkPullRequests = 'off' | 'read' | 'write';

/** A GitHub Enterprise Server version, without its patch number. */
export interface ServerVersion {
    readonly major: number;
    readonly minor: number;
}

/** What runs the workflows: github.com, or a GitHub Enterprise Server of a version. */
export type Platform = ({
    readonly kind: 'github.com';
    /** The day of a run, YYYY-MM-DD: what GitHub added later was not there yet. Not given for now. */
    readonly asOf?: string;
} | {
    readonly kind: 'ghes';
    readonly version: ServerVersion;
}) & {
    /** Permissions that it has beside those that our table says; `check` takes them from the settings. */
    readonly newPermissions?: readonly NewPermission[];
};

/** What is known about the repository from outside its workflow files. */
export interface Settings {
    readonly platform: Platform;
    /** Who the repository is, or `null` when nothing tells. */
    readonly repository: {
        readonly owner: string;
        readonly name: string;
    } | null;
    /** The commit that the workflow files are of; not given when they are just files. */
    readonly commit?: string;
    readonly visibility: Visibility | 'unknown';
    readonly defaultPermissions: {
        readonly value: DefaultPermissions | 'unknown';
        readonly source: 'option' | 'settings' | 'log' | 'policy' | 'none';
        /** The address of the run whose log shows it; not given for another source. */
        readonly run?: string;
    };
    readonly forkPullRequests: ForkPullRequests | 'unknown';
    /**
     * Whether a job may create and approve pull requests, which `pull-requests: write` alone does not let it; not given when
     * it is not known.
     */
    readonly canApprovePullRequestReviews?: boolean;
    /** Permissions that GitHub added after our table was made, as a policy says. */
    readonly newPermissions?: readonly NewPermission[];
    /** The files are only some of the repository's, so that a called one may be there all the same; not given for a checkout. */
    readonly onlySomeFiles?: true;
}

/** The value of a setting that is asked for to see what it would change. */
export type WhatIf = {
    readonly setting: 'default-permissions';
    readonly value: DefaultPermissions;
} | {
    readonly setting: 'visibility';
    readonly value: Visibility;
};

/** Where the change that starts a run comes from. `fork`: a pull request from a fork. */
export type Actor = 'repository' | 'fork' | 'dependabot';

/** Where a permission comes from, and what reduced it. */
export interface Origin extends Partial<Location> {
    readonly from: 'job' | 'workflow' | 'caller' | 'default' | 'always';
    readonly reducedBy?: 'fork' | 'dependabot';
}

/** One outcome of a job: which runs it stands for, and what the token may do in them. */
export interface Grant {
    readonly events: readonly string[];
    /** Activity types, only where they differ. */
    readonly actions?: readonly string[];
    readonly actor: Actor;
    /**
     * Those of the events that somebody without write access can cause, so that the job runs; not given where there is none.
     * A fork's own pull
     * request counts where the settings send it a token that can write.
     */
    readonly byOutsiders?: readonly string[];
    /** On `pull_request_target`: the outcome when Dependabot created the pull request's base branch. */
    readonly baseRefCreatedByDependabot?: true;
    /** The value of a setting that is unknown and changes the outcome. */
    readonly defaultPermissions?: DefaultPermissions;
    /** `private` stands for internal repositories too. */
    readonly visibility?: 'public' | 'private';
    readonly forkPullRequests?: ForkPullRequests;
    readonly status: 'granted' | 'not-run' | 'upper-bound';
    /** On `pull_request_target`, which execution protections may stop. */
    readonly ifAllowed?: true;
    readonly confidence: 'high' | 'medium';
    /** Why the confidence is not high, one sentence each. */
    readonly doubts?: readonly string[];
    /** What is not named is none; `{}` when not run. */
    readonly permissions: Permissions;
    readonly origins: Readonly<Record<string, Origin>>;
}

/** What became of a job, or of what a file asks of its callers. */
export type ChangeKind = 'raised' | 'lowered' | 'new' | 'removed' | 'reachable-by-outsiders' | 'no-longer-reachable' | 'starts-to-fail' | 'stops-failing' | 'becomes-unknown' | 'becomes-known' | 'contract-raised' | 'contract-lowered';

/** A permission whose level differs. */
export interface ChangedPermission {
    readonly permission: string;
    readonly before: AccessLevel;
    readonly after: AccessLevel;
}

/** Why something changed: the place in the head where to look, the base's where the head has none. */
export interface Because {
    readonly path: string;
    readonly line?: number;
    readonly column?: number;
    /** One sentence: what was changed there. */
    readonly message: string;
}

/** One difference between two states of a repository, or between two values of a setting. */
export interface Change {
    readonly kind: ChangeKind;
    /** The file that starts the run, as the head names it; as the base does, where the head has none. */
    readonly workflow: string;
    /** Job ids, from the calling job down; not given when it is about the file. */
    readonly job?: readonly string[];
    /** Where it was in the base, when it moved. */
    readonly from?: {
        readonly workflow: string;
        readonly job?: readonly string[];
    };
    /** The events that it is about; `workflow_call` for a contract. */
    readonly events: readonly string[];
    /** Activity types, only where they differ. */
    readonly actions?: readonly string[];
    /** Where the change that starts the run comes from: the first of `actors`. */
    readonly actor: Actor;
    readonly actors: readonly Actor[];
    /** Only runs of `pull_request_target` on a base branch that Dependabot created. */
    readonly baseRefCreatedByDependabot?: true;
    /** The values of unknown settings under which alone it holds. */
    readonly defaultPermissions?: DefaultPermissions;
    readonly visibility?: 'public' | 'private';
    readonly forkPullRequests?: ForkPullRequests;
    /** The first of `permissions`, where there is one. */
    readonly permission?: string;
    readonly before?: AccessLevel;
    readonly after?: AccessLevel;
    /** All permissions whose level differs, by name; none where a run that gets nothing starts or fails. */
    readonly permissions: readonly ChangedPermission[];
    /** Somebody without write access can start these runs: in the head, or in the base where it is about less. */
    readonly byOutsiders?: true;
    /** A level is the most that it can be, since a called workflow could not be read. */
    readonly upperBound?: true;
    readonly because: Because;
}

/** What a report was compared with. */
export interface Compared {
    /** A ref and its commit, or a value of a setting; `null` when there is nothing to compare with. */
    readonly with: string | null;
    /** One sentence: how that was found, or why there is nothing. */
    readonly how: string;
}

/** When a need holds; what is not given does not matter. */
export interface NeedCondition {
    /** In runs of these events only. */
    readonly events?: readonly string[];
    /** `private` stands for internal repositories too. */
    readonly visibility?: 'public' | 'private';
}

/** A permission that a step uses. */
export interface StepNeed extends Location {
    /** The action or the command that uses it. */
    readonly by: string;
    readonly permission: string;
    readonly level: Exclude<AccessLevel, 'none'>;
    /** What it is used for, in a few words. */
    readonly because: string;
    readonly when?: NeedCondition;
    /** Any of these permissions at the same level does instead: a comment takes `issues` or `pull-requests`. */
    readonly instead?: readonly string[];
    /**
     * An issue takes `issues`, and a pull request `pull-requests`. `known`: `permission` is the one for it. `unknown`: it may
     * be an issue in one run and a pull request in another.
     */
    readonly subject?: 'known' | 'unknown';
    /** Reads what every token may read in a public repository: it fails in private and internal ones alone. */
    readonly publicRead?: true;
    /** The run goes on without it, as the step may fail. */
    readonly tolerated?: true;
    /** The step does its work without it: it is kept where it is granted, and not asked for. */
    readonly optional?: true;
}

/** What a step may use and we cannot see. */
export interface Uncertainty extends Location {
    readonly by: string;
    /** The permissions that it may use at most. */
    readonly permissions: 'all' | readonly string[];
    readonly because: string;
    /** The action, `owner/name` or `owner/name/path`, of which a policy could say under `actions` what it needs. */
    readonly action?: string;
}

/** Something that no block can give. */
export interface ImpossibleNeed extends Location {
    readonly by: string;
    /** Such as `administration: read`. */
    readonly what: string;
    readonly because: string;
}

/** A run of a workflow, as GitHub tells of it. */
export interface ObservedRun {
    readonly id: number;
    readonly attempt: number;
    /** The address of its page. */
    readonly url: string;
    /** The workflow file, from the repository's root. */
    readonly path: string;
    readonly event: string;
    /** The head commit. GitHub takes the file of a pull request's run from the merge of that commit, which it does not tell. */
    readonly commit: string;
    readonly branch: string | null;
    /** The login of who started it. */
    readonly actor: string | null;
    /** `OWNER/NAME` of the head commit; another one for a pull request from a fork. */
    readonly headRepository: string | null;
    /** When it started, ISO 8601. */
    readonly date: string;
    /** How it ended; `null` while it runs. */
    readonly conclusion: string | null;
}

/** One permission of a job that a run's log shows at another level than was computed for that run's commit. */
export interface ObservedDifference {
    readonly permission: string;
    readonly computed: AccessLevel;
    readonly logged: AccessLevel;
}

/** What the log of one job of a run showed. */
export interface ObservedJob {
    /** The job's name as GitHub shows it. */
    readonly name: string;
    /** Job ids, from the calling job down; `null` when the name fits no job, or several. */
    readonly job: readonly string[] | null;
    readonly result: 'agrees' | 'differs' | 'not-compared';
    /** One or two sentences. */
    readonly reason: string;
    /** Why it may differ, the likeliest cause first. */
    readonly causes: readonly string[];
    /** What the log says; `null` when it says nothing that counts. */
    readonly granted: Permissions | null;
    readonly differences: readonly ObservedDifference[];
}

/** A finished run whose logs were compared with what is computed for its commit. */
export interface ObservedResult {
    readonly run: ObservedRun;
    /** Who started it; `null` when that is not known. */
    readonly actor: Actor | null;
    readonly jobs: readonly ObservedJob[];
}

/** A workflow none of whose runs starts any more. */
export interface NeverStarting {
    readonly path: string;
    /** How many runs ended so, one after another, as far as was looked. */
    readonly runs: number;
    /** The first and the last of them. */
    readonly since: ObservedRun;
    readonly last: ObservedRun;
    /** When a run last started, YYYY-MM-DD; `null` when none was seen. */
    readonly startedLast: string | null;
    /** What GitHub refuses at the commit of the last run; empty when the files do not tell. */
    readonly why: readonly string[];
}

/** What earlier runs showed. */
export interface Observation {
    readonly runs: readonly ObservedResult[];
    readonly neverStarts: readonly NeverStarting[];
    /** The job that this tool runs in, alone in its run; not given when nobody looked. */
    readonly ownJob?: ObservedResult;
    /** What was not looked at and why, one sentence each. */
    readonly notes: readonly string[];
}

/** From worst to best. */
export type Outcome = 'invalid' | 'startup_failure' | 'unresolved' | 'ok';

export type FindingLevel = 'error' | 'warning' | 'note';

export type Result = 'pass' | 'fail' | 'error';

/** One way to mend a problem. */
export interface Advice {
    /** What to do, in one or two sentences. */
    readonly text: string;
    /** The file and the line where to do it. */
    readonly path: string;
    readonly line: number;
    /** The `permissions` block to write there. */
    readonly permissions?: Permissions;
}

export interface ReportedProblem extends Location {
    readonly code: ProblemCode;
    readonly message: string;
    readonly hint?: string;
    /** The calling job, for a problem of a call. */
    readonly job?: readonly string[];
    /** The block that asks for too much, where that is the problem. */
    readonly askedAt?: Location;
    /** Ways to mend it, the one in the caller first. */
    readonly advice?: readonly Advice[];
    readonly defaultPermissions?: DefaultPermissions;
    /** It rests on a called file that may not be the one of the ref that is called. */
    readonly anyRef?: true;
}

/** A job as written in a workflow file, and what its token may do. */
export interface ReportedJob {
    /** Job ids, from the calling job down. */
    readonly path: readonly string[];
    readonly name: string | null;
    readonly uses: string | null;
    readonly definedIn: string;
    readonly position: {
        readonly line: number;
        readonly column: number;
    };
    readonly declared: Permissions | null;
    readonly declaredAt: Location | null;
    readonly grants: readonly Grant[];
    /** What its steps need; of a calling job, what the called workflow asks for; `null` when that was not worked out. */
    readonly needs: ReportedNeeds | null;
    /** The least block to write; `null` when it cannot be known. */
    readonly suggested: Permissions | null;
}

/** What a job needs, with the reasons step by step. */
export interface ReportedNeeds {
    /** Every step could be seen into. */
    readonly complete: boolean;
    /** The permissions that a step may use and that could not be seen; `[]` when the need is complete. */
    readonly uncertain: 'all' | readonly string[];
    readonly permissions: Permissions;
    readonly because: readonly StepNeed[];
    /** Why something is uncertain. */
    readonly unseen: readonly Uncertainty[];
    /** What no block can give. */
    readonly impossible: readonly ImpossibleNeed[];
}

export interface ReportedWorkflow {
    readonly path: string;
    readonly name: string | null;
    readonly events: readonly string[];
    readonly outcome: Outcome;
    readonly problems: readonly ReportedProblem[];
    readonly contract: {
        readonly permissions: Permissions;
        /** False when a called workflow further down, which was not read, may ask for more. */
        readonly complete: boolean;
        readonly unmetBy: readonly {
            readonly path: string;
            readonly job: readonly string[];
        }[];
    } | null;
    readonly jobs: readonly ReportedJob[];
}

/** A permission that a finding is about. */
export interface FoundPermission {
    readonly permission: string;
    readonly granted?: AccessLevel;
    readonly allowed?: AccessLevel;
}

/** One thing that a finding is about, named so that it stays the same when lines move. */
export interface FoundSubject extends Partial<FoundPermission> {
    /** The workflow file that starts the run. */
    readonly workflow: string;
    readonly job?: readonly string[];
    /** The file that defines the job, where it is another one. */
    readonly definedIn?: string;
    /** What else tells it from others of the rule: an action, a secret. */
    readonly about?: string;
}

/** Why a finding does not count. */
export type ExcusedBy = 'exception' | 'ignore' | 'baseline';

export type SuppressedFinding = Finding & {
    readonly by: ExcusedBy;
    readonly reason: string;
};

/** What a baseline remembers of a subject: who may do what, and never where that stands. */
export interface Identity {
    readonly rule: string;
    readonly workflow: string;
    /** The path of job ids joined with `/`; not given when it is about the file. */
    readonly job?: string;
    readonly permission?: string;
    readonly granted?: string;
    readonly about?: string;
}

/** A finding that a change of policy takes away or brings. `subjects` are those that it takes away or brings alone. */
export type PreviewedFinding = Pick<Finding, 'id' | 'rule' | 'level' | 'message' | 'path' | 'line' | 'column' | 'subjects'>;

/** What would become different if the policy, the baseline and the ignore comments of the head were in force. */
export interface PolicyChange {
    /** The files that change it. */
    readonly files: readonly string[];
    /** Findings that would go away. */
    readonly gone: readonly PreviewedFinding[];
    /** Findings that would come. */
    readonly come: readonly PreviewedFinding[];
}

/** What a repository was judged by, beside the levels that hold without a policy. */
export interface ReportedPolicy {
    /** The policy file; `null` when there is none. */
    readonly path: string | null;
    /**
     * `folder`: the repository as it was checked. `base`: the branch, or ref, that it is compared with. `file`: a file
     * outside of the repository.
     */
    readonly from: 'folder' | 'base' | 'file';
    /** The branch or ref that it was read at, and its commit, as far as they are known. */
    readonly ref: string | null;
    readonly commit: string | null;
    /**
     * The policies that it extends, the next one first: OWNER/NAME/path@REF. One that many repositories are judged by is
     * extended by all of them, as it was given; where a repository has none of its own, `path` is `null`.
     */
    readonly extends: readonly string[];
    /** `null` when there is none. */
    readonly baseline: {
        readonly path: string;
        /** How many findings it accepts. */
        readonly entries: number;
        /** Entries that match nothing any more. */
        readonly mended: readonly Identity[];
    } | null;
    readonly notices: readonly PolicyNotice[];
    /** `null` when the head changes nothing of it. */
    readonly change: PolicyChange | null;
}

/** Something about the policy that its owner should know, and that is no finding. */
export interface PolicyNotice extends Location {
    readonly message: string;
}

export interface Finding extends Location {
    /** The same when lines move. */
    readonly id: string;
    readonly rule: string;
    readonly level: FindingLevel;
    readonly message: string;
    readonly hint?: string;
    readonly job?: readonly string[];
    readonly jobs?: readonly (readonly string[])[];
    readonly permission?: string;
    readonly granted?: AccessLevel;
    readonly allowed?: AccessLevel;
    readonly permissions?: readonly FoundPermission[];
    /** All that it is about, one entry for each job and permission: by these it can be excused. */
    readonly subjects: readonly FoundSubject[];
    /** The values of unknown settings under which alone it holds. */
    readonly defaultPermissions?: DefaultPermissions;
    readonly visibility?: 'public' | 'private';
    readonly forkPullRequests?: ForkPullRequests;
    readonly askedAt?: Location;
    readonly advice?: readonly Advice[];
    /** With a base: the base has it too. */
    readonly existing?: true;
}

/** What the result goes by. */
export interface Gate {
    /** The least level of a finding that fails the run. */
    readonly failOn: FindingLevel | 'never';
    /** With a base: do findings that the base has too count? */
    readonly report: 'all' | 'new';
    /** What is checked is to be merged into what it is compared with. */
    readonly beforeMerge: boolean;
}

/** The report of one repository, as `--format json` prints it. Every other output is a function of it. */
export interface Report {
    readonly schemaVersion: 1;
    readonly tool: {
        readonly name: string;
        readonly version: string;
        /** Where the files of this version are to be read, without a `/` at its end; only where it is known. */
        readonly home?: string;
    };
    readonly repository: {
        readonly name: string | null;
        readonly visibility: Visibility | 'unknown';
        readonly defaultPermissions: Settings['defaultPermissions'];
        readonly forkPullRequests: ForkPullRequests | 'unknown';
        /** Whether the settings let a job create and approve pull requests; not given when it is not known. */
        readonly canApprovePullRequestReviews?: boolean;
        /** `github.com`, or the GitHub Enterprise Server version that was computed for, such as `3.17`. */
        readonly platform: string;
    };
    /** The date of the table of permissions that was used, YYYY-MM-DD. */
    readonly permissionsTable: string;
    /** `null` without a policy, a baseline and a base. */
    readonly policy: ReportedPolicy | null;
    readonly workflows: readonly ReportedWorkflow[];
    readonly findings: readonly Finding[];
    readonly suppressed: readonly SuppressedFinding[];
    readonly result: Result;
    readonly gate: Gate;
    /** What is different from a base, or under another value of a setting; only where that was asked for. */
    readonly changes?: readonly Change[];
    /** What another value of a setting would do; only where that was asked for. `changes` has what jobs would get. */
    readonly whatIf?: ReportedWhatIf;
    /** What `changes` were found against; only with them, or where there was nothing to compare with. */
    readonly compared?: Compared;
    /** What earlier runs showed; only when somebody asked for it. */
    readonly observed?: Observed;
    /** What `--fix` changed, or `--diff` would; only with one of them. */
    readonly fixes?: readonly ReportedFix[];
}

/** What earlier runs showed, and what that confirms. */
export interface Observed extends Observation {
    /** How many rows there are, of jobs that have a token, and how many of them a run has confirmed as they are now. */
    readonly rows: {
        readonly all: number;
        readonly confirmed: number;
    };
}

/** The change of one file. */
export interface ReportedFix {
    readonly path: string;
    /** A unified diff, as `git apply` takes it. */
    readonly patch: string;
}

/** A job of a workflow that starts a run. */
export interface JobOfWorkflow {
    readonly workflow: string;
    readonly job: readonly string[];
}

/** What another value of a setting would do to a repository. */
export interface ReportedWhatIf {
    readonly setting: WhatIf['setting'];
    /** The value that is tried. */
    readonly value: WhatIf['value'];
    /** The value that there is now. */
    readonly before: WhatIf['value'];
    /** That value is not known: it is taken to be the other one. */
    readonly isAssumed: boolean;
    /** Jobs that would no longer get what their steps use. */
    readonly losing: readonly (JobOfWorkflow & {
        readonly permissions: readonly {
            readonly permission: string;
            readonly granted: AccessLevel;
            readonly needed: AccessLevel;
        }[];
    })[];
    /** Jobs that would lose something which steps may use that cannot be seen into. */
    readonly unclear: readonly JobOfWorkflow[];
    /** Workflows that would not start any more. */
    readonly failing: readonly string[];
    /** How many jobs would get the same as now. */
    readonly unaffected: number;
    /** The blocks to write first, so that nothing is lost and nothing is gained. */
    readonly blocks: readonly SuggestedBlock[];
}

/** A block to write into a job, or into its workflow. */
export interface SuggestedBlock extends JobOfWorkflow {
    readonly permissions: Permissions;
}

/** What is known of a repository from outside of its files. What is left out is unknown, and all that is possible computed. */
export interface CheckSettings {
    /** Which repository it is, as `OWNER/NAME`: so its own workflows are known when they are called by their full name. */
    readonly repository?: string;
    /** Decides what a pull request from a fork gets. */
    readonly visibility?: Visibility;
    /** The setting "Workflow permissions": what a job gets when no permissions block applies to it. */
    readonly defaultPermissions?: DefaultPermissions;
    /** Private and internal repositories: what a pull request from a fork starts. */
    readonly forkPullRequests?: ForkPullRequests;
    /** Computes for GitHub Enterprise Server of that version, 3.2 or newer, such as `'3.17'`. */
    readonly ghes?: string;
    /** The least level of a finding that makes the `result` of the report `fail`; `error` if it is left out. */
    readonly failOn?: FindingLevel | 'never';
    /** Reads called workflows and actions of other repositories. Without it, they are unresolved. */
    readonly read?: ReadCalledFile;
}

/**
 * Computes what the `GITHUB_TOKEN` of every job may do, and judges it by the rules. Touches neither files nor network: the
 * same files and settings give the same report. A file that is broken never hides the others.
 *
 * @param files the text of each file, by its path from the repository's root, with `/`: the workflows under
 *   `.github/workflows`, and the scripts and actions of the repository that they use, as far as these are to be looked into.
 * @throws TypeError when a setting is malformed.
 */
export declare function check(files: Readonly<Record<string, string | Uint8Array>>, settings?: CheckSettings): Promise<Report>;
