import type { Step } from '../../model/workflow.ts';
import { ANYTHING, markedText, OWN_REPOSITORY } from '../marked-text.ts';
import { holderOf } from '../step-token.ts';

/**
 * The folder of the workspace into which a step of `actions/checkout` puts the files that are under test; `null` when it
 * checks out others, or when that cannot be told.
 *
 * @see https://github.com/actions/checkout#usage
 */
export function checkoutOf(inputs: ReadonlyMap<string, string>, events: readonly string[]): string | null {
  const repository = markedText(inputs.get('repository') ?? '').trim();
  if (repository !== '' && repository !== OWN_REPOSITORY) return null;
  const ref = (inputs.get('ref') ?? '').trim();
  if (ref !== '' && !isUnderTest(ref, events)) return null;
  const path = markedText(inputs.get('path') ?? '.');
  return path.includes(ANYTHING) ? null : path;
}

/** Whether a step is a checkout with another credential than the job's token, or of another repository. */
export function givesOtherCredentials({ uses, with: inputs }: Step): boolean {
  if (uses === null || !/^actions\/checkout@/i.test(uses.text)) return false;
  const value = (name: string) =>
    markedText(inputs.find((input) => input.name.toLowerCase() === name)?.text ?? '').trim();
  const repository = value('repository');
  return (
    holderOf(value('token')) === 'other' ||
    value('ssh-key') !== '' ||
    (repository !== '' && repository !== OWN_REPOSITORY)
  );
}

/** A ref of the run itself; on these events it may be one that others wrote. */
function isUnderTest(ref: string, events: readonly string[]): boolean {
  if (events.some((event) => /^(pull_request_target|workflow_run|issue_comment)$/.test(event))) return false;
  return /^\$\{\{\s*github\.(ref|ref_name|sha|head_ref|event\.pull_request\.head\.(ref|sha))\s*(\|\|\s*github\.\w+\s*)?\}\}$/.test(
    ref,
  );
}
