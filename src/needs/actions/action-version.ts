/**
 * The major version that a ref names: `v4`, `4.1.2`, `release/v1`; `null` for commits and branches, which do not say.
 */
export function majorOf(ref: string): number | null {
  if (/^[0-9a-f]{40}$/i.test(ref)) return null;
  const major = /^(?:releases?\/)?v?(\d{1,3})(?:[.-].*)?$/i.exec(ref)?.[1];
  return major === undefined ? null : Number(major);
}

/** Whether a major is in a range such as `>=4`, `<4` or `>=2 <4`. */
export function inRange(major: number, range: string): boolean {
  return range.split(' ').every((part) => {
    const [, sign, bound] = /^(>=|<)(\d+)$/.exec(part) ?? [];
    return sign === '>=' ? major >= Number(bound) : major < Number(bound);
  });
}
