import { groupBy } from '../calls/group-by.ts';
import type { Change } from '../model/change.ts';
import type { Actor } from '../model/grant.ts';
import type { Labelled, SettingsCase, SettingsLabel } from '../token/settings-case.ts';
import type { Cell, EventCells } from './cells.ts';
import type { Transition } from './kinds.ts';

/** A transition, and some of the runs in which it happens. */
export interface Folded {
  readonly transition: Transition;
  readonly runs: Pick<
    Change,
    | 'events'
    | 'actions'
    | 'actor'
    | 'actors'
    | 'baseRefCreatedByDependabot'
    | 'defaultPermissions'
    | 'visibility'
    | 'forkPullRequests'
  >;
}

/** What happens in a kind of run under each of the combinations of settings. */
export type TransitionsIn = (cell: Cell, index: number) => readonly Transition[];

/** Runs of one event. */
interface Runs {
  readonly event: string;
  /** `null`: all. */
  readonly actions: readonly string[] | null;
  readonly actor: Actor;
  readonly onOwnBase: boolean;
  readonly label: SettingsLabel;
}

type Label = <Outcome>(outcomes: readonly (Outcome | null)[]) => readonly Labelled<Outcome>[];

/** What happens to a job in all kinds of runs, with those together in which the same happens. Each is in one of them. */
export function fold(
  events: readonly EventCells[],
  cases: readonly SettingsCase[],
  label: Label,
  transitionsIn: TransitionsIn,
): readonly Folded[] {
  const found = new Map<string, { transition: Transition; cells: Map<string, { cell: Cell; cases: Set<number> }> }>();
  for (const { event, actions, starters } of events) {
    for (const starter of starters) {
      for (const action of actions) {
        const cell: Cell = { event, action, ...starter };
        for (const index of cases.keys()) {
          for (const transition of transitionsIn(cell, index)) add(transition, cell, index);
        }
      }
    }
  }
  return [...found.values()].flatMap(({ transition, cells }) => {
    const runs = [...cells.values()].flatMap(({ cell, cases: holding }) =>
      label([...cases.keys()].map((index) => (holding.has(index) ? true : null))).map((one) => ({
        cell,
        label: one.label,
      })),
    );
    return together(overActions(runs, events)).map((one): Folded => ({ transition, runs: one }));
  });

  function add(transition: Transition, cell: Cell, index: number): void {
    const key = JSON.stringify(transition);
    const entry = found.get(key) ?? { transition, cells: new Map<string, { cell: Cell; cases: Set<number> }>() };
    found.set(key, entry);
    const cellKey = JSON.stringify(cell);
    const held = entry.cells.get(cellKey) ?? { cell, cases: new Set<number>() };
    entry.cells.set(cellKey, held);
    held.cases.add(index);
  }
}

/** Activity types are named only where they differ. */
function overActions(
  runs: readonly { readonly cell: Cell; readonly label: SettingsLabel }[],
  events: readonly EventCells[],
): readonly Runs[] {
  const same = groupBy(runs, ({ cell, label }) =>
    JSON.stringify([cell.event, cell.actor, cell.baseRefCreatedByDependabot, label]),
  );
  return same.map((group): Runs => {
    const [{ cell, label }] = group;
    const { event, actor, baseRefCreatedByDependabot: onOwnBase } = cell;
    const all = events.find((one) => one.event === event)?.actions ?? [];
    const actions = group.map((one) => one.cell.action);
    // Those that no side names have no name here either: what holds for them and not for a named one holds for most.
    const named = actions.flatMap((action) => action ?? OTHERS);
    return { event, actions: actions.length === all.length ? null : named, actor, onOwnBase, label };
  });
}

/** How all activity types are called that neither side names. */
const OTHERS = '*';

/** First the actors of an event are put together, then the events. */
function together(runs: readonly Runs[]): readonly Folded['runs'][] {
  const byEvent = groupBy(runs, ({ event, actions, label }) => JSON.stringify([event, actions, label]));
  const actors = byEvent.flatMap((group) => {
    const [{ event, actions, label }] = group;
    const elsewhere = group.filter(({ onOwnBase }) => !onOwnBase).map(({ actor }) => actor);
    // On a base branch of its own, Dependabot is told apart only where it differs from Dependabot elsewhere.
    const isApart = group.some(({ onOwnBase }) => onOwnBase) && !elsewhere.includes('dependabot');
    const at = { event, actions, label };
    return [
      ...(elsewhere.length === 0 ? [] : [{ ...at, actors: elsewhere, onOwnBase: false }]),
      ...(isApart ? [{ ...at, actors: ['dependabot' as const], onOwnBase: true }] : []),
    ];
  });
  const alike = groupBy(actors, ({ event, actions, actors: who, onOwnBase, label }) =>
    JSON.stringify([actions === null ? null : [event, actions], who, onOwnBase, label]),
  );
  return alike.map((group) => {
    const [{ actions, actors: who, onOwnBase, label }] = group;
    return {
      events: group.map(({ event }) => event),
      ...(actions === null ? {} : { actions }),
      actor: who[0] ?? 'repository',
      actors: who,
      ...(onOwnBase ? { baseRefCreatedByDependabot: true as const } : {}),
      ...label,
    };
  });
}
