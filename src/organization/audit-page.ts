import type { OrganizationFacts } from './facts.ts';
import { pack } from './packed.ts';

/** Where the facts stand in a page that was built without them. */
const PLACE = '{{facts}}';

/**
 * Takes the page as it was built and returns it with the facts in it. They stand in a script element that no browser runs,
 * so no text of a stranger may end that element.
 */
export function auditPage(built: string, facts: OrganizationFacts): string {
  const [before, after, ...more] = built.split(PLACE);
  if (before === undefined || after === undefined || more.length > 0) throw new Error('This is no page of an audit.');
  return before + inScript(JSON.stringify(pack(facts))) + after;
}

/** JSON allows every character to be escaped. Without `<` there is no end of an element and no comment. */
function inScript(json: string): string {
  return json.replace(/[<\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
