import type { NamedText } from '../model/workflow.ts';

/** The variables of a step, inner ones in front of outer ones. Values as written. */
export function withEnv(
  outer: Readonly<Record<string, string>>,
  inner: readonly NamedText[],
): Readonly<Record<string, string>> {
  // Most steps have none of their own.
  if (inner.length === 0) return outer;
  const merged = { ...outer };
  for (const { name, text } of inner) if (name !== '__proto__') merged[name] = text;
  return merged;
}
