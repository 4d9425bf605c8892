// Writes the account that this repository belongs to, which `repository` in package.json names, in place of OWNER wherever
// a document says how to use it. Without `repository` nothing is written. Run by `npm run generate`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What stands in the documents until the account is known. */
export const PLACEHOLDER = 'OWNER/effective-permissions';

/** The files that may hold it, from the root. */
function documentsIn(root) {
  const pages = readdirSync(join(root, 'docs'), { recursive: true }).filter((name) => name.endsWith('.md'));
  return ['README.md', ...pages.map((name) => `docs/${name.replaceAll('\\', '/')}`).sort()];
}

/** The account and the name that the `repository` of a package.json is about; `null` without one. */
export function repositoryIn({ repository }) {
  const address = typeof repository === 'object' ? repository.url : repository;
  if (address === undefined) return null;
  const [, name] = /^(?:git\+)?https:\/\/[^/]+\/([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(address) ?? [];
  if (name === undefined) throw new Error(`repository in package.json is no https address of a repository: ${address}`);
  return name;
}

/** A document with the account in it. What is said about the placeholder goes with it. */
export function named(text, repository) {
  return text
    .split('\n')
    .map((line) => {
      if (!line.includes(PLACEHOLDER)) return line;
      const written = line.replaceAll(PLACEHOLDER, repository);
      return written.replace('# the account and the full SHA', '# the full SHA').replace(/ +# the account$/, '');
    })
    .join('\n');
}

const root = fileURLToPath(new URL('..', import.meta.url));
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const repository = repositoryIn(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  for (const name of repository === null ? [] : documentsIn(root)) {
    const text = readFileSync(join(root, name), 'utf8');
    if (text.includes(PLACEHOLDER)) writeFileSync(join(root, name), named(text, repository));
  }
}
