import { number } from '../../words/in-words.ts';
import { listedPhrases, phrase, quoted, type Phrase } from '../phrase.ts';
import { shortPath } from '../words.ts';

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

/** `build / deploy of ci.yml`; the file alone where it is about that. */
export function jobName(job: string | undefined, workflow: string): Phrase {
  const file = quoted(shortPath(workflow));
  return job === undefined ? [file] : phrase`${quoted(job.replaceAll('/', ' / '))} of ${file}`;
}

/** The first few names, and how many more there are. */
export function firstNames(names: readonly Phrase[], most: number): Phrase {
  const more = names.length - most;
  if (more < 2) return listedPhrases(names);
  const shown = names.slice(0, most).flatMap((name, index) => (index === 0 ? name : [', ', ...name]));
  return [...shown, ` and ${number(more)} more`];
}
