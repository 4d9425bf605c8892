import type { Place } from '../calls/place.ts';
import type { StepNeed, StepUse } from '../model/needs.ts';
import type { Permissions } from '../model/permission.ts';
import type { Location } from '../model/position.ts';
import type { Job, RunDefaults, Step, Workflow, WrittenText } from '../model/workflow.ts';
import { actionReference } from '../workflow/action-reference.ts';
import type { ActionReference } from '../workflow/action-reference.ts';
import { actionKey, MOST_NESTED_ACTIONS } from './actions/action-files.ts';
import type { CompositeDefinition } from './actions/action-files.ts';
import { actionHome, actionPlace, jobHome, workspaceFolder } from './actions/action-place.ts';
import type { StepHome } from './actions/action-place.ts';
import { actionUse } from './actions/action-use.ts';
import type { ActionUse } from './actions/action-use.ts';
import { checkoutOf, givesOtherCredentials } from './actions/checkout.ts';
import { compositeSteps } from './actions/composite-steps.ts';
import type { CompositeStep } from './actions/composite-steps.ts';
import { imagePulls } from './image-pulls.ts';
import { isOwnAction, type NeedsWorld } from './needs-world.ts';
import { opaqueStepUse } from './opaque-step.ts';
import { usedOnce } from './known-uses.ts';
import type { KnownUses } from './known-uses.ts';
import { leftAlso, NOTHING_LEFT } from './left-behind.ts';
import { shellUse } from './scripts/shell-use.ts';
import type { ScriptUse } from './scripts/shell-use.ts';
import { shellsOf, workingDirectoryOf } from './scripts/shells.ts';
import type { ScriptPlace, StepContext } from './step-context.ts';
import { withEnv } from './step-env.ts';
import { allUses, leaving, neededBy, NO_USE } from './uses.ts';
import { changesFolder, readInWorkspace } from './workspace-files.ts';

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
  readonly place: Place;
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
  readonly env: Readonly<Record<string, string>>;
  readonly conditions: readonly string[];
  readonly tokenExpressions: readonly string[];
  readonly tolerated: boolean;
  readonly defaults: RunDefaults;
  /** What the steps mean by an action without a repository. */
  readonly home: StepHome;
  readonly depth: number;
}

/** No more steps of one job are followed. Actions that use one another several times would never end. */
const MOST_STEPS = 2000;

/** Steps that were read before, in this job or in another one. */
export interface KnownSteps {
  readonly scripts: KnownUses<ScriptUse>;
  readonly actions: KnownUses<ActionUse | null>;
}

/** What the steps of a job use, in their order. Each finds what those before it left. */
export function stepsUse(read: JobToRead, world: NeedsWorld, known: KnownSteps): readonly UsedStep[] {
  const { job, workflow, path, tokenExpressions } = read;
  let left = NOTHING_LEFT;
  /** The folder of the workspace that holds the repository under test; `null` before it is checked out. */
  let checkout: string | null = null;
  let followed = 0;
  const used: UsedStep[] = [{ ...imagePulls(read), conditions: [] }];
  readSteps(job.steps, {
    path,
    env: withEnv(withEnv({}, workflow.env), job.env),
    conditions: [],
    tokenExpressions,
    tolerated: false,
    defaults: workflow.defaults ?? {},
    home: jobHome(read.place, job, world.settings.repository),
    depth: 0,
  });
  return used;

  function readSteps(steps: readonly CompositeStep[], frame: Frame): void {
    for (const step of steps) {
      followed += 1;
      const inStep: Frame = {
        ...frame,
        env: withEnv(frame.env, step.env),
        conditions: step.condition === null ? frame.conditions : [...frame.conditions, step.condition],
        tolerated: frame.tolerated || mayFail(step),
      };
      if (step.run !== null) note(runUse(step, step.run, inStep), inStep);
      else if (step.uses !== null) readUses(step, step.uses, inStep);
      if (givesOtherCredentials(step)) left = leftAlso(left, { otherGit: true });
    }
  }

  function note(use: ActionUse, { conditions, tolerated }: Frame): void {
    const { needs, uncertain, impossible, leaves } = use;
    if (leaves !== undefined) left = leftAlso(left, leaves);
    const borne = tolerated ? needs.map((need): StepNeed => ({ ...need, tolerated: true })) : needs;
    used.push({ needs: borne, uncertain, impossible: tolerated ? [] : impossible, conditions });
  }

  function contextOf(place: ScriptPlace, frame: Frame, folder: string | null): StepContext {
    const { repository } = world.settings;
    const root = checkout;
    return {
      place,
      reach: {
        env: frame.env,
        tokenExpressions: frame.tokenExpressions,
        ...left,
        identity: read.identity,
      },
      ...(repository === null ? {} : { repository: `${repository.owner}/${repository.name}` }),
      events: read.events,
      ...(root === null || folder === null
        ? {}
        : { readFile: (name: string) => readInWorkspace(root, `${folder}/${name}`, world.readFile) }),
    };
  }

  function runUse(step: CompositeStep, run: WrittenText, frame: Frame): ActionUse {
    const folder = changesFolder(run.text) ? null : workingDirectoryOf(step, job, frame.defaults);
    const context = contextOf(placeOf(frame.path, run, step), frame, folder);
    const uses = shellsOf(step, job, frame.defaults).map((shell) =>
      usedOnce({ what: run.text, with: [shell] }, context, known.scripts, (inContext) =>
        shellUse(run.text, shell, inContext),
      ),
    );
    const [only] = uses;
    if (only === undefined || uses.length === 1) return only ?? NO_USE;
    return leaving(allUses(uses), uses.map(({ leaves }) => leaves).reduce(leftAlso, NOTHING_LEFT));
  }

  function readUses(step: CompositeStep, uses: WrittenText, frame: Frame): void {
    const reference = actionReference(uses.text);
    const location: Location = { path: frame.path, ...uses.position };
    const inputs = new Map(step.with.map(({ name, text }) => [name.toLowerCase(), text]));
    const { path, line, column } = location;
    const context = contextOf({ path, line, column, firstLine: scriptLine(step) }, frame, '.');
    if (reference?.kind === 'action') {
      const { name, ref } = reference;
      const declared = world.declaredActions.find((actions) => actions.has(name))?.get(name);
      if (declared !== undefined) return note(declaredUse(name, declared, location), frame);
      if (isOwnAction(name, world)) {
        const caller = { location, by: name, events: read.events, tolerated: false };
        note(neededBy(caller, [[{ permission: 'contents', level: 'read' }]], 'reads the workflow files'), frame);
        return;
      }
      const inContext = { ...context, place: { path, line, column, firstLine: null } };
      const use = usedOnce({ what: `${name}@${ref}`, with: [...inputs] }, inContext, known.actions, (watched) =>
        actionUse({ ...location, name, ref, inputs }, watched),
      );
      if (use !== null) {
        note(use, frame);
        if (name === 'actions/checkout') checkout = checkoutOf(inputs, read.events) ?? checkout;
        return;
      }
    }
    const action = actionOf(reference, uses.text, location, frame, context, inputs);
    if (action === null) return;
    const { steps, tokenExpressions } = compositeSteps(action.definition, {
      given: inputs,
      env: context.reach.env,
      folder: workspaceFolder(uses.text, frame.home),
      tokenExpressions: frame.tokenExpressions,
    });
    readSteps(steps, {
      path: action.path,
      env: frame.env,
      conditions: frame.conditions,
      tokenExpressions,
      tolerated: frame.tolerated,
      defaults: {},
      home: action.home,
      depth: frame.depth + 1,
    });
  }

  /** A composite action that can be looked into; of all others it is noted what they may use. */
  function actionOf(
    reference: ActionReference | null,
    written: string,
    location: Location,
    frame: Frame,
    context: StepContext,
    inputs: ReadonlyMap<string, string>,
  ): { readonly path: string; readonly home: StepHome; readonly definition: CompositeDefinition } | null {
    const opaque = (because: string) => {
      note(opaqueStepUse(reference, location, because, context, inputs), frame);
      return null;
    };
    if (reference === null) return opaque('it is not known what it uses');
    if (reference.kind === 'image') return opaque('what the image does is not known');
    const place = actionPlace(written, frame.home);
    const file = place === null ? undefined : world.actionFiles.get(actionKey(place));
    if (place === null || file === undefined) return opaque('what it does is not known');
    if (file.kind !== 'found') return opaque(`what it does is not known: ${file.reason}`);
    const { definition, path: found } = file;
    if (definition.kind === 'program') return opaque('it is a program, and what it does is not known');
    if (frame.depth >= MOST_NESTED_ACTIONS) {
      return opaque(`actions use actions more than ${MOST_NESTED_ACTIONS} times over`);
    }
    if (followed > MOST_STEPS) return opaque(`the actions of this job have more than ${MOST_STEPS} steps`);
    return { path: found, home: actionHome(place, frame.home), definition };
  }
}

/** What a policy says that an action needs. */
function declaredUse(action: string, permissions: Permissions, location: Location): ActionUse {
  const needs = Object.entries(permissions).flatMap(([permission, level]): StepNeed[] =>
    level === 'none' ? [] : [{ ...location, by: action, permission, level, because: 'the policy says so' }],
  );
  return { ...NO_USE, needs };
}

function mayFail({ continueOnError }: Step): boolean {
  return continueOnError !== undefined && continueOnError !== 'false';
}

/** Where a text stands; the lines of one that has several begin below its key. */
function placeOf(path: string, { text, position }: WrittenText, { hasMoreLines }: CompositeStep): ScriptPlace {
  const { line, column } = position;
  if (hasMoreLines === true) return { path, line, column, firstLine: null };
  return { path, line, column, firstLine: text.includes('\n') ? line + 1 : line };
}

/** The line on which the input `script` begins, for actions that run one. */
function scriptLine(step: CompositeStep): number | null {
  const script = step.with.find(({ name }) => name.toLowerCase() === 'script');
  return script === undefined ? null : placeOf('', script, step).firstLine;
}
