import type { StepNeed, StepUse } from '../../model/needs.ts';
import { chancesOf, startedBy } from './action-condition.ts';
import type { KnownStep } from './action-step.ts';
import { inputOf } from './action-step.ts';
import type { ActionEntry, EntryCredential, EntryScript } from './action-table.ts';
import { holderFor, holderOfCredential } from './action-token.ts';
import { opaqueUse } from '../commands/command.ts';
import type { CommandCall } from '../commands/command.ts';
import { foundBy, shellUse } from '../scripts/shell-use.ts';
import type { LeftBehind } from '../left-behind.ts';
import type { Holder } from '../step-token.ts';
import { stepEnvironment } from '../step-token.ts';
import { allUses, impossibleFor, leaving, NO_USE, neededBy, uncertainFor } from '../uses.ts';

/** What an action uses, and what it leaves for the steps after it. */
export interface ActionUse extends StepUse {
  readonly leaves?: Partial<LeftBehind>;
}

const MAYBE_TOKEN = 'it may have the job’s token';
const MAYBE_ON = 'an input that is not known may turn it on';

/** What a step uses by one entry of the table. */
export function entryUse(entry: ActionEntry, known: KnownStep): ActionUse {
  const holder = holderFor(entry.token, known);
  const uses: readonly ActionUse[] = [
    permissionsUse(entry, holder, known),
    impossibleUse(entry, holder, known),
    runUse(entry, known),
    leftUse(entry, holder, known),
  ];
  const leaves = allLeft(uses);
  const all = allUses(uses);
  return Object.keys(leaves).length > 0 ? leaving(all, leaves) : all;
}

/** The credential that a line is about: no other than the identity token gives identity. */
function credentialOfLine(line: {
  readonly permission?: string;
  readonly credential?: EntryCredential;
}): EntryCredential {
  return line.credential ?? (line.permission === 'id-token' ? 'identity' : 'token');
}

function permissionsUse(entry: ActionEntry, holder: Holder, known: KnownStep): StepUse {
  const { inputDefaults = {}, uncertain = [] } = entry;
  const needed = entry.permissions.map((line): StepUse => {
    const whose = holderOfCredential(credentialOfLine(line), holder, known);
    if (whose === 'none' || whose === 'other') return NO_USE;
    const uses = chancesOf(line.when ?? {}, known, inputDefaults).map(({ sure, when }): StepUse => {
      if (!sure || whose === 'maybe')
        return inRuns(when.events, known)
          ? uncertainFor(known.caller, [line.permission], sure ? MAYBE_TOKEN : MAYBE_ON)
          : NO_USE;
      const demands = [line.permission, ...(line.instead ?? [])].map((permission) => [
        { permission, level: line.level },
      ]);
      const use = neededBy({ ...known.caller, tolerated: line.tolerated === true }, demands, line.because);
      return {
        ...use,
        needs: use.needs.map((need): StepNeed => ({
          ...need,
          ...(Object.keys(when).length > 0 ? { when } : {}),
          ...(line.optional === true ? { optional: true } : {}),
        })),
      };
    });
    return allUses(uses);
  });
  const open = uncertain.map((line): StepUse => {
    if (line.credential === 'identity' && known.context.reach.identity !== true) return NO_USE;
    const whose = holderOfCredential(credentialOfLine(line), holder, known);
    if (whose === 'none' || whose === 'other') return NO_USE;
    const chances = chancesOf(line.when ?? {}, known, inputDefaults).filter(({ when }) => inRuns(when.events, known));
    return chances.length === 0 ? NO_USE : uncertainFor(known.caller, line.permissions, line.because);
  });
  return allUses([...needed, ...open]);
}

/** Whether the job has runs of some events. */
function inRuns(events: readonly string[] | undefined, known: KnownStep): boolean {
  const started = startedBy(known);
  return events === undefined || started === undefined || events.some((event) => started.includes(event));
}

function impossibleUse(
  { impossible = [], inputDefaults = {} }: ActionEntry,
  holder: Holder,
  known: KnownStep,
): StepUse {
  const uses = impossible.map((line): StepUse => {
    if (holderOfCredential(credentialOfLine(line), holder, known) !== 'own') return NO_USE;
    const sure = chancesOf(line.when ?? {}, known, inputDefaults).some(
      (chance) => chance.sure && inRuns(chance.when.events, known),
    );
    return sure ? impossibleFor(known.caller, line.what, line.because) : NO_USE;
  });
  return allUses(uses);
}

/** What an action runs of the workflow's own. */
function runUse({ runs, inputDefaults = {} }: ActionEntry, known: KnownStep): ActionUse {
  if (runs === undefined) return NO_USE;
  if (typeof runs !== 'string') return scriptsUse(runs, inputDefaults, known);
  const reachable = opaqueUse(callOf(known), known.step.name);
  return runs === 'anything' || reachable.uncertain.some(({ permissions }) => permissions === 'all')
    ? reachable
    : NO_USE;
}

/** Scripts run one after the other, and what one leaves is there for the steps behind. */
function scriptsUse(
  scripts: readonly EntryScript[],
  defaults: Readonly<Record<string, string>>,
  known: KnownStep,
): ActionUse {
  const { step, context } = known;
  // The lines of an input are not counted.
  const place = { path: step.path, line: step.line, column: step.column, firstLine: null };
  const uses = scripts.flatMap(({ input, shell }) => {
    const script = inputOf(known, input) ?? defaults[input] ?? '';
    return script === '' ? [] : [shellUse(script, inputOf(known, 'shell') ?? shell, { ...context, place })];
  });
  const [first] = uses;
  return first === undefined ? NO_USE : leaving(allUses(uses), first.leaves);
}

function callOf({ step, context, caller }: KnownStep): CommandCall {
  const invocation = { words: [step.name], line: 0, column: 1, env: {}, input: null, writes: [], tolerated: false };
  const environment = stepEnvironment(context.reach);
  return { program: step.name, args: [], invocation, environment, caller, context, found: foundBy(context.reach) };
}

/** What is left behind; what may be, or may be the job's token, is all that later steps could do with it. */
function leftUse({ leaves = [], inputDefaults = {} }: ActionEntry, holder: Holder, known: KnownStep): ActionUse {
  if (holder !== 'own' && holder !== 'maybe') return NO_USE;
  const uses = leaves.map(({ what, when = {} }): ActionUse => {
    const chances = chancesOf(when, known, inputDefaults);
    if (chances.length === 0) return NO_USE;
    const sure = holder === 'own' && chances.some((chance) => chance.sure);
    switch (what) {
      case 'git':
        return sure ? leaving(NO_USE, { git: true }) : uncertainFor(known.caller, ['contents'], MAYBE_TOKEN);
      case 'ghcr.io':
        return sure ? leaving(NO_USE, { registries: [what] }) : uncertainFor(known.caller, ['packages'], MAYBE_TOKEN);
      case 'stored':
      case 'ghLogin':
        return sure ? leaving(NO_USE, { [what]: true }) : uncertainFor(known.caller, 'all', MAYBE_TOKEN);
    }
  });
  return leaving(allUses(uses), allLeft(uses));
}

function allLeft(uses: readonly ActionUse[]): Partial<LeftBehind> {
  return uses.reduce<Partial<LeftBehind>>((all, { leaves }) => ({ ...all, ...leaves }), {});
}
