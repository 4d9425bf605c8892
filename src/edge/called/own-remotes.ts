import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parseGitConfig } from '../git/git-config.ts';
import { repositoryFromUrl, type IsGitHubHost } from '../git/git-remote.ts';
import type { RepositoryName } from '../command-line/option-values.ts';

/** Whether two names mean the same repository: GitHub ignores the case. */
export function isSameRepository(one: RepositoryName, other: RepositoryName): boolean {
  return one.owner.toLowerCase() === other.owner.toLowerCase() && one.name.toLowerCase() === other.name.toLowerCase();
}

/**
 * The remotes of a checkout that stand for its repository: those whose URL names it. When none does, the remote that git
 * takes by itself, unless its URL names another repository: the branches of a fork are not those of its parent.
 *
 * @param gitFolder holds `config`.
 */
export function ownRemotes(gitFolder: string, own: RepositoryName, isGitHubHost: IsGitHubHost): readonly string[] {
  let text: string;
  try {
    text = readFileSync(path.join(gitFolder, 'config'), 'utf8');
  } catch {
    return [];
  }
  const urls = new Map<string, string>();
  for (const { section, subsection, key, value } of parseGitConfig(text)) {
    // Of several URLs of a remote, git fetches from the first.
    if (section === 'remote' && key === 'url' && !urls.has(subsection)) urls.set(subsection, value);
  }
  const remotes = [...urls].map(([remote, url]) => ({ remote, names: repositoryFromUrl(url, isGitHubHost) }));
  const named = remotes.filter(({ names }) => names !== null && isSameRepository(names, own));
  if (named.length > 0) return named.map(({ remote }) => remote);
  const usual = remotes.find(({ remote }) => remote === 'origin') ?? (remotes.length === 1 ? remotes[0] : undefined);
  return usual !== undefined && usual.names === null ? [usual.remote] : [];
}
