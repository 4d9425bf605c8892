import type { RepositoryFile } from '../../model/called-file.ts';
import type { Position } from '../../model/position.ts';
import type { Node } from '../../workflow/node.ts';
import { refNameError } from '../../workflow/workflow-reference.ts';
import { textOf } from './nodes.ts';
import type { Reading } from './reading.ts';
import { OWNER, REPOSITORY } from './names.ts';

const FORM = 'Write OWNER/REPOSITORY/path@ref, such as octo-org/.github/permissions-policy.yml@main.';

/** The shared policy that this one extends; `null` when it cannot be told. */
export function extendsIn(reading: Reading, node: Node): (RepositoryFile & { readonly position: Position }) | null {
  const text = textOf(reading, node, '`extends`');
  if (text === null) return null;
  const file = repositoryFile(text);
  if (!('error' in file)) return { ...file, position: { line: node.line, column: node.column } };
  reading.problem(node, `'${text}' is not the file of a repository at a ref: ${file.error}.`, FORM);
  return null;
}

/** The file of a repository at a ref that `OWNER/NAME/path@ref` names. */
export function repositoryFile(text: string): RepositoryFile | { readonly error: string } {
  const at = text.indexOf('@');
  if (at < 0) return { error: 'there is no `@` with a branch, a tag or a commit' };
  const ref = text.slice(at + 1);
  const [owner = '', name = '', ...rest] = text.slice(0, at).split('/');
  if (ref === '') return { error: 'there is nothing behind the `@`' };
  const refError = ref.includes('@') ? 'there is more than one `@`' : refNameError(ref);
  if (refError !== null) return { error: refError };
  if (!OWNER.test(owner)) return { error: `'${owner}' is no owner` };
  if (!REPOSITORY.test(name)) return { error: `'${name}' is no repository` };
  if (rest.length === 0) return { error: 'the path of the file is missing' };
  if (rest.some((part) => part === '' || part === '.' || part === '..'))
    return { error: 'the path is not a plain one' };
  if (!/\.ya?ml$/.test(rest.at(-1) ?? '')) return { error: 'the file does not end in .yml or .yaml' };
  return { owner, name, path: rest.join('/'), ref };
}
