import type { ContextPath } from './values.ts';

/** What a script gives a name: texts with expressions and variables, and values of the event that it reads by itself. */
export interface Assigned {
  readonly texts: readonly string[];
  readonly paths: readonly ContextPath[];
}

/** What stands behind `NAME=` in a line of a shell script, or in `core.setOutput('NAME', context.payload.…)`. */
export function assignedIn(script: string, name: string): Assigned {
  if (!/^[\w-]+$/.test(name) || !script.toLowerCase().includes(name)) return { texts: [], paths: [] };
  const inShell = new RegExp(`(?:^|[\\s"'])${name}=(.*)$`, 'gim');
  const inJavaScript = new RegExp(
    `\\b(?:setOutput|exportVariable)\\(\\s*['"\`]${name}['"\`]\\s*,\\s*context\\.payload\\.([\\w.?]+)`,
    'gi',
  );
  return {
    texts: [...script.matchAll(inShell)].flatMap(([, text]) => text ?? []),
    paths: [...script.matchAll(inJavaScript)].flatMap(([, path]) =>
      path === undefined ? [] : [['github', 'event', ...path.replaceAll('?', '').toLowerCase().split('.')]],
    ),
  };
}
