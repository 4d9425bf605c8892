import type { NamedText } from '../model/workflow.ts';

/** The variables of a step, inner ones in front of outer ones. Values as written. */
export function mergedEnv(...outerFirst: readonly (readonly NamedText[])[]): Readonly<Record<string, string>> {
  const merged: Record<string, string> = {};
  for (const { name, text } of outerFirst.flat()) if (name !== '__proto__') merged[name] = text;
  return merged;
}
