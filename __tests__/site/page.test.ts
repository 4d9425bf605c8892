import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';

import { wrongWith } from './axe.ts';
import { buildPage, servePage } from './built-page.ts';
import { focused, inBrowser, LOOKS, PHONE, tabTo, windows } from './browser.ts';

const LEAF = `on: workflow_call
permissions:
  deployments: write
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: make
`;
const CALLER = `on: push
permissions:
  contents: read
jobs:
  use:
    uses: ./.github/workflows/leaf.yml
`;
const ONE = `on: push
permissions:
  contents: write
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
`;
/** More findings than are shown at first, and names that are long. */
const MANY = `on: [push, pull_request]
jobs:
${Array.from(
  { length: 12 },
  (_, index) => `  job-${index}-of-many-with-a-long-name:
    runs-on: ubuntu-latest
    permissions: { ${['contents', 'packages', 'issues', 'checks', 'pages', 'actions'][index % 6]}: write }
    steps: [{ run: make }]
`,
).join('')}`;

/** Where the documents of the version that is built would be. */
const HOME = 'https://github.com/octo/app/blob/0123456';
// It takes its time: all tests look at the same one.
const built = buildPage(HOME);
afterAll(() => built.remove());

describe('the files of the page', () => {
  const textOf = (name: string) => built.files.get(name)!.toString();
  const scripts = () => [...built.files.keys()].filter((name) => name.endsWith('.js'));

  test('the same source gives the same bytes', () => {
    const again = buildPage(HOME);
    again.remove();
    expect([...again.files.keys()]).toEqual([...built.files.keys()]);
    for (const [name, bytes] of again.files) expect([name, bytes.equals(built.files.get(name)!)]).toEqual([name, true]);
  });

  test('all of it together is smaller than 400 kB when it is compressed', () => {
    const sizes = [...built.files.values()].map((bytes) => gzipSync(bytes, { level: 9 }).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
  });

  test('what all of YAML needs is not part of what is loaded at first', () => {
    const main = textOf('index.html').match(/main-\w+\.js/)![0];
    const first = (name: string): readonly string[] => [
      name,
      ...[...textOf(name).matchAll(/from"\.\/([\w-]+\.js)"/g)].flatMap(([, other = '']) => first(other)),
    ];
    const worker = textOf(main).match(/worker-\w+\.js/)![0];
    const loaded = [...first(main), ...first(worker)].map(textOf).join('');
    // Without the grammar in it, this would look at the wrong files.
    expect(loaded).toContain('workflow-root');
    expect(scripts().map(textOf).join('')).toContain('BAD_INDENT');
    expect(loaded).not.toContain('BAD_INDENT');
  });

  test('the policy of the page allows its own files and nothing else', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(textOf('index.html')) ?? [];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "worker-src 'self'",
      "img-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types worker',
    ]);
  });

  test('nothing in it can ask the network, where no policy of the page reaches: in the worker', () => {
    for (const name of scripts()) {
      expect([
        name,
        /\b(?:fetch|importScripts|sendBeacon|eval)\(|XMLHttpRequest|WebSocket|EventSource/.exec(textOf(name)),
      ]).toEqual([name, null]);
    }
  });

  test('every link of the page leads to its own files or to its documents', () => {
    const html = textOf('index.html');
    expect(html.match(/(?:src|href)="[^"]*"/g)!.every((each) => !each.includes('//') || each.includes(HOME))).toBe(
      true,
    );
    expect(html).toContain(`href="${HOME}/README.md"`);
  });

  test('an address of documents that is none is refused', () => {
    expect(() => buildPage('javascript:alert(1)')).toThrow('SITE_HOME is no such address');
  });

  test('the licences of all packages in it are part of it', () => {
    const text = textOf('licenses.txt');
    for (const name of ['@codemirror/view', 'yaml', 'unbash', 'acorn', '@actions/expressions', 'style-mod']) {
      expect(text).toMatch(new RegExp(`^${name} [\\d.]+ \\(`, 'm'));
    }
  });
});

inBrowser('the page', () => {
  let served: Awaited<ReturnType<typeof servePage>>;
  const windowOf = windows((url) => url.startsWith(served.url));
  let page: Page;

  beforeAll(async () => {
    served = await servePage(built);
  });
  afterAll(() => served.close());

  /** Opens the page anew. */
  async function open(hash = '', options?: BrowserContextOptions): Promise<void> {
    page = await windowOf(options);
    await page.goto('about:blank');
    await page.goto(served.url + hash);
    await page.locator('.verdict, .empty').waitFor();
  }

  /** Takes all files away. */
  async function clear(): Promise<void> {
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('Nothing to look at yet').waitFor();
  }

  /** Types a text into the editor in place of what is there. */
  async function write(text: string): Promise<void> {
    await page.locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+a');
    // Chromium itself would give the new text the style of the old one, which the policy forbids, and says so.
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(text);
  }

  /** Drops files on the page, as from a folder. */
  async function drop(files: Readonly<Record<string, string>>): Promise<void> {
    const data = await page.evaluateHandle((given) => {
      const transfer = new DataTransfer();
      for (const [name, text] of Object.entries(given)) transfer.items.add(new File([text], name));
      return transfer;
    }, files);
    for (const type of ['dragenter', 'dragover', 'drop']) {
      await page.locator('.cm-content').dispatchEvent(type, { dataTransfer: data });
    }
  }

  const tabs = () => page.getByRole('tab').allInnerTexts();
  const row = (job: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: job }) });
  const firstToDo = () => page.locator('.to-do > li').first();

  test('shows an example at first, and what comes of each other one', async () => {
    await open();
    await page.getByText('2 jobs can write.').first().waitFor();
    expect(await tabs()).toEqual(['warning:\nrelease.yml', 'warning:\nci.yml', 'label.yml', 'error:\npreview.yml']);
    await page.getByRole('button', { name: 'A call that cannot start' }).click();
    await page.getByText('cannot start', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'One job without a block' }).click();
    await page.getByText("1 job can write only if the repository's default is write.").first().waitFor();
  });

  test('answers while somebody types', async () => {
    await open();
    await clear();
    await page.locator('.cm-content').click();
    await page.keyboard.type(
      'on: push\npermissions: { contents: write }\njobs: { build: { runs-on: x, steps: [{ run: make }] } }',
      {
        delay: 1,
      },
    );
    await page.getByText('1 job can write.').first().waitFor();
    expect(await row('build').getByRole('gridcell').allInnerTexts()).toEqual(['W\nwrite, more than the steps use']);
    expect(await page.locator('.cm-content').innerText()).toContain('permissions: { contents: write }');
  });

  test('says where a permission comes from, to the mouse and to the keyboard', async () => {
    await open();
    // The example has a job of this name, too.
    await clear();
    await write(ONE);
    const cell = row('build').getByRole('gridcell').first();
    await cell.hover();
    const tooltip = page.getByRole('tooltip');
    await tooltip.getByText("write on push: the workflow's block, line 3").waitFor();
    expect(await page.locator('.cm-shown').innerText()).toBe('  contents: write');
    await page.mouse.move(0, 0);
    await tooltip.waitFor({ state: 'hidden' });
    await cell.focus();
    await tooltip.getByText('line 3').waitFor();
    expect(await cell.getAttribute('aria-describedby')).toBe(await tooltip.getAttribute('id'));
    await page.keyboard.press('Escape');
    await tooltip.waitFor({ state: 'hidden' });
  });

  test('says it to a finger too, which goes there by touching twice', async () => {
    await open('', PHONE);
    const cell = row('label').getByRole('gridcell').last();
    await cell.tap();
    await page.getByRole('tooltip').getByText("the workflow's block, line 4").waitFor();
    expect(await page.getByRole('tab', { selected: true }).innerText()).toContain('release.yml');
    await cell.tap();
    expect(await page.getByRole('tab', { selected: true }).innerText()).toContain('label.yml');
  });

  test('shows other runs when they are chosen', async () => {
    await open();
    await clear();
    await write(ONE.replace('push', '[push, pull_request]'));
    await page.getByLabel('Visibility').selectOption('public');
    await page.getByLabel('Started by').selectOption('fork');
    await row('build').getByText('R', { exact: true }).waitFor();
    await page.getByLabel('Event').selectOption('push');
    await page.getByText('A pull request from a fork cannot start it.').waitFor();
    expect(await page.getByLabel('Fork pull requests').isVisible()).toBe(false);
  });

  test('takes files that are dropped in place of the example, and follows calls between them', async () => {
    await open();
    await drop({ 'ci.yml': CALLER, 'leaf.yml': LEAF });
    await page.getByText('2 files were added.').waitFor();
    await firstToDo().getByText("The workflow is requesting 'deployments: write'").waitFor();
    expect(await tabs()).toEqual(['error:\nci.yml', 'warning:\nleaf.yml']);
    expect(await page.locator('.chains .problem').first().innerText()).toContain("only allowed 'deployments: none'");
    await drop({ 'ci.yml': CALLER.replace('contents: read', 'deployments: write'), 'third.yml': ONE });
    await page.locator('.chains').getByText('gets deployments: write').waitFor();
    expect(await tabs()).toHaveLength(3);
    expect(await page.locator('.cm-content').innerText()).toContain('deployments: write');
  });

  test('takes a file that is opened, and none that is no workflow', async () => {
    await open();
    await page.locator('#open').setInputFiles([{ name: 'own.yml', mimeType: '', buffer: Buffer.from(ONE) }]);
    await row('build').waitFor();
    expect(await tabs()).toEqual(['warning:\nown.yml']);
    await drop({ 'a.txt': '', 'b.png': '' });
    await page.getByText('There is no YAML file among these.').waitFor();
  });

  test('says where an invalid file is wrong, and goes there', async () => {
    await open();
    await clear();
    await write('on: push\njobs:\n  build:\n    runs-on: x\n    permissions:\n      content: read\n    steps: []\n');
    await firstToDo().getByText('Did you mean contents?').waitFor();
    expect(await page.getByText('GitHub refuses this file, so no job runs.').count()).toBe(1);
    expect(await page.locator('.cm-error').innerText()).toContain('content: read');
    await firstToDo().getByRole('button', { name: 'workflow.yml:6' }).click();
    await page.keyboard.insertText('X');
    expect(await page.locator('.cm-content').innerText()).toContain('Xcontent: read');
    await write('jobs: [');
    await firstToDo().getByText('yaml syntax').waitFor();
  });

  test('carries its input in a link, there and back', async () => {
    await open();
    await write(ONE);
    await page.getByLabel('Default permissions').selectOption('write');
    await page.getByLabel('Started by').selectOption('dependabot');
    await page.getByLabel('Event').selectOption('push');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('The link is copied.').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(page.url());
    await open(new URL(link).hash);
    await row('build').waitFor();
    expect(await page.locator('.cm-content').innerText()).toContain('contents: write');
    for (const [label, value] of [
      ['Default permissions', 'write'],
      ['Started by', 'dependabot'],
      ['Event', 'push'],
    ] as const) {
      expect(await page.getByLabel(label).inputValue()).toBe(value);
    }
    expect(await tabs()).toHaveLength(4);
    await page.locator('.cm-content').click();
    await page.keyboard.insertText('#');
    await page.waitForFunction(() => location.hash === '');
  });

  test('shows the link in a field where the clipboard is not allowed', async () => {
    await open();
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.waitForFunction(() => document.activeElement?.id === 'link');
    expect(await page.getByLabel('Link', { exact: true }).inputValue()).toBe(page.url());
  });

  test('says of a broken link that it is broken', async () => {
    await open('#v1.AAAA');
    await page.getByText('This link cannot be read. A part of it is missing or was changed.').waitFor();
    await page.getByText('2 jobs can write.').first().waitFor();
  });

  test('shows hostile names as text', async () => {
    const html = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    await open();
    await clear();
    await write(
      `name: '${html}'\non: ['push', '${html}']\npermissions: { contents: write, '${html}': write }\njobs:\n  '${html}':\n    runs-on: x\n    steps: [{ run: '${html}' }]\n`,
    );
    await page.getByLabel('Path').fill(`.github/workflows/${html.replaceAll('/', '')}\u202e.yml`);
    await page.getByLabel('Path').press('Enter');
    await page.getByRole('tab').getByText('\\u{202e}').waitFor();
    await firstToDo().getByText(html).first().waitFor();
    await page.locator('th.file').getByText('onerror').first().waitFor();
    await write(
      `on: push\njobs:\n  a:\n    uses: '${html}/x/.github/workflows/a.yml@v1'\n  b:\n    uses: ./.github/workflows/${html.replaceAll(/[/ ]/g, '')}.yml\n`,
    );
    await firstToDo().getByText('onerror').first().waitFor();
    expect(await page.locator('#result img, #result script, #tabs img').count()).toBe(0);
  });

  test('writes the suggested blocks into the files, which can be undone', async () => {
    await open();
    await write(ONE);
    await page.getByRole('button', { name: 'Write them into the files' }).click();
    await page.getByText('The blocks are written.').waitFor();
    expect(await page.locator('.cm-content').innerText()).toContain('contents: read');
    await page.locator('.cm-content').focus();
    await page.keyboard.press('ControlOrMeta+z');
    expect(await page.locator('.cm-content').innerText()).toContain('contents: write');
  });

  test('keeps the focus where it is when an answer comes', async () => {
    await open();
    await page.locator('th[scope=row]').first().focus();
    const verdict = await page.locator('#result .verdict').elementHandle();
    await page.evaluate(() => {
      const starter = document.querySelector<HTMLSelectElement>('#starter')!;
      starter.value = 'fork';
      starter.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await page.waitForFunction((before) => !before.isConnected, verdict);
    expect(await page.evaluate(() => document.activeElement?.matches('#result th[scope=row]'))).toBe(true);
  });

  test('can be used with the keyboard alone', async () => {
    await open();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the result');
    await tabTo(page, '#starter');
    await page.keyboard.press('ArrowDown');
    expect(await page.getByLabel('Started by').inputValue()).toBe('fork');
    await page.keyboard.press('ArrowUp');
    await tabTo(page, '[role=tab]');
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tab', { selected: true }).innerText()).toContain('ci.yml');
    // The editor is no trap.
    await tabTo(page, '#editor');
    await page.keyboard.insertText('# typed\n');
    await tabTo(page, 'th[scope=row]');
    expect(await focused(page)).toBe('test');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tooltip').getByText('contents').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.getByRole('tooltip').getByText('pull-requests').first().waitFor();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('tab', { selected: true }).innerText()).toContain('label.yml');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('editor');
    await tabTo(page, '#fix');
    await page.keyboard.press('Enter');
    await page.getByText('The blocks are written.').waitFor();
  });

  describe.each(LOOKS)('%s', (_, options) => {
    test('axe finds nothing wrong, and nothing is wider than the screen', async () => {
      await open('', options);
      await page.getByRole('button', { name: 'A call that cannot start' }).click();
      await page.locator('.chains .problem').first().waitFor();
      await page.getByRole('gridcell').first().focus();
      expect(await wrongWith(page, options.colorScheme)).toEqual([]);
      // The dark page differs in colours alone.
      if (options.colorScheme === 'light') {
        await write(MANY);
        await row('job-11').waitFor();
        for (const more of await page.locator('summary').all()) await more.click();
        expect(await wrongWith(page, options.colorScheme)).toEqual([]);
      }
      await clear();
      expect(await wrongWith(page, options.colorScheme)).toEqual([]);
    });
  });
});
