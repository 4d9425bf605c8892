import data from './action-table.json' with { type: 'json' };
import { inRange, majorOf } from './action-version.ts';
import type { EntryCondition } from './action-condition.ts';

interface Conditional {
  readonly because: string;
  readonly when?: EntryCondition;
  readonly credential?: EntryCredential;
}

/** Where an action gets its token from. Without inputs and variables, it is the job's token and nothing else. */
export interface EntryToken {
  readonly input?: string;
  readonly inputs?: readonly string[];
  readonly env?: readonly string[];
  /** Not given, the input is the job's token. */
  readonly default?: boolean;
}

/**
 * With what an action does something: its token (where nothing else is said), git's stored credentials, the login to a
 * registry, the job's identity token, or a token from elsewhere than the usual one.
 */
export type EntryCredential = 'token' | 'git' | 'registry' | 'identity' | EntryToken;

/** An input that is a script. */
export interface EntryScript {
  readonly input: string;
  /** Unless an input `shell` says another. */
  readonly shell: string;
}

/** What later steps find of an action's token: for git, in a file or a variable, for `gh`, or for a registry. */
export interface EntryLeft {
  readonly what: 'git' | 'stored' | 'ghLogin' | 'ghcr.io';
  readonly when?: EntryCondition;
}

/** One entry of `actions.json`, without what is there for people; `actions.md` describes the format. */
export interface ActionEntry {
  readonly versions?: string;
  readonly token: EntryToken | null;
  readonly permissions: readonly (Conditional & {
    readonly permission: string;
    readonly level: 'read' | 'write';
    readonly instead?: readonly string[];
    readonly optional?: true;
    readonly tolerated?: true;
  })[];
  readonly impossible?: readonly (Conditional & { readonly what: string })[];
  readonly uncertain?: readonly (Conditional & { readonly permissions: 'all' | readonly string[] })[];
  /** What of the workflow's own it runs: builds, anything at all, or scripts in its inputs. */
  readonly runs?: 'build' | 'anything' | readonly EntryScript[];
  readonly leaves?: readonly EntryLeft[];
  readonly inputDefaults?: Readonly<Record<string, string>>;
}

const TABLE = data as unknown as Readonly<Record<string, readonly ActionEntry[]>>;

/**
 * The entries for an action in this version; several when the version is not known and they differ. Empty when the table
 * does not know the action, or not in this version.
 */
export function entriesFor(name: string, ref: string): readonly ActionEntry[] {
  const entries = Object.hasOwn(TABLE, name) ? (TABLE[name] ?? []) : [];
  const major = majorOf(ref);
  // A commit or a branch is most likely of the newest version: nothing is known where no entry reaches up to that.
  if (major === null) return entries.some(({ versions }) => versions?.includes('<') !== true) ? entries : [];
  return entries.filter(({ versions }) => versions === undefined || inRange(major, versions));
}
