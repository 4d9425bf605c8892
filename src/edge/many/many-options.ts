import type { CheckOptions } from '../../check-files.ts';

/** What is the same for all repositories. */
export type ManyOptions = Pick<CheckOptions, 'failOn' | 'whatIf'>;
