import { changesView } from './changes-view.ts';
import { findingsView } from './findings-view.ts';
import { jobsView } from './jobs-view.ts';
import { overviewView } from './overview-view.ts';
import { repositoriesView } from './repositories-view.ts';
import { repositoryView } from './repository-view.ts';
import { sharedView } from './shared-view.ts';
import { sharedWorkflowView } from './shared-workflow-view.ts';
import { triedView } from './tried-view.ts';
import type { View } from './view.ts';

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
