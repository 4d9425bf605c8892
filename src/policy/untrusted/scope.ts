import type { Job, NamedText, Step, Workflow } from '../../model/workflow.ts';
import { valuesIn } from './values.ts';
import type { ContextPath } from './values.ts';

/** What a step's texts can name: the environment and the steps around it. */
export interface Scope {
  readonly workflow: Workflow;
  readonly job: Job;
  readonly step: Step;
}

/** No chain of variables is longer in earnest. */
const MOST_VARIABLES = 4;

/** The contexts whose values a text takes in, those behind `env` included. */
export function originsIn(text: string, scope: Scope, depth = 0): readonly ContextPath[] {
  return valuesIn(text).flatMap((path) => {
    const [context, name] = path;
    if (context !== 'env' || name === undefined || depth >= MOST_VARIABLES) return [path];
    const variable = variableOf(scope, name);
    return variable === undefined ? [path] : originsIn(variable.text, scope, depth + 1);
  });
}

/** The variable of a name, the nearest one: of the step, the job or the workflow. */
export function variableOf({ step, job, workflow }: Scope, name: string): NamedText | undefined {
  return [step.env, job.env, workflow.env]
    .map((variables) => variables.find((one) => one.name.toLowerCase() === name))
    .find((found) => found !== undefined);
}

/** Whether a script names a variable, as `$NAME`, `${NAME}` or `$env:NAME`. */
export function namesVariable(script: string, name: string): boolean {
  return /^\w+$/.test(name) && new RegExp(`\\$(?:\\{|env:)?${name}\\b`, 'i').test(script);
}

/** The value of an input of a step; `undefined` when it is not written. */
export function inputOf(step: Step, ...names: readonly string[]): NamedText | undefined {
  return step.with.find(({ name }) => names.includes(name.toLowerCase()));
}
