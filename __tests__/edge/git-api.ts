import { execFileSync } from 'node:child_process';

import { git } from './called-git.ts';
import { fakeApi, sendJson, type Answer, type FakeApi } from './fake-api.ts';

/** Starts GitHub's API on loopback for what a real repository has: branches, folders and files by their git objects. */
export async function gitApi(folder: string, answer: Answer = () => false): Promise<FakeApi> {
  return fakeApi({}, (request, response, count) => {
    if (answer(request, response, count)) return true;
    const route = decodeURIComponent(request.url ?? '').replace('/repos/octo-org/octo-repo/git/', '');
    try {
      const [kind, ...rest] = route.split('/');
      const name = rest.join('/');
      if (kind === 'ref') return sendJson(response, 200, { object: { sha: git(folder, 'rev-parse', `refs/${name}`) } });
      if (kind === 'trees') {
        const lines = git(folder, 'ls-tree', '-l', `${name}^{tree}`).split('\n');
        const tree = lines.flatMap((line) => {
          const [, mode, type, sha, size, path] = /^(\d+) (\w+) (\w+) +(\S+)\t(.*)$/.exec(line) ?? [];
          return mode === undefined ? [] : [{ path, mode, type, sha, size: Number(size) }];
        });
        return sendJson(response, 200, { sha: name, tree, truncated: false });
      }
      if (kind === 'blobs') {
        const bytes = execFileSync('git', ['cat-file', 'blob', name], { cwd: folder });
        return sendJson(response, 200, { size: bytes.length, content: bytes.toString('base64') });
      }
    } catch {
      // What the repository does not have.
    }
    return false;
  });
}
