import path from 'node:path';

/** A path as every output writes it: with `/` on every system. */
export function withSlashes(file: string): string {
  return path.sep === '\\' ? file.replaceAll('\\', '/') : file;
}
