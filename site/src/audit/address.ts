/** What the page shows, as its address says it: `#jobs?q=deploy&sort=-repository`, `#repository/octo/app`. */
export interface Address {
  readonly view: string;
  /** What the view is about, such as a repository; empty for a view of all. */
  readonly of: string;
  /** Filters, order and page, by the names of their fields. Those that are not chosen are not there. */
  readonly chosen: Readonly<Record<string, string>>;
}

/** Takes the fragment of an address, which anybody may have written, and returns what it says. */
export function addressIn(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const [view = '', ...of] = path.split('/');
  return { view: decoded(view), of: of.map(decoded).join('/'), chosen: Object.fromEntries(new URLSearchParams(query)) };
}

/** Takes what is to be shown and returns the fragment that says it. */
export function hashOf(view: string, of = '', chosen: Address['chosen'] = {}): string {
  const path = [view, ...(of === '' ? [] : of.split('/'))].map(encodeURIComponent).join('/');
  const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value !== '')).toString();
  return `#${path}${query === '' ? '' : `?${query}`}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
