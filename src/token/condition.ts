import type { Expr } from '@actions/expressions/ast';
import {
  Binary,
  ContextAccess,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Star,
  Unary,
} from '@actions/expressions/ast';
import { Array as ArrayData } from '@actions/expressions/data/array';
import { BooleanData } from '@actions/expressions/data/boolean';
import { Dictionary } from '@actions/expressions/data/dictionary';
import { StringData } from '@actions/expressions/data/string';
import { wellKnownFunctions } from '@actions/expressions/funcs';
import { TokenType } from '@actions/expressions/lexer';
import { greaterThan, lessThan } from '@actions/expressions/result';
import {
  areEqual,
  fromCertainty,
  isPrimitive,
  known,
  lower,
  NULL,
  possibleTexts,
  truthiness,
  UNKNOWN,
} from './abstract-value.ts';
import type { Certainty, Value } from './abstract-value.ts';

/** What a condition may look at: contexts by name, and the functions that ask about the run so far. */
export interface ConditionContext {
  readonly contexts: ReadonlyMap<string, Value>;
  readonly status: Readonly<Record<StatusFunction, Certainty>>;
}

export type StatusFunction = 'success' | 'failure' | 'cancelled' | 'always';

const STATUS_FUNCTIONS: ReadonlySet<string> = new Set(['success', 'failure', 'cancelled', 'always']);

/**
 * Evaluates a condition before the run: true, false, or unknown where it depends on what only the run knows.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
export function evaluateCondition(tree: Expr, context: ConditionContext): Certainty {
  return truthiness(evaluate(tree, context));
}

/** Whether a condition asks about the run so far; if not, GitHub puts `success() &&` before it. */
export function statusFunctionsOf(tree: Expr): ReadonlySet<StatusFunction> {
  const found = new Set<StatusFunction>();
  const visit = (expression: Expr): void => {
    if (expression instanceof FunctionCall) {
      const name = lower(expression.functionName.lexeme);
      if (isStatusFunction(name)) found.add(name);
      expression.args.forEach(visit);
    } else if (expression instanceof Unary) visit(expression.expr);
    else if (expression instanceof Binary) [expression.left, expression.right].forEach(visit);
    else if (expression instanceof Logical) expression.args.forEach(visit);
    else if (expression instanceof Grouping) visit(expression.group);
    else if (expression instanceof IndexAccess) [expression.expr, expression.index].forEach(visit);
  };
  visit(tree);
  return found;
}

function evaluate(tree: Expr, context: ConditionContext): Value {
  if (tree instanceof Literal) return { kind: 'known', data: tree.literal };
  if (tree instanceof Grouping) return evaluate(tree.group, context);
  if (tree instanceof Unary) return fromCertainty(negate(truthiness(evaluate(tree.expr, context))));
  if (tree instanceof Logical) return evaluateLogical(tree, context);
  if (tree instanceof Binary) return evaluateBinary(tree, context);
  if (tree instanceof ContextAccess) return context.contexts.get(lower(tree.name.lexeme)) ?? UNKNOWN;
  if (tree instanceof IndexAccess) return evaluateIndex(tree, context);
  if (tree instanceof FunctionCall) return evaluateCall(tree, context);
  return UNKNOWN;
}

/** `&&` and `||` give the operand that decides; what comes after it is not looked at. */
function evaluateLogical(tree: Logical, context: ConditionContext): Value {
  const deciding = tree.operator.type === TokenType.OR;
  let isUncertain = false;
  let result: Value = UNKNOWN;
  for (const argument of tree.args) {
    result = evaluate(argument, context);
    const truthy = truthiness(result);
    if (truthy === deciding) return isUncertain ? { kind: 'unknown', truthy: deciding } : result;
    if (truthy === 'unknown') isUncertain = true;
  }
  return isUncertain ? UNKNOWN : result;
}

function evaluateBinary(tree: Binary, context: ConditionContext): Value {
  const left = evaluate(tree.left, context);
  const right = evaluate(tree.right, context);
  const equal = (): Certainty => areEqual(left, right);
  switch (tree.operator.type) {
    case TokenType.EQUAL_EQUAL:
      return fromCertainty(equal());
    case TokenType.BANG_EQUAL:
      return fromCertainty(negate(equal()));
    default:
      return left.kind === 'known' && right.kind === 'known'
        ? known(compare(tree.operator.type, left.data, right.data))
        : UNKNOWN;
  }
}

function compare(operator: TokenType, ...[left, right]: Parameters<typeof greaterThan>): boolean {
  switch (operator) {
    case TokenType.GREATER:
      return greaterThan(left, right);
    case TokenType.LESS:
      return lessThan(left, right);
    case TokenType.GREATER_EQUAL:
      return greaterThan(left, right) || areEqual(of(left), of(right)) === true;
    default:
      return lessThan(left, right) || areEqual(of(left), of(right)) === true;
  }
}

function of(data: Parameters<typeof greaterThan>[0]): Value {
  return { kind: 'known', data };
}

function evaluateIndex(tree: IndexAccess, context: ConditionContext): Value {
  const owner = evaluate(tree.expr, context);
  if (owner === NO_PARTS) return NO_PARTS;
  if (isPrimitive(owner)) return tree.index instanceof Star ? NO_PARTS : NULL;
  if (owner.kind !== 'known' && owner.kind !== 'object') return UNKNOWN;
  if (tree.index instanceof Star) return UNKNOWN;
  const index = evaluate(tree.index, context);
  if (index.kind !== 'known') return UNKNOWN;
  if (owner.kind === 'object') return index.data instanceof StringData ? owner.get(lower(index.data.value)) : UNKNOWN;
  if (owner.data instanceof Dictionary && index.data instanceof StringData) {
    // The package keeps keys in an object: `constructor` is there without having been written.
    if (index.data.value.toLowerCase() in {}) return UNKNOWN;
    const found = owner.data.get(index.data.value);
    return found === undefined ? NULL : of(found);
  }
  return UNKNOWN;
}

/** What `.*` makes of a value without parts: a list without anything, and so is each `.name` of it. */
const NO_PARTS: Value = { kind: 'known', data: new ArrayData() };

function evaluateCall(tree: FunctionCall, context: ConditionContext): Value {
  const name = lower(tree.functionName.lexeme);
  // With arguments it asks about the jobs that they name.
  if (isStatusFunction(name)) return fromCertainty(tree.args.length > 0 ? 'unknown' : context.status[name]);
  const values = tree.args.map((argument) => evaluate(argument, context));
  if (name === 'case') return evaluateCase(values);
  const data = values.flatMap((value) => (value.kind === 'known' ? [value.data] : []));
  const called = Object.hasOwn(wellKnownFunctions, name) ? wellKnownFunctions[name] : undefined;
  if (called !== undefined && data.length === values.length) {
    try {
      return of(called.call(...data));
    } catch {
      // `fromJSON('{')` fails in the run, too.
      return UNKNOWN;
    }
  }
  const [first = NULL, second = NULL] = values;
  if (name === 'startswith' || name === 'endswith' || name === 'contains') return search(name, first, second);
  return name === 'format' && first.kind === 'known' && hasLiteralText(first.data.coerceString())
    ? { kind: 'unknown', truthy: true }
    : UNKNOWN;
}

function evaluateCase(values: readonly Value[]): Value {
  for (let index = 0; index + 1 < values.length; index += 2) {
    const predicate = values[index] ?? UNKNOWN;
    // What is no boolean fails in the run.
    if (predicate.kind !== 'known' || !(predicate.data instanceof BooleanData)) return UNKNOWN;
    if (predicate.data.value) return values[index + 1] ?? UNKNOWN;
  }
  return values.at(-1) ?? UNKNOWN;
}

type Search = 'startswith' | 'endswith' | 'contains';

/** `startsWith`, `endsWith` and `contains` where one side is only partly known. */
function search(name: Search, where: Value, what: Value): Value {
  if (where.kind === 'known' && where.data instanceof ArrayData) {
    return name === 'contains' ? fromCertainty(isAmong(where.data, what)) : known(false);
  }
  const wanted = possibleTexts(what);
  if (wanted === null) return UNKNOWN;
  const texts = possibleTexts(where);
  if (texts !== null) {
    const answers = new Set(texts.flatMap((text) => wanted.map((one) => isFound(name, lower(text), lower(one)))));
    return answers.size === 1 ? known(answers.has(true)) : UNKNOWN;
  }
  if (where.kind === 'text' && wanted.every((one) => where.letters?.test(one) === false)) return known(false);
  if (where.kind !== 'text' || where.prefix === undefined || wanted.length !== 1) return UNKNOWN;
  const found = isFoundByPrefix(name, lower(where.prefix), lower(wanted[0] ?? ''));
  return fromCertainty(found === true && where.mayBeEmpty === true && wanted[0] !== '' ? 'unknown' : found);
}

function isFound(name: Search, text: string, wanted: string): boolean {
  if (name === 'startswith') return text.startsWith(wanted);
  return name === 'endswith' ? text.endsWith(wanted) : text.includes(wanted);
}

function isFoundByPrefix(name: Search, prefix: string, wanted: string): Certainty {
  if (name === 'contains') return prefix.includes(wanted) ? true : 'unknown';
  if (name === 'endswith') return wanted === '' ? true : 'unknown';
  if (prefix.startsWith(wanted)) return true;
  return wanted.startsWith(prefix) ? 'unknown' : false;
}

function isAmong(list: ArrayData, wanted: Value): Certainty {
  const texts = possibleTexts(wanted);
  if (texts !== null) {
    const found = new Set(texts.map((text) => list.values().some((item) => areEqual(of(item), known(text)) === true)));
    return found.size === 1 ? found.has(true) : 'unknown';
  }
  // What cannot be listed is certainly not what it cannot be, and never certainly what it may be.
  return list.values().some((item) => areEqual(of(item), wanted) === 'unknown') ? 'unknown' : false;
}

/** `${{ a }} && b` is a text with something in it, so it is always true. */
function hasLiteralText(format: string): boolean {
  return format.replaceAll(/\{\d+\}/g, '') !== '';
}

function isStatusFunction(name: string): name is StatusFunction {
  return STATUS_FUNCTIONS.has(name);
}

function negate(certainty: Certainty): Certainty {
  return certainty === 'unknown' ? 'unknown' : !certainty;
}
