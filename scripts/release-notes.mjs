// Prints the notes of a release: node scripts/release-notes.mjs v1.2.3
// They are the part of CHANGELOG.md about that version. What the release would get wrong is an error: see docs/releasing.md.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The heading of corrections that may fail a check which passed. It stands first, so that nobody has to look for it. */
const FIRST_HEADING = 'May fail a check that passed';

/**
 * The notes of the release with that tag.
 *
 * @throws Error that says what to mend before the tag is made anew.
 */
export function releaseNotes(changelog, tag, version) {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, and package.json has the version ${version}.`);
  const parts = changelog.split(/^## /m).slice(1);
  const part = parts.find((text) => text.startsWith(`[${version}]`));
  if (part === undefined) throw new Error(`CHANGELOG.md has no part "## [${version}] - YYYY-MM-DD".`);
  const [head, ...lines] = part.split('\n');
  if (!/^\[[^\]]+\] - \d{4}-\d{2}-\d{2}$/.test(head)) {
    throw new Error(
      `The part of CHANGELOG.md about ${version} begins with "## ${head}", not with "## [${version}] - YYYY-MM-DD".`,
    );
  }
  if (
    parts[0] !== undefined &&
    parts[0].startsWith('[Unreleased]') &&
    /\S/.test(parts[0].slice('[Unreleased]'.length))
  ) {
    throw new Error('CHANGELOG.md still has something under "## [Unreleased]". Move it to the part of this version.');
  }
  const notes = lines.join('\n').trim();
  if (notes === '') throw new Error(`The part of CHANGELOG.md about ${version} is empty.`);
  const headings = [...notes.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading.trim());
  if (headings.indexOf(FIRST_HEADING) > 0) {
    throw new Error(`"### ${FIRST_HEADING}" has to stand first in the part of CHANGELOG.md about ${version}.`);
  }
  return `${absoluteLinks(notes, tag)}\n`;
}

/** On the page of a release, a link leads from the repository's root only when it says so. */
function absoluteLinks(notes, tag) {
  return notes.replace(/\]\((?!https:\/\/|#)([^)\s]+)\)/g, `](../../blob/${tag}/$1)`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  try {
    process.stdout.write(
      releaseNotes(read('CHANGELOG.md'), process.argv[2] ?? '', JSON.parse(read('package.json')).version),
    );
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
