/**
 * A path below a folder without `.`, `..` and needless slashes, empty for the folder itself; `null` when it leads out of
 * the folder or does not begin there.
 */
export function pathBelow(written: string): string | null {
  if (/^\/|^[a-z]:/i.test(written)) return null;
  const parts: string[] = [];
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
