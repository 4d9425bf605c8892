import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, describe, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';

import { auditPage } from '../../src/organization/audit-page.ts';
import type { OrganizationFacts } from '../../src/organization/facts.ts';
import { whoBreaks } from '../../src/organization/who-breaks.ts';
import { madeFacts } from '../helpers/audit-facts.ts';
import { wrongWith } from './axe.ts';
import { focused, inBrowser, LOOKS, tabTo, windows } from './browser.ts';
import { buildAuditPage } from './built-page.ts';

const FACTS = madeFacts({ repositories: 300, workflows: 4, jobs: 8 });
/** As much as axe looks through in a moment. */
const FEW = madeFacts({ repositories: 6, workflows: 2, jobs: 4 });
const NOTHING: OrganizationFacts = {
  ...madeFacts({ repositories: 0, workflows: 1, jobs: 1 }),
  whatIf: null,
  since: null,
};
const SHARED = 'octo/shared/.github/workflows/build.yml';

inBrowser('the page of an audit', () => {
  const built = buildAuditPage();
  const folder = mkdtempSync(path.join(tmpdir(), 'audit-'));
  const windowOf = windows((url) => /^(?:file:\/\/.*\/audit\.html|about:blank|data:image\/svg)/.test(url));
  let page: Page;

  afterAll(() => rmSync(folder, { recursive: true }));

  /** Opens a page with these facts from a folder, as somebody does who downloaded the artifact. */
  async function open(hash = '', facts = FACTS, options?: BrowserContextOptions): Promise<void> {
    const file = path.join(folder, 'audit.html');
    writeFileSync(file, auditPage(built, facts));
    page = await windowOf(options);
    await page.goto('about:blank');
    await page.goto(pathToFileURL(file).href + hash);
    await page.locator('main h2').first().waitFor();
  }

  const column = async (index: number) =>
    (await page.locator(`tbody tr > :nth-child(${index})`).allInnerTexts()).map((text) => text.trim());
  const count = () => page.locator('.count').innerText();
  const heading = (name: string) => page.getByRole('columnheader', { name });
  const sorted = (texts: readonly string[]) => [...texts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

  test('says what became of all repositories, and never that one passes of which nothing is known', async () => {
    await open();
    const verdict = await page.locator('.verdict').innerText();
    const states = FACTS.repositories.map(({ state, result }) => (state === 'read' ? result : state));
    const failing = states.filter((state) => state === 'fail').length;
    expect(failing).toBeGreaterThan(1);
    expect(verdict).toContain(
      `1 repository is lost, 1 repository could not be read and ${failing} repositories have findings that fail the audit.`,
    );
    expect(verdict).toContain('Nothing is known of what is lost or not read. It may hold anything.');
    const lost = FACTS.repositories.find(({ state }) => state === 'lost')!;
    await page.getByRole('link', { name: lost.repository }).click();
    await page.getByText('Nothing is known of this repository.').waitFor();
    expect(await page.getByText('passes').count()).toBe(0);
  });

  test('counts who can write, and leads to them', async () => {
    await open();
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'packages' }) });
    const [jobs = ''] = await row.getByRole('cell').allInnerTexts();
    expect(Number(jobs.replace(',', ''))).toBeGreaterThan(50);
    await row.getByRole('link').click();
    await heading('May write').waitFor();
    expect(await count()).toContain(`${jobs} of `);
    expect((await column(3)).every((text) => text.includes('packages'))).toBe(true);
    expect(await page.getByLabel('Holds').inputValue()).toBe('packages: write');
  });

  test('puts rows in order by any column, both ways', async () => {
    await open('#repositories');
    expect(await heading('Repository').getAttribute('aria-sort')).toBe('none');
    await heading('Repository').getByRole('button').click();
    expect(await heading('Repository').getAttribute('aria-sort')).toBe('ascending');
    const names = FACTS.repositories.map(({ repository }) => repository);
    expect(await column(1)).toEqual(sorted(names).slice(0, 100));
    await heading('Repository').getByRole('button').click();
    expect(await heading('Repository').getAttribute('aria-sort')).toBe('descending');
    expect(await column(1)).toEqual(sorted(names).reverse().slice(0, 100));
    // Of numbers, the greatest are what somebody asks for.
    await heading('Findings').getByRole('button').click();
    expect(await heading('Findings').getAttribute('aria-sort')).toBe('descending');
    expect(await heading('Repository').getAttribute('aria-sort')).toBe('none');
    const findings = (await column(6)).map(Number);
    expect(findings[0]).toBe(Math.max(...FACTS.repositories.map((one) => one.findings.length)));
    expect(findings).toEqual([...findings].sort((a, b) => b - a));
  });

  test('shows findings with the worst first', async () => {
    await open('#findings');
    const levels = FACTS.repositories.flatMap(({ findings }) => findings.map(({ level }) => level));
    const errors = levels.filter((level) => level === 'error').length;
    expect((await column(2)).slice(0, errors + 1)).toEqual([...Array<string>(errors).fill('error'), 'warning']);
    await page.getByLabel('Level').selectOption('note');
    expect(await count()).toContain(
      `${levels.filter((level) => level === 'note').length} of ${levels.length} findings`,
    );
  });

  test('finds what somebody searches for, says how much, and has it in the address', async () => {
    await open('#jobs');
    await page.getByLabel('Search jobs').fill('PAYMENTS deploy');
    const all = await column(1);
    expect(all.length).toBeGreaterThan(0);
    expect(all.every((name) => name.startsWith('octo/payments-'))).toBe(true);
    const words = await count();
    await page.waitForFunction((said) => document.getElementById('told')?.textContent === said, words);
    await page.getByLabel('Outsiders reach').selectOption('write');
    const fewer = await count();
    expect(fewer).not.toBe(words);
    expect((await column(4)).every((text) => text === 'write')).toBe(true);
    const { hash } = new URL(page.url());
    expect(hash).toBe('#jobs?q=PAYMENTS+deploy&reach=write');
    await open(hash);
    expect(await count()).toBe(fewer);
    expect(await page.getByLabel('Search jobs').inputValue()).toBe('PAYMENTS deploy');
    await page.getByLabel('Search jobs').fill('no such thing');
    await page.getByText('Nothing fits. Take a filter away.').waitFor();
    expect(await count()).toMatch(/^0 of /);
  });

  test('goes back to what was shown before', async () => {
    await open('#jobs?holds=contents%3A+write');
    const before = await count();
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'What each job may do' }).waitFor();
    await page.goBack();
    expect(await count()).toBe(before);
  });

  test('turns pages', async () => {
    await open('#repositories');
    const next = page.getByRole('button', { name: 'Next' });
    expect(await page.getByRole('button', { name: 'Previous' }).getAttribute('aria-disabled')).toBe('true');
    await next.click();
    await next.click();
    expect(await count()).toBe('300 repositories: 201 to 300 are shown');
    expect(await next.getAttribute('aria-disabled')).toBe('true');
    // It stays where it is, so that it keeps the focus.
    await next.press('Enter');
    expect(await column(1)).toEqual(FACTS.repositories.slice(200).map(({ repository }) => repository));
    await open('#repositories?page=3');
    expect(await column(1)).toEqual(FACTS.repositories.slice(200).map(({ repository }) => repository));
    // What a link asks for may not be there.
    await open('#repositories?page=99');
    expect(await count()).toBe('300 repositories: 201 to 300 are shown');
  });

  test('shows a repository with its findings, its jobs and its patch, which can be copied', async () => {
    const tried = FACTS.whatIf!.repositories[0]!;
    const { repository } = FACTS.repositories[tried.repository]!;
    await open('#what-if');
    await page.getByRole('row').filter({ hasText: repository }).getByRole('link', { name: 'Patch' }).click();
    await page.getByRole('heading', { name: 'If the default were read everywhere' }).waitFor();
    await page.getByRole('button', { name: 'Copy the patch' }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(tried.patch);
    const cell = page.getByRole('gridcell').first();
    await cell.hover();
    await page.getByRole('tooltip').getByText('contents').waitFor();
    await page.getByRole('tooltip').getByText('on push').waitFor();
  });

  test('says who breaks if a shared workflow asks for more', async () => {
    await open('#shared');
    await page.getByRole('link', { name: 'octo/shared build.yml' }).click();
    const field = page.getByLabel('Who breaks if it also asks for');
    // Until it is there, the count is that of the list before.
    await field.waitFor();
    const calls = Number((await count()).split(' ')[0]);
    await field.selectOption('packages: write');
    const asked = whoBreaks(FACTS, { file: SHARED, permissions: { packages: 'write' } });
    const breaking = asked.callers.filter(({ effect }) => effect === 'breaks').length;
    expect(breaking).toBeGreaterThan(0);
    expect(asked.callers).toHaveLength(calls);
    await page.getByText(`If it asks for packages: write, ${breaking} calls of `).waitFor();
    await page.getByLabel('What happens').selectOption('breaks');
    expect(await count()).toContain(`${breaking} of ${calls} calls`);
    expect(new URL(page.url()).hash).toBe(
      '#shared-workflow/octo/shared/.github/workflows/build.yml?ask=packages%3A+write&effect=breaks',
    );
    await field.selectOption('contents: read');
    await page.getByText('It asks for that already.').waitFor();
    await field.selectOption('');
    expect(await count()).toContain(`${calls} calls`);
    expect(await page.locator('.verdict').count()).toBe(0);
  });

  test('leads to who breaks where the audit was asked that', async () => {
    const asked = whoBreaks(FACTS, { file: SHARED, permissions: { contents: 'read', packages: 'write' } });
    await open('', { ...FACTS, asked });
    await page.getByRole('link', { name: 'Who breaks' }).click();
    await page.getByText('If it asks for contents: read, packages: write, ').waitFor();
    const field = page.getByLabel('Who breaks if it also asks for');
    expect(await field.inputValue()).toBe('contents: read, packages: write');
  });

  test('says what changed, and what was not asked for', async () => {
    await open('#changes');
    expect(await count()).toBe('52 changes');
    await page.getByLabel('Kind').selectOption('new finding');
    expect(await count()).toBe('5 of 52 changes');
    await open('#changes', NOTHING);
    await page.getByText('--previous FILE').waitFor();
    await open('#what-if', NOTHING);
    await page.getByText('--what-if default-permissions=read').waitFor();
    await open('', NOTHING);
    await page.getByText('Nothing was audited.').waitFor();
    await open('#jobs', NOTHING);
    await page.getByText('There are no jobs.').waitFor();
    await open('#no-such-view');
    await page.locator('.verdict').waitFor();
    await open('#repository/octo/none');
    await page.getByText('This audit does not have it.').waitFor();
  });

  test('can be used with the keyboard alone', async () => {
    await open();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the content');
    await tabTo(page, 'nav a[href="#repositories"]');
    await page.keyboard.press('Enter');
    await heading('Repository').waitFor();
    // A new view begins where it begins.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await tabTo(page, 'input[type=search]');
    await page.keyboard.type('octo');
    await tabTo(page, 'select');
    await page.keyboard.press('ArrowDown');
    expect(await page.getByLabel('Result').inputValue()).toBe('lost');
    await page.keyboard.press('ArrowUp');
    await tabTo(page, '.pages button:last-child');
    await page.keyboard.press('Enter');
    expect(await count()).toContain('101 to 200');
    expect(await focused(page)).toBe('Next');
    await tabTo(page, '.scroller');
    await tabTo(page, 'button.sort');
    await page.keyboard.press('Space');
    expect(await heading('Repository').getAttribute('aria-sort')).toBe('ascending');
    expect(await focused(page)).toBe('Repository');
    await tabTo(page, 'tbody a');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What each job may do' }).waitFor();
    await tabTo(page, 'th[scope=row]');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tooltip').getByText('contents').waitFor();
  });

  test('shows hostile texts as text', async () => {
    const html = '</script><img src=x onerror=alert(1)><script>alert(2)</script><!--';
    const odd = `${html}\u2028\u202e__proto__`;
    const [first] = madeFacts({ repositories: 1, workflows: 1, jobs: 1 }).repositories;
    const call = { job: odd, to: 0, ref: odd, passes: 0, at: { path: odd, line: 1 } };
    const finding = {
      id: odd,
      rule: odd,
      level: 'error',
      message: odd,
      path: odd,
      line: 1,
      job: odd,
      subjects: 1,
    } as const;
    const name = `octo/${html.replaceAll('/', '')}`;
    const facts: OrganizationFacts = {
      ...FACTS,
      tool: { name: odd, version: odd, home: 'javascript:alert(3)' },
      repositories: [
        {
          ...first!,
          ...{ repository: name, branch: odd, state: 'read', result: 'fail', findings: [finding] },
          workflows: [
            {
              ...{ path: odd, name: odd, events: [odd], outcome: 'ok', calls: [call] },
              jobs: [{ job: odd, line: 1, outcomes: [0] }],
            },
            { path: odd, name: null, events: [], outcome: 'invalid', problem: odd, jobs: [], calls: [] },
          ],
        },
        { ...first!, repository: 'octo/lost', state: 'lost', reason: odd, workflows: [], findings: [] },
      ],
      called: [{ file: `octo/${odd}`, contract: null }],
      whatIf: {
        ...FACTS.whatIf!,
        repositories: [
          {
            ...{ repository: 0, isAssumed: true, unclear: [], failing: [odd], blocks: 1, patch: odd },
            losing: [{ workflow: odd, job: odd, permissions: [odd] }],
          },
        ],
      },
      since: {
        ...{ new: [odd], gone: [odd], notCompared: [odd] },
        jobs: [
          {
            ...{
              kind: 'raised',
              repository: name,
              branch: odd,
              workflow: odd,
              job: odd,
              events: [odd],
              actors: ['fork'],
            },
            permissions: [{ permission: odd, before: 'none', after: 'write' }],
          },
        ],
        findings: [{ ...finding, kind: 'new', repository: name, branch: odd }],
      },
    };
    const key = [...name.split('/'), ...odd.split('/')].map(encodeURIComponent).join('/');
    const called = ['octo', ...odd.split('/')].map(encodeURIComponent).join('/');
    const hashes = ['', '#jobs', '#findings', '#what-if', '#shared', '#changes', '#repositories'];
    for (const hash of [...hashes, `#repository/${key}`, `#shared-workflow/${called}`]) {
      await open(hash, facts);
      await page.locator('main').getByText('onerror').filter({ visible: true }).first().waitFor();
      expect(await page.locator('img, script:not([type=module]), iframe').count()).toBe(0);
      const links = await page.locator('a').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
      expect(links.filter((link) => !link.startsWith('file:') && !link.startsWith('https://github.com/'))).toEqual([]);
      expect(await page.locator('main').innerText()).not.toContain('\u202e');
    }
    // What an address says is a stranger's, too.
    await open(
      `#${encodeURIComponent(html)}/%E0%A4%A?q=${encodeURIComponent(html)}&__proto__=x&sort=__proto__&page=-1e9`,
      facts,
    );
    await open(`#repositories?q=${encodeURIComponent(html)}&state=${encodeURIComponent(html)}&sort=constructor`, facts);
    await page.getByText('Nothing fits.').waitFor();
  });

  test('holds 5,000 repositories with 40,000 jobs', async () => {
    const facts = madeFacts({ repositories: 5000, workflows: 4, jobs: 8 });
    await open('#jobs', facts);
    const all = facts.repositories.flatMap(({ workflows }) => workflows.flatMap(({ jobs }) => jobs));
    expect(all.length).toBeGreaterThan(38_000);
    expect(await count()).toContain(all.length.toLocaleString('en'));
    expect(await page.getByRole('row').count()).toBe(101);
    await page.getByLabel('Search jobs').fill('4999');
    expect(Number((await count()).split(' ')[0])).toBe(8);
  });

  describe.each(LOOKS)('%s', (_, options) => {
    test('axe finds nothing wrong, and nothing is wider than the screen', async () => {
      const { repository } = FEW.repositories[FEW.whatIf!.repositories[0]!.repository]!;
      const views = ['', '#jobs', '#findings', '#what-if', '#shared', '#changes', '#repositories?sort=-repository'];
      const details = [`#repository/${repository}`, `#shared-workflow/${SHARED}?ask=packages%3A+write`];
      for (const hash of [...views, ...details]) {
        await open(hash, FEW, options);
        expect([hash, await wrongWith(page, options.colorScheme)]).toEqual([hash, []]);
      }
    });
  });
});
