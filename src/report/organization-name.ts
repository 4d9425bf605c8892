import { quoted, type Phrase } from './phrase.ts';

/** A repository's name, with its branch where there is one. */
export function repositoryName({
  repository,
  branch,
}: {
  readonly repository: string;
  readonly branch: string | null;
}): Phrase {
  return [quoted(branch === null ? repository : `${repository}@${branch}`)];
}
