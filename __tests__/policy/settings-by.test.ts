import { describe, expect, test } from '@jest/globals';

import { settingsBy } from '../../src/policy/in-force.ts';
import { policyDefault, policyWhatIf } from '../../src/policy/may-loosen.ts';
import { settingsOf } from '../helpers/checking.ts';
import { mayLoosen, policyFile } from '../helpers/judging.ts';

const UNKNOWN = settingsOf({});

describe('the setting that a policy names', () => {
  const read = policyFile({ defaultPermissions: 'read' });
  const write = policyFile({ defaultPermissions: 'write' });

  test('is that of the nearest file that names one', () => {
    expect(policyDefault([policyFile(), read, write])).toBe('read');
    expect(policyDefault([write, read])).toBe('write');
    expect(policyDefault([policyFile()])).toBeNull();
  });

  test('counts where nobody else said it', () => {
    expect(settingsBy(UNKNOWN, [read])).toEqual({
      ...UNKNOWN,
      defaultPermissions: { value: 'read', source: 'policy' },
    });
    const known = settingsOf({ default: 'write' });
    expect(settingsBy(known, [read])).toEqual(known);
    expect(settingsBy(UNKNOWN, [policyFile()])).toEqual(UNKNOWN);
  });
});

test('what to try is what the nearest file wants to try', () => {
  const first = { setting: 'visibility', value: 'public' } as const;
  const second = { setting: 'default-permissions', value: 'read' } as const;
  expect(policyWhatIf([policyFile(), policyFile({ whatIf: first }), policyFile({ whatIf: second })])).toEqual(first);
  expect(policyWhatIf([policyFile()])).toBeNull();
});

test('new permissions are those of the settings and of the platform', () => {
  const scopes = [{ name: 'new-one', levels: ['read'] }] as const;
  expect(settingsBy(UNKNOWN, [policyFile({ scopes })])).toEqual({
    ...UNKNOWN,
    newPermissions: scopes,
    platform: { ...UNKNOWN.platform, newPermissions: scopes },
  });
  expect(settingsBy(UNKNOWN, [policyFile({ scopes }), policyFile()])).toEqual(UNKNOWN);
  const loose = policyFile({ mayLoosen: mayLoosen({ scopes: true }) });
  expect(settingsBy(UNKNOWN, [policyFile({ scopes }), loose])).toMatchObject({ newPermissions: scopes });
});
