import type { PermissionEntry, Permissions } from '../model/permission.ts';
import type { Problem } from '../model/problem.ts';
import type { Platform } from '../model/settings.ts';
import type { Workflow } from '../model/workflow.ts';
import { didYouMean } from '../words/nearest-word.ts';
import { refusedUntil } from './introduced.ts';
import { PERMISSION_TABLE, TABLE_DATE } from './permission-table.ts';
import { permissionsOn, platformName } from './platform.ts';

/** Things that a workflow file cannot ask for: they need a GitHub App or a personal access token. */
const NOT_FOR_WORKFLOWS: ReadonlySet<string> = new Set([
  'administration',
  'environments',
  'members',
  'secrets',
  'secret-scanning',
  'variables',
  'webhooks',
  'workflows',
]);

/** Names that we do know: nobody can write them, and no policy can make them known. */
const KNOWN_NOT_WRITTEN: ReadonlySet<string> = new Set(['metadata', '<<']);

/** Adds to a problem about an unknown permission what to write instead. */
export function withPermissionHint(problem: Problem, platform: Platform): Problem {
  if (problem.code !== 'unknown-permission' || problem.value === undefined) return problem;
  const code = KNOWN_NOT_WRITTEN.has(problem.value) ? 'unexpected-value' : problem.code;
  return { ...problem, code, hint: unknownPermissionHint(problem.value, platform) };
}

/**
 * The permissions that a workflow asks for and that its GitHub Enterprise Server does not have; none on github.com.
 */
export function permissionsNotOnServer(workflow: Workflow, platform: Platform): readonly Problem[] {
  if (platform.kind === 'github.com') return [];
  const available = new Set(permissionsOn(platform).map(({ name }) => name));
  return entriesOf(workflow)
    .filter(({ permission }) => !available.has(permission))
    .flatMap(({ permission, position }): readonly Problem[] => {
      const facts = PERMISSION_TABLE.find(({ name }) => name === permission);
      // What nobody knows has a problem already.
      if (facts === undefined) return [];
      const server = `GitHub Enterprise Server ${platformName(platform)} does not have this permission`;
      return [
        {
          code: 'permission-not-on-server',
          value: permission,
          message: `Unexpected value '${permission}'. ${server}; github.com has it since ${facts.since.inFiles}`,
          hint: 'Remove the line.',
          ...position,
        },
      ];
    });
}

/** The permissions that a workflow asks for and that GitHub did not take yet on the day that counts. */
export function permissionsNotThen(workflow: Workflow, platform: Platform): readonly Problem[] {
  if (platform.kind !== 'github.com' || platform.asOf === undefined) return [];
  const { asOf } = platform;
  return entriesOf(workflow).flatMap(({ permission, position }): readonly Problem[] => {
    const until = refusedUntil(permission, asOf);
    if (until === null) return [];
    return [
      {
        code: 'unknown-permission',
        value: permission,
        message: `Unexpected value '${permission}'`,
        hint: `On ${asOf}, GitHub did not take this permission in a workflow file. It has done so since ${until}.`,
        ...position,
      },
    ];
  });
}

function entriesOf({ permissions, jobs }: Workflow): readonly PermissionEntry[] {
  return [permissions, ...jobs.map((job) => job.permissions)].flatMap((block) => block?.entries ?? []);
}

/** Names in a set of permissions that can be written on a platform, for messages. */
export function writableNames(platform: Platform): readonly (keyof Permissions)[] {
  return permissionsOn(platform)
    .filter(({ levels }) => levels.length > 0)
    .map(({ name }) => name);
}

/** What to write instead of a permission that is not known. */
export function unknownPermissionHint(name: string, platform: Platform): string {
  if (name === 'metadata') return 'Every token has `metadata: read`. Remove the line.';
  if (name === '<<') return 'GitHub does not take YAML merge keys. Write the permissions out.';
  if (NOT_FOR_WORKFLOWS.has(name.toLowerCase())) {
    return `GITHUB_TOKEN cannot have '${name}'. Use the token of a GitHub App, or a personal access token.`;
  }
  const names = writableNames(platform);
  const nearest = didYouMean(name.replaceAll('_', '-'), names).trim();
  const known =
    nearest === ''
      ? `Known on ${TABLE_DATE}: ${names.join(', ')}.`
      : `${nearest} The permissions known are those of ${TABLE_DATE}.`;
  return IS_NAME.test(name)
    ? `${known} If GitHub has added it since, write \`${addition(name)}\` in the policy.`
    : known;
}

/** How GitHub spells its permissions. */
const IS_NAME = /^[a-z]+(-[a-z]+)*$/;

/** The line of a policy that makes a permission known. */
function addition(name: string): string {
  return `scopes: { ${name}: [read, write] }`;
}
