/** The same cases each time, so that a build does not fail by chance. */
const SEED = 20_261_112;

/**
 * How often a property is tried. `PROPERTY_TIMES=50 npm test -- soundness` hunts longer, and with other cases each time.
 */
export function tried(times: number): { numRuns: number; seed?: number } {
  const more = Number(process.env.PROPERTY_TIMES ?? 1);
  if (more <= 1) return { numRuns: Math.ceil(times * more), seed: SEED };
  return { numRuns: Math.round(times * more) };
}
