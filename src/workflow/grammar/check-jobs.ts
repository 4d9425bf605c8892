import type { Position } from '../../model/position.ts';
import type { Problem, ProblemCode } from '../../model/problem.ts';
import { readExpression } from '../expression.ts';
import { definitionOf } from './grammar.ts';
import { identifierError } from './identifier.ts';
import { checkJobGraph } from './job-graph.ts';
import { literalText, valueOf } from '../node.ts';
import type { MappingNode, Node } from '../node.ts';
import { workflowReference } from '../workflow-reference.ts';

/**
 * What GitHub checks beyond its grammar once a file follows it: ids, conditions, references, images, matrices, groups,
 * and whether the jobs can start. Only what decides whether the file runs at all.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/WorkflowTemplateConverter.cs
 */
export function checkJobs(root: Node): readonly Problem[] {
  const jobs = valueOf(root, 'jobs');
  if (jobs?.kind !== 'mapping') return [];
  const problems: Problem[] = [];
  const report: Report = (code, message, { line, column }) => problems.push({ code, message, line, column });

  checkConcurrency(valueOf(root, 'concurrency'), report);
  for (const { key, value: job } of jobs.pairs) {
    const error = identifierError(key.text);
    if (error !== null) report('invalid-id', error, key);
    if (job.kind === 'mapping') checkJob(job, report);
  }
  return problems.length > 0 ? problems : checkJobGraph(jobs);
}

type Report = (code: ProblemCode, message: string, position: Position) => void;

function checkJob(job: MappingNode, report: Report): void {
  for (const { key, value } of job.pairs) {
    if (key.text === 'if') checkCondition(value, 'job-if', report);
    else if (key.text === 'runs-on') checkRunnerGroup(valueOf(value, 'group'), report);
    else if (key.text === 'strategy') checkMatrix(valueOf(value, 'matrix'), report);
    else if (key.text === 'container') checkImage(value, false, report);
    else if (key.text === 'services') checkServices(value, report);
    else if (key.text === 'concurrency') checkConcurrency(value, report);
    else if (key.text === 'uses') checkCall(value, report);
    else if (key.text === 'steps') checkSteps(value, report);
  }
}

function checkSteps(steps: Node, report: Report): void {
  if (steps.kind !== 'sequence') return;
  const ids = new Set<string>();
  for (const step of steps.items) {
    const idNode = valueOf(step, 'id');
    const id = literalText(idNode);
    if (idNode !== undefined && id !== undefined && id !== '') {
      const error = identifierError(id);
      if (error !== null) report('invalid-id', error, idNode);
      else if (ids.has(id.toUpperCase())) {
        report('invalid-id', `The identifier '${id}' may not be used more than once within the same scope.`, idNode);
      }
      ids.add(id.toUpperCase());
    }
    checkCondition(valueOf(step, 'if'), 'step-if', report);
    checkAction(valueOf(step, 'uses'), report);
  }
}

/** A condition without `${{ }}` is an expression all the same. */
function checkCondition(node: Node | undefined, definition: string, report: Report): void {
  const condition = literalText(node);
  if (node === undefined || condition === undefined || condition.trim() === '') return;
  const read = readExpression(condition, definitionOf(definition).context ?? []);
  if ('error' in read) report('expression', read.error, node);
}

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses */
function checkAction(node: Node | undefined, report: Report): void {
  const uses = literalText(node);
  if (node === undefined || uses === undefined || /^(?:docker:\/\/|\.[/\\]|\$\/)/.test(uses)) return;
  const [path = '', ref = '', ...more] = uses.split('@');
  const segments = path.split(/[/\\]/).filter((segment) => segment !== '');
  if (segments.length < 2 || ref === '' || more.length > 0) {
    report('uses-format', `Expected format {org}/{repo}[/path]@ref. Actual '${uses}'`, node);
  }
}

function checkCall(node: Node, report: Report): void {
  const uses = literalText(node);
  const reference = uses === undefined ? null : workflowReference(uses);
  if (reference !== null && 'error' in reference) report('uses-format', reference.error, node);
}

/** An empty image means "no container" for a job, but not for a service. An expression may stand for anything. */
function checkImage(node: Node, isService: boolean, report: Report): void {
  if (hasExpression(node)) return;
  const image = literalText(node.kind === 'mapping' ? valueOf(node, 'image') : node) ?? '';
  if (image === 'docker://' || (image === '' && isService))
    report('container', 'Container image cannot be empty', node);
}

function checkServices(services: Node, report: Report): void {
  if (services.kind !== 'mapping' || hasExpression(services)) return;
  for (const { value } of services.pairs) checkImage(value, true, report);
}

function checkMatrix(matrix: Node | undefined, report: Report): void {
  if (matrix?.kind !== 'mapping') return;
  let hasVector = false;
  for (const { key, value } of matrix.pairs) {
    if (key.text === 'include') hasVector ||= hasExpression(value) || !isEmptySequence(value);
    else if (key.text !== 'exclude') {
      hasVector = true;
      if (isEmptySequence(value)) report('matrix', `Matrix vector '${key.text}' does not contain any values`, value);
    }
  }
  if (!hasVector) report('matrix', 'Matrix must define at least one vector', matrix);
}

function checkRunnerGroup(node: Node | undefined, report: Report): void {
  const group = literalText(node);
  if (node === undefined || group === undefined) return;
  const [prefix = '', name, ...more] = group.split('/');
  if (name === undefined) return;
  if (name === '' && more.length === 0) report('runs-on', `Invalid runs-on group name '${group}'.`, node);
  else if (more.length > 0 || !/^(?:org|organization|ent|enterprise)$/.test(prefix)) {
    const advice = `Please use 'organization/' or 'enterprise/' prefix to target a single runner group.`;
    report('runs-on', `Invalid runs-on group name '${group}'. ${advice}`, node);
  }
}

function checkConcurrency(node: Node | undefined, report: Report): void {
  const group = literalText(node?.kind === 'mapping' ? valueOf(node, 'group') : node);
  if (node !== undefined && group !== undefined && group.length > 400) {
    report('concurrency', 'Concurrency group name must be less than 400 characters', node);
  }
}

function isEmptySequence(node: Node): boolean {
  return node.kind === 'sequence' && node.items.length === 0;
}

function hasExpression(node: Node): boolean {
  if (node.kind === 'scalar') return node.type === 'expression';
  if (node.kind === 'sequence') return node.items.some(hasExpression);
  return node.pairs.some(({ key, value }) => key.type === 'expression' || hasExpression(value));
}
