import { describe } from '@jest/globals';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

import { chromiumHere } from './chromium.ts';

const executablePath = chromiumHere();

if (executablePath === null) {
  console.warn(
    'There is no Chromium on the PATH, and CHROMIUM names none: the tests of the pages in a browser are skipped.',
  );
}

/** What people see of a page, in a real browser. Named as skipped where there is none. */
export const inBrowser = executablePath === null ? describe.skip : describe;

/** Starts that browser. */
export function launched(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? '' });
}
