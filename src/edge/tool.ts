import packageJson from '../../package.json' with { type: 'json' };

/** What the tool calls itself, in every report. */
export const TOOL = { name: 'effective-permissions', version: packageJson.version } as const;
