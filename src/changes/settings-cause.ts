import type { Because } from '../model/change.ts';
import type { Settings } from '../model/settings.ts';
import type { Location } from '../model/position.ts';
import { platformName } from '../permissions/platform.ts';

/** Says which setting has another value on each side; `null` where none has. */
export function settingsCause(
  place: Location,
  { base, head }: { readonly base: Settings; readonly head: Settings },
): Because | null {
  const [before, after] = [base.defaultPermissions.value, head.defaultPermissions.value];
  if (before !== after) return { ...place, message: `The repository's default is '${after}', not '${before}'.` };
  if (base.visibility !== head.visibility) {
    return { ...place, message: `The visibility is '${head.visibility}', not '${base.visibility}'.` };
  }
  if (base.forkPullRequests !== head.forkPullRequests) {
    const message = `What pull requests from forks get is '${head.forkPullRequests}', not '${base.forkPullRequests}'.`;
    return { ...place, message };
  }
  const [was, is] = [platformName(base.platform), platformName(head.platform)];
  if (was !== is) return { ...place, message: `It is computed for ${is}, not for ${was}.` };
  const [known, knows] = [base, head].map(({ platform }) => JSON.stringify(platform.newPermissions ?? []));
  return known === knows ? null : { ...place, message: 'The table of permissions is another one.' };
}
