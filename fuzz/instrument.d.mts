export function instrument(
  source: string,
  first: number,
): { readonly code: string; readonly count: number; readonly words: readonly string[] };
