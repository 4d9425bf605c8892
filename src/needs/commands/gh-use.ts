import type { StepUse } from '../../model/needs.ts';
import { requestUse } from '../api/api-request.ts';
import { ghApiRequest } from './gh-api.ts';
import data from './gh-commands.json' with { type: 'json' };
import { ANYTHING, OWN_REPOSITORY } from '../marked-text.ts';
import { hasOption, optionValue, positionals } from './options.ts';
import { demandsIn } from '../api/route-table.ts';
import { subjectOfIssueCommand } from '../subject.ts';
import type { Subject } from '../subject.ts';
import type { Caller } from '../uses.ts';
import { allUses, impossibleFor, namesIn, NO_USE, neededBy, uncertainFor } from '../uses.ts';

interface GhCommand {
  /** As in a heading of `route-permissions.txt`. */
  readonly needs?: string;
  /** What it may use besides. */
  readonly may?: readonly string[];
  /** What an option adds, or changes when it is about the same permission. */
  readonly with?: Readonly<Record<string, string>>;
  /** What it needs in place of `needs` when an option is given. */
  readonly only?: Readonly<Record<string, string>>;
}

const commands: Readonly<Record<string, GhCommand>> = data.commands;
const aliases: Readonly<Record<string, string>> = data.aliases;

/** Options before the subcommand that take a value. */
const LEADING = new Set(['-R', '--repo']);
/** Those of `gh repo view` and `gh repo clone`. */
const VALUED = new Set('--json -q --jq -t --template -b --branch -u --upstream-remote-name'.split(' '));

function lookUp(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** `pr create`, `status`; the command's name in the table, or `null` when there is none. */
function commandName(args: readonly string[]): { name: string; known: boolean } {
  const [first = '', second = ''] = positionals(args, LEADING);
  const pair = `${first} ${second}`;
  const named = lookUp(aliases, pair) ?? lookUp(aliases, first) ?? pair;
  if (Object.hasOwn(commands, named)) return { name: named, known: true };
  if (Object.hasOwn(commands, first)) return { name: first, known: true };
  return { name: pair.trim(), known: false };
}

/**
 * What `gh` uses with these arguments, given that it has the job's token.
 *
 * @param repository The own repository's name, where it is known.
 * @param environmentRepository The value of `GH_REPO`.
 * @param standardInput What it reads there; `null` when that is not known.
 * @see https://cli.github.com/manual
 */
export function ghUse(
  args: readonly string[],
  caller: Caller,
  {
    repository,
    environmentRepository,
  }: { repository?: string | undefined; environmentRepository?: string | undefined } = {},
): StepUse {
  const [first = ''] = positionals(args, LEADING);
  if (args.includes('--help') || args.includes('-h') || first === '' || args[0] === '--version') return NO_USE;
  if (first === 'api') {
    const request = ghApiRequest(args.slice(args.indexOf('api') + 1));
    return request === null
      ? uncertainFor(caller, 'all', 'the request of gh api is not known')
      : requestUse(request, caller, repository);
  }
  const { name, known } = commandName(args);
  const command = known ? commands[name] : undefined;
  if (command === undefined) return uncertainFor(caller, 'all', `it is not known what gh ${name} takes`);
  const use = commandUse(`gh ${name}`, command, args, caller);
  const target =
    optionValue(args, ['-R', '--repo']) ??
    ofOtherOwner(name, args, repository) ??
    clonedRepository(name, args) ??
    environmentRepository;
  return aboutRepository(use, target, repository, caller);
}

/** `gh attestation verify --owner` reads what any repository of an owner attested. */
function ofOtherOwner(name: string, args: readonly string[], own: string | undefined): string | undefined {
  const owner = name.startsWith('attestation ') ? optionValue(args, ['--owner', '-o']) : undefined;
  if (owner === undefined || own === undefined || owner.includes(ANYTHING)) return undefined;
  return own.toLowerCase().startsWith(`${owner.toLowerCase()}/`) ? undefined : owner;
}

/** The repository that `gh repo view` and the like name as an argument. */
function clonedRepository(name: string, args: readonly string[]): string | undefined {
  if (name !== 'repo clone' && name !== 'repo view') return undefined;
  return positionals(args, VALUED)[2];
}

function commandUse(by: string, command: GhCommand, args: readonly string[], caller: Caller): StepUse {
  const given = (options: Readonly<Record<string, string>> = {}) =>
    Object.entries(options).filter(([option]) => args.some((arg) => arg.split('=')[0] === option));
  const heading = showsNameAlone(by, args) ? undefined : (given(command.only)[0]?.[1] ?? command.needs);
  return allUses([
    heading === undefined ? NO_USE : headingUse(heading, by, caller),
    ...given(command.with).map(([option, more]) => headingUse(more, `${by} ${option}`, caller)),
    checksUse(by, args, caller),
    command.may === undefined ? NO_USE : uncertainFor(caller, command.may, `${by} may use more than is known`),
  ]);
}

/** Fields of a repository that every token may read; all that `gh repo view` shows without `--json` has its README, too. */
const NAME_FIELDS = new Set(
  'name nameWithOwner owner url id description visibility isPrivate isFork isArchived'.split(' '),
);

function showsNameAlone(by: string, args: readonly string[]): boolean {
  const fields = (optionValue(args, ['--json']) ?? '').split(',');
  return by === 'gh repo view' && fields.every((field) => NAME_FIELDS.has(field));
}

/** `--json statusCheckRollup` reads the checks and statuses of the commit; without `--json`, `gh pr view` asks for them, too. */
function checksUse(by: string, args: readonly string[], caller: Caller): StepUse {
  const fields = optionValue(args, ['--json']);
  if (by === 'gh pr view' && fields === undefined && !hasOption(args, ['--web', '-w']))
    return uncertainFor(caller, ['checks', 'statuses'], 'it asks for the checks of the pull request as well');
  if (!/^gh pr (list|view)$/.test(by) || fields === undefined || !fields.includes('statusCheckRollup')) return NO_USE;
  return neededBy(caller, demandsIn('checks: read + statuses: read') as never, `${by} --json statusCheckRollup`);
}

function headingUse(heading: string, because: string, caller: Caller): StepUse {
  const takes = demandsIn(heading);
  if (takes === 'user')
    return impossibleFor(caller, "a user's token", `${because}: the job's token stands for no user`);
  return neededBy(caller, takes, because, subjectOfCommand(because, caller));
}

/** Labels belong to the repository. */
function subjectOfCommand(by: string, { events }: Caller): Subject | undefined {
  if (by.startsWith('gh label')) return 'none';
  return by.startsWith('gh issue') ? subjectOfIssueCommand(events) : undefined;
}

/** The token is good for the own repository only. One whose name is not known is taken for it. */
function aboutRepository(use: StepUse, target: string | undefined, own: string | undefined, caller: Caller): StepUse {
  if (target === undefined || target.includes(ANYTHING) || target.includes(OWN_REPOSITORY)) return use;
  const named = target.replace(/^(https:\/\/)?github\.com\//, '').replace(/\.git$/, '');
  if (own?.toLowerCase() === named.toLowerCase()) return use;
  if (own === undefined) {
    const names = namesIn([use.needs.map(({ permission, level }) => ({ permission, level }))]);
    return names.length === 0 ? use : uncertainFor(caller, names, `${named} may be this repository or another one`);
  }
  if (use.needs.every(({ level }) => level === 'read')) return NO_USE;
  return impossibleFor(caller, `a token for ${named}`, 'the job’s token is good for its own repository only');
}
