import type { Choices } from '../input/input.ts';
import { chosen, NO_CHOICES } from '../input/input.ts';
import { byId, el, shown } from './dom.ts';

/** What was chosen beside the files. */
export interface ChoiceFields {
  get(): Choices;
  set(choices: Choices): void;
  /** Offers the events of the files. */
  offerEvents(events: readonly string[]): void;
}

/** Makes the fields of what the files do not tell. It is told of every change. */
export function choiceFields(onChange: () => void): ChoiceFields {
  const field = (name: keyof Choices) => byId(name, HTMLSelectElement);
  const names = Object.keys(NO_CHOICES) as (keyof Choices)[];
  let event: string | null = null;
  field('event').addEventListener('change', ({ target }) => {
    event = (target as HTMLSelectElement).value || null;
  });
  for (const name of names) {
    field(name).addEventListener('change', () => {
      drawForks();
      onChange();
    });
  }
  return {
    get: () => ({
      defaultPermissions: chosen('defaultPermissions', field('defaultPermissions').value),
      visibility: chosen('visibility', field('visibility').value),
      forkPullRequests: chosen('forkPullRequests', field('forkPullRequests').value),
      starter: chosen('starter', field('starter').value),
      event,
    }),
    set: ({ event: wanted, ...others }) => {
      event = wanted;
      for (const [name, value] of Object.entries(others)) field(name as keyof Choices).value = value;
      offerEvents(wanted === null ? [] : [wanted]);
      drawForks();
    },
    offerEvents,
  };

  /** The event that was chosen stays, even while no file has it. */
  function offerEvents(events: readonly string[]): void {
    const all = event === null || events.includes(event) ? events : [...events, event];
    const options = all.map((one) => el('option', { value: one, selected: one === event }, shown(one)));
    field('event').replaceChildren(el('option', { value: '' }, 'any event'), ...options);
  }

  /** In a public repository this setting has no meaning. */
  function drawForks(): void {
    byId('forks', HTMLSpanElement).hidden = field('visibility').value === 'public';
  }
}
