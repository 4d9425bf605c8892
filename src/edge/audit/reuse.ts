import type { AuditedCall, AuditLine } from '../../model/audit.ts';
import type { RepositoryFile } from '../../model/called-file.ts';
import type { Settings } from '../../model/settings.ts';
import { repositoryKey } from '../../organization/lost.ts';
import { idOf as idOfBytes, type OwnFile } from '../many/asked-files.ts';
import { auditKey } from '../many/audit-key.ts';
import type { World } from '../many/check-one.ts';
import { isFullCommit, repositoryOf, type Source } from '../called/source.ts';
import { MOST_BYTES, tooManyBytes, WORKFLOW_FOLDER } from '../files/workflow-folder.ts';
import type { CalledId } from './called-ids.ts';
import { asReused, type EarlierLine, type EarlierLines } from './earlier-lines.ts';
import { LINK, SUBMODULE, type ListedFile, type ListedRepository } from './listed.ts';

/** Where lines of earlier audits are, and what tells whether they are still right. */
export interface Earlier {
  /** What this very audit had done when it was stopped. */
  readonly stopped: EarlierLines;
  /** What an audit before it wrote. */
  readonly previous: EarlierLines | null;
  readonly idOf: (file: RepositoryFile) => Promise<CalledId>;
  /** Checkouts, which are asked first; `null` where there are none. */
  readonly folder: Source | null;
  readonly world: Pick<World, 'options' | 'policy' | 'today'>;
}

/** A line that need not be computed. */
export interface Reused {
  readonly text: string;
  readonly result: AuditLine['result'];
  /** It is in the file already. */
  readonly isThere: boolean;
}

/** A file that nobody reads has the id of what stands for it in a report. */
function idFor({ id, size }: { readonly id: string; readonly size: number }): string {
  return size > MOST_BYTES ? idOfBytes(tooManyBytes()) : id;
}

function idOfListed(file: ListedFile): string | null {
  return file.mode === LINK || file.mode === SUBMODULE ? null : idFor(file);
}

function workflowIds({ workflows }: ListedRepository): readonly OwnFile[] {
  if ('linked' in workflows) return [[workflows.linked, null]];
  return workflows.map((file) => [`${WORKFLOW_FOLDER}/${file.name}`, idOfListed(file)]);
}

/** The file that a name means, `OWNER/NAME/path@REF`; `null` for what is no such name. */
function fileNamed(name: string): RepositoryFile | null {
  const [, owner, repository, path, ref] = /^([^/]+)\/([^/]+)\/([^@]+)@(.+)$/.exec(name) ?? [];
  if (owner === undefined || repository === undefined || path === undefined || ref === undefined) return null;
  return { owner, name: repository, path, ref };
}

/** What a file of a report holds now: git's id of it, `null` when it is not there, and the commit that its ref means. */
interface Now {
  readonly file: RepositoryFile;
  readonly id: string | null;
  readonly commit: string | null;
}

/** Finds the line of an earlier audit that a repository would get again; `null` when it must be computed. */
export function reuse({
  stopped,
  previous,
  idOf,
  folder,
  world,
}: Earlier): (listed: ListedRepository, settings: Settings) => Promise<Reused | null> {
  /** What a file holds now; `null` when that cannot be told. */
  async function now(
    listed: ListedRepository,
    line: EarlierLine,
    { file: name, id }: AuditedCall,
  ): Promise<Now | null> {
    const file = fileNamed(name);
    if (file === null) return null;
    const isOwn = repositoryOf(file) === listed.repository && file.ref === listed.branch;
    const { commit } = listed;
    if (isOwn && isJudged(file.path)) {
      const judged = listed.judged.find((one) => one.name === file.path);
      return { file, id: judged === undefined ? null : idOfListed(judged), commit };
    }
    const here = await folder?.(file);
    if (here?.kind === 'unavailable') return null;
    if (here?.kind === 'not-found') return { file, id: null, commit: null };
    if (here?.kind === 'found') return { file, id: idOfBytes(here.bytes), commit: here.commit };
    if (isOwn && line.audit.commit === commit) return { file, id, commit };
    if (isFullCommit(file.ref) && id !== null) return { file, id, commit: file.ref };
    return asked(isOwn && commit !== null ? { ...file, ref: commit } : file);
  }

  async function asked(file: RepositoryFile): Promise<Now | null> {
    const found = await idOf(file);
    if (found.kind === 'unavailable') return null;
    return found.kind === 'id' ? { file, id: idFor(found), commit: found.commit } : { file, id: null, commit: null };
  }

  /**
   * Whether all is the same that a called workflow may have called as its neighbour, which is named by the commit that the
   * ref meant then: where a ref means another commit now, the files of the one must be those of the other.
   */
  async function haveSameNeighbours(called: readonly AuditedCall[], all: readonly Now[]): Promise<boolean> {
    const pairs = called.flatMap(({ commit: before }, index) => {
      const moved = all[index];
      if (before === undefined || moved === undefined || moved.commit === before) return [];
      const name = repositoryOf(moved.file).toLowerCase();
      return all
        .filter(({ file }) => file.ref === before && repositoryOf(file).toLowerCase() === name)
        .map(({ file, id }) => ({ file, id, ref: moved.commit }));
    });
    const same = pairs.map(async ({ file, id, ref }) => ref !== null && (await asked({ ...file, ref }))?.id === id);
    return (await Promise.all(same)).every(Boolean);
  }

  async function isRight(listed: ListedRepository, settings: Settings, line: EarlierLine): Promise<boolean> {
    const { audit } = line;
    const isSame = audit.repository === listed.repository && audit.branch === listed.branch;
    if (audit.key === '' || !isSame || audit.archived !== listed.archived || audit.fork !== listed.fork) return false;
    const found = await Promise.all(audit.called.map((call) => now(listed, line, call)));
    const all = found.filter((one) => one !== null);
    if (all.length < found.length) return false;
    const called = audit.called.map(({ file }, index) => ({ file, id: all[index]?.id ?? null }));
    const { options, policy, today } = world;
    const facts = { options, policy, settings, workflows: workflowIds(listed), own: [], called };
    if (![null, today].some((day) => auditKey({ ...facts, day }) === audit.key)) return false;
    return haveSameNeighbours(audit.called, all);
  }

  return async (listed, settings) => {
    // Without a commit there is nothing to compute either.
    if (listed.commit === null || listed.error !== undefined) return null;
    const place = repositoryKey(listed);
    const done = stopped.get(place);
    if (done !== undefined && (await isRight(listed, settings, done))) {
      return { text: '', result: done.result, isThere: true };
    }
    const before = previous?.get(place);
    if (previous === null || before === undefined || !(await isRight(listed, settings, before))) return null;
    return { text: asReused(previous.bytes(before).toString('utf8'), before), result: before.result, isThere: false };
  };
}

/** The listing tells all about policy and baseline. */
function isJudged(path: string): boolean {
  return path.startsWith('.github/permissions-');
}
