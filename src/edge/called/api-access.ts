import { inQuotes } from '../output/in-quotes.ts';
import { withoutEnd } from '../../words/without-end.ts';

/** Which server to ask for files of other repositories and as whom, or why none can be asked. */
export type FileServer =
  | {
      readonly kind: 'server';
      readonly baseUrl: string;
      readonly token: string | null;
      /** What the user calls the place that the token comes from. */
      readonly tokenName: string;
    }
  | { readonly kind: 'none'; readonly reason: string };

/** https://cli.github.com/manual/gh_help_environment: a bare host name; the scheme is what some write before it. */
const HOST = /^(?:https:\/\/)?([a-z0-9][a-z0-9.-]*(?::\d+)?)\/*$/i;

/** The API of a host. See https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency/getting-started-with-data-residency-for-github-enterprise-cloud */
export function apiOf(host: string): string {
  const name = host.toLowerCase();
  if (name === 'github.com') return 'https://api.github.com';
  return name.endsWith('.ghe.com') ? `https://api.${name}` : `https://${name}/api/v3`;
}

/**
 * The server that the environment of a command line names: `GH_HOST`, else `GITHUB_API_URL`, else github.com. Never one
 * that a checkout names, since the token goes there.
 *
 * @param isServer whether we compute for a GitHub Enterprise Server, whose repositories github.com knows nothing about.
 */
export function serverOf(env: NodeJS.ProcessEnv, isServer: boolean): FileServer {
  const token = env.GH_TOKEN || env.GITHUB_TOKEN || null;
  const found = (baseUrl: string): FileServer => ({ kind: 'server', baseUrl, token, tokenName: 'GH_TOKEN' });
  if (env.GH_HOST) {
    const host = HOST.exec(env.GH_HOST.trim())?.[1];
    if (host !== undefined) return found(apiOf(host));
    return { kind: 'none', reason: `GH_HOST is ${inQuotes(env.GH_HOST)}, which is not the name of a host` };
  }
  if (env.GITHUB_API_URL) return found(withoutEnd(env.GITHUB_API_URL, '/'));
  if (!isServer) return found('https://api.github.com');
  return {
    kind: 'none',
    reason: 'Which server to ask is not known. Set GH_HOST to the host of your GitHub Enterprise Server',
  };
}

/** Whether an API is that of a GitHub Enterprise Server, which is always at this path. */
export function isEnterpriseServer(apiUrl: string): boolean {
  return URL.canParse(apiUrl) && new URL(apiUrl).pathname === '/api/v3';
}
