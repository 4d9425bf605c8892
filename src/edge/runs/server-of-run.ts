import { apiOf, serverOf, type FileServer } from '../called/api-access.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { ToolError } from '../tool-error.ts';

/** A server that can be asked. */
export type Server = Extract<FileServer, { kind: 'server' }>;

/**
 * The server to ask for a run. The token goes to the server that the environment names, and to GitHub itself where it
 * names none: an address that somebody pasted must not send it anywhere else.
 *
 * @param host of the address; `null` for a number alone.
 * @throws ToolError when the address is of another server, or which one to ask is not known.
 */
export function serverOfRun(env: NodeJS.ProcessEnv, host: string | null, isServer: boolean): Server {
  const named = serverOf(env, isServer && host === null);
  const isNamed = Boolean(env.GH_HOST) || Boolean(env.GITHUB_API_URL);
  if (named.kind === 'none') throw new ToolError(`${named.reason}.`);
  if (host === null || isHostOf(host, named.baseUrl, env)) return named;
  if (!isNamed && host.endsWith('.ghe.com')) return { ...named, baseUrl: apiOf(host) };
  throw new ToolError(
    `The address is of ${inQuotes(host)}, and the server to ask is ${named.baseUrl}. ` +
      `If the token is for ${inQuotes(host)}, set GH_HOST to that name.`,
  );
}

function isHostOf(host: string, baseUrl: string, env: NodeJS.ProcessEnv): boolean {
  const page = host === 'www.github.com' ? 'github.com' : host;
  const server = env.GITHUB_SERVER_URL ?? '';
  const isPage = !env.GH_HOST && URL.canParse(server) && new URL(server).host === page;
  return isPage || apiOf(page) === baseUrl || new URL(baseUrl).host === page;
}
