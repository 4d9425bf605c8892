import type { StepUse } from '../../model/needs.ts';
import { apiPath, requestUse } from '../api/api-request.ts';
import { graphqlUse } from '../api/graphql-use.ts';
import {
  allNodes,
  childrenOf,
  isBorne,
  parseJavaScript,
  propertyName,
  propertyOf,
  rememberFunction,
  textOf,
} from './javascript-tree.ts';
import type { JavaScriptNode } from './javascript-tree.ts';
import { ANYTHING, OWN_NAME, OWN_OWNER } from '../marked-text.ts';
import { isOctokitScope, octokitRoute } from '../api/octokit-route.ts';
import type { Caller } from '../uses.ts';
import { uncertainFor } from '../uses.ts';

/** What a script of JavaScript does besides asking the API. */
export interface JavaScriptUse {
  readonly uses: readonly StepUse[];
  /** Programs that it starts: their words, with the line counted from 0. */
  readonly commands: readonly { readonly words: readonly string[]; readonly line: number }[];
  /** Files of the checkout that it loads. */
  readonly files: readonly { readonly path: string; readonly line: number; readonly client: boolean }[];
  /** The lines on which it asks for the job's identity token, and whether it always does. */
  readonly identity: readonly { readonly line: number; readonly always: boolean }[];
  /** What it does that cannot be seen into, with the line. */
  readonly opaque: readonly { readonly what: string; readonly line: number }[];
}

export interface JavaScriptOptions {
  /** Names that stand for an Octokit client with the job's token. */
  readonly clients: readonly string[];
  readonly caller: (line: number, by: string) => Caller;
  readonly repository: string | undefined;
}

/** Modules of Node and of Actions that neither start programs nor send anything. */
const QUIET_MODULES =
  /^(node:)?(fs|fs\/promises|path|os|util|url|crypto|assert|events|stream|buffer|zlib|string_decoder|querystring|readline|timers(\/promises)?|v8|vm|perf_hooks|process|child_process)$|\.json$|^(yaml|js-yaml|semver|lodash|dedent|chalk|glob|minimatch|@actions\/(core|glob|io|exec))$/;

/** What decides whether the code below it runs, or bears its failure. Who calls a function may decide as well. */
const DECIDES = /^(If|Switch|Try|For\w*|While)Statement$|^(Conditional|Logical)Expression$|Function/;

const STARTS = /^(exec|execSync|execFile|execFileSync|spawn|spawnSync|getExecOutput)$/;

/** What a script uses; `null` when it is no JavaScript. */
export function javaScriptUse(script: string, options: JavaScriptOptions): JavaScriptUse | null {
  const program = parseJavaScript(script);
  return program === null ? null : new Walk(options).program(program);
}

class Walk {
  readonly #options: JavaScriptOptions;
  /** Names for a client, or a part of it: `rest`, `rest.issues`. */
  readonly #names = new Map<string, readonly string[]>();
  /** Names of modules of the checkout. */
  readonly #modules = new Map<string, string>();
  readonly #seen = new Set<JavaScriptNode>();
  readonly #uses: StepUse[] = [];
  readonly #commands: { words: readonly string[]; line: number }[] = [];
  readonly #files: { path: string; line: number; client: boolean }[] = [];
  readonly #identity: { line: number; always: boolean }[] = [];
  /** How many nodes above the visited one decide about it, and how many bear its failure. */
  #deciding = 0;
  #borne = 0;
  readonly #opaque: { what: string; line: number }[] = [];

  constructor(options: JavaScriptOptions) {
    this.#options = options;
    for (const name of options.clients) this.#names.set(name, []);
  }

  program(node: JavaScriptNode): JavaScriptUse {
    const functions = new Map<string, readonly JavaScriptNode[]>();
    const nodes = allNodes(node);
    for (const inner of nodes) rememberFunction(inner, functions);
    for (const inner of nodes) this.#handedTo(inner, functions);
    this.#visit(node);
    return {
      uses: this.#uses,
      commands: this.#commands,
      files: this.#files,
      identity: this.#identity,
      opaque: this.#opaque,
    };
  }

  /** A function of the script that is handed a client has it under its parameter's name. */
  #handedTo(node: JavaScriptNode, functions: ReadonlyMap<string, readonly JavaScriptNode[]>): void {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return;
    const parameters = functions.get(node.callee.name);
    node.arguments.forEach((argument, index) => {
      const path = argument.type === 'Identifier' ? this.#pathOf(argument) : null;
      const parameter = parameters?.[index];
      if (path === null || parameter?.type !== 'Identifier') return;
      this.#names.set(parameter.name, path);
      this.#seen.add(argument);
    });
  }

  #caller(line: number, by: string): Caller {
    const caller = this.#options.caller(line, by);
    return this.#borne === 0 ? caller : { ...caller, tolerated: true };
  }

  #line(node: JavaScriptNode): number {
    return (node.loc?.start.line ?? 1) - 1;
  }

  /** What a node is of a client: `github.rest.issues` is `['rest', 'issues']`. */
  #pathOf(node: JavaScriptNode): readonly string[] | null {
    if (node.type === 'Identifier') return this.#names.get(node.name) ?? null;
    if (node.type === 'AwaitExpression') return this.#pathOf(node.argument);
    if (node.type === 'ChainExpression') return this.#pathOf(node.expression);
    if (node.type !== 'MemberExpression') return null;
    const object = this.#pathOf(node.object);
    if (object === null) return null;
    return [...object, propertyName(node) ?? ANYTHING];
  }

  #visit(node: JavaScriptNode): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    switch (node.type) {
      case 'VariableDeclarator':
        if (node.init && this.#declares(node.id, node.init)) return;
        break;
      case 'ExpressionStatement':
        if (node.expression.type === 'Identifier' && textOf(node.expression) !== null) {
          const line = this.#line(node);
          const what = 'an expression that is code';
          this.#opaque.push({ what, line });
          if (this.#names.size > 0) {
            this.#uses.push(uncertainFor(this.#caller(line, what), 'all', `${what} can use the client`));
          }
        }
        break;
      case 'CallExpression':
        this.#call(node);
        break;
      case 'NewExpression':
        if (node.callee.type === 'Identifier' && /^(Octokit|Function)$/.test(node.callee.name)) {
          this.#opaque.push({ what: `new ${node.callee.name}`, line: this.#line(node) });
        }
        break;
      case 'ImportExpression':
        this.#load(textOf(node.source), node, false);
        break;
      case 'ImportDeclaration':
        this.#load(textOf(node.source), node, false);
        break;
      case 'Property':
        // A key is no use of what is called the same.
        if (!node.computed && node.key !== node.value) this.#seen.add(node.key);
        break;
      case 'MemberExpression':
        if (!node.computed) this.#seen.add(node.property);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        node.params.forEach((parameter) => this.#parameter(parameter));
        break;
      default:
        break;
    }
    const path = node.type === 'Identifier' || node.type === 'MemberExpression' ? this.#pathOf(node) : null;
    if (path !== null) {
      this.#reference(path, node);
      this.#consume(node);
      return;
    }
    const deciding = DECIDES.test(node.type) ? 1 : 0;
    this.#deciding += deciding;
    for (const child of childrenOf(node)) {
      const borne = isBorne(child, node) ? 1 : 0;
      this.#borne += borne;
      this.#visit(child);
      this.#borne -= borne;
    }
    this.#deciding -= deciding;
  }

  /** `({ github, context }) => …` gives the names of what it is handed. */
  #parameter(node: JavaScriptNode): void {
    if (node.type === 'Identifier' && this.#names.has(node.name)) this.#seen.add(node);
    if (node.type !== 'ObjectPattern') return;
    for (const property of node.properties) {
      if (property.type === 'Property') {
        this.#seen.add(property.key);
        this.#seen.add(property.value);
      }
    }
  }

  #consume(node: JavaScriptNode): void {
    this.#seen.add(node);
    for (const child of childrenOf(node)) this.#consume(child);
  }

  /** `const { rest } = github`, `const api = github.rest`, `const script = require('./x.js')`. */
  #declares(target: JavaScriptNode, value: JavaScriptNode): boolean {
    const path = this.#pathOf(value);
    if (path !== null) {
      if (target.type === 'Identifier') this.#names.set(target.name, path);
      else if (target.type === 'ObjectPattern') {
        for (const property of target.properties) {
          if (
            property.type !== 'Property' ||
            property.key.type !== 'Identifier' ||
            property.value.type !== 'Identifier'
          )
            return false;
          this.#names.set(property.value.name, [...path, property.key.name]);
        }
      } else return false;
      this.#consume(value);
      this.#consume(target);
      return true;
    }
    const module = this.#required(value.type === 'AwaitExpression' ? value.argument : value);
    if (module !== null && isLocal(module) && target.type === 'Identifier') this.#modules.set(target.name, module);
    return false;
  }

  #required(node: JavaScriptNode): string | null {
    if (node.type === 'ImportExpression') return textOf(node.source);
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return null;
    return node.callee.name === 'require' ? textOf(node.arguments[0]) : null;
  }

  #call(node: Extract<JavaScriptNode, { type: 'CallExpression' }>): void {
    const { callee } = node;
    const [first, second] = node.arguments;
    const line = this.#line(node);
    const module = this.#moduleCalled(callee);
    if (module !== null) {
      const client = node.arguments.some((argument) => this.#mentionsClient(argument));
      this.#load(module, node, client);
      node.arguments.forEach((argument) => this.#consume(argument));
      return;
    }
    const required = this.#required(node);
    if (callee.type === 'Identifier' && callee.name === 'require') this.#load(required, node, false);
    if (callee.type === 'Identifier' && /^(fetch|eval|getOctokit)$/.test(callee.name))
      this.#opaque.push({ what: callee.name, line });
    const name =
      callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? propertyName(callee) : null;
    // `core.getIDToken(audience)`
    if (name === 'getIDToken') this.#identity.push({ line, always: this.#deciding === 0 });
    const path = this.#pathOf(callee);
    if (path === null) {
      const regular = callee.type === 'MemberExpression' && callee.object.type === 'Literal';
      const tests =
        callee.type === 'MemberExpression' &&
        callee.object.type === 'Identifier' &&
        !/^(exec|child_process|cp|childProcess|actionsExec)$/.test(callee.object.name);
      if (name !== null && STARTS.test(name) && !regular && !(name === 'exec' && tests))
        this.#start(first, second, line);
      return;
    }
    this.#consume(callee);
    this.#clientCall(path, node, line);
  }

  #start(first: JavaScriptNode | undefined, second: JavaScriptNode | undefined, line: number): void {
    const command = textOf(first);
    const args =
      second?.type === 'ArrayExpression'
        ? second.elements.map((element) => (element === null ? null : (textOf(element) ?? ANYTHING)))
        : [];
    if (command === null) this.#opaque.push({ what: 'a program', line });
    else this.#commands.push({ words: [...command.split(/\s+/), ...args.filter((arg) => arg !== null)], line });
  }

  /** `require('./x.js')(…)`, `script(…)` or `script.run(…)`. */
  #moduleCalled(callee: JavaScriptNode): string | null {
    if (callee.type === 'MemberExpression') return this.#moduleCalled(callee.object);
    if (callee.type === 'AwaitExpression') return this.#moduleCalled(callee.argument);
    if (callee.type === 'Identifier') return this.#modules.get(callee.name) ?? null;
    const required = this.#required(callee);
    return required !== null && isLocal(required) ? required : null;
  }

  #mentionsClient(node: JavaScriptNode): boolean {
    return this.#pathOf(node) !== null || childrenOf(node).some((child) => this.#mentionsClient(child));
  }

  #load(path: string | null, node: JavaScriptNode, client: boolean): void {
    const line = this.#line(node);
    if (path === null) this.#opaque.push({ what: 'a module that is not known', line });
    else if (QUIET_MODULES.test(path)) return;
    else if (isLocal(path)) this.#files.push({ path, line, client });
    else this.#opaque.push({ what: `the module ${path}`, line });
  }

  #clientCall(path: readonly string[], node: Extract<JavaScriptNode, { type: 'CallExpression' }>, line: number): void {
    const [first, second] = node.arguments;
    switch (path[0]) {
      case 'paginate':
        if (first !== undefined) this.#paginated(first, second, line);
        break;
      case 'request':
        this.#request(first, second, line);
        break;
      case 'graphql': {
        const query = textOf(first);
        const caller = this.#caller(line, 'github.graphql');
        this.#uses.push(
          query === null ? uncertainFor(caller, 'all', 'the GraphQL query is not known') : graphqlUse(query, caller),
        );
        break;
      }
      case 'log':
        break;
      default:
        this.#method(path, first, line);
    }
  }

  #paginated(first: JavaScriptNode, second: JavaScriptNode | undefined, line: number): void {
    const path = this.#pathOf(first);
    if (path !== null) {
      this.#consume(first);
      this.#method(path, second, line);
      return;
    }
    // `github.paginate(github.rest.x.y.endpoint.merge(…))`: the call inside is seen by itself.
    if (first.type !== 'CallExpression') this.#request(first, second, line);
  }

  /** `request('POST /repos/{owner}/{repo}/issues', …)` or `request({ method, url })`. */
  #request(first: JavaScriptNode | undefined, second: JavaScriptNode | undefined, line: number): void {
    const isObject = first?.type === 'ObjectExpression';
    const written = isObject ? textOf(propertyOf(first, 'url')) : textOf(first);
    const caller = this.#caller(line, 'github.request');
    const route = /^(?:(GET|POST|PUT|PATCH|DELETE|HEAD)\s+)?(\S+)$/.exec(written ?? '');
    if (route === null) {
      this.#uses.push(uncertainFor(caller, 'all', 'the request is not known'));
      return;
    }
    const named = isObject ? propertyOf(first, 'method') : undefined;
    const method = route[1] ?? (named === undefined ? 'GET' : (textOf(named) ?? ANYTHING));
    const given = isObject ? first : second;
    const address = this.#filled(route[2] ?? '', given);
    const path = /^https?:|^[\uE006\uE008]/.test(address) ? apiPath(address) : address;
    if (path === null || path === ANYTHING)
      this.#uses.push(uncertainFor(caller, 'all', 'the address of the request is not known'));
    else this.#uses.push(requestUse({ method, path, graphql: null }, caller, this.#options.repository));
  }

  /** A route with its parameters: owner and repository as they are given, all others as something. */
  #filled(path: string, parameters: JavaScriptNode | undefined): string {
    return path
      .replace(/\{owner\}|:owner\b/g, this.#ownOr(parameters, 'owner', OWN_OWNER))
      .replace(/\{repo\}|:repo\b/g, this.#ownOr(parameters, 'repo', OWN_NAME))
      .replace(/\{[^{}]*\}/g, ANYTHING);
  }

  #ownOr(parameters: JavaScriptNode | undefined, name: string, own: string): string {
    const written = textOf(propertyOf(parameters, name));
    return written === null || written.includes(ANYTHING) ? own : written;
  }

  #method(path: readonly string[], parameters: JavaScriptNode | undefined, line: number): void {
    const [scope = '', method = ''] = path[0] === 'rest' ? path.slice(1) : path;
    const by = `github.rest.${scope}.${method}`;
    const caller = this.#caller(line, by);
    const route = octokitRoute(scope, method);
    if (route === null) {
      this.#uses.push(uncertainFor(caller, 'all', `it is not known what ${by} takes`));
      return;
    }
    const owner = this.#ownOr(parameters, 'owner', OWN_OWNER);
    const repo = this.#ownOr(parameters, 'repo', OWN_NAME);
    const whole = route.path.replace('/repos/*/*', `/repos/${owner}/${repo}`).replaceAll('*', ANYTHING);
    this.#uses.push(requestUse({ method: route.method, path: whole, graphql: null }, caller, this.#options.repository));
  }

  /** A client that is not called: a method that is handed on is called by whom it is handed to. */
  #reference(path: readonly string[], node: JavaScriptNode): void {
    const line = this.#line(node);
    const below = path[0] === 'rest' ? path.slice(1) : path;
    const [scope = '', method] = below;
    if (method !== undefined && isOctokitScope(scope)) {
      this.#method(path, undefined, line);
      return;
    }
    const caller = this.#caller(line, 'github');
    this.#uses.push(uncertainFor(caller, 'all', 'the client is handed to code that cannot be seen'));
  }
}

function isLocal(path: string): boolean {
  return /^(\.{0,2}\/|[\uE000-\uE008])/.test(path) && !path.endsWith('.json');
}
