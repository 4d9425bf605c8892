import type { Settings } from '../../src/model/settings.ts';
import { UNKNOWN } from '../helpers/checking.ts';

/** Settings that give reports of different shapes. */
export const SETTINGS: Readonly<Record<string, Settings>> = {
  'nothing known': UNKNOWN,
  'public, restricted default': {
    ...UNKNOWN,
    repository: { owner: 'octo-org', name: 'octo-repo' },
    visibility: 'public',
    defaultPermissions: { value: 'read', source: 'option' },
  },
  'private, permissive default, write tokens for forks': {
    ...UNKNOWN,
    visibility: 'private',
    defaultPermissions: { value: 'write', source: 'option' },
    forkPullRequests: 'write',
  },
  'internal, nothing else known': { ...UNKNOWN, visibility: 'internal' },
  'private, forks off': { ...UNKNOWN, visibility: 'private', forkPullRequests: 'off' },
  'GitHub Enterprise Server 3.2': { ...UNKNOWN, platform: { kind: 'ghes', version: { major: 3, minor: 2 } } },
  'GitHub Enterprise Server 3.99': { ...UNKNOWN, platform: { kind: 'ghes', version: { major: 3, minor: 99 } } },
};
