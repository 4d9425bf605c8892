import { GITHUB_SYNTAX, rendered, type Page } from '../../__tests__/report/rendered.ts';
import { commandsIn } from '../../__tests__/report/runner-commands.ts';
import { must } from '../target.ts';

/** The tags that we write, in full: one with another attribute is none of ours. There is no link and no image. */
const OURS = [
  /^<\/?(?:h[1-4]|p|b|em|strong|small|sub|br|ul|li|details|summary|table|thead|tbody|tr|td|th|pre|code|mark|blockquote)>$/,
  /^<th scope="(?:row|col)"(?: align="left")?>$/,
  /^<th scope="rowgroup" align="left" valign="top" rowspan="\d+">$/,
  /^<t[dh] (?:align="(?:center|right|left)"|colspan="\d+")>$/,
  /^<pre lang="yaml">$/,
];

/** What Markdown must not do, whatever names stand in it: tags that are none of ours, links by GitHub, commands. */
export function checkPage(markdown: string): Page {
  const page = rendered(markdown);
  const foreign = page.tags.find((tag) => !OURS.some((own) => own.test(tag)));
  must(foreign === undefined, () => `the page has the tag ${foreign}`);
  const syntax = GITHUB_SYNTAX.find((one) => one.test(page.words));
  must(syntax === undefined, () => `outside of names, GitHub makes something of ${syntax?.exec(page.words)?.[0]}`);
  const [command] = commandsIn(markdown);
  must(command === undefined, () => `a runner would obey ${JSON.stringify(command)}`);
  return page;
}

/** Parts of a page have so much room. Where names fill it, some of what there is to tell is left out. */
const ROOM = 90_000;

/** A page with hostile names has the tags that it has with harmless ones, in the same order. */
export function checkSameTags(markdown: string, page: Page, harmless: readonly string[]): void {
  if (markdown.length > ROOM) return;
  const at = page.tags.findIndex((tag, index) => tag !== harmless[index]);
  must(at === -1, () => `other tags: ${page.tags[at]} instead of ${harmless[at]}`);
  must(page.tags.length === harmless.length, () => `${page.tags.length} tags instead of ${harmless.length}`);
}
