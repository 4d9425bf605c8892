import type { Expr } from '@actions/expressions/ast';
import { ContextAccess, FunctionCall, Grouping, IndexAccess, Literal, Logical } from '@actions/expressions/ast';
import { TokenType } from '@actions/expressions/lexer';
import { readExpression } from '../../workflow/expression.ts';
import { templateText } from '../../workflow/template-text.ts';

/** A value that a text takes from a context: `['github', 'event', 'issue', 'title']`, in lower case. */
export type ContextPath = readonly string[];

/** All that may be named anywhere: whether it is available at a place is for the grammar to say. */
const CONTEXTS = [
  ...['github', 'env', 'vars', 'secrets', 'inputs', 'needs', 'steps', 'job', 'jobs', 'runner', 'matrix', 'strategy'],
  ...['hashFiles(1,255)', 'always(0,0)', 'success(0,MAX)', 'failure(0,MAX)', 'cancelled(0,0)'],
];

/** Functions whose result holds what they are given. Others give a boolean, or something else altogether. */
const HANDS_ON: ReadonlySet<string> = new Set(['format', 'join', 'tojson', 'fromjson', 'case']);

/** Texts are asked for again by each job and each event that they are traced for. */
const known = new Map<string, readonly ContextPath[]>();

/** The contexts whose values a text takes in, inside of its `${{ }}`: not those that it only compares. */
export function valuesIn(text: string): readonly ContextPath[] {
  if (!text.includes('${{')) return [];
  let values = known.get(text);
  if (values === undefined) {
    values = (templateText(text).template?.expressions ?? []).flatMap((expression) => valuesOf(expression));
    known.set(text, values);
  }
  return values;
}

/** The same for an expression without `${{ }}`. */
function valuesOf(expression: string): readonly ContextPath[] {
  const read = readExpression(expression, CONTEXTS);
  return 'error' in read || read.tree === null ? [] : handedOn(read.tree);
}

function handedOn(tree: Expr): readonly ContextPath[] {
  if (tree instanceof Grouping) return handedOn(tree.group);
  // `a && b` gives b, or an `a` that is empty, zero, false or null.
  if (tree instanceof Logical) {
    return (tree.operator.type === TokenType.AND ? tree.args.slice(-1) : tree.args).flatMap(handedOn);
  }
  if (tree instanceof FunctionCall) {
    return HANDS_ON.has(tree.functionName.lexeme.toLowerCase()) ? tree.args.flatMap(handedOn) : [];
  }
  const path = pathOf(tree);
  if (path !== null) return [path];
  // `fromJSON(x).y` is part of what `fromJSON` is given.
  const owner = ownerOf(tree);
  return owner instanceof FunctionCall ? handedOn(owner) : [];
}

/** What stands at the very left of `x.y.z`. */
function ownerOf(tree: Expr): Expr {
  if (tree instanceof Grouping) return ownerOf(tree.group);
  return tree instanceof IndexAccess ? ownerOf(tree.expr) : tree;
}

function pathOf(tree: Expr): ContextPath | null {
  if (tree instanceof Grouping) return pathOf(tree.group);
  if (tree instanceof ContextAccess) return [tree.name.lexeme.toLowerCase()];
  if (!(tree instanceof IndexAccess)) return null;
  const owner = pathOf(tree.expr);
  if (owner === null) return null;
  const { index } = tree;
  const name = index instanceof Literal ? index.literal.coerceString().toLowerCase() : '*';
  // A place in a list is any place in it.
  return [...owner, Number.isNaN(Number(name)) ? name : '*'];
}
