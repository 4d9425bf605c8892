import type { HelpRow } from '../command-line/help.ts';

/** What an audit looks up in the environment. */
export const TOKEN_ROWS: readonly HelpRow[] = [
  [
    'GH_TOKEN',
    'lists the repositories (metadata: read), reads their files (contents: read) and, where it may (administration: read), their settings; else GITHUB_TOKEN does.',
  ],
  [
    'GH_HOST',
    'the server to ask, or its API in GITHUB_API_URL. Default: github.com. The token goes there and nowhere else.',
  ],
];
