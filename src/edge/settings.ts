import type { Settings, Visibility } from '../model/settings.ts';
import type { SharedValues } from './command-line/option-table.ts';
import type { RepositoryName } from './command-line/option-values.ts';

/** What is known without anybody having said it. */
export interface KnownFacts {
  readonly repository: RepositoryName | null;
  readonly visibility: Visibility | null;
  /** The commit that the workflow files are of. */
  readonly commit?: string | null;
}

/** Takes what was given and what is known, and returns the settings to compute with. What was given wins. */
export function toSettings(values: SharedValues, known: KnownFacts): Settings {
  const { defaultPermissions, ghes } = values;
  return {
    platform: ghes === undefined ? { kind: 'github.com' } : { kind: 'ghes', version: ghes },
    repository: values.repository ?? known.repository,
    ...(known.commit ? { commit: known.commit } : {}),
    visibility: values.visibility ?? known.visibility ?? 'unknown',
    defaultPermissions:
      defaultPermissions === undefined
        ? { value: 'unknown', source: 'none' }
        : { value: defaultPermissions, source: 'option' },
    forkPullRequests: values.forkPullRequests ?? 'unknown',
  };
}
