import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { visible } from '../../report/escape-terminal.ts';
import { number, plural } from '../../words/in-words.ts';
import { cacheFolder } from '../called/cache-folder.ts';
import { repositoriesFolder } from '../called/repositories-folder.ts';
import type { CommandWorld } from '../command-line/command.ts';
import { parsedOnce } from '../many/parsed-once.ts';
import type { OptionValues } from '../command-line/option-table.ts';
import { policyForAll } from '../policy/policy-for-all.ts';
import { setV8Options } from '../reading/v8-options.ts';
import type { MACHINE_OPTIONS } from './audit-options.ts';
import { blobCache } from './blob-cache.ts';
import { openBlobs, type Blobs } from './blobs.ts';
import { calledIds } from './called-ids.ts';
import { calledReader, type CalledPlaces } from './called-reader.ts';
import { compute, type Outcome } from './compute.ts';
import { earlierLines } from './earlier-lines.ts';
import { openLines } from './lines-writer.ts';
import type { ListedRepository } from './listed.ts';
import type { AuditServer } from './open-server.ts';
import type { WholePlan } from './plan.ts';
import { auditProgress } from './progress.ts';

/** What is kept on this machine. */
type MachineValues = OptionValues<typeof MACHINE_OPTIONS>;

/** Where an audit keeps files: where somebody says, else where the user's programs do, else for this run alone. */
export function keepFolder({ cache }: MachineValues, env: NodeJS.ProcessEnv): string {
  return cache ?? cacheFolder(env) ?? mkdtempSync(path.join(tmpdir(), 'effective-permissions-'));
}

/** Where files are read, with what is kept of them. */
export interface Places extends CalledPlaces {
  readonly blobs: Blobs;
}

/** @param listed what is known of the default branches already. */
export function openPlaces(
  { asker, api }: AuditServer,
  values: MachineValues,
  folder: string,
  listed: readonly ListedRepository[],
): Places {
  return {
    asker,
    idOf: calledIds(api, asker, listed),
    blobs: openBlobs(api, blobCache(path.join(folder, 'blobs'))),
    folder: values.repositories === undefined ? null : repositoriesFolder(values.repositories),
  };
}

/** The repositories of a plan, or of one shard of it, and where their lines go. */
export interface ToRun {
  readonly plan: WholePlan;
  readonly repositories: readonly ListedRepository[];
  readonly file: string;
}

/** How it came out, and what is to be said of it. */
export interface RanPlan {
  readonly outcome: Outcome;
  readonly notes: readonly string[];
}

/**
 * Computes repositories of a plan into a file. Until it is finished the file is `FILE.partial`; an audit that was stopped
 * goes on from there.
 *
 * @throws ToolError when the file cannot be written, or the policy for all cannot be had.
 */
export async function runPlan(
  { plan, repositories, file }: ToRun,
  server: AuditServer,
  places: Places,
  values: MachineValues,
  world: Pick<CommandWorld, 'progress' | 'say'>,
): Promise<RanPlan> {
  setV8Options();
  const { audit: facts } = plan;
  const { platform, options, today } = facts;
  const read = calledReader(places);
  const policy =
    facts.policy === null
      ? null
      : await policyForAll(facts.policy.given, { platform, read, today, text: facts.policy.text });
  const previous = values.previous === undefined ? null : earlierLines(values.previous, false);
  const lines = openLines(file);
  const stopped = onSignals(
    (done) => `Stopped. ${done} done, see ${visible(file)}.partial. Run the same again: it goes on from there.`,
    world.say,
  );
  try {
    const outcome = await compute(repositories, {
      facts,
      api: server.api,
      blobs: places.blobs,
      world: { options, read, parsed: parsedOnce(), policy, today },
      earlier: { stopped: lines.done, previous, idOf: places.idOf, folder: places.folder },
      lines,
      onDone: (done) => {
        stopped.done(done);
        world.progress.show(auditProgress(done, repositories.length, server.api.budget));
      },
    });
    lines.finish(repositories);
    return { outcome, notes: notesOf(outcome, repositories.length, previous !== null, server, places) };
  } catch (error) {
    lines.close();
    throw error;
  } finally {
    world.progress.end();
    stopped.end();
    previous?.close();
  }
}

/** What was done and asked for, and what is not known, a sentence each. */
function notesOf(
  { reused, untold }: Outcome,
  all: number,
  hasPrevious: boolean,
  { api }: AuditServer,
  { blobs }: Places,
): readonly string[] {
  const repositories = plural(all, 'repository', 'repositories');
  const asked = [
    plural(api.budget.made('graphql'), 'GraphQL request'),
    plural(api.budget.made('core'), 'REST request'),
    `${plural(blobs.fetched(), 'file')} fetched`,
  ];
  const told = `The setting "Workflow permissions" of ${plural(untold, 'repository', 'repositories')} is not known`;
  return [
    `Audited ${repositories}: ${asked.join(', ')}.`,
    ...(hasPrevious ? [`Of ${repositories}, ${number(reused)} are as in the previous audit.`] : []),
    ...(untold === 0 ? [] : [`${told}: ${NEEDS_A_RIGHT}`]),
  ];
}

const NEEDS_A_RIGHT =
  'to read it, a token needs the right "administration: read", which GITHUB_TOKEN cannot have. Give ' +
  '--default-permissions, or use the token of a GitHub App or of a person.';

/** Says where an audit goes on when it is stopped, and lets it be stopped. What was done is in the file already. */
function onSignals(
  text: (done: string) => string,
  say: (line: string) => void,
): { readonly done: (count: number) => void; readonly end: () => void } {
  let count = 0;
  const stop = (signal: NodeJS.Signals): void => {
    end();
    say(text(plural(count, 'repository is', 'repositories are')));
    process.kill(process.pid, signal);
  };
  const end = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    done: (done) => {
      count = done;
    },
    end,
  };
}

/** A name for the lines of an audit that are no output of their own: the same for the same audit. */
export function nameFor(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
