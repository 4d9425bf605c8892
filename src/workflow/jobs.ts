import type { Job, WrittenText } from '../model/workflow.ts';
import { literalTexts, valueOf } from './node.ts';
import type { Node } from './node.ts';
import { callOf } from './call.ts';
import type { CommentLines } from './comments.ts';
import { concurrencyOf } from './concurrency.ts';
import { containerImagesOf } from './container-images.ts';
import { permissionsBlock } from './permissions-block.ts';
import { runDefaultsOf } from './run-defaults.ts';
import { runsOnOf } from './runs-on.ts';
import { conditionOf, namedTexts, stepsOf, textUnder, writtenText } from './steps.ts';

/** The jobs as written, in their order. `comments` are those of the file. */
export function jobsOf(jobs: Node | undefined, comments: CommentLines): readonly Job[] {
  if (jobs?.kind !== 'mapping') return [];
  return jobs.pairs.map(({ key, value }) => {
    return {
      id: key.text,
      position: { line: key.line, column: key.column },
      name: nameOf(valueOf(value, 'name')),
      permissions: permissionsBlock(value, comments),
      needs: literalTexts(valueOf(value, 'needs')) ?? [],
      condition: conditionOf(valueOf(value, 'if')),
      uses: callOf(value),
      environment: environmentOf(valueOf(value, 'environment')),
      env: namedTexts(valueOf(value, 'env')),
      steps: stepsOf(valueOf(value, 'steps')),
      ...outputsOf(valueOf(value, 'outputs')),
      ...textUnder(value, 'continue-on-error', 'continueOnError'),
      ...concurrencyOf(value),
      ...runDefaultsOf(value),
      ...containerImagesOf(value),
      runsOn: runsOnOf(value),
    };
  });
}

function outputsOf(node: Node | undefined): Pick<Job, 'outputs'> {
  const outputs = namedTexts(node);
  return outputs.length === 0 ? {} : { outputs };
}

/** One environment, written as its name or as a mapping. */
function environmentOf(node: Node | undefined): WrittenText | null {
  return writtenText(node?.kind === 'mapping' ? valueOf(node, 'name') : node);
}

/** A name as written, with its `${{ }}`. */
function nameOf(node: Node | undefined): string | null {
  if (node?.kind !== 'scalar' || node.text === '') return null;
  return node.template?.written ?? node.text;
}
