import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { BrowserContextOptions, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(options: object): Promise<{ violations: readonly { id: string; nodes: readonly { html: string }[] }[] }>;
}

/** The rules of axe that look at colours. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds wrong with a page as it is now, and by how much it is wider than the screen. A dark page differs from the
 * light one in its colours alone: there, axe looks at these.
 */
export async function wrongWith(page: Page, look: BrowserContextOptions['colorScheme']): Promise<readonly string[]> {
  const tooWide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  await page.evaluate(AXE);
  const rules = look === 'dark' ? { runOnly: COLOURS } : {};
  const violations = await page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: Axe };
    const found = await axe.run({ ...only, resultTypes: ['violations'] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  }, rules);
  return tooWide > 0 ? [...violations, `${tooWide} pixels too wide`] : violations;
}
