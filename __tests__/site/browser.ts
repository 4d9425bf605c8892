import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import { chromiumHere } from './chromium.ts';

const executablePath = chromiumHere();

if (executablePath === null) {
  console.warn(
    'There is no Chromium on the PATH, and CHROMIUM names none: the tests of the pages in a browser are skipped.',
  );
}

/** What people see of a page, in a real browser. Named as skipped where there is none. */
export const inBrowser = executablePath === null ? describe.skip : describe;

const DESK: BrowserContextOptions = {
  viewport: { width: 1280, height: 800 },
  permissions: ['clipboard-read', 'clipboard-write'],
};
export const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** Each look that a page has. */
export const LOOKS = [
  ['light, on a desk', { colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
  ['dark, on a desk', { colorScheme: 'dark', viewport: { width: 1280, height: 800 } }],
  ['light, on a phone', { colorScheme: 'light', ...PHONE }],
  ['dark, on a phone', { colorScheme: 'dark', ...PHONE }],
] as const;

/** Machines that run tests may have much else to do. */
const PATIENCE = 75_000;

/**
 * The windows of one browser for the tests of a page: the same one for the same options, as a new one takes its time. A test
 * fails where the browser complains of the page, or the page asks for an address that is none of its own.
 */
export function windows(isOwn: (url: string) => boolean): (options?: BrowserContextOptions) => Promise<Page> {
  const open = new Map<BrowserContextOptions, Page>();
  let browser: Browser;
  let complaints: string[] = [];

  jest.setTimeout(4 * PATIENCE);
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '' });
  });
  afterAll(() => browser.close());
  beforeEach(() => {
    complaints = [];
  });
  afterEach(() => {
    expect(complaints).toEqual([]);
  });

  async function newWindow(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (entry) => complaints.push(entry.text()));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!isOwn(request.url())) complaints.push(request.url());
    });
    return page;
  }

  return async (options = DESK) => {
    const page = open.get(options) ?? (await newWindow(options));
    open.set(options, page);
    return page;
  };
}

/** What has the focus, in its own words. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
}

/** Presses Tab until the focus is where the selector says. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    const isThere = await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector);
    if (isThere) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}
