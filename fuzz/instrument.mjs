import { parse } from 'acorn';

/** What is long is no word, and what is short is a mark. */
const WORD = /^[^\n]{2,40}$/;

/**
 * Takes the text of a module and returns it with a counter in every function, branch, loop, case, part of a condition and
 * default, and the words of its literals. `first` is the number of the first counter. What the code does stays the same.
 *
 * @param {string} source
 * @param {number} first
 */
export function instrument(source, first) {
  const edits = new Edits();
  const words = new Set();
  let count = 0;
  const counter = () => `fuzzCounters[${first + count++}]++`;

  function visit(node) {
    for (const place of COUNTED[node.type]?.(node) ?? []) count_(place);
    const word = node.type === 'Literal' ? node.value : node.type === 'TemplateElement' ? node.value.cooked : null;
    if (typeof word === 'string' && WORD.test(word)) words.add(word);
    children(node).forEach(visit);
    for (const place of COUNTED[node.type]?.(node) ?? []) close(place);
  }

  function count_({ kind, node }) {
    if (kind === 'expression') edits.before(node.start, `(${counter()},`);
    else if (kind === 'case') edits.before(node.consequent[0]?.start ?? node.end, `${counter()};`);
    else if (kind !== 'else') edits.before(...opening(node, counter()));
  }

  function close({ kind, node }) {
    if (kind === 'expression') edits.after(node.end, ')');
    else if (kind === 'else') edits.after(node.end, ` else {${counter()};}`);
    else if (kind === 'statement' && node.type !== 'BlockStatement') edits.after(node.end, '}');
  }

  visit(parse(source, { ecmaVersion: 'latest', sourceType: 'module' }));
  return { code: edits.applied(source), count, words: [...words] };
}

function opening(node, counter) {
  return node.type === 'BlockStatement' ? [node.start + 1, `${counter};`] : [node.start, `{${counter};`];
}

const expression = (node) => [{ kind: 'expression', node }];
const statement = (node) => [{ kind: 'statement', node }];
const functionBody = ({ body }) => (body.type === 'BlockStatement' ? statement(body) : expression(body));
const loop = ({ body }) => statement(body);

/** What is counted, by the type of the node around it. */
const COUNTED = {
  FunctionDeclaration: functionBody,
  FunctionExpression: functionBody,
  ArrowFunctionExpression: functionBody,
  IfStatement: (node) => [
    ...statement(node.consequent),
    ...(node.alternate === null ? [{ kind: 'else', node }] : statement(node.alternate)),
  ],
  ForStatement: loop,
  ForInStatement: loop,
  ForOfStatement: loop,
  WhileStatement: loop,
  DoWhileStatement: loop,
  SwitchCase: (node) => [{ kind: 'case', node }],
  CatchClause: loop,
  ConditionalExpression: ({ consequent, alternate }) => [...expression(consequent), ...expression(alternate)],
  LogicalExpression: ({ right }) => expression(right),
  AssignmentExpression: ({ operator, right }) => (/^(\|\||&&|\?\?)=$/.test(operator) ? expression(right) : []),
  AssignmentPattern: ({ right }) => expression(right),
};

function children(node) {
  return Object.values(node)
    .flat()
    .filter((value) => typeof value?.type === 'string');
}

/** Texts to insert. At one place, what ends comes before what begins, and the outer begins before the inner. */
class Edits {
  #before = new Map();
  #after = new Map();

  before(at, text) {
    this.#before.set(at, (this.#before.get(at) ?? '') + text);
  }

  after(at, text) {
    this.#after.set(at, (this.#after.get(at) ?? '') + text);
  }

  applied(source) {
    const places = [...new Set([...this.#before.keys(), ...this.#after.keys()])].sort((a, b) => a - b);
    let [result, from] = ['', 0];
    for (const at of places) {
      result += source.slice(from, at) + (this.#after.get(at) ?? '') + (this.#before.get(at) ?? '');
      from = at;
    }
    return result + source.slice(from);
  }
}
