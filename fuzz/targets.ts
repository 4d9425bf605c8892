import type { Target } from './target.ts';
import { ACTION } from './targets/action.ts';
import { ARGUMENTS } from './targets/arguments.ts';
import { BYTES } from './targets/bytes.ts';
import { CALLS } from './targets/calls.ts';
import { CHAINS } from './targets/chains.ts';
import { COMMAND } from './targets/command.ts';
import { CONDITIONS } from './targets/conditions.ts';
import { EDITOR } from './targets/editor.ts';
import { EXPLAIN } from './targets/explain.ts';
import { FIX } from './targets/fix.ts';
import { IGNORES } from './targets/ignores.ts';
import { LONG } from './targets/long.ts';
import { LOG } from './targets/log.ts';
import { NAMES } from './targets/names.ts';
import { ORGANIZATION } from './targets/organization.ts';
import { POLICY } from './targets/policy.ts';
import { RUN } from './targets/run.ts';
import { SCRIPTS } from './targets/scripts.ts';
import { WORKFLOW } from './targets/workflow.ts';

/** All that takes texts from strangers. */
export const TARGETS: readonly Target[] = [
  ...[WORKFLOW, BYTES, CONDITIONS, CALLS, POLICY, ACTION, LOG, ...SCRIPTS],
  ...[IGNORES, NAMES, ORGANIZATION, EXPLAIN, FIX, COMMAND, ARGUMENTS, RUN, LONG, CHAINS, EDITOR],
];
