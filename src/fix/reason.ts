import type { Permissions } from '../model/permission.ts';
import type { ReportedJob } from '../model/report.ts';
import { levelIn, namesIn } from './same-permissions.ts';

/** A comment is cut there. */
const MOST = 60;

/**
 * The characters of names of actions and commands. Anything else could end the comment, hide something in it, or make
 * it an instruction to a tool, such as `ignore[…]`.
 */
const OTHERS = /[^A-Za-z0-9 ._/@+=,~-]+/g;

/** Why each permission of a block is there, in a few words; a permission without a known reason is left out. */
export function reasonsFor(permissions: Permissions, jobs: readonly ReportedJob[]): ReadonlyMap<string, string> {
  return new Map(
    namesIn(permissions).flatMap((permission) => {
      const reason = inShort(usersOf(permission, levelIn(permissions, permission), jobs));
      return reason === '' ? [] : [[permission, reason] as const];
    }),
  );
}

/** Those that use all of a level come first; where nobody is known to, those that may; then those that use less. */
function usersOf(permission: string, level: string, jobs: readonly ReportedJob[]): readonly string[] {
  const needs = jobs.flatMap((job) => job.needs?.because ?? []);
  const using = needs.filter((need) => need.permission === permission || need.instead?.includes(permission) === true);
  const fully = using.filter((need) => need.level === level);
  const unseen = fully.length > 0 ? [] : jobs.flatMap((job) => job.needs?.unseen ?? []);
  const perhaps = unseen.filter(({ permissions }) => permissions === 'all' || permissions.includes(permission));
  const users = [
    ...fully.map(({ by }) => by),
    ...perhaps.map(({ by }) => `perhaps ${by}`),
    ...using.map(({ by }) => by),
  ];
  return users.length > 0 ? users : jobs.flatMap(({ uses }) => (uses === null ? [] : [uses]));
}

function inShort(names: readonly string[]): string {
  const clean = names.map((name) => name.replaceAll(OTHERS, ' ').replaceAll(/ +/g, ' ').trim());
  const distinct = [...new Set(clean)].filter((name) => name !== '');
  let text = '';
  for (const name of distinct) {
    const longer = text === '' ? name : `${text}, ${name}`;
    if (longer.length > MOST) return `${text === '' ? name.slice(0, MOST - 1) : `${text}, `}…`;
    text = longer;
  }
  return text;
}
