/**
 * The texts of scripts with what is not known yet in them, as characters that no script has. One plain text stands for
 * all values that it may have: `/repos/ᐅOWN_REPOSITORYᐊ/issues/ᐅANYTHINGᐊ`.
 */
export const ANYTHING = '\uE000';
/** `owner/name` of the repository whose workflow it is. */
export const OWN_REPOSITORY = '\uE001';
export const OWN_OWNER = '\uE002';
export const OWN_NAME = '\uE003';
/** The job's token. */
export const TOKEN = '\uE004';
/** A secret or another step's output: perhaps a token, not the job's. */
export const OTHER_SECRET = '\uE005';
/** Where the API is, such as `https://api.github.com`. */
export const API_URL = '\uE006';
/** Where GitHub is, such as `https://github.com`. */
export const SERVER_URL = '\uE007';
/** Where GraphQL is. */
export const GRAPHQL_URL = '\uE008';

const MARKS = /[\uE000-\uE008]/g;
const HAS_MARKS = /[\uE000-\uE008]/;
const EXPRESSION = /\$\{\{(.*?)\}\}/gs;

/** What expressions stand for; all others are {@link ANYTHING}. */
const KNOWN_EXPRESSIONS: ReadonlyMap<string, string> = new Map([
  ['github.repository', OWN_REPOSITORY],
  ['github.event.repository.full_name', OWN_REPOSITORY],
  ['github.repository_owner', OWN_OWNER],
  ['github.event.repository.owner.login', OWN_OWNER],
  ['github.event.repository.name', OWN_NAME],
  ['github.api_url', API_URL],
  ['github.server_url', SERVER_URL],
  ['github.graphql_url', GRAPHQL_URL],
  ['github.event.repository.html_url', `${SERVER_URL}/${OWN_REPOSITORY}`],
  ['github.event.repository.url', `${API_URL}/repos/${OWN_REPOSITORY}`],
]);

/**
 * What every run has in its environment.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables
 */
export const DEFAULT_VARIABLES: Readonly<Record<string, string>> = {
  GITHUB_REPOSITORY: OWN_REPOSITORY,
  GITHUB_REPOSITORY_OWNER: OWN_OWNER,
  GITHUB_API_URL: API_URL,
  GITHUB_SERVER_URL: SERVER_URL,
  GITHUB_GRAPHQL_URL: GRAPHQL_URL,
};

/** `github['token']` is `github.token`; names are the same in any case. */
function normalized(expression: string): string {
  return expression
    .replace(/\[\s*'([\w-]+)'\s*\]/g, '.$1')
    .replace(/\s+/g, '')
    .toLowerCase();
}

/** Whether an expression may give the job's token. `also` names further ones that hold it, such as `inputs.token`. */
export function givesToken(expression: string, also: readonly string[] = []): boolean {
  const text = normalized(expression);
  return TOKEN_NAMES.test(text) || also.some((name) => patternOf(normalized(name)).test(text));
}

const TOKEN_NAMES = /(?<![\w.-])(github\.token|secrets\.github_token)(?![\w.-])/;

/** A workflow has a handful of names. */
const patterns = new Map<string, RegExp>();

function patternOf(name: string): RegExp {
  let pattern = patterns.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`(?<![\\w.-])${name.replace(/[.*]/g, '\\$&')}(?![\\w.-])`);
    patterns.set(name, pattern);
  }
  return pattern;
}

/** Most expressions stand in many steps; all of a repository fit. */
const marks = new Map<string, string>();
const MOST_MARKS = 10_000;

/** What stands for one expression. */
function markOf(expression: string, also: readonly string[]): string {
  if (also.length > 0 && givesToken(expression, also)) return TOKEN;
  let mark = marks.get(expression);
  if (mark === undefined) {
    mark = usualMarkOf(expression);
    if (marks.size < MOST_MARKS) marks.set(expression, mark);
  }
  return mark;
}

function usualMarkOf(expression: string): string {
  if (givesToken(expression)) return TOKEN;
  const text = normalized(expression);
  // The token of an App, as a step makes it.
  if (/^(steps|needs)\.[\w.-]*token$/.test(text)) return OTHER_SECRET;
  const known = KNOWN_EXPRESSIONS.get(text);
  if (known !== undefined) return known;
  if (/(?<![\w.-])(secrets|tojson\((github|secrets)\))(?![\w-])/.test(text)) {
    return /tojson\((github|secrets)\)|secrets\[/.test(text) ? TOKEN : OTHER_SECRET;
  }
  return ANYTHING;
}

/**
 * A text as written in a workflow file, its `${{ }}` replaced. Each stands for its value on as many lines as it took, so
 * that lines keep their numbers.
 */
export function markedText(written: string, also: readonly string[] = []): string {
  const plain = HAS_MARKS.test(written) ? written.replace(MARKS, ANYTHING) : written;
  if (!plain.includes('${{')) return plain;
  return plain.replace(
    EXPRESSION,
    (whole, expression: string) => markOf(expression, also) + whole.replace(/[^\n]/g, ''),
  );
}

/** Whether the job's token is in it. */
export function holdsToken(text: string): boolean {
  return text.includes(TOKEN);
}

/** For people: what is not known as `…`. */
export function readable(text: string): string {
  return text
    .replaceAll(OWN_REPOSITORY, '{owner}/{repo}')
    .replaceAll(OWN_OWNER, '{owner}')
    .replaceAll(OWN_NAME, '{repo}')
    .replace(MARKS, '…');
}

/** A command for people: its first words, without what is behind an option. */
export function readableCommand(words: readonly string[]): string {
  const option = words.findIndex((word, index) => index > 0 && word.startsWith('-'));
  return readable(words.slice(0, Math.min(3, option < 0 ? 3 : option)).join(' '));
}
