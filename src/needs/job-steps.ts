import type { StepNeed, StepUse } from '../model/needs.ts';
import type { Location } from '../model/position.ts';
import type { Job, NamedText, RunDefaults, Step, Workflow, WrittenText } from '../model/workflow.ts';
import { actionReference } from '../workflow/action-reference.ts';
import type { ActionReference } from '../workflow/action-reference.ts';
import { actionKey } from './action-files.ts';
import type { ActionDefinition } from './action-files.ts';
import { actionUse } from './action-use.ts';
import type { ActionUse } from './action-use.ts';
import { checkoutOf, givesOtherCredentials } from './checkout.ts';
import { compositeSteps } from './composite-steps.ts';
import type { NeedsWorld } from './needs-world.ts';
import { opaqueStepUse } from './opaque-step.ts';
import { shellUse } from './shell-use.ts';
import { shellsOf, workingDirectoryOf } from './shells.ts';
import type { LeftBehind, ScriptPlace, StepContext } from './step-context.ts';
import { mergedEnv } from './step-env.ts';
import { allUses, NO_USE } from './uses.ts';

/** What one step uses, and the conditions under which it runs: its own and those of the steps that lead to it. */
export interface UsedStep extends StepUse {
  readonly conditions: readonly string[];
}

/** A job as it is reached, with what decides about its token. */
export interface JobToRead {
  readonly job: Job;
  readonly workflow: Workflow;
  /** The file that defines the job, as a report names it. */
  readonly path: string;
  /** The events that start it. */
  readonly events: readonly string[];
  /** It may ask for an identity token. */
  readonly identity: boolean;
  /** Expressions that give the job's token beside GitHub's own, such as `secrets.token` of a called workflow. */
  readonly tokenExpressions: readonly string[];
}

/** What holds for some steps that stand in one file. */
interface Frame {
  readonly path: string;
  /** Outer ones first. */
  readonly env: readonly (readonly NamedText[])[];
  readonly conditions: readonly string[];
  readonly tokenExpressions: readonly string[];
  readonly tolerated: boolean;
  readonly defaults: RunDefaults;
  readonly depth: number;
}

/** No chain of composite actions is longer: https://docs.github.com/en/actions/reference/limits */
const DEEPEST = 10;

/** What the steps of a job use, in their order. Each finds what those before it left. */
export function stepsUse(read: JobToRead, world: NeedsWorld): readonly UsedStep[] {
  const { job, workflow, path, tokenExpressions } = read;
  const left: { -readonly [Key in keyof LeftBehind]: LeftBehind[Key] } = {
    git: false,
    otherGit: false,
    stored: false,
    ghLogin: false,
    registries: [],
  };
  /** The folder of the workspace that holds the repository under test; `null` before it is checked out. */
  let checkout: string | null = null;
  const used: UsedStep[] = [];
  readSteps(job.steps, {
    path,
    env: [workflow.env, job.env],
    conditions: [],
    tokenExpressions,
    tolerated: false,
    defaults: workflow.defaults ?? {},
    depth: 0,
  });
  return used;

  function readSteps(steps: readonly Step[], frame: Frame): void {
    for (const step of steps) {
      const inStep: Frame = {
        ...frame,
        env: [...frame.env, step.env],
        conditions: step.condition === null ? frame.conditions : [...frame.conditions, step.condition],
        tolerated: frame.tolerated || mayFail(step),
      };
      if (step.run !== null) note(runUse(step, step.run, inStep), inStep);
      else if (step.uses !== null) readUses(step, step.uses, inStep);
      left.otherGit ||= givesOtherCredentials(step);
    }
  }

  function note(use: ActionUse, { conditions, tolerated }: Frame): void {
    const { needs, uncertain, impossible, leaves } = use;
    if (leaves !== undefined) {
      left.git ||= leaves.git === true;
      left.otherGit ||= leaves.otherGit === true;
      left.stored ||= leaves.stored === true;
      left.ghLogin ||= leaves.ghLogin === true;
      left.registries = [...new Set([...left.registries, ...(leaves.registries ?? [])])];
    }
    const borne = tolerated ? needs.map((need): StepNeed => ({ ...need, tolerated: true })) : needs;
    used.push({ needs: borne, uncertain, impossible: tolerated ? [] : impossible, conditions });
  }

  function contextOf(place: ScriptPlace, frame: Frame, folder: string | null): StepContext {
    const { repository } = world.settings;
    const root = checkout;
    return {
      place,
      reach: {
        env: mergedEnv(...frame.env),
        tokenExpressions: frame.tokenExpressions,
        ...left,
        identity: read.identity,
      },
      ...(repository === null ? {} : { repository: `${repository.owner}/${repository.name}` }),
      events: read.events,
      ...(root === null || folder === null
        ? {}
        : { readFile: (name: string) => readIn(root, joined(folder, name), world) }),
    };
  }

  function runUse(step: Step, run: WrittenText, frame: Frame): ActionUse {
    const folder = changesFolder(run.text) ? null : workingDirectoryOf(step, job, frame.defaults);
    const context = contextOf(placeOf(frame.path, run), frame, folder);
    const uses = shellsOf(step, job, frame.defaults).map((shell) => shellUse(run.text, shell, context));
    const [only] = uses;
    if (only === undefined || uses.length === 1) return only ?? NO_USE;
    return {
      ...allUses(uses),
      leaves: {
        git: uses.some(({ leaves }) => leaves.git),
        otherGit: uses.some(({ leaves }) => leaves.otherGit === true),
        stored: uses.some(({ leaves }) => leaves.stored),
        ghLogin: uses.some(({ leaves }) => leaves.ghLogin),
        registries: uses.flatMap(({ leaves }) => leaves.registries),
      },
    };
  }

  function readUses(step: Step, uses: WrittenText, frame: Frame): void {
    const reference = actionReference(uses.text);
    const location: Location = { path: frame.path, ...uses.position };
    const inputs = new Map(step.with.map(({ name, text }) => [name.toLowerCase(), text]));
    const context = contextOf({ ...location, firstLine: scriptLine(step) }, frame, '.');
    if (reference?.kind === 'action') {
      const { name, ref } = reference;
      const declared = world.declaredActions.find((actions) => actions.has(name))?.get(name);
      if (declared !== undefined) {
        const needs = Object.entries(declared).flatMap(([permission, level]): StepNeed[] =>
          level === 'none' ? [] : [{ ...location, by: name, permission, level, because: 'the policy says so' }],
        );
        note({ ...NO_USE, needs }, frame);
        return;
      }
      const use = actionUse({ ...location, name, ref, inputs }, context);
      if (use !== null) {
        note(use, frame);
        if (name === 'actions/checkout') checkout = checkoutOf(inputs, read.events) ?? checkout;
        return;
      }
    }
    const definition = definitionOf(reference, location, frame, context, inputs);
    if (definition === null) return;
    const { steps, tokenExpressions } = compositeSteps(definition.definition, inputs);
    readSteps(steps, {
      path: definition.path,
      env: frame.env,
      conditions: frame.conditions,
      tokenExpressions: [...frame.tokenExpressions, ...tokenExpressions],
      tolerated: frame.tolerated,
      defaults: definition.definition.defaults ?? {},
      depth: frame.depth + 1,
    });
  }

  /** A composite action that can be looked into; of all others it is noted what they may use. */
  function definitionOf(
    reference: ActionReference | null,
    location: Location,
    frame: Frame,
    context: StepContext,
    inputs: ReadonlyMap<string, string>,
  ): { readonly path: string; readonly definition: ActionDefinition & { kind: 'composite' } } | null {
    const opaque = (because: string) => {
      note(opaqueStepUse(reference, location, because, context, inputs), frame);
      return null;
    };
    if (reference === null) return opaque('it is not known what it uses');
    if (reference.kind === 'image') return opaque('what the image does is not known');
    const key =
      reference.kind === 'local' ? actionKey({ kind: 'checkout', folder: folderOf(reference.path) }) : keyOf(reference);
    const file = world.actionFiles.get(key);
    if (file === undefined) return opaque('what it does is not known');
    if (file.kind !== 'found') return opaque(`what it does is not known: ${file.reason}`);
    const { definition, path: found } = file;
    if (definition.kind === 'program') return opaque('it is a program, and what it does is not known');
    if (frame.depth >= DEEPEST) return opaque(`actions use actions more than ${DEEPEST} times over`);
    return { path: found, definition };
  }
}

/** A script after `cd` names files from elsewhere. */
function changesFolder(script: string): boolean {
  return /(^|[\s;&|(])(cd|chdir|pushd|Set-Location|sl)\s/im.test(script);
}

function mayFail({ continueOnError }: Step): boolean {
  return continueOnError !== undefined && continueOnError !== 'false';
}

/** Where a text stands; the lines of one that has several begin below its key. */
function placeOf(path: string, { text, position }: WrittenText): ScriptPlace {
  return { path, ...position, firstLine: text.includes('\n') ? position.line + 1 : position.line };
}

/** The line on which the input `script` begins, for actions that run one. */
function scriptLine({ with: inputs }: Step): number | null {
  const script = inputs.find(({ name }) => name.toLowerCase() === 'script');
  return script === undefined ? null : placeOf('', script).firstLine;
}

function folderOf(path: string): string {
  return path.replace(/^[.$]\//, '').replace(/\/+$/, '');
}

function keyOf({ name, ref }: ActionReference & { kind: 'action' }): string {
  const [owner = '', repository = '', ...folder] = name.split('/');
  return actionKey({ kind: 'repository', owner, name: repository, folder: folder.join('/'), ref });
}

function joined(folder: string, name: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${name}`.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** A file of the workspace, where the repository under test is checked out in a folder of it. */
function readIn(root: string, name: string, { readFile }: NeedsWorld): string | null {
  const path = joined('.', name);
  if (path.startsWith('..')) return null;
  if (root === '.') return readFile(path);
  const folder = joined('.', root);
  return path.startsWith(`${folder}/`) ? readFile(path.slice(folder.length + 1)) : null;
}
