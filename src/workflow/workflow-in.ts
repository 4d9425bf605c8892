import type { Position } from '../model/position.ts';
import type { Problem } from '../model/problem.ts';
import type { ReadWorkflow, Workflow } from '../model/workflow.ts';
import { checkGrammar } from './grammar/check-grammar.ts';
import { callDefinition } from './call.ts';
import { commentLines } from './comments.ts';
import { checkJobs } from './grammar/check-jobs.ts';
import { concurrencyOf } from './concurrency.ts';
import { ignoreComments } from './ignore-comments.ts';
import { jobsOf } from './jobs.ts';
import { literalText, pairOf, valueOf } from './node.ts';
import type { Node } from './node.ts';
import { permissionsBlock } from './permissions-block.ts';
import { runDefaultsOf } from './run-defaults.ts';
import { namedTexts } from './steps.ts';
import { triggersOf } from './triggers.ts';
import type { YamlTree } from './yaml/yaml-tree.ts';
import { withLineFeeds } from './yaml/line-feeds.ts';

const NO_TRIGGERS = 'No event triggers defined in `on`';

/** The workflow that a text holds, of which this is the tree, and what GitHub would find wrong with it. */
export function workflowIn(text: string, { root, problems, comments }: YamlTree): ReadWorkflow {
  const workflow = workflowOf(root ?? undefined, withLineFeeds(text), comments);
  if (problems.length > 0) return { workflow, problems };
  if (root === null) {
    const hint = 'The file holds no workflow. Write one, or delete the file.';
    return { workflow, problems: [{ code: 'trigger', message: NO_TRIGGERS, hint, line: 1, column: 1 }] };
  }

  const grammar = checkGrammar(root);
  const others = () => [...checkTriggers(root, workflow), ...checkJobs(root)];
  if (grammar.length === 0) return { workflow, problems: others() };
  const areAllPermissions = grammar.every(({ code }) => code === 'unknown-permission');
  return { workflow, problems: grammar, ...(areAllPermissions ? { ifPermissionsAreKnown: others() } : {}) };
}

function workflowOf(root: Node | undefined, text: string, all: YamlTree['comments']): Workflow {
  const comments = commentLines(text, all);
  return {
    name: literalText(valueOf(root, 'name')) ?? null,
    triggers: triggersOf(valueOf(root, 'on')),
    permissions: permissionsBlock(root, comments),
    call: callDefinition(valueOf(root, 'on')),
    position: positionOf(root),
    onPosition: positionOf(valueOf(root, 'on') ?? root),
    ...concurrencyOf(root),
    env: namedTexts(valueOf(root, 'env')),
    ...runDefaultsOf(root),
    jobs: jobsOf(valueOf(root, 'jobs'), comments),
    ignoreComments: ignoreComments(text, all),
  };
}

function positionOf(node: Node | undefined): Position {
  return { line: node?.line ?? 1, column: node?.column ?? 1 };
}

/** A file without events follows GitHub's grammar; GitHub refuses it all the same. */
function checkTriggers(root: Node, { triggers }: Workflow): readonly Problem[] {
  if (triggers.length > 0) return [];
  const { line, column } = pairOf(root, 'on')?.key ?? root;
  return [{ code: 'trigger', message: NO_TRIGGERS, line, column }];
}
