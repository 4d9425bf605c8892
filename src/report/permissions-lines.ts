const INDENT = /^[ \t]*/;

/** Whether a line of a workflow file, counted from 1, is the key `permissions` or stands below it. */
export function isInPermissions(text: string | null, line: number): boolean {
  if (text === null) return false;
  const lines = text.split(/\r\n|\r|\n/);
  let indent = Infinity;
  for (let index = line - 1; index >= 0; index -= 1) {
    const one = lines[index] ?? '';
    const found = INDENT.exec(one)?.[0].length ?? 0;
    const isNothing = one.trim() === '' || one.trim().startsWith('#');
    if (isNothing || found >= indent) continue;
    if (/^\s*["']?permissions["']?\s*:/.test(one)) return true;
    if (index < line - 1 && found === 0) return false;
    indent = found;
  }
  return false;
}
