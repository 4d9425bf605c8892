import { expect, test } from '@jest/globals';

import { mostRestrictive, possibleDefaults } from '../../src/permissions/default-setting.ts';
import { settingsOf } from '../helpers/checking.ts';

test.each([
  [{}, 'unknown'],
  [{ repository: 'read' }, 'read'],
  [{ repository: 'write' }, 'write'],
  [{ organization: 'read' }, 'read'],
  [{ organization: 'write' }, 'unknown'],
  [{ enterprise: 'read' }, 'read'],
  [{ enterprise: 'write' }, 'unknown'],
  [{ enterprise: 'write', organization: 'write' }, 'unknown'],
  [{ enterprise: 'write', organization: 'write', repository: 'write' }, 'write'],
  [{ enterprise: 'read', organization: 'write', repository: 'write' }, 'read'],
  [{ organization: 'read', repository: 'write' }, 'read'],
  [{ organization: 'write', repository: 'read' }, 'read'],
] as const)('%j: %s', (levels, expected) => {
  expect(mostRestrictive(levels)).toBe(expected);
});

test.each([
  [{}, ['read', 'write']],
  [{ default: 'read' }, ['read']],
  [{ default: 'write' }, ['write']],
] as const)('%j: the setting may be %j', (known, possible) => {
  expect(possibleDefaults(settingsOf(known))).toEqual(possible);
});
