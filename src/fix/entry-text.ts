import type { WantedBlock } from './edit-block.ts';
import { levelIn, namesIn } from './same-permissions.ts';

/** A block that gives nothing. */
export const NO_ENTRIES = '{}';

/** A new entry of a block. */
export interface EntryText {
  readonly name: string;
  readonly level: string;
  /** Without its reason. */
  readonly plain: string;
  /** The reason, with what is in front of it. */
  readonly comment: string;
  /** With it, as a comment. */
  readonly text: string;
}

/** The entries of a new block, in alphabetical order. */
export function entriesText(wanted: WantedBlock): readonly EntryText[] {
  return namesIn(wanted.permissions).map((name) => {
    const level = levelIn(wanted.permissions, name);
    const plain = `${name}: ${level}`;
    const comment = reasonComment(wanted.reasons.get(name));
    return { name, level, plain, comment, text: `${plain}${comment}` };
  });
}

/** A reason as a comment behind something; nothing for no reason. */
export function reasonComment(reason: string | undefined): string {
  return reason === undefined || reason === '' ? '' : ` # ${reason}`;
}
