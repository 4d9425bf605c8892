import type { ApiRequest } from '../api/api-request.ts';
import { apiPath } from '../api/api-request.ts';
import { ANYTHING, OWN_NAME, OWN_OWNER } from '../marked-text.ts';
import { hasOption, optionValue, optionValues, positionals } from './options.ts';

const FIELDS = ['-f', '--raw-field', '-F', '--field'];
/** All options of `gh api` that take a value. */
const WITH_VALUE = new Set([
  ...FIELDS,
  ...['-X', '--method', '-H', '--header', '--input', '-q', '--jq', '-t', '--template', '--cache', '--hostname'],
  ...['-p', '--preview'],
]);

/**
 * The request of `gh api`: with fields or an input it is a POST, unless `-X` says otherwise; `{owner}` and `{repo}` are
 * the own repository. `null` when its address is not known.
 *
 * @see https://cli.github.com/manual/gh_api
 */
export function ghApiRequest(args: readonly string[]): ApiRequest | null {
  const [address] = positionals(args, WITH_VALUE);
  if (address === undefined || address === ANYTHING) return null;
  const path = pathOf(address);
  if (path === null) return null;
  const given = optionValue(args, ['-X', '--method']);
  const sends = optionValues(args, FIELDS).length > 0 || hasOption(args, ['--input']);
  return { method: given?.toUpperCase() ?? (sends ? 'POST' : 'GET'), path, graphql: queryOf(args) };
}

function pathOf(address: string): string | null {
  const whole = address
    .replaceAll('{owner}', OWN_OWNER)
    .replaceAll(':owner', OWN_OWNER)
    .replace(/\{repo\}|:repo\b/g, OWN_NAME);
  const path = /^https?:|^[\uE006\uE007\uE008]/.test(whole) ? apiPath(whole) : whole.replace(/^\/*/, '/');
  return path === ANYTHING ? null : path;
}

/** The field `query`; one that is read from a file is not known. */
function queryOf(args: readonly string[]): string | null {
  const query = optionValues(args, FIELDS)
    .find((field) => field.startsWith('query='))
    ?.slice('query='.length);
  return query === undefined || query.startsWith('@') || query === ANYTHING ? null : query;
}
