import { marked } from 'marked';

/** What a job summary becomes on a page. */
export interface Page {
  /** Every tag but those of names, in order, with their attributes. */
  readonly tags: readonly string[];
  /** What stands in names, as shown. */
  readonly names: readonly string[];
  /** What stands outside of names, as shown: GitHub looks here for mentions, references and the like. */
  readonly words: string;
}

/** Renders Markdown as GitHub does, as far as its syntax goes. */
export function rendered(
  markdown: string,
  toHtml = (text: string): string => marked.parse(text, { async: false }),
): Page {
  const html = toHtml(markdown).replaceAll(/<wbr ?\/?>/g, '');
  const names: string[] = [];
  const withoutNames = html.replaceAll(/<code(?: dir="auto")?>(.*?)<\/code>/gs, (_, name: string) => {
    names.push(shown(name));
    return ' ';
  });
  return {
    tags: (html.match(/<[^>]*>?/g) ?? []).filter((tag) => !/^<(?:code(?: dir="auto")?|\/code)>$/.test(tag)),
    names,
    words: shown(withoutNames.replaceAll(/<[^>]*>/g, ' ')),
  };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

function shown(html: string): string {
  return html.replaceAll(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (entity, decimal?: string, hex?: string, name?: string) => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return ENTITIES[name ?? ''] ?? entity;
    },
  );
}

/** What GitHub makes links, emoji, formulas or notes of in plain text. */
export const GITHUB_SYNTAX = [
  /@\w/,
  /#\d/,
  /\bGH-\d/i,
  /:[\w+-]+:/,
  /\$/,
  /www\./i,
  /:\/\//,
  /\b[0-9a-f]{7,}\b/i,
  /\[\^/,
  /[`*_~|\\]/,
];
