import type { Problem } from '../model/problem.ts';
import type { Platform } from '../model/settings.ts';
import type { ReadWorkflow, Workflow } from '../model/workflow.ts';
import { permissionsNotOnServer, permissionsNotThen, withPermissionHint } from '../permissions/check-permissions.ts';
import { problemsWithNewPermissions } from '../permissions/new-permissions.ts';
import { platformName } from '../permissions/platform.ts';

/** All that a platform finds wrong with a workflow file by itself, with hints. */
export function fileProblems(read: ReadWorkflow, platform: Platform): readonly Problem[] {
  const { workflow } = read;
  return [
    ...problemsWithNewPermissions(read, platform.newPermissions ?? []).map((problem) =>
      withPermissionHint(problem, platform),
    ),
    ...permissionsNotOnServer(workflow, platform),
    ...permissionsNotThen(workflow, platform),
    ...callsNotOnServer(workflow, platform),
  ];
}

/** Whether a platform refuses a file. Bytes that are not UTF-8 alone are no reason. */
export function isRefused(problems: readonly Problem[]): boolean {
  return problems.some(({ code }) => code !== 'encoding');
}

/**
 * Calls that begin with `$/`, which only github.com knows: a server takes them for the name of another repository.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_iduses
 */
function callsNotOnServer({ jobs }: Workflow, platform: Platform): readonly Problem[] {
  if (platform.kind === 'github.com') return [];
  return jobs
    .flatMap(({ uses }) => uses ?? [])
    .filter(({ reference }) => reference.startsWith('$/'))
    .map(({ reference, position }) => ({
      code: 'uses-format',
      value: reference,
      message: 'invalid value workflow reference: no version specified',
      hint: `GitHub Enterprise Server ${platformName(platform)} does not know \`$/\`. Write \`.${reference.slice(1)}\`.`,
      ...position,
    }));
}
