// How long the page of an audit takes with 5,000 repositories and 40,000 jobs, in a headless Chromium (CHROMIUM names one):
//     node bench/audit-page.mjs
/* global document, Event, performance, requestAnimationFrame, setTimeout, window */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

import { auditPage as build } from '../site/build-audit.mjs';
import { median } from './measure.mjs';

register('../scripts/typescript-hooks.mjs', import.meta.url);
const { auditPage } = await import('../src/organization/audit-page.ts');
const { madeFacts } = await import('../__tests__/helpers/audit-facts.ts');
const { chromiumHere } = await import('../__tests__/site/chromium.ts');

const RUNS = 9;
const MILLISECONDS = 200;
/** Shown without a limit: at the first paint there are the title and the list of views, and rows once all facts are read. */
const ROWS = 'first rows';

const executablePath = chromiumHere();
if (executablePath === null) throw new Error('There is no Chromium on the PATH, and CHROMIUM names none.');
const folder = mkdtempSync(join(tmpdir(), 'audit-page-'));
const file = join(folder, 'audit.html');
const html = auditPage((await build()).html, madeFacts({ repositories: 5000, workflows: 4, jobs: 8 }));
writeFileSync(file, html);

/** Does something to the page and waits until that is painted; returns how long it took. */
const painted = async (page, act) =>
  page.evaluate(
    ([selector, value]) =>
      new Promise((resolve) => {
        const element = document.querySelector(selector);
        const begin = performance.now();
        if (value === undefined) element.click();
        else {
          element.value = value;
          element.dispatchEvent(new Event('input', { bubbles: true }));
          element.dispatchEvent(new Event('change', { bubbles: true }));
        }
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
      }),
    act,
  );

/** Notes when the first rows are painted. */
const noteRows = () => {
  const look = () => {
    if (document.querySelector('tbody tr') === null) requestAnimationFrame(look);
    else setTimeout(() => (window.rowsAt = performance.now()));
  };
  look();
};

const browser = await chromium.launch({ executablePath });
const figures = new Map();
const add = (name, value) => figures.set(name, [...(figures.get(name) ?? []), value]);
try {
  for (let run = 0; run < RUNS; run++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(noteRows);
    await page.goto(`${pathToFileURL(file).href}#jobs`);
    await page.waitForFunction(() => window.rowsAt !== undefined);
    const first = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
    add('first paint', first);
    add(ROWS, await page.evaluate(() => window.rowsAt));
    // The first search makes the text that is searched; later ones have it.
    add('first letter of a search', await painted(page, ['input[type=search]', 'd']));
    add('whole search', await painted(page, ['input[type=search]', 'deploy payments']));
    add('filter', await painted(page, ['.filters select', 'contents: write']));
    await painted(page, ['input[type=search]', '']);
    await painted(page, ['.filters select', '']);
    add('sort by a name', await painted(page, ['thead th:nth-child(2) button']));
    add('sort by a number', await painted(page, ['thead th:nth-child(3) button']));
    add('next page', await painted(page, ['.pages button:last-child']));
    await page.close();
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

console.log(`The file has ${(html.length / 1e6).toFixed(1)} MB. Medians of ${RUNS} runs:`);
for (const [name, values] of figures) {
  const value = median(values);
  console.log(`${name.padEnd(26)} ${value.toFixed(0).padStart(5)} ms`);
  if (value > MILLISECONDS && name !== ROWS) process.exitCode = 1;
}
