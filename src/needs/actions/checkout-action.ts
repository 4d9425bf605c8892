import type { ActionUse } from './action-entry.ts';
import type { KnownStep } from './action-step.ts';
import { inputOf, markedInput } from './action-step.ts';
import { credentialOf } from './action-token.ts';
import { majorOf } from './action-version.ts';
import { ANYTHING, OWN_NAME, OWN_OWNER, OWN_REPOSITORY } from '../marked-text.ts';
import { leaving, NO_USE, uncertainFor } from '../uses.ts';

/**
 * A checkout reads the repository, and leaves its credentials for git. That of another repository reads what is public:
 * the job's token opens no other private one.
 *
 * @see https://github.com/actions/checkout#readme
 */
export function checkoutUse(known: KnownStep, use: ActionUse): ActionUse {
  const whose = repositoryOf(known);
  const elsewhere = (inputOf(known, 'path') ?? '') !== '';
  const none: ActionUse = elsewhere ? NO_USE : leaving(NO_USE, { git: false });
  if ((inputOf(known, 'ssh-key') ?? '') !== '') return none;
  const token = inputOf(known, 'token');
  const holder = token === undefined ? 'own' : credentialOf(token, known.context.reach);
  if (holder === 'other' || holder === 'none' || whose === 'other') return none;
  if (holder === 'maybe' || whose === 'unknown') {
    const because = holder === 'maybe' ? 'it may have the job’s token' : 'it is not known which repository it reads';
    const open = uncertainFor(known.caller, ['contents'], because);
    return elsewhere ? open : leaving(open, { git: false });
  }
  // The first version kept the credentials to itself.
  const kept = /^false$/i.test(inputOf(known, 'persist-credentials') ?? '') || majorOf(known.step.ref) === 1;
  if (!kept) return leaving(use, { git: true });
  return elsewhere ? use : leaving(use, { git: false });
}

/** The repository of a pull request's branch is the own one or a fork, which the same token reads and pushes to. */
const HEAD = /^\$\{\{\s*github\.event\.(pull_request\.head\.repo|workflow_run\.head_repository)\.full_name\s*\}\}$/;

function repositoryOf(known: KnownStep): 'own' | 'other' | 'unknown' {
  const written = (inputOf(known, 'repository') ?? '').trim();
  const text = markedInput(known, 'repository').trim();
  if (text === '' || text === OWN_REPOSITORY || text === `${OWN_OWNER}/${OWN_NAME}` || HEAD.test(written)) return 'own';
  const { repository } = known.context;
  if (!/[\uE000-\uE008]/.test(text)) {
    if (repository === undefined) return 'unknown';
    return text.toLowerCase() === repository.toLowerCase() ? 'own' : 'other';
  }
  // `${{ github.repository_owner }}/docs`: another one of the same owner, unless it is named like this one.
  const name = text.split('/')[1] ?? ANYTHING;
  const own = repository?.split('/')[1];
  return name.includes(ANYTHING) || own === undefined || name.toLowerCase() === own.toLowerCase() ? 'unknown' : 'other';
}
