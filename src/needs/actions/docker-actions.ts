import type { StepUse } from '../../model/needs.ts';
import { inputAnswer, startedBy } from './action-condition.ts';
import type { ActionUse } from './action-entry.ts';
import type { KnownStep } from './action-step.ts';
import { inputOf, markedInput } from './action-step.ts';
import { credentialOf, isGitHubRegistry } from './action-token.ts';
import { buildUse } from '../commands/registry-command.ts';
import { ANYTHING, OWN_OWNER, OWN_REPOSITORY } from '../marked-text.ts';
import { allUses, leaving, NO_USE, neededBy, uncertainFor } from '../uses.ts';

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
      return leaving(NO_USE, { registries: [host.includes(ANYTHING) ? 'ghcr.io' : host] });
    case 'maybe':
      return uncertainFor(known.caller, ['packages'], 'the login may be with the job’s token');
    case 'other':
    case 'none':
      return NO_USE;
  }
}

/**
 * The tags of images, which a build is handed as an output of this step. Where the job is logged in, they are remembered
 * among the registries, as a name that no registry has.
 *
 * @see https://github.com/docker/metadata-action
 */
export function metadataUse(known: KnownStep, use: ActionUse): ActionUse {
  if (!isLoggedIn(known)) return use;
  const named = partsOf(markedInput(known, 'images')).some(isOnGitHub);
  return leaving(use, { registries: [named ? GITHUB_TAGS : OTHER_TAGS] });
}

const GITHUB_TAGS = 'tags:github';
const OTHER_TAGS = 'tags:other';

function isLoggedIn({ context: { reach } }: KnownStep): boolean {
  return (reach.registries ?? []).some((name) => isGitHubRegistry(name) || name.includes(ANYTHING));
}

/** Where a build goes: its tags, and outputs and caches in registries. */
export function buildPushUse(known: KnownStep, use: ActionUse): ActionUse {
  const outputs = ['outputs', 'cache-to'].map((name) => markedInput(known, name)).join('\n');
  return allUses([use, pushUse(known, [markedInput(known, 'tags'), outputs].join('\n'), outputs)]);
}

/** What is built and where it goes stands in the files of the build, unless inputs set it. */
export function bakeUse(known: KnownStep, use: ActionUse): ActionUse {
  const set = markedInput(known, 'set');
  return allUses([use, pushUse(known, `${set}\n${ANYTHING}`, set)]);
}

/** @see https://docs.github.com/en/packages/working-with-a-github-packages-registry/working-with-the-container-registry */
function pushUse(known: KnownStep, target: string, outputs: string): StepUse {
  const { context, caller } = known;
  if (!isLoggedIn(known)) return NO_USE;
  const pushes = exportedIn(outputs) ?? pushedIn(known) ?? perhapsExportedIn(outputs);
  if (pushes === null) return buildUse(caller);
  const parts = partsOf(target);
  const tagged = context.reach.registries ?? [];
  const handed = /\boutputs\.(tags|json)\b/.test(inputOf(known, 'tags') ?? '');
  const named = parts.some(isOnGitHub) || (handed && tagged.includes(GITHUB_TAGS) && !tagged.includes(OTHER_TAGS));
  const unknown = parts.some(isAnywhere);
  const doubt = (because: string): StepUse => uncertainFor(caller, ['packages'], because);
  if (!named) return unknown ? doubt('it is not known where it pushes to') : buildUse(caller);
  const needed = neededBy(caller, [[{ permission: 'packages', level: 'write' }]], 'pushes to the GitHub registry');
  const { yes } = pushes;
  return allUses([
    yes === null || yes.length > 0
      ? { ...needed, needs: needed.needs.map((need) => (yes === null ? need : { ...need, when: { events: yes } })) }
      : NO_USE,
    pushes.unknown ? doubt('an input that is not known may turn the push on') : NO_USE,
  ]);
}

function partsOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((part) => part !== '');
}

/** `ghcr.io/octo/hello`, `name=ghcr.io/octo/hello`, `ref=ghcr.io/octo/cache`. */
function isOnGitHub(part: string): boolean {
  return isGitHubRegistry(part.replace(/^.*?(name|ref|tags?)=/, ''));
}

/** An image whose registry an expression says. */
function isAnywhere(part: string): boolean {
  const [first = ''] = part.split('/');
  return !first.includes('.') && [ANYTHING, OWN_REPOSITORY, OWN_OWNER].some((mark) => part.includes(mark));
}

interface Pushes {
  /** The events in whose runs it pushes; `null` for all. */
  readonly yes: readonly string[] | null;
  /** It may push in others. */
  readonly unknown: boolean;
}

function exportedIn(outputs: string): Pushes | null {
  return /type=registry|push=true/.test(outputs) ? { yes: null, unknown: false } : null;
}

/** `type=image,push=${{ … }}` */
function perhapsExportedIn(outputs: string): Pushes | null {
  return /push=[^\s,]*[\uE000-\uE008]/.test(outputs) ? { yes: [], unknown: true } : null;
}

/** The events in whose runs the input `push` is on. */
function pushedIn(known: KnownStep): Pushes | null {
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
