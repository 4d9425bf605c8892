import type { Guess } from './guess.ts';

/** Says under what alone something holds, in a sentence with a space in front. */
export function guessWords({ defaultPermissions, visibility, forkPullRequests, upperBound }: Guess): string {
  const conditions = [
    ...(defaultPermissions === undefined ? [] : [`the repository's default is '${defaultPermissions}'`]),
    ...(visibility === undefined ? [] : [visibility === 'public' ? 'it is public' : 'it is private or internal']),
    ...(forkPullRequests === undefined ? [] : [FORKS[forkPullRequests]]),
    ...(upperBound === undefined
      ? []
      : ['the called workflow that could not be read has no block of its own that asks for less']),
  ];
  return conditions.length === 0
    ? ' Whether it is so depends on settings that are not known.'
    : ` Only so if ${conditions.join(' and ')}.`;
}

const FORKS = {
  off: 'pull requests from forks start no runs',
  read: 'pull requests from forks get a read token',
  write: 'pull requests from forks get write tokens',
} as const;
