import type { Address } from './address.ts';
import type { Audit } from './audit.ts';

/** What a view may do to the page. */
export interface Page {
  /** What is chosen in the view, as the address says it. */
  readonly chosen: Address['chosen'];
  /** Writes what was chosen into the address, and tells it to screen readers. */
  readonly onChosen: (chosen: Address['chosen'], words: string) => void;
}

/** One of the pages that the page has. */
export interface View {
  readonly id: string;
  readonly title: string;
  /** How much there is to see in it; `null` where that is no number. Not given for what stands in no list of views. */
  readonly count?: (audit: Audit) => number | null;
  /** Makes what is shown; `of` is what the address says that the view is about. */
  readonly draw: (audit: Audit, page: Page, of: string) => readonly (Node | null)[];
}
