import path from 'node:path';

import type { AuditLine } from '../../model/audit.ts';
import { visible } from '../../report/escape-terminal.ts';
import { rowOf } from '../../report/repository-row.ts';
import { textOfMany } from '../../report/text/text-many.ts';
import { serverOf } from '../called/api-access.ts';
import { cacheFolder } from '../called/cache-folder.ts';
import { otherPlaces, readerOf } from '../called/called-file-reader.ts';
import { ownRepository } from '../called/own-repository.ts';
import type { Source } from '../called/source.ts';
import type { CommandOutput, CommandWorld } from '../command-line/command.ts';
import { forServer } from '../github/for-server.ts';
import { gitHubHosts } from '../git/git-remote.ts';
import { inOrder } from '../in-order.ts';
import { jsonLine } from '../output/json-text.ts';
import type { CommandLineValues } from '../command-line/option-table.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { today } from '../policy/load-in-force.ts';
import { policyForAll } from '../policy/policy-for-all.ts';
import { policyPlaces } from '../policy/policy-places.ts';
import { folderFiles } from '../policy/repository-files.ts';
import { settingsFor } from '../repository-settings/settings-for.ts';
import { toSettings } from '../settings.ts';
import { setV8Options } from '../reading/v8-options.ts';
import { readWorkflowFiles, realFolder } from '../files/workflow-files.ts';
import { checkoutsIn, leftOut } from './checkouts.ts';
import { checkOne, notRead, type RepositoryToCheck, type World } from './check-one.ts';
import { parsedOnce } from './parsed-once.ts';

/** So many repositories wait for the network at a time. */
const AHEAD = 8;

/** A checkout is what lies there, whatever its git says. */
const CHECKOUT = { branch: null, commit: null, archived: false, fork: false };

/**
 * Checks all checkouts of a folder, as `check --all` does. Each is done when its line is to be written, and forgotten then.
 *
 * @throws ToolError when there is nothing to check, or the policy for all cannot be had.
 */
export async function checkMany(
  folder: string,
  given: CommandLineValues,
  { env, look, progress }: CommandWorld,
): Promise<CommandOutput> {
  const checkouts = checkoutsIn(folder);
  setV8Options();
  const { values, note } = await forServer(given, serverOf(env, false));
  const { offline = false, failOn = 'error', whatIf } = values;
  const isServer = values.ghes !== undefined;
  const isGitHubHost = gitHubHosts(env, isServer);
  const shared = otherPlaces({
    repositories: folder,
    offline: offline ? '--offline' : null,
    server: serverOf(env, isServer),
    cacheFolder: cacheFolder(env),
    onProgress: progress.update,
  });
  const day = today();
  const { platform } = toSettings(values, { repository: null, visibility: null });
  const read = readerOf(shared);
  const policy = values.policy === undefined ? null : await policyForAll(values.policy, { platform, read, today: day });
  const world = {
    options: { failOn, ...(whatIf === undefined ? {} : { whatIf }) },
    parsed: parsedOnce(),
    policy,
    today: day,
  };
  const notes = new Map<string, number>();

  async function lineOf(repository: RepositoryName): Promise<AuditLine> {
    const { owner, name } = repository;
    const asGiven = path.join(folder, owner, name);
    let toCheck: RepositoryToCheck;
    let own: Source;
    try {
      const real = realFolder(asGiven);
      const places = policyPlaces(real, { from: '.' });
      own = ownRepository({ repository, folder: real, isGitHubHost });
      toCheck = {
        repository,
        about: CHECKOUT,
        sources: readWorkflowFiles(real),
        files: folderFiles(places.root, real, 'the folder'),
        places,
        checked: { kind: 'folder', folder: real },
        settings: async (files) => {
          const known = toSettings(values, { repository, visibility: null });
          const { settings, notes: told } = await settingsFor(files, known, values, env);
          for (const one of told) notes.set(one, (notes.get(one) ?? 0) + 1);
          return settings;
        },
      };
    } catch (error) {
      return notRead(repository, CHECKOUT, error);
    }
    return checkOne(toCheck, { ...world, read: readerOf([own, ...shared]) } satisfies World);
  }

  let status = 0;
  async function* lines(): AsyncGenerator<AuditLine, undefined> {
    for await (const line of inOrder(checkouts.repositories, AHEAD, lineOf)) {
      status = Math.max(status, STATUS[line.result]);
      progress.end();
      yield line;
    }
  }
  const said = [leftOut(checkouts), ...(policy?.notices ?? []).map(({ message }) => message)];
  return {
    output: values.format === 'jsonl' ? jsonOf(lines()) : textOf(lines(), checkouts.repositories, look),
    diagnostics: `${note}${said.map(toLine).join('')}`,
    status: () => status,
    afterwards: () => [...notes].map(([one, count]) => toLine(count === 1 ? one : `${one} (${count} times)`)).join(''),
  };
}

const STATUS = { pass: 0, fail: 1, error: 2 } as const;

function toLine(sentence: string): string {
  return sentence === '' ? '' : `${visible(sentence)}\n`;
}

async function* jsonOf(lines: AsyncIterable<AuditLine>): AsyncGenerator<string, undefined> {
  for await (const line of lines) yield jsonLine(line);
}

async function* textOf(
  lines: AsyncIterable<AuditLine>,
  repositories: readonly RepositoryName[],
  look: CommandWorld['look'],
): AsyncGenerator<string, undefined> {
  const text = textOfMany(
    repositories.map(({ owner, name }) => `${owner}/${name}`),
    look,
  );
  yield text.head();
  for await (const line of lines) yield text.row(rowOf(line));
  yield text.end();
}
