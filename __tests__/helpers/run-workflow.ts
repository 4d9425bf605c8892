import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { BooleanData } from '@actions/expressions/data/boolean';
import { Dictionary } from '@actions/expressions/data/dictionary';
import type { ExpressionData } from '@actions/expressions/data/expressiondata';
import { StringData } from '@actions/expressions/data/string';
import { Evaluator } from '@actions/expressions/evaluator';
import { wellKnownFunctions } from '@actions/expressions/funcs';
import { parse } from 'yaml';

import { readExpression } from '../../src/workflow/expression.ts';
import { temporaryFolder } from '../edge/temporary-folder.ts';

/** What of a workflow file is run here. */
interface WrittenStep {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

interface WrittenJob {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: string };
  readonly steps: readonly WrittenStep[];
}

interface WrittenWorkflow {
  readonly on: {
    readonly workflow_call: {
      readonly inputs: Readonly<Record<string, { readonly default?: unknown }>>;
      readonly outputs: Readonly<Record<string, { readonly value: string }>>;
    };
  };
  readonly jobs: Readonly<Record<string, WrittenJob>>;
}

type Result = 'success' | 'failure' | 'skipped';
type Outputs = Readonly<Record<string, string>>;

/** What an action does in place of the real one: it gets its inputs and the folder of its job, and returns its outputs. */
export type StandIn = (inputs: Outputs, workspace: string) => Outputs | Promise<Outputs>;

/** A call of a workflow file, and the machine that it runs on. */
export interface WorkflowRun {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly secrets?: Outputs;
  /** The contexts `github` and `job`. */
  readonly github: Readonly<Record<string, unknown>>;
  readonly job: Readonly<Record<string, unknown>>;
  /** What every step has in its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** By their names, without a ref. */
  readonly actions: Readonly<Record<string, StandIn>>;
  /** Is told which job is about to run, and may fail it in place of its scripts. */
  readonly breaks?: (job: string, matrix: Readonly<Record<string, unknown>>) => boolean;
  /** An earlier attempt, whose failed jobs alone run again, and those that need them. */
  readonly again?: WorkflowEnded;
}

/** How a job ended; with a matrix, the worst of its legs. */
export interface JobEnded {
  readonly result: Result;
  readonly outputs: Outputs;
  readonly log: string;
  /** Each leg of a matrix by itself. */
  readonly legs?: readonly JobEnded[];
}

export interface WorkflowEnded {
  readonly jobs: Readonly<Record<string, JobEnded>>;
  readonly outputs: Outputs;
  readonly summary: string;
}

/** What expressions of a step may look at (https://docs.github.com/en/actions/reference/contexts-reference#context-availability). */
const CONTEXTS = ['github', 'inputs', 'secrets', 'needs', 'strategy', 'matrix', 'steps', 'job', 'jobs', 'env'];
const FUNCTIONS = ['always(0,0)', 'success(0,0)', 'failure(0,0)', 'cancelled(0,0)'];

type Contexts = Readonly<Record<string, unknown>>;

function dataOf(json: unknown): ExpressionData {
  return wellKnownFunctions.fromjson!.call(new StringData(JSON.stringify(json)));
}

/** The value of one expression. */
function evaluate(expression: string, contexts: Contexts, isGood: boolean): unknown {
  const read = readExpression(expression, [...CONTEXTS, ...FUNCTIONS]);
  if ('error' in read || read.tree === null) throw new Error(`this expression is not understood: ${expression}`);
  const values = new Dictionary(...Object.entries(contexts).map(([key, json]) => ({ key, value: dataOf(json) })));
  const status = { success: isGood, failure: !isGood, cancelled: false, always: true };
  const functions = new Map(
    Object.entries(status).map(([name, value]) => [
      name,
      { name, minArgs: 0, maxArgs: 0, call: () => new BooleanData(value) },
    ]),
  );
  const value = new Evaluator(read.tree, values, functions).evaluate();
  return JSON.parse((wellKnownFunctions.tojson!.call(value) as StringData).value);
}

/** A text with its expressions replaced by what they are. */
function filled(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const value = evaluate(expression, contexts, true);
    return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
  });
}

function allFilled(texts: Readonly<Record<string, unknown>>, contexts: Contexts): Outputs {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, filled(String(text), contexts)]));
}

/** Without a status function, a condition holds only while all went well. */
function holds(condition: string | undefined, contexts: Contexts, isGood: boolean): boolean {
  if (condition === undefined) return isGood;
  const asksStatus = /\b(?:always|success|failure|cancelled)\(/.test(condition);
  return Boolean(evaluate(condition, contexts, isGood)) && (asksStatus || isGood);
}

/** https://docs.github.com/en/actions/reference/workflow-syntax-for-github-actions#defaultsrunshell */
const BASH = ['--noprofile', '--norc', '-eo', 'pipefail'];

async function runScript(script: string, workspace: string, env: NodeJS.ProcessEnv): Promise<[Result, string]> {
  const file = path.join(temporaryFolder({ 'script.sh': script }), 'script.sh');
  const child = spawn('bash', [...BASH, file], { cwd: workspace, env });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return [status === 0 ? 'success' : 'failure', log];
}

/**
 * Runs the jobs of a reusable workflow as a runner would, one after the other, each in a folder of its own: scripts with
 * bash, actions by what stands in for them.
 */
export async function runWorkflow(file: string, run: WorkflowRun): Promise<WorkflowEnded> {
  const workflow = parse(readFileSync(file, 'utf8')) as WrittenWorkflow;
  const { inputs: declared, outputs: promised } = workflow.on.workflow_call;
  const defaults = Object.fromEntries(Object.entries(declared).map(([name, input]) => [name, input.default ?? '']));
  const given = {
    github: run.github,
    inputs: { ...defaults, ...run.inputs },
    secrets: run.secrets ?? {},
    job: run.job,
  };
  const jobs: Record<string, JobEnded> = {};
  const summary = path.join(temporaryFolder({ summary: '' }), 'summary');

  for (const [id, job] of Object.entries(workflow.jobs)) jobs[id] = await runJob(id, job);
  const outputs = Object.entries(promised).map(([name, { value }]) => [name, filled(value, { jobs })]);
  return {
    jobs,
    outputs: Object.fromEntries(outputs) as Outputs,
    summary: readFileSync(summary, 'utf8'),
  };

  async function runJob(id: string, job: WrittenJob): Promise<JobEnded> {
    const needed = [job.needs ?? []].flat();
    const needs = Object.fromEntries(needed.map((name) => [name, jobs[name]]));
    const isGood = needed.every((name) => jobs[name]?.result === 'success');
    const contexts = { ...given, needs };
    if (!holds(job.if, contexts, isGood)) return { result: 'skipped', outputs: {}, log: '' };
    const matrix = job.strategy === undefined ? null : (JSON.parse(filled(job.strategy.matrix, contexts)) as Matrix);
    const before = run.again?.jobs[id]?.legs ?? [];
    const stays = needed.every((name) => jobs[name] === run.again?.jobs[name]);
    if (stays && run.again?.jobs[id]?.result === 'success') return run.again.jobs[id];
    const legs: JobEnded[] = [];
    for (const [index, leg] of (matrix?.include ?? [{}]).entries()) {
      const earlier = stays ? before[index] : undefined;
      legs.push(earlier?.result === 'success' ? earlier : await runLeg(id, job, { ...contexts, matrix: leg }));
    }
    return {
      legs,
      result: legs.every(({ result }) => result === 'success') ? 'success' : 'failure',
      outputs: legs.at(-1)?.outputs ?? {},
      log: legs.map(({ log }) => log).join(''),
    };
  }

  async function runLeg(
    id: string,
    job: WrittenJob,
    contexts: Contexts & { readonly matrix: Readonly<Record<string, unknown>> },
  ): Promise<JobEnded> {
    const workspace = temporaryFolder();
    const steps: Record<string, { readonly outputs: Outputs }> = {};
    let result: Result = 'success';
    let log = '';
    const isBroken = run.breaks?.(id, contexts.matrix) ?? false;
    for (const step of job.steps) {
      const known = { ...contexts, steps };
      if (!holds(step.if, known, result === 'success')) continue;
      const [ended, outputs, said] = await runStep(step, known, workspace, isBroken);
      if (step.id !== undefined) steps[step.id] = { outputs };
      if (ended === 'failure') result = 'failure';
      log += said;
    }
    return { result, outputs: allFilled(job.outputs ?? {}, { ...contexts, steps }), log };
  }

  async function runStep(
    step: WrittenStep,
    contexts: Contexts,
    workspace: string,
    isBroken: boolean,
  ): Promise<[Result, Outputs, string]> {
    if (step.uses !== undefined) {
      const name = step.uses.replace(/@.*/, '');
      const standIn = run.actions[name];
      if (standIn === undefined) throw new Error(`nothing stands in for ${name}`);
      return ['success', await standIn(allFilled(step.with ?? {}, contexts), workspace), ''];
    }
    if (isBroken) return ['failure', {}, 'The runner was lost.\n'];
    const output = path.join(temporaryFolder({ output: '' }), 'output');
    const env = {
      ...run.env,
      ...allFilled(step.env ?? {}, contexts),
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
    };
    const [result, log] = await runScript(filled(step.run ?? '', contexts), workspace, env);
    const lines = readFileSync(output, 'utf8').trim().split('\n');
    return [result, Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) as Outputs, log];
  }
}

interface Matrix {
  readonly include: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Stand-ins for the actions that keep artifacts, each a folder of `folder`.
 *
 * @param earlier the artifacts of earlier runs: a folder for each run, by its id.
 */
export function artifactActions(
  folder: string,
  earlier: Readonly<Record<string, string>> = {},
): Readonly<Record<string, StandIn>> {
  return {
    'actions/upload-artifact': (inputs, workspace) => {
      const { name = 'artifact', path: from = '' } = inputs;
      const source = path.join(workspace, from);
      if (!existsSync(source)) {
        if (inputs['if-no-files-found'] === 'error') throw new Error(`no files for the artifact ${name}`);
        return {};
      }
      rmSync(path.join(folder, name), { recursive: true, force: true });
      cpSync(source, path.join(folder, name), { recursive: true });
      return {};
    },
    'actions/download-artifact': (inputs, workspace) => {
      const { name = '', pattern = '', path: to = '.' } = inputs;
      const from = inputs['run-id'] === undefined ? folder : (earlier[inputs['run-id']] ?? '');
      const wanted = new RegExp(`^${(name || pattern).replaceAll('*', '.*')}$`);
      const found = readdirSync(from).filter((one) => wanted.test(one));
      if (name !== '' && found.length === 0) throw new Error(`there is no artifact ${name}`);
      for (const one of found) cpSync(path.join(from, one), path.join(workspace, to), { recursive: true });
      return {};
    },
  };
}
