import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parseGitConfig } from './git-config.ts';
import type { GitCheckout } from './git-folder.ts';
import { splitRepositoryName, type RepositoryName } from '../command-line/option-values.ts';

/** Whether a host is one of GitHub's, or the GitHub Enterprise Server that we work with. */
export type IsGitHubHost = (host: string) => boolean;

/** Hosts of GitHub itself; `ssh.github.com` serves git on the port of HTTPS, `*.ghe.com` has data residency. */
const GITHUB = /^(?:(?:www|ssh)\.)?github\.com$|^[a-z0-9-]+\.ghe\.com$/;

/** The host of a URL such as that of `GITHUB_SERVER_URL`, or of a bare host name such as that of `GH_HOST`. */
function hostOf(urlOrHost: string): string | null {
  try {
    return new URL(urlOrHost.includes('://') ? urlOrHost : `https://${urlOrHost}`).hostname;
  } catch {
    return null;
  }
}

/**
 * Which hosts are GitHub: github.com, `*.ghe.com`, and the server that the environment names. `anyHost` is for a user
 * who says that the repository lives on a GitHub Enterprise Server, whose host we do not know.
 */
export function gitHubHosts(env: NodeJS.ProcessEnv, anyHost: boolean): IsGitHubHost {
  const named = [env.GH_HOST, env.GITHUB_SERVER_URL].map((text) => (text ? hostOf(text) : null));
  return (host) => anyHost || GITHUB.test(host.toLowerCase()) || named.includes(host.toLowerCase());
}

/** `git@host:OWNER/NAME.git`, the short form of SSH; a drive of Windows (`C:\…`) has one letter. */
const SHORT_SSH = /^(?:[^@/:]+@)?([^@/:\\]{2,}):(?!\/\/)\/?(.+)$/;
const SCHEMES = new Set(['https:', 'http:', 'ssh:', 'git:', 'git+ssh:', 'ssh+git:']);

function splitUrl(url: string): { readonly host: string; readonly path: string } | null {
  const [, host, rest] = SHORT_SSH.exec(url) ?? [];
  if (host !== undefined && rest !== undefined) return { host, path: rest };
  try {
    const { protocol, hostname, pathname } = new URL(url);
    return SCHEMES.has(protocol) ? { host: hostname, path: pathname } : null;
  } catch {
    return null;
  }
}

/**
 * The repository that the URL of a remote names, or `null` when it is none of GitHub's. Knows
 * `https://host/OWNER/NAME(.git)`, `ssh://git@host:port/OWNER/NAME.git`, `git@host:OWNER/NAME.git` and their kin; what
 * a URL holds beside host and path (a password, say) goes nowhere.
 */
export function repositoryFromUrl(url: string, isGitHubHost: IsGitHubHost): RepositoryName | null {
  const parts = splitUrl(url.trim());
  if (parts === null || !isGitHubHost(parts.host)) return null;
  return splitRepositoryName(
    parts.path
      .replace(/^\//, '')
      .replace(/\/$/, '')
      .replace(/\.git$/, ''),
  );
}

/**
 * The repository's name from the remote `origin`, else from the only remote, or `null`. Reads the configuration file
 * itself, since starting git takes longer than everything else that we do; what git would read from other files
 * (`include`, `insteadOf` of the user) is not known here.
 */
export function repositoryFromRemote(checkout: GitCheckout, isGitHubHost: IsGitHubHost): RepositoryName | null {
  let text: string;
  try {
    text = readFileSync(path.join(checkout.commonFolder, 'config'), 'utf8');
  } catch {
    return null;
  }
  const urls = new Map<string, string>();
  for (const { section, subsection, key, value } of parseGitConfig(text)) {
    // Of several URLs of a remote, git fetches from the first.
    if (section === 'remote' && key === 'url' && !urls.has(subsection)) urls.set(subsection, value);
  }
  const url = urls.get('origin') ?? (urls.size === 1 ? [...urls.values()][0] : undefined);
  return url === undefined ? null : repositoryFromUrl(url, isGitHubHost);
}
