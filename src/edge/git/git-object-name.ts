import { createHash } from 'node:crypto';

import type { WorkflowSource } from '../../model/source.ts';

/** The bytes of a file that is at hand already, by git's name of them; `undefined` for one that is not. */
export type BytesAtHand = (object: string) => Uint8Array | undefined;

/** How git names the content of a file (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects). */
export function gitObjectName(bytes: Uint8Array, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** The files that were read, by git's names of them: nobody needs to read one of them a second time. */
export function bytesAtHand(sources: readonly WorkflowSource[]): BytesAtHand {
  const byName = { sha1: lazily('sha1'), sha256: lazily('sha256') };
  return (object) => byName[object.length === 64 ? 'sha256' : 'sha1']().get(object);

  function lazily(algorithm: 'sha1' | 'sha256'): () => ReadonlyMap<string, Uint8Array> {
    let known: ReadonlyMap<string, Uint8Array> | undefined;
    const name = (source: WorkflowSource) =>
      'bytes' in source ? [[gitObjectName(source.bytes, algorithm), source.bytes] as const] : [];
    return () => (known ??= new Map(sources.flatMap(name)));
  }
}
