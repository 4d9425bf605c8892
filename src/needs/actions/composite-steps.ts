import type { CompositeDefinition } from '../../model/action.ts';
import type { NamedText, Step, WrittenText } from '../../model/workflow.ts';
import { templateText } from '../../workflow/template-text.ts';
import { holdsToken, markedText } from '../marked-text.ts';

/** How a step uses a composite action. */
export interface CompositeCall {
  /** What it hands over, by name in lower case, as written with `${{ }}`. */
  readonly given: ReadonlyMap<string, string>;
  /** Its environment, values as written. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder of the workspace that holds the action; `null` when it is elsewhere. */
  readonly folder: string | null;
  /** The expressions that give the token where the step stands. */
  readonly tokenExpressions: readonly string[];
}

/** A step of a composite action with what was handed to it in place of its inputs. */
export interface CompositeStep extends Step {
  /** What was put in has more lines than what it stands for: lines of the script are not those of the file. */
  readonly hasMoreLines?: true;
}

/** The steps of a composite action in one use of it. */
export interface CompositeSteps {
  readonly steps: readonly CompositeStep[];
  /** The expressions that give the token in these steps. */
  readonly tokenExpressions: readonly string[];
}

/** What of an expression has a value that is known here; a text in quotes is matched so that nothing in it is. */
const REFERENCE =
  /'(?:[^']|'')*'|(?<![\w.-])(inputs|github)\s*(?:\.\s*([\w-]+)|\[\s*'((?:[^']|'')*)'\s*\])(?![\w-]|\s*[.[])/gi;
const ENV_EXPRESSION = /\$\{\{\s*env\.(\w+)\s*\}\}/gi;
const EXPRESSION = /\$\{\{(.*?)\}\}/gs;

/** Expressions that certainly give a text, and so need not be turned into one. */
const TEXT =
  /^(?:github\.(?!event$|ref_protected$)\w+|(?:secrets|env|vars)\.[\w-]+|(?:steps|needs)\.[\w-]+\.outputs\.[\w-]+)$/i;

/**
 * The steps of a composite action, with what the caller hands over in place of `inputs`. Afterwards their expressions mean
 * what they would where the caller stands, so that an action in an action is read in the same way.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#runs-for-composite-actions
 */
export function compositeSteps(definition: CompositeDefinition, call: CompositeCall): CompositeSteps {
  const { given, env, folder, tokenExpressions } = call;
  const defaults = definition.inputs.map(({ name, text }) => [name.toLowerCase(), text] as const);
  const handed = [...given].map(([name, text]) => [name, withEnv(text, env)] as const);
  const values = new Map([...defaults, ...handed]);
  const actionPath = folder === null ? null : folder === '' ? '.' : `./${folder}`;
  const holding = [...values].filter(([, value]) => holdsToken(markedText(value, tokenExpressions)));
  const own = holding.map(([name]) => `inputs.${name}`);
  return {
    steps: definition.steps.map(filledStep),
    // `inputs` alone: `toJSON(inputs)`, or a name that is computed.
    tokenExpressions: [...new Set([...tokenExpressions, ...own, ...(own.length === 0 ? [] : ['inputs'])])],
  };

  function filledStep(step: Step): CompositeStep {
    const { condition, run, continueOnError, shell, workingDirectory } = step;
    const filled = {
      ...step,
      condition: condition === null ? null : filledExpression(condition),
      run: run === null ? null : filledText(run),
      with: step.with.map(filledText),
      env: [...actionPathVariable(step), ...step.env.map(filledText)],
      ...(continueOnError === undefined ? {} : { continueOnError: filledTemplate(continueOnError) }),
      ...(shell === undefined ? {} : { shell: filledTemplate(shell) }),
      ...(workingDirectory === undefined ? {} : { workingDirectory: filledTemplate(workingDirectory) }),
    };
    return hasMoreLines(step, filled) ? { ...filled, hasMoreLines: true } : filled;
  }

  function filledText<Text extends WrittenText>(written: Text): Text {
    return { ...written, text: filledTemplate(written.text) };
  }

  function filledTemplate(template: string): string {
    return template.replace(EXPRESSION, (whole: string, expression: string) => {
      const value = wholeValue(expression.trim());
      if (value === null) return `\${{${filledExpression(expression, '}}')}}}`;
      // As in `markedText`: at least as many lines, so that what comes after keeps its line.
      return value + '\n'.repeat(Math.max(0, linesOf(whole) - linesOf(value)));
    });
  }

  /** The value of an expression that is nothing but one reference. */
  function wholeValue(expression: string): string | null {
    const [match] = expression.matchAll(REFERENCE);
    return match?.[0] === expression ? valueOf(match) : null;
  }

  /** @param refused What no text may hold that is put in. */
  function filledExpression(expression: string, refused?: string): string {
    return expression.replace(REFERENCE, (...match: string[]) => {
      const [whole = ''] = match;
      const value = valueOf(match);
      const filled = value === null ? whole : inExpression(value);
      return refused !== undefined && filled.includes(refused) ? whole : filled;
    });
  }

  function valueOf([, context, plain, quoted]: readonly (string | undefined)[]): string | null {
    const name = (plain ?? quoted?.replaceAll("''", "'") ?? '').toLowerCase();
    // An input that nobody gives is empty, whether the action has it or not.
    if (context?.toLowerCase() === 'inputs') return values.get(name) ?? '';
    return context !== undefined && name === 'action_path' ? actionPath : null;
  }

  /** What `github.action_path` is in the environment of a script. */
  function actionPathVariable({ run, position }: Step): readonly NamedText[] {
    return run === null || actionPath === null ? [] : [{ name: 'GITHUB_ACTION_PATH', text: actionPath, position }];
  }
}

/** The steps of the action may have other variables of these names. */
function withEnv(written: string, env: Readonly<Record<string, string>>): string {
  return written.replace(ENV_EXPRESSION, (whole: string, name: string) =>
    Object.hasOwn(env, name) ? (env[name] ?? whole) : whole,
  );
}

/** A value as part of an expression. What an action is handed is always a text. */
function inExpression(value: string): string {
  const { type, text } = templateText(value);
  if (type !== 'expression') return `'${text.replaceAll("'", "''")}'`;
  return TEXT.test(text) ? text : `format('{0}', ${text})`;
}

function hasMoreLines(written: Step, filled: Step): boolean {
  const scripts = ({ run, with: inputs }: Step) => [run?.text ?? '', ...inputs.map(({ text }) => text)];
  const before = scripts(written);
  // A line feed at the end moves nothing.
  return scripts(filled).some((text, index) => linesOf(text.trimEnd()) > linesOf((before[index] ?? '').trimEnd()));
}

function linesOf(text: string): number {
  return text.split('\n').length;
}
