import { pairOf, valueOf } from './node.ts';
import type { Node } from './node.ts';
import { writtenText } from './steps.ts';

const OF_MATRIX = /^\$\{\{\s*matrix((?:\.[\w-]+)+)\s*\}\}$/;

/**
 * The labels of the runners of a job: as written, those of `${{ matrix.os }}` one by one, with what `include` adds. An
 * expression that is not followed stays as written.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idruns-on
 */
export function runsOnOf(job: Node | undefined): readonly string[] {
  const runsOn = valueOf(job, 'runs-on');
  const labels = runsOn?.kind === 'mapping' ? (valueOf(runsOn, 'labels') ?? valueOf(runsOn, 'group')) : runsOn;
  const matrix = valueOf(valueOf(job, 'strategy'), 'matrix');
  return [...new Set(textsIn(labels).flatMap((label) => labelsOf(label, matrix)))];
}

function labelsOf(label: string, matrix: Node | undefined): readonly string[] {
  const path = OF_MATRIX.exec(label)?.[1]?.slice(1).split('.');
  if (path === undefined || matrix?.kind !== 'mapping') return [label];
  const [vector = '', ...parts] = path;
  const rows = [
    pairOf(matrix, vector)?.value,
    ...itemsOf(valueOf(matrix, 'include')).map((row) => valueOf(row, vector)),
  ];
  const values = rows.flatMap((row) => itemsOf(row)).map((value) => parts.reduce<Node | undefined>(valueOf, value));
  const texts = values.flatMap(textsIn);
  return texts.length === 0 ? [label] : texts;
}

function itemsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === 'sequence' ? node.items : [node];
}

function textsIn(node: Node | undefined): readonly string[] {
  return itemsOf(node).flatMap((item) => writtenText(item)?.text ?? []);
}
