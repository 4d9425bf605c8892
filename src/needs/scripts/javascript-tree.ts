import { parse } from 'acorn';
import type { AnyNode, Expression, ModuleDeclaration, Program, SpreadElement, Statement, Super } from 'acorn';
import { ANYTHING } from '../marked-text.ts';

/** Marks are no part of JavaScript: they become names, which fit inside of strings and outside of them. */
const NAME = /\$mark_(E00\d)\$/g;

function withNames(script: string): string {
  return script.replace(/[\uE000-\uE008]/g, (mark) => `$mark_${mark.charCodeAt(0).toString(16).toUpperCase()}$`);
}

function withMarks(text: string): string {
  return text.replace(NAME, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** A script whose expressions are marks, parsed as github-script runs it; `null` when it is no JavaScript that can be read. */
export function parseJavaScript(script: string): Program | null {
  const text = withNames(script);
  for (const sourceType of ['script', 'module'] as const) {
    try {
      const program = parse(text, {
        ecmaVersion: 'latest',
        sourceType,
        locations: true,
        allowAwaitOutsideFunction: true,
        allowReturnOutsideFunction: true,
        allowHashBang: true,
        allowSuperOutsideMethod: true,
      });
      return isTooDeep(program) ? null : program;
    } catch {
      continue;
    }
  }
  return null;
}

/** What goes deeper is made by a machine, or made to break what walks through it. */
const DEEPEST = 1000;

function isTooDeep(program: Program): boolean {
  const waiting: { node: JavaScriptNode; depth: number }[] = [{ node: program, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const depth = next.depth + 1;
    if (depth > DEEPEST) return true;
    for (const node of childrenOf(next.node)) waiting.push({ node, depth });
  }
  return false;
}

export type JavaScriptNode = AnyNode;
export type Value = Expression | SpreadElement | Super | Statement | ModuleDeclaration;

/** The nodes right below one, in their order. Written as a loop, since every node of every script goes through it. */
export function childrenOf(node: JavaScriptNode): readonly JavaScriptNode[] {
  const children: JavaScriptNode[] = [];
  for (const value of Object.values(node) as readonly unknown[]) {
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value))
      for (const item of value as readonly unknown[]) if (isNode(item)) children.push(item);
  }
  return children;
}

/** A node and all below it, each before those below it. */
export function allNodes(node: JavaScriptNode): readonly JavaScriptNode[] {
  const nodes: JavaScriptNode[] = [];
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    nodes.push(next);
    for (const child of childrenOf(next).toReversed()) waiting.push(child);
  }
  return nodes;
}

/** `function name(a) {}` and `const name = (a) => …`. */
export function rememberFunction(node: JavaScriptNode, functions: Map<string, readonly JavaScriptNode[]>): void {
  if (node.type === 'FunctionDeclaration') {
    // A default export may have no name.
    if (node.id !== null) functions.set(node.id.name, node.params);
  } else if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') {
    const { init } = node;
    if (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression')
      functions.set(node.id.name, init.params);
  }
}

/** Whether what fails in a part of a node is borne: in a `try` whose `catch` neither throws nor fails the step. */
export function isBorne(part: JavaScriptNode, node: JavaScriptNode): boolean {
  if (node.type !== 'TryStatement' || part !== node.block || !node.handler) return false;
  return !allNodes(node.handler).some(
    (inner) =>
      inner.type === 'ThrowStatement' ||
      (inner.type === 'MemberExpression' && /^(setFailed|exit|exitCode)$/.test(propertyName(inner) ?? '')),
  );
}

function isNode(value: unknown): value is JavaScriptNode {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value
  );
}

/** A text that the script writes out; what it puts into it is not known. */
export function textOf(node: JavaScriptNode | undefined): string | null {
  if (node === undefined) return null;
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? withMarks(node.value) : null;
    case 'TemplateLiteral':
      return withMarks(node.quasis.map(({ value }) => value.cooked ?? '').join(ANYTHING));
    case 'TaggedTemplateExpression':
      return textOf(node.quasi);
    case 'BinaryExpression': {
      if (node.operator !== '+') return null;
      const left = textOf(node.left);
      const right = textOf(node.right);
      return left === null && right === null ? null : (left ?? ANYTHING) + (right ?? ANYTHING);
    }
    case 'Identifier':
      return NAME.test(node.name) ? withMarks(node.name) : null;
    default:
      return null;
  }
}

/** The name of a property: `a.name`, `a['name']`; `null` when it is computed. */
export function propertyName(node: JavaScriptNode): string | null {
  if (node.type !== 'MemberExpression') return null;
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : null;
  return node.property.type === 'Literal' && typeof node.property.value === 'string' ? node.property.value : null;
}

/** The value of a property in an object that is written out. */
export function propertyOf(node: JavaScriptNode | undefined, name: string): JavaScriptNode | undefined {
  if (node?.type !== 'ObjectExpression') return undefined;
  for (const property of node.properties) {
    if (property.type !== 'Property' || property.computed) continue;
    const key =
      property.key.type === 'Identifier'
        ? property.key.name
        : property.key.type === 'Literal'
          ? property.key.value
          : null;
    if (key === name) return property.value;
  }
  return undefined;
}
