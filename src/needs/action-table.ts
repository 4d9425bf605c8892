import data from './action-table.json' with { type: 'json' };
import { inRange, majorOf } from './action-version.ts';
import type { EntryCondition } from './action-condition.ts';

/**
 * With what an action does something: the token that it is handed (what is not said), git's stored credentials, the login
 * to a registry, the job's identity token, or the token of another input than the usual one.
 */
export type EntryCredential =
  'token' | 'git' | 'registry' | 'identity' | { readonly input: string; readonly default: boolean };

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

/** One entry of `actions.json`, without what is there for people; `actions.md` describes the format. */
export interface ActionEntry {
  readonly versions?: string;
  readonly token: EntryToken | null;
  readonly permissions: readonly (Conditional & {
    readonly permission: string;
    readonly level: 'read' | 'write';
    readonly instead?: readonly string[];
    readonly tolerated?: true;
  })[];
  readonly impossible?: readonly (Conditional & { readonly what: string })[];
  readonly uncertain?: readonly (Conditional & { readonly permissions: 'all' | readonly string[] })[];
  /** What of the workflow it runs: its builds, anything at all, or a script in one of its inputs. */
  readonly runs?: 'build' | 'anything' | { readonly input: string; readonly shell: string };
  /** What later steps find of its token. */
  readonly leaves?: readonly ('git' | 'stored' | 'ghLogin')[];
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
  if (major === null) return entries;
  return entries.filter(({ versions }) => versions === undefined || inRange(major, versions));
}
