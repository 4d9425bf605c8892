import type { AuditLine } from '../../model/audit.ts';
import type { Settings } from '../../model/settings.ts';
import { visible } from '../../report/escape-terminal.ts';
import { mapBounded } from '../map-bounded.ts';
import { checkOne, notRead, type World } from '../many/check-one.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { ToolError } from '../tool-error.ts';
import type { AuditApi } from './api.ts';
import { hasWorkflows, settingsOfOne, type FoundOfOne } from './audit-settings.ts';
import type { Blobs } from './blobs.ts';
import { filesOf, nameOf, workflowsOf } from './files-of-listed.ts';
import type { LinesWriter } from './lines-writer.ts';
import type { ListedRepository } from './listed.ts';
import type { AuditFacts } from './plan.ts';
import { reuse, type Earlier } from './reuse.ts';

/** So many repositories are under way at a time, so that what they ask for goes together. */
const AT_ONCE = 32;

/** All that it takes to compute the repositories of an audit. */
export interface Computing {
  readonly facts: AuditFacts;
  readonly api: AuditApi;
  readonly blobs: Blobs;
  readonly world: World;
  readonly earlier: Omit<Earlier, 'world'>;
  readonly lines: LinesWriter;
  /** Is told how many are done. */
  readonly onDone: (done: number) => void;
}

/** How the repositories of an audit came out. */
export interface Outcome {
  readonly status: number;
  readonly reused: number;
  readonly notRead: number;
  /** Of how many that have workflow files nobody tells the setting "Workflow permissions". */
  readonly untold: number;
}

const STATUS = { pass: 0, fail: 1, error: 2 } as const;

/** Computes repositories and writes their lines, in any order. What goes wrong with one is part of its line. */
export async function compute(repositories: readonly ListedRepository[], computing: Computing): Promise<Outcome> {
  const { facts, api, blobs, world, earlier, lines, onDone } = computing;
  const reused = reuse({ ...earlier, world });
  const outcome = { status: 0, reused: 0, notRead: 0, untold: 0 };
  let done = 0;

  async function settingsOf(listed: ListedRepository): Promise<Settings> {
    const found = await settingsOfOne(api, facts.settings, listed);
    const isKnown = facts.given.defaultPermissions !== null || found.defaultPermissions !== null;
    if (!isKnown && hasWorkflows(listed)) outcome.untold += 1;
    return settingsFor(listed, facts, found);
  }

  async function lineOf(listed: ListedRepository, settings: Settings): Promise<AuditLine> {
    const { branch, commit, archived, fork } = listed;
    const about = { branch, commit, archived, fork };
    const repository = nameOf(listed);
    try {
      return await checkOne(
        {
          repository,
          about,
          sources: await workflowsOf(listed, blobs),
          files: filesOf(listed, blobs),
          checked: { kind: 'api', repository, commit: commit ?? '', prefix: '' },
          settings: () => Promise.resolve(settings),
        },
        world,
      );
    } catch (error) {
      return notRead(repository, about, error);
    }
  }

  async function one(listed: ListedRepository): Promise<void> {
    const settings = await settingsOf(listed);
    const found = listed.error === undefined ? await reused(listed, settings) : null;
    if (found === null) {
      const line = listed.error === undefined ? await lineOf(listed, settings) : unlistedLine(listed, listed.error);
      outcome.status = Math.max(outcome.status, STATUS[line.result]);
      outcome.notRead += Number(line.audit.state === 'not-read');
      lines.add(JSON.stringify(line));
    } else {
      outcome.status = Math.max(outcome.status, STATUS[found.result]);
      if (!found.isThere) {
        outcome.reused += 1;
        lines.add(found.text);
      }
    }
    done += 1;
    onDone(done);
  }

  await mapBounded(repositories, AT_ONCE, one);
  return outcome;
}

/** The line of a repository that the listing could not tell of. */
function unlistedLine(listed: ListedRepository, error: string): AuditLine {
  const { branch, commit, archived, fork, repository } = listed;
  const why =
    listed.commit === null ? error : `${visible(repository)} could not be listed (${inQuotes(error)}). Run this again.`;
  return notRead(nameOf(listed), { branch, commit, archived, fork }, new ToolError(why));
}

/** The settings to compute with. The commit is none of them: reports of two commits with the same files are the same. */
function settingsFor(listed: ListedRepository, { given, platform }: AuditFacts, found: FoundOfOne): Settings {
  const { defaultPermissions, canApprovePullRequestReviews } = found;
  const value = given.defaultPermissions ?? defaultPermissions ?? 'unknown';
  const told = defaultPermissions === null ? 'none' : 'settings';
  return {
    platform,
    repository: nameOf(listed),
    visibility: listed.visibility,
    defaultPermissions: { value, source: given.defaultPermissions === null ? told : 'option' },
    forkPullRequests: given.forkPullRequests ?? found.forkPullRequests ?? 'unknown',
    ...(canApprovePullRequestReviews === null ? {} : { canApprovePullRequestReviews }),
  };
}
