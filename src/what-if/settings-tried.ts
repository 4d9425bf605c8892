import type { Settings, Visibility, WhatIf } from '../model/settings.ts';

/** The settings as they are, and with the value that is tried. */
export interface SettingsTried {
  readonly before: Settings;
  readonly after: Settings;
  /** The value that there is now is not known: it is taken to be the other one, since nothing would change otherwise. */
  readonly isAssumed: boolean;
}

/** Takes the settings that are known and a value to try, and returns both sides of the comparison. */
export function settingsTried(settings: Settings, tried: WhatIf): SettingsTried {
  switch (tried.setting) {
    case 'default-permissions': {
      const isAssumed = settings.defaultPermissions.value === 'unknown';
      const other = tried.value === 'read' ? 'write' : 'read';
      const before = isAssumed ? withDefault(settings, other) : settings;
      return { before, after: withDefault(settings, tried.value), isAssumed };
    }
    case 'visibility': {
      const isAssumed = settings.visibility === 'unknown';
      const other: Visibility = tried.value === 'public' ? 'private' : 'public';
      const before = isAssumed ? { ...settings, visibility: other } : settings;
      return { before, after: { ...settings, visibility: tried.value }, isAssumed };
    }
  }
}

/** The value that a setting has; both sides of a comparison know it. */
export function valueIn({ visibility, defaultPermissions }: Settings, { setting, value }: WhatIf): WhatIf['value'] {
  const known = setting === 'visibility' ? visibility : defaultPermissions.value;
  return known === 'unknown' ? value : known;
}

function withDefault(settings: Settings, value: 'read' | 'write'): Settings {
  return { ...settings, defaultPermissions: { ...settings.defaultPermissions, value } };
}
