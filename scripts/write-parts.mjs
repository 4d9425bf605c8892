import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Writes the parts of a document that stand between `<!-- generated: NAME -->` and `<!-- end of NAME -->`. */
export async function writeParts(file, parts) {
  let text = readFileSync(ROOT + file, 'utf8');
  for (const [name, content] of Object.entries(parts)) text = replacePart(text, name, content, file);
  const config = await prettier.resolveConfig(ROOT + file);
  writeFileSync(ROOT + file, await prettier.format(text, { ...config, parser: 'markdown' }));
}

function replacePart(text, name, content, file) {
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest, ...more] = text.split(begin);
  const [, after, ...others] = rest?.split(end) ?? [];
  if (after === undefined || more.length + others.length > 0) throw new Error(`${file} has not one part "${name}"`);
  return `${before}${begin}\n\n${content}\n\n${end}${after}`;
}
