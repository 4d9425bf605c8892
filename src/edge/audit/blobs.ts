import { ApiError, type Body } from '../github/github-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { fileIn } from '../called/api-answers.ts';
import { part } from './answer-parts.ts';
import type { AuditApi } from './api.ts';
import { batched } from './batched.ts';
import { hasId, type BlobCache } from './blob-cache.ts';
import { inParts } from './in-parts.ts';

/** A file by git's id of it, in a repository that has it. */
export interface BlobPlace {
  readonly repository: RepositoryName;
  readonly id: string;
  readonly size: number;
}

/** Reads files by git's id of them, each once: from the cache, else from the server. Throws as `GetBytes` does. */
export interface Blobs {
  readonly read: (place: BlobPlace) => Promise<Uint8Array>;
  /** How many files the server was asked for. */
  readonly fetched: () => number;
}

/** So many files go into one question, and none that is bigger. */
const TOGETHER = 50;
const BIGGEST = 65_536;

/** Files as text in one question. One that is no text, or is not there, is left out. */
async function askForTexts(api: AuditApi, places: readonly BlobPlace[]): Promise<readonly (Uint8Array | null)[]> {
  const names = places.map((_, index) => `$o${index}: String!, $n${index}: String!, $i${index}: GitObjectID!`);
  const asked = places.map(
    (_, index) =>
      `b${index}: repository(owner: $o${index}, name: $n${index}) ` +
      `{ object(oid: $i${index}) { ... on Blob { text isTruncated } } }`,
  );
  const variables = Object.fromEntries(
    places.flatMap(({ repository: { owner, name }, id }, index) => [
      [`o${index}`, owner],
      [`n${index}`, name],
      [`i${index}`, id],
    ]),
  );
  const { data } = await api.graphql({ query: `query(${names.join(', ')}) {\n${asked.join('\n')}\n}`, variables });
  return places.map((_, index) => {
    const { text, isTruncated } = part(part(data[`b${index}`])?.object) ?? {};
    return typeof text === 'string' && isTruncated !== true ? Buffer.from(text) : null;
  });
}

/** The bytes out of the answer about one file; of a server that does not know the media type, out of its JSON. */
function bytesIn(body: Body, id: string): Uint8Array {
  if (hasId(body.bytes, id)) return body.bytes;
  const bytes = fileIn(body);
  if (bytes !== null && hasId(bytes, id)) return bytes;
  throw new ApiError(0, 'the answer is not the file that was asked for');
}

/**
 * Opens the files of a server. Small ones are asked for together, as text. Whatever comes is compared with its id, so what
 * lost a byte on the way is asked for once more, by itself.
 */
export function openBlobs(api: AuditApi, cache: BlobCache): Blobs {
  let fetched = 0;
  const underWay = new Map<string, Promise<Uint8Array>>();
  const together = batched(TOGETHER, (places: readonly BlobPlace[]) =>
    inParts(places, (some) => askForTexts(api, some)),
  );

  async function fetch(place: BlobPlace): Promise<Uint8Array> {
    const { id, size, repository } = place;
    const kept = await cache.read(id);
    if (kept !== null) return kept;
    fetched += 1;
    // A question that fails for all of them says nothing of this one.
    const asText = size > BIGGEST ? null : await together(place).catch(() => null);
    const bytes = asText !== null && hasId(asText, id) ? asText : bytesIn(await api.blob(repository, id), id);
    await cache.write(id, bytes);
    return bytes;
  }

  return {
    read: (place) => {
      const found = underWay.get(place.id);
      if (found !== undefined) return found;
      const reading = fetch(place).finally(() => underWay.delete(place.id));
      underWay.set(place.id, reading);
      return reading;
    },
    fetched: () => fetched,
  };
}
