import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { nameHtml, sentenceHtml } from '../../src/report/markdown/escape-markdown.ts';
import { visible } from '../../src/report/escape-terminal.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { tried } from '../helpers/property.ts';
import { hostileAndHarmless, hostileName } from './hostile.ts';
import { GITHUB_SYNTAX, rendered } from './rendered.ts';
import { commandsIn } from './runner-commands.ts';

describe('strangers\u2019 names in a job summary', () => {
  test('make no element, link, image or attribute that is not there with harmless names', () => {
    fc.assert(
      fc.property(hostileAndHarmless, ({ hostile, harmless }) => {
        expect(rendered(markdownReport(hostile)).tags).toEqual(rendered(markdownReport(harmless)).tags);
      }),
      tried(150),
    );
  });

  test('leave nothing in the text around them that GitHub makes links, mentions or emoji of', () => {
    fc.assert(
      fc.property(hostileAndHarmless, ({ hostile }) => {
        const { words } = rendered(markdownReport(hostile));
        for (const syntax of GITHUB_SYNTAX) expect(words).not.toMatch(syntax);
      }),
      tried(150),
    );
  });

  test('are no workflow command for a runner that prints the summary', () => {
    fc.assert(
      fc.property(hostileAndHarmless, ({ hostile }) => {
        expect(commandsIn(markdownReport(hostile))).toEqual([]);
      }),
      tried(50),
    );
  });
});

describe('a name', () => {
  test('is shown as it is, in one element', () => {
    fc.assert(
      fc.property(hostileName, (name) => {
        const page = rendered(`<p>${nameHtml(name)}</p>`);
        expect(page.names).toEqual([visible(name).trim() === '' ? '(empty)' : visible(name)]);
        expect(page.tags).toEqual(['<p>', '</p>']);
      }),
      tried(500),
    );
  });

  test('stays in its cell of a Markdown table', () => {
    fc.assert(
      fc.property(hostileName, (name) => {
        const page = rendered(`| a | b |\n| - | - |\n| ${nameHtml(name)} | <code>x</code> |\n`);
        expect(page.tags.filter((tag) => !/^<\/?(?:table|thead|tbody|tr|th|td)>$/.test(tag))).toEqual([]);
        expect(page.names).toHaveLength(2);
      }),
      tried(300),
    );
  });

  test.each([
    ['&lt;b&gt;', '&#38;lt&#59;b&#38;gt&#59;'],
    ['a|b', 'a&#124;b'],
    ['`a`', '&#96;a&#96;'],
    ['a@example.com', 'a<wbr>&#64;example.com'],
    ['www.example.com', 'www&#46;example.com'],
  ])('is written in entities: %s', (name, html) => {
    expect(nameHtml(name)).toBe(`<code>${html}</code>`);
  });

  test('of a script that runs from right to left does not turn what follows', () => {
    expect(nameHtml('שלום')).toBe('<code dir="auto">שלום</code>');
  });

  test('that is long may be broken', () => {
    expect(nameHtml('create_or_label_mirror_issue')).toContain('<wbr>');
    expect(nameHtml('build_all')).not.toContain('<wbr>');
  });
});

describe('a sentence with names in it', () => {
  test('keeps GitHub\u2019s words, and shows as names what is no plain word', () => {
    expect(sentenceHtml("Unexpected value 'none'")).toBe("Unexpected value 'none'");
    const sentence = "The nested job 'x' is requesting 'contents: write' in .github/workflows/a_b.yml.";
    expect(rendered(`<p>${sentenceHtml(sentence)}</p>`).names).toEqual(['.github/workflows/a_b.yml']);
  });

  test.each([
    ["calling './a_b.yml'.", "calling '<code>./a&#95;b.yml</code>'."],
    ['(a_b.yml:3), or', '(<code>a&#95;b.yml&#58;3</code>), or'],
    ['says "a_b"', 'says "<code>a&#95;b</code>"'],
    ['at 57251cf5f8: each', 'at <code>57251cf5f8</code>: each'],
    [`says "only 'none'."`, `says "only 'none'."`],
    ["in 'deadbeef 7'.", "in '<code>deadbeef</code> 7'."],
    ['see www. here', 'see <code>www</code>. here'],
    ['f_1(x)', '<code>f&#95;1&#40;x&#41;</code>'],
    ["'a_b c_d'", '<code>&#39;a&#95;b c&#95;d&#39;</code>'],
  ])('leaves the marks around a name out of it: %s', (sentence, html) => {
    expect(sentenceHtml(sentence)).toBe(html);
  });

  test('shows code of ours without its backticks', () => {
    expect(rendered(`<p>${sentenceHtml('Write `permissions: {}` here.')}</p>`)).toMatchObject({
      names: ['permissions: {}'],
    });
  });
});
