import type { StepUse } from '../model/needs.ts';
import { inputAnswer, startedBy } from './action-condition.ts';
import type { ActionUse } from './action-entry.ts';
import type { KnownStep } from './action-step.ts';
import { inputOf, markedInput } from './action-step.ts';
import { credentialOf, isGitHubRegistry } from './action-token.ts';
import { ANYTHING, OWN_OWNER, OWN_REPOSITORY } from './marked-text.ts';
import { allUses, NO_USE, neededBy, uncertainFor } from './uses.ts';

/** A login leaves the registry to later steps; by itself it needs nothing. @see https://github.com/docker/login-action */
export function registryLoginUse(known: KnownStep, input: string): ActionUse {
  const registry = markedInput(known, input);
  const several = inputOf(known, 'registry-auth') ?? '';
  const password = `${inputOf(known, 'password') ?? ''}${several}`;
  const host = several === '' ? registry.replace(/^https?:\/\//, '').trim() : 'ghcr.io';
  // The job's token opens no other registry than GitHub's.
  if (host === '' || (!isGitHubRegistry(host) && !host.includes(ANYTHING))) return NO_USE;
  switch (credentialOf(password, known.context.reach)) {
    case 'own':
      return { ...NO_USE, leaves: { registries: [host.includes(ANYTHING) ? 'ghcr.io' : host] } };
    case 'maybe':
      return uncertainFor(known.caller, ['packages'], 'the login may be with the job’s token');
    case 'other':
    case 'none':
      return NO_USE;
  }
}

/** Where a build goes: its tags, and outputs and caches in registries. */
export function buildPushUse(known: KnownStep, use: ActionUse): ActionUse {
  const outputs = ['outputs', 'cache-to'].map((name) => markedInput(known, name)).join('\n');
  const exports = /type=registry|push=true/.test(outputs);
  return allUses([use, pushUse(known, [markedInput(known, 'tags'), outputs].join('\n'), exports)]);
}

/** What is built and where it goes stands in the files of the build, unless inputs set it. */
export function bakeUse(known: KnownStep, use: ActionUse): ActionUse {
  const set = markedInput(known, 'set');
  const exports = /type=registry|push=true/.test(set);
  return allUses([use, pushUse(known, `${set}\n${ANYTHING}`, exports)]);
}

/** @see https://docs.github.com/en/packages/working-with-a-github-packages-registry/working-with-the-container-registry */
function pushUse(known: KnownStep, target: string, exports: boolean): StepUse {
  const { context, caller } = known;
  if (!(context.reach.registries ?? []).some((name) => isGitHubRegistry(name) || name.includes(ANYTHING)))
    return NO_USE;
  const pushes = exports ? { yes: null, unknown: false } : pushedIn(known);
  if (pushes === null) return NO_USE;
  const parts = target.split(/[\s,]+/).filter((part) => part !== '');
  const named = parts.some((part) => isGitHubRegistry(part.replace(/^.*?(name|ref|tags?)=/, '')));
  const unknown = parts.some(
    (part) =>
      /^[^/.]*$/.test(part.split('/')[0] ?? '') &&
      (part.includes(ANYTHING) || part.includes(OWN_REPOSITORY) || part.includes(OWN_OWNER)),
  );
  const doubt = (because: string): StepUse => uncertainFor(caller, ['packages'], because);
  if (!named) return unknown ? doubt('it is not known where it pushes to') : NO_USE;
  const needed = neededBy(caller, [[{ permission: 'packages', level: 'write' }]], 'pushes to the GitHub registry');
  const { yes } = pushes;
  return allUses([
    yes === null || yes.length > 0
      ? { ...needed, needs: needed.needs.map((need) => (yes === null ? need : { ...need, when: { events: yes } })) }
      : NO_USE,
    pushes.unknown ? doubt('an input that is not known may turn the push on') : NO_USE,
  ]);
}

/** The events in whose runs the input `push` is on, `null` for all; and whether it may be on in others. */
function pushedIn(known: KnownStep): { readonly yes: readonly string[] | null; readonly unknown: boolean } | null {
  const written = inputOf(known, 'push') ?? '';
  const events = startedBy(known);
  if (events === undefined) {
    const answer = inputAnswer('true', written, known, null);
    return answer === 'no' ? null : { yes: answer === 'yes' ? null : [], unknown: answer === 'unknown' };
  }
  const answers = events.map((event) => ({ event, answer: inputAnswer('true', written, known, event) }));
  if (answers.every(({ answer }) => answer === 'no')) return null;
  const yes = answers.filter(({ answer }) => answer === 'yes').map(({ event }) => event);
  return {
    yes: yes.length === events.length ? null : yes,
    unknown: answers.some(({ answer }) => answer === 'unknown'),
  };
}
