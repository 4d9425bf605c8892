import type { Guess } from './guess.ts';

/** Says under what alone something holds, in a sentence with a space in front. */
export function guessWords(guess: Guess): string {
  const condition = conditionWords(guess);
  return condition === ''
    ? ' Whether that happens depends on settings that are not known.'
    : ` This holds only${condition}.`;
}

/** The condition with a space in front; nothing where no one value decides. */
export function conditionWords({ defaultPermissions, visibility, forkPullRequests, upperBound }: Guess): string {
  const conditions = [
    ...(defaultPermissions === undefined ? [] : [`the repository's default is '${defaultPermissions}'`]),
    ...(visibility === undefined
      ? []
      : [`the repository is ${visibility === 'public' ? 'public' : 'private or internal'}`]),
    ...(forkPullRequests === undefined ? [] : [FORKS[forkPullRequests]]),
    ...(upperBound === undefined
      ? []
      : ['the called workflow that could not be read has no block of its own that asks for less']),
  ];
  return conditions.length === 0 ? '' : ` if ${conditions.join(' and ')}`;
}

/** What makes known whether something of another repository has the same owner. */
export const SAY_WHO_YOU_ARE = 'Say who you are with --repository OWNER/NAME (in the action, the input repository).';

const FORKS = {
  off: 'pull requests from forks start no runs',
  read: 'pull requests from forks get a read token',
  write: 'pull requests from forks get write tokens',
} as const;
