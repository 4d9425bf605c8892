import { parse } from 'unbash';
import type {
  ArrayValue,
  Assignment,
  Command,
  CommandNode,
  CompoundList,
  ParsedScript,
  PipelineNode,
  Redirection,
  Script,
  Statement,
  TestExpression,
  Word,
  WordPart,
} from 'unbash';
import { lineMap } from '../../workflow/yaml/line-map.ts';
import type { LineMap } from '../../workflow/yaml/line-map.ts';
import type { Invocation, ReadScript } from './invocation.ts';
import { ANYTHING } from '../marked-text.ts';
import { eitherOf, ShellVariables } from './shell-variables.ts';
import { hereDocText, wordArguments, wordValue } from './shell-words.ts';

/** Where a command stands in what is around it. */
interface Around {
  /** It runs, and once. */
  readonly certain: boolean;
  readonly tolerated: boolean;
  readonly input: string | null;
  readonly writes: readonly string[];
}

const DECLARING = new Set(['export', 'declare', 'local', 'readonly', 'typeset']);

/**
 * The programs that a script of bash or sh calls, wherever they stand in it: pipelines, functions, conditions, loops,
 * subshells, substitutions and here-documents.
 *
 * @param script `${{ }}` replaced by marks.
 * @param environment What the script finds, values with marks.
 */
export function readShellScript(script: string, environment: Readonly<Record<string, string>>): ReadScript {
  if (isTooDeep(script)) return UNREAD;
  try {
    return new Reader(script, environment).read();
  } catch (error) {
    // Blocks in blocks, deeper than the stack goes.
    if (error instanceof RangeError) return UNREAD;
    throw error;
  }
}

const UNREAD: ReadScript = { invocations: [], functions: new Set(), whole: false };

/** No script has so many brackets in brackets. The parser reads the rest of the script anew for each that stays open. */
const DEEPEST = 500;

function isTooDeep(script: string): boolean {
  let depth = 0;
  for (const [bracket] of script.matchAll(/[()]/g)) {
    depth += bracket === '(' ? 1 : -1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

class Reader {
  readonly #text: string;
  readonly #variables: ShellVariables;
  readonly #invocations: Invocation[] = [];
  readonly #functions = new Set<string>();
  readonly #lines: LineMap;
  #whole = true;
  /** The place of a substitution whose positions count from its own start. */
  #owner: number | null = null;

  constructor(text: string, environment: Readonly<Record<string, string>>) {
    this.#text = text;
    this.#variables = new ShellVariables(environment);
    this.#lines = lineMap(text);
  }

  read(): ReadScript {
    this.#script(parse(this.#text), { certain: true, tolerated: false, input: null, writes: [] });
    return {
      invocations: this.#invocations,
      functions: this.#functions,
      whole: this.#whole && this.#variables.isComplete,
    };
  }

  #script(script: ParsedScript | Script, around: Around): void {
    if ('errors' in script && script.errors !== undefined && script.errors.length > 0) this.#whole = false;
    this.#statements(script.commands, around);
  }

  #list(list: CompoundList, around: Around): void {
    this.#statements(list.commands, around);
  }

  #statements(statements: readonly Statement[], around: Around): void {
    for (const { command } of statements) {
      if (command.type !== 'AndOr') {
        this.#pipeline(command, around);
        continue;
      }
      const lastOr = command.operators.lastIndexOf('||');
      command.commands.forEach((inner, index) => {
        const tolerated = around.tolerated || index <= lastOr;
        this.#pipeline(inner, { ...around, certain: around.certain && index === 0, tolerated });
      });
    }
  }

  #pipeline(node: PipelineNode, around: Around): void {
    if (node.type !== 'Pipeline') {
      this.#command(node, around);
      return;
    }
    const negated = node.prefixes.some(({ type }) => type === 'Negation');
    let input = around.input;
    for (const command of node.commands) {
      const before = this.#invocations.length;
      this.#command(command, { ...around, input, tolerated: around.tolerated || negated });
      input = outputOf(this.#invocations.slice(before));
    }
  }

  #command(node: CommandNode, around: Around): void {
    const branch = { ...around, certain: false };
    switch (node.type) {
      case 'Command':
        this.#simple(node, around);
        break;
      case 'Redirected':
        this.#command(node.command, this.#redirected(node.redirects, around));
        break;
      case 'If':
        this.#list(node.clause, { ...around, tolerated: true });
        this.#list(node.then, branch);
        for (const elif of node.elif) {
          this.#list(elif.clause, { ...branch, tolerated: true });
          this.#list(elif.then, branch);
        }
        if (node.else !== undefined) this.#list(node.else, branch);
        break;
      case 'While':
        this.#list(node.clause, { ...branch, tolerated: true });
        this.#list(node.body, branch);
        break;
      case 'For':
      case 'Select': {
        const values = (node.wordlist ?? []).map((word) => this.#value(word));
        const [only, ...others] = values;
        this.#variables.assign(
          node.name.value,
          others.length === 0 && only !== undefined ? only : eitherOf(...values),
          true,
        );
        this.#list(node.body, branch);
        break;
      }
      case 'ArithmeticFor':
        this.#list(node.body, branch);
        break;
      case 'Subshell':
      case 'BraceGroup':
        this.#list(node.body, around);
        break;
      case 'Case':
        this.#value(node.word);
        for (const item of node.items) this.#list(item.body, branch);
        break;
      case 'Function':
        this.#functions.add(node.name.value);
        if (node.body.type === 'CompoundList') this.#list(node.body, branch);
        else this.#command(node.body, branch);
        break;
      case 'Coproc':
        if (node.body.type === 'CompoundList') this.#list(node.body, branch);
        else this.#command(node.body, branch);
        break;
      case 'TestCommand':
        this.#test(node.expression);
        break;
      case 'ArithmeticCommand':
        break;
    }
  }

  #test(expression: TestExpression): void {
    switch (expression.type) {
      case 'TestUnary':
      case 'TestNot':
        if (expression.type === 'TestUnary') this.#value(expression.operand);
        else this.#test(expression.operand);
        break;
      case 'TestBinary':
        this.#value(expression.left);
        this.#value(expression.right);
        break;
      case 'TestLogical':
        expression.operands.forEach((operand) => this.#test(operand));
        break;
      case 'TestGroup':
        this.#test(expression.expression);
        break;
    }
  }

  /** What redirections change: what is read, and where to it is written. */
  #redirected(redirects: readonly Redirection[], around: Around): Around {
    let { input } = around;
    const writes = [...around.writes];
    for (const redirect of redirects) {
      if (redirect.type === 'HereDoc') input = hereDocText(redirect, this.#variables, this.#substitute);
      else if (redirect.target === undefined) continue;
      else {
        const target = this.#value(redirect.target);
        if (redirect.type === 'HereString') input = target;
        else if (redirect.operator === '<') input = ANYTHING;
        else if (redirect.operator !== '<&' && redirect.operator !== '>&') writes.push(target);
      }
    }
    return { ...around, input, writes };
  }

  #simple(node: Command, around: Around): void {
    const { input, writes } = this.#redirected(node.redirects, around);
    const prefix = node.prefix.filter((part): part is Assignment => part.type === 'Assignment');
    if (node.name === undefined) {
      prefix.forEach((assignment) => this.#assign(assignment, around.certain));
      return;
    }
    const own = Object.fromEntries(prefix.map((assignment) => [assignment.name, this.#assigned(assignment)]));
    const name = this.#arguments(node.name);
    const declares = DECLARING.has(name[0] ?? '');
    const words = [...name, ...node.args.flatMap((arg) => this.#argument(arg, declares && around.certain, name[0]))];
    if (words[0] === 'read' || words[0] === 'mapfile' || words[0] === 'readarray') {
      for (const word of words.slice(1))
        if (/^\w+$/.test(word)) this.#variables.assign(word, eitherOf(input ?? ''), true);
    }
    const start = this.#owner ?? node.pos;
    const { line, column } = this.#lines.position(start);
    const exported = this.#variables.exported();
    const env = prefix.length === 0 ? exported : { ...exported, ...own };
    this.#invocations.push({ words, line: line - 1, column, env, input, writes, tolerated: around.tolerated });
  }

  #argument(arg: Word | Assignment, certain: boolean, program: string | undefined): readonly string[] {
    if (arg.type === 'Assignment') {
      const value = this.#assign(arg, certain);
      if (program === 'export') this.#variables.export(arg.name);
      return [`${arg.name}=${value}`];
    }
    const values = this.#arguments(arg);
    if (program === 'export')
      values.filter((value) => /^\w+$/.test(value)).forEach((name) => this.#variables.export(name));
    return values;
  }

  /** Returns what stands behind the `=`. It is read once: one assignment may hold others in its substitutions. */
  #assign(assignment: Assignment, certain: boolean): string {
    const value = this.#assigned(assignment);
    if (assignment.append === true || assignment.index !== undefined) {
      const before = this.#variables.get(assignment.name) ?? '';
      this.#variables.assign(
        assignment.name,
        assignment.append === true && certain ? before + value : eitherOf(before, value),
        true,
      );
    } else this.#variables.assign(assignment.name, value, certain);
    return value;
  }

  #assigned({ value }: Assignment): string {
    return value.type === 'ArrayValue' ? this.#array(value) : this.#value(value);
  }

  /** An array is used whole as often as not: one word that is known is its value. */
  #array({ elements }: ArrayValue): string {
    const values = elements.map((word) => this.#value(word));
    return eitherOf(...values);
  }

  #value(word: Word): string {
    return wordValue(word, this.#variables, this.#substitute);
  }

  #arguments(word: Word): readonly string[] {
    return wordArguments(word, this.#variables, this.#substitute);
  }

  /** A substitution's programs are called; what they print is known in few cases. */
  readonly #substitute = (part: Extract<WordPart, { type: 'CommandExpansion' | 'ProcessSubstitution' }>): string => {
    if (part.script === undefined) {
      this.#whole = false;
      return ANYTHING;
    }
    const before = this.#invocations.length;
    const owner = this.#owner;
    if (part.script.source !== undefined) this.#owner = part.pos;
    this.#script(part.script, { certain: false, tolerated: false, input: null, writes: [] });
    this.#owner = owner;
    const called = this.#invocations.slice(before);
    if (called.at(-1)?.words.join(' ') === 'gh auth token') {
      return this.#variables.get('GH_TOKEN') ?? this.#variables.get('GITHUB_TOKEN') ?? ANYTHING;
    }
    return outputOf(called) ?? ANYTHING;
  };
}

/** What the last of some programs prints: `echo` and `printf` print what they are given. */
function outputOf(invocations: readonly Invocation[]): string | null {
  const last = invocations.at(-1);
  if (last === undefined) return null;
  const [program, ...args] = last.words;
  if (program === 'echo') return args.filter((arg) => !/^-[neE]+$/.test(arg)).join(' ');
  if (program === 'printf') return args.length === 1 ? (args[0] ?? '') : eitherOf(...args);
  if (program === 'cat' && args.length === 0) return last.input;
  // What a server answers, whatever it was sent.
  if (program === 'curl' || program === 'wget') return ANYTHING;
  return eitherOf(...last.words, last.input ?? '');
}
