/** The JSON object of an event; one that is malformed tells nothing. */
export function jsonObject(payload: string): object {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

export function textIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A commit, spelt out; `null` for anything else, the zeros that stand for none included. */
export function commitIn(value: unknown): string | null {
  const text = textIn(value);
  return text !== null && /^[0-9a-f]{40,64}$/.test(text) && !/^0+$/.test(text) ? text : null;
}
