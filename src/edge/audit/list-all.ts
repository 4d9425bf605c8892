import { repositoryKey } from '../../organization/lost.ts';
import { number, plural } from '../../words/in-words.ts';
import type { CommandWorld } from '../command-line/command.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import type { AuditApi } from './api.ts';
import { ownerSettings, type OwnerSettings, type WantedOfAll } from './audit-settings.ts';
import { estimate, estimateText } from './estimate.ts';
import { branchesOf } from './list-branches.ts';
import { PAGE, repositoriesByName, repositoriesOf, type Page } from './list-repositories.ts';
import type { ListedRepository } from './listed.ts';

/** What is to be listed. */
export interface ToList {
  readonly owner: string | null;
  /** `null` for all that the owner has. */
  readonly names: readonly RepositoryName[] | null;
  readonly branches: readonly string[];
  readonly wanted: WantedOfAll;
}

/** All repositories, and what their owner says of their settings. */
export interface Listed {
  readonly repositories: readonly ListedRepository[];
  readonly settings: OwnerSettings;
}

async function* pagesByName(api: AuditApi, names: readonly RepositoryName[]): AsyncGenerator<Page> {
  for (const some of [names.slice(0, PAGE), names.slice(PAGE)]) {
    if (some.length > 0) yield { repositories: await repositoriesByName(api, some), total: names.length };
  }
}

/** The owner whose settings hold for all of them; `null` where they have several. */
function onlyOwner({ owner, names }: ToList): string | null {
  if (names === null) return owner;
  const owners = new Map(names.map((name) => [name.owner.toLowerCase(), name.owner]));
  return owners.size === 1 ? ([...owners.values()][0] ?? null) : null;
}

/** Lists repositories, and says what the audit will cost as soon as the first page tells it. */
export async function listAll(
  api: AuditApi,
  toList: ToList,
  { say, progress }: Pick<CommandWorld, 'say' | 'progress'>,
): Promise<Listed> {
  const { owner, names, branches, wanted } = toList;
  const found = new Map<string, ListedRepository>();
  let settings: OwnerSettings | null = null;
  for await (const { repositories, total } of names === null
    ? repositoriesOf(api, owner ?? '')
    : pagesByName(api, names)) {
    for (const listed of repositories) found.set(repositoryKey(listed), listed);
    if (settings === null) {
      const some = repositories.find(({ commit, error }) => commit !== null && error === undefined);
      settings = await ownerSettings(api, onlyOwner(toList), some, wanted);
      const whose = owner ?? plural(total, 'named repository', 'named repositories');
      say(estimateText(whose, estimate(repositories, total, settings, api.budget), api.budget));
    }
    progress.show(`Listed ${number(found.size)} of ${plural(total, 'repository', 'repositories')}`);
  }
  const defaults = [...found.values()];
  const others = branches.length === 0 ? [] : await branchesOf(api, defaults, branches);
  for (const listed of others) found.set(repositoryKey(listed), listed);
  return {
    repositories: [...found.values()],
    settings: settings ?? {
      defaultPermissions: 'unknown',
      forkPullRequests: 'unknown',
      canApprovePullRequestReviews: null,
    },
  };
}
