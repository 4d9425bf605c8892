import path from 'node:path';

/** Where to keep files: as every system has it, or `null` where there is no such place. */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string | null {
  const { win32, posix } = path;
  const system = platform === 'win32' ? win32 : posix;
  const place = (base: string | undefined, ...below: string[]): string | null =>
    base && system.isAbsolute(base) ? system.join(base, ...below, 'effective-permissions') : null;
  if (platform === 'win32') return place(env.LOCALAPPDATA);
  // https://specifications.freedesktop.org/basedir-spec/latest: a path that is not absolute is to be ignored.
  return place(env.XDG_CACHE_HOME) ?? place(env.HOME, '.cache');
}
