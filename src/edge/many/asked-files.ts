import type { CalledSource, ReadCalledFile, RepositoryFile } from '../../model/called-file.ts';
import type { AuditedCall } from '../../model/audit.ts';
import { byCodeUnit } from '../../words/by-code-unit.ts';
import { placeName } from '../../calls/place.ts';
import { gitObjectName } from '../git/git-object-name.ts';
import { isSameRepository } from '../called/own-remotes.ts';
import { isFullCommit } from '../called/source.ts';
import type { FilesAsked } from '../reading/needs-sources.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import type { RepositoryFiles } from '../policy/repository-files.ts';

/** The repository whose files are asked for, and the commit that is read of it. */
export interface Asker {
  readonly repository: RepositoryName;
  readonly commit: string | null;
}

/** Keeps count of the files beside its workflow files that a report rests on. */
export interface AskedFiles {
  /** Reads files of repositories, as the reader that was given does. */
  readonly read: ReadCalledFile;
  /** Reads policy and baseline, as the reader that was given does. */
  readonly files: RepositoryFiles;
  /** For the files that needs are worked out with. */
  readonly local: FilesAsked;
  /** Those of other repositories and refs, by name. */
  readonly called: () => readonly AuditedCall[];
  /** Those of the repository itself, by path. */
  readonly own: () => readonly OwnFile[];
  /** Whether each question had an answer: a server that did not give one may give it the next time. */
  readonly isAnswered: () => boolean;
}

/** A file of the repository itself: its path, and git's id of what it holds; `null` where it is not there. */
export type OwnFile = readonly [path: string, id: string | null];

/** Git's id of what a file holds. */
export function idOf(bytes: Uint8Array): string {
  return gitObjectName(bytes, 'sha1');
}

/** Makes the readers that keep count, of those that are given. */
export function askedFiles({ repository, commit }: Asker, read: ReadCalledFile, files: RepositoryFiles): AskedFiles {
  const called = new Map<string, AuditedCall>();
  const sources: CalledSource[] = [];
  const own = new Map<string, string | null>();
  const local: FilesAsked = new Map();
  const isOwn = (file: RepositoryFile): boolean => file.ref === commit && isSameRepository(file, repository);
  return {
    local,
    read: async (file) => {
      const source = await read(file);
      if (isOwn(file)) local.set(file.path, source);
      else {
        const call = toCall(file, source);
        called.set(call.file, call);
      }
      sources.push(source);
      return source;
    },
    files: {
      ...files,
      file: async (path) => {
        const bytes = await files.file(path);
        own.set(path, bytes === null ? null : idOf(bytes));
        return bytes;
      },
    },
    called: () => [...called.values()].sort((one, other) => byCodeUnit(one.file, other.file)),
    own: () =>
      [...own, ...[...local].map(([path, source]) => [path, idIn(source)] as const)].sort(([one], [other]) =>
        byCodeUnit(one, other),
      ),
    isAnswered: () => [...sources, ...local.values()].every(({ kind }) => kind !== 'unavailable'),
  };
}

function toCall(file: RepositoryFile, source: CalledSource): AuditedCall {
  const commit = source.kind === 'found' && !isFullCommit(file.ref) ? source.commit : null;
  const name = placeName({ kind: 'repository', ...file, commit: null });
  return { file: name, id: idIn(source), ...(commit === null ? {} : { commit }) };
}

function idIn(source: CalledSource): string | null {
  return source.kind === 'found' ? idOf(source.bytes) : null;
}
