import { execFileSync } from 'node:child_process';

import { git } from './called-git.ts';
import { fakeApi, sendJson, type Answer, type FakeApi } from './fake-api.ts';

/** What the API says of `ONE...OTHER`; histories that have nothing in common are not found. */
function comparison(folder: string, basehead: string): [status: number, body: unknown] {
  const [one = '', other = ''] = basehead.split('...');
  for (const name of [one, other]) git(folder, 'cat-file', '-e', `${name}^{commit}`);
  try {
    return [200, { merge_base_commit: { sha: git(folder, 'merge-base', one, other) } }];
  } catch {
    return [404, { message: `No common ancestor between ${one} and ${other}.` }];
  }
}

/**
 * Starts GitHub's API on loopback for what a real repository has: branches, commits, folders and files by their git
 * objects, and where two commits parted.
 */
export async function gitApi(folder: string, answer: Answer = () => false): Promise<FakeApi> {
  return fakeApi({}, (request, response, count) => {
    if (answer(request, response, count)) return true;
    const [url = ''] = decodeURIComponent(request.url ?? '').split('?');
    const route = url.replace('/repos/octo-org/octo-repo/', '').replace(/^git\//, '');
    try {
      const [kind, ...rest] = route.split('/');
      const name = rest.join('/');
      if (kind === 'compare') return sendJson(response, ...comparison(folder, name));
      if (kind === 'commits' && url.includes('/git/')) {
        const [sha, ...parents] = git(folder, 'rev-list', '--parents', '-n1', `${name}^{commit}`).split(' ');
        return sendJson(response, 200, { sha, parents: parents.map((parent) => ({ sha: parent })) });
      }
      if (kind === 'commits') return sendJson(response, 200, { sha: git(folder, 'rev-parse', `${name}^{commit}`) });
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
