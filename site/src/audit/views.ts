import type { Address } from './address.ts';
import type { Audit } from './audit.ts';
import { changesView } from './changes-view.ts';
import { findingsView } from './findings-view.ts';
import { jobsView } from './jobs-view.ts';
import { overviewView } from './overview-view.ts';
import { repositoriesView } from './repositories-view.ts';
import { repositoryView } from './repository-view.ts';
import { sharedView } from './shared-view.ts';
import { sharedWorkflowView } from './shared-workflow-view.ts';
import { triedView } from './tried-view.ts';

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

/** Those with a count stand in the list of views, in this order. */
export const VIEWS: readonly [View, ...View[]] = [
  overviewView,
  jobsView,
  findingsView,
  triedView,
  sharedView,
  changesView,
  repositoriesView,
  repositoryView,
  sharedWorkflowView,
];
