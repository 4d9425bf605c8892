import type { JobInChain } from '../../calls/call-tree.ts';
import type { Step } from '../../model/workflow.ts';
import { assignedIn } from './assignments.ts';
import { inputOf, namesVariable, variableOf } from './scope.ts';
import type { Scope } from './scope.ts';
import { valuesIn } from './values.ts';
import type { ContextPath } from './values.ts';

/** Where a text stands: it can name variables around it, steps of its job, the jobs that this one needs, its inputs. */
export interface Place {
  readonly chained: JobInChain;
  /** `null` for a text that stands at the job itself. */
  readonly step: Step | null;
}

/** A value that comes into a text, and the place at which it has that name. */
export interface Origin {
  readonly path: ContextPath;
  readonly place: Place;
  /** A text on the way puts `pull/` in front of it. */
  readonly isPull: boolean;
  /** A script on the way seems to look at what it hands on. */
  readonly isChecked: boolean;
}

interface Way extends Pick<Origin, 'isPull' | 'isChecked'> {
  readonly depth: number;
  /** Values that were followed already: with every one of them once, no file takes long. */
  readonly seen: Set<string>;
}

/** No chain of variables, outputs and inputs is longer in earnest, and none branches more. */
const LONGEST = 8;
const MOST_FOLLOWED = 200;

function start(): Way {
  return { isPull: false, isChecked: false, depth: 0, seen: new Set() };
}

/** What a script does that checks a value, or keeps no more than a part of it. */
export const CHECKS =
  /=~|\b(?:grep|tr|sed|cut|awk|parseInt|isInteger|Number|tonumber|sha256sum|base64)\b|\.(?:match|test|replace|replaceAll)\(|\bcase\b|%d/;

/** The values that a text takes in, and those behind variables, outputs and inputs. */
export function tracedIn(text: string, place: Place, way: Way = start()): readonly Origin[] {
  return valuesIn(text).flatMap((path) => follow(path, place, passing(text, way)));
}

function passing(text: string, way: Way): Way {
  return way.isPull || !/(?:^|[/\s"'=])pull\//.test(text) ? way : { ...way, isPull: true };
}

/** A value itself, and what it is made of. */
function follow(path: ContextPath, place: Place, way: Way): readonly Origin[] {
  const { depth, seen, isPull, isChecked } = way;
  const { chained, step } = place;
  const key = JSON.stringify([chained.ids, chained.job.id, step?.position, path, isPull, isChecked]);
  if (seen.has(key) || seen.size >= MOST_FOLLOWED) return [];
  seen.add(key);
  const itself: Origin = { path, place, isPull, isChecked };
  return depth >= LONGEST ? [itself] : [itself, ...behind(path, place, { ...way, depth: depth + 1 })];
}

function behind([context, id = '', , output = '']: ContextPath, place: Place, way: Way): readonly Origin[] {
  const { chained } = place;
  const { caller, job, file } = chained;
  switch (context) {
    case 'env': {
      const variable = variableOf(scopeOf(place), id);
      return variable === undefined
        ? job.steps.flatMap((step) => handedOn(step, id, { chained, step }, way))
        : tracedIn(variable.text, place, way);
    }
    case 'inputs': {
      if (caller === null) return [];
      const passed = caller.job.uses?.inputs.find(({ name }) => name.toLowerCase() === id);
      return tracedIn(passed?.expression ?? '', { chained: caller, step: null }, way);
    }
    case 'needs': {
      if (!job.needs.some((one) => one.toLowerCase() === id)) return [];
      const needed = file.read.workflow.jobs.filter((one) => one.id.toLowerCase() === id);
      return needed.flatMap((one) => {
        const written = one.outputs?.find(({ name }) => name.toLowerCase() === output);
        return tracedIn(written?.text ?? '', { chained: { ...chained, job: one }, step: null }, way);
      });
    }
    case 'steps':
      return job.steps
        .filter((step) => step.id?.toLowerCase() === id)
        .flatMap((step) => handedOn(step, output, { chained, step }, way));
    default:
      return [];
  }
}

/** What a step's script writes under a name, as an output or a variable for later steps. */
function handedOn(step: Step, name: string, place: Place, way: Way): readonly Origin[] {
  const script = step.run ?? inputOf(step, 'script');
  if (script === undefined) return [];
  const next = { ...way, isChecked: way.isChecked || CHECKS.test(script.text) };
  const { texts, paths } = assignedIn(script.text, name);
  return [
    ...texts.flatMap((text) => [...tracedIn(text, place, next), ...tracedVariables(text, place, passing(text, next))]),
    ...paths.flatMap((path) => follow(path, place, next)),
  ];
}

/** Variables that the runner sets by itself. */
const BY_RUNNER: readonly (readonly [string, ContextPath])[] = [['GITHUB_HEAD_REF', ['github', 'head_ref']]];

/** The variables that a script names, as `$NAME`, `${NAME}` or `$env:NAME`, with where their values come from. */
export function tracedVariables(script: string, place: Place, way: Way = start()): readonly Origin[] {
  const { workflow, job, step } = scopeOf(place);
  const set = [...step.env, ...job.env, ...workflow.env];
  return [
    ...set.flatMap(({ name, text }) => (namesVariable(script, name) ? tracedIn(text, place, way) : [])),
    ...BY_RUNNER.flatMap(([name, path]) => (namesVariable(script, name) ? follow(path, place, way) : [])),
  ];
}

function scopeOf({ chained: { job, file }, step }: Place): Scope {
  return { workflow: file.read.workflow, job, step: step ?? NO_STEP };
}

const NO_STEP: Step = { position: { line: 0, column: 0 }, condition: null, uses: null, run: null, with: [], env: [] };
