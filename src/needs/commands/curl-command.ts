import type { StepUse } from '../../model/needs.ts';
import { apiPath, requestUse } from '../api/api-request.ts';
import type { CommandCall } from './command.ts';
import { findsToken, isHandedToken } from './command.ts';
import { ANYTHING, holdsToken } from '../marked-text.ts';
import { optionValue, optionValues } from './options.ts';
import { allUses, NO_USE, uncertainFor } from '../uses.ts';

const DATA = [
  '-d',
  '--data',
  '--data-raw',
  '--data-binary',
  '--data-urlencode',
  '--data-ascii',
  '--json',
  '-F',
  '--form',
];

/** Options of curl and wget that take a value. @see https://curl.se/docs/manpage.html */
const WITH_VALUE = new Set([
  ...DATA,
  ...['-X', '--request', '-H', '--header', '-o', '--output', '-u', '--user', '-A', '--user-agent', '-e', '--referer'],
  ...['-m', '--max-time', '--connect-timeout', '--retry', '--retry-delay', '--retry-max-time', '-w', '--write-out'],
  ...[
    '-T',
    '--upload-file',
    '-x',
    '--proxy',
    '-b',
    '--cookie',
    '-c',
    '--cookie-jar',
    '--cacert',
    '-E',
    '--cert',
    '--key',
  ],
  ...['-D', '--dump-header', '--oauth2-bearer', '-K', '--config', '--output-dir', '-r', '--range', '--resolve'],
  ...['-O', '--output-document', '-P', '--directory-prefix', '-t', '--tries', '--method', '--body-data', '--post-data'],
  ...['--body-file', '--post-file', '--password', '--max-filesize', '--tlsv1', '--ciphers', '--limit-rate', '--url'],
]);

/** `-sSLo file` takes a value too; `-O` does for wget only. */
function takesValue(program: string, arg: string): boolean {
  if (program === 'curl' && arg === '-O') return false;
  if (WITH_VALUE.has(arg)) return true;
  return program === 'curl' && /^-[a-zA-Z]+[oHXduwmTAK]$/.test(arg) && !arg.startsWith('--');
}

function addresses(program: string, args: readonly string[]): readonly string[] {
  const operands = args.filter((arg, index) => !arg.startsWith('-') && !takesValue(program, args[index - 1] ?? ''));
  return [...optionValues(args, ['--url']), ...operands];
}

function methodOf(program: string, args: readonly string[]): string {
  const bundled = args.findIndex((arg) => /^-[a-zA-Z]*X$/.test(arg));
  const named = optionValue(args, ['--request', '--method']) ?? optionValue(args, ['-X']) ?? args[bundled + 1];
  const given = bundled === -1 ? (optionValue(args, ['--request', '--method']) ?? optionValue(args, ['-X'])) : named;
  if (given !== undefined) return given.toUpperCase();
  if (program === 'wget') return optionValue(args, ['--post-data', '--post-file']) === undefined ? 'GET' : 'POST';
  if (args.some((arg) => /^(-[a-zA-Z]*I|--head)$/.test(arg))) return 'GET';
  if (args.some((arg) => arg === '-G' || arg === '--get')) return 'GET';
  if (optionValue(args, ['-T', '--upload-file']) !== undefined) return 'PUT';
  const sends =
    optionValues(args, DATA).length > 0 || args.some((arg) => /^-[a-zA-Z]*d$/.test(arg) && !arg.startsWith('--'));
  return sends ? 'POST' : 'GET';
}

/** The body of a request to GraphQL: the query in it, as far as it is written out. */
function graphqlQuery(args: readonly string[], input: string | null): string | null {
  const bodies = optionValues(args, DATA).map((body) => (/^@-?$/.test(body) || body === '@-' ? (input ?? '') : body));
  for (const body of bodies) {
    try {
      const value: unknown = JSON.parse(body);
      if (typeof value === 'object' && value !== null && 'query' in value && typeof value.query === 'string')
        return value.query;
    } catch {
      // What a script puts together is seldom JSON before it runs.
    }
  }
  return null;
}

/** Files that `curl` reads with `-K`, and netrc, may hold the token where one is stored. */
function readsCredentials(args: readonly string[]): boolean {
  return args.some((arg) => ['-n', '--netrc', '-K', '--config', '--netrc-file'].includes(arg));
}

/**
 * What `curl` and `wget` use: they have no token but the one that they are handed.
 */
export function curlCommandUse(call: CommandCall): StepUse {
  const { program, args, invocation, caller, context } = call;
  const handed = isHandedToken(call) || (readsCredentials(args) && findsToken(call));
  if (!handed) return NO_USE;
  return allUses(
    addresses(program, args)
      .filter((address) => !address.startsWith('@'))
      .map((address) => {
        if (holdsToken(address)) return uncertainFor(caller, 'all', 'the token is part of an address');
        const path = apiPath(address);
        if (path === ANYTHING) return uncertainFor(caller, 'all', 'the address that is handed the token is not known');
        if (path === null) return elsewhere(address);
        const graphql = graphqlQuery(args, invocation.input);
        return requestUse({ method: methodOf(program, args), path, graphql }, caller, context.repository);
      }),
  );

  function elsewhere(address: string): StepUse {
    const host = /^(?:https?:\/\/)?([^/:]+)/.exec(address)?.[1] ?? ANYTHING;
    if (/^(ghcr\.io|.*\.pkg\.github\.com)$/.test(host)) {
      return uncertainFor(caller, ['packages'], `the token is handed to ${host}`);
    }
    if (/^(github\.com|raw\.githubusercontent\.com|codeload\.github\.com)$/.test(host) || /[\uE007]/.test(address)) {
      return uncertainFor(caller, ['contents'], `the token is handed to ${host}`);
    }
    if (host === 'models.github.ai') return uncertainFor(caller, ['models'], `the token is handed to ${host}`);
    return uncertainFor(caller, 'all', 'the token is handed to another host');
  }
}
