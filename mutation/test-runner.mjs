/**
 * Runs the tests for Stryker: all of them are loaded once, and for each mutant those that reach it are called until one fails.
 * That takes milliseconds, where jest takes a second or more.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, TestStatus, determineHitLimitReached } from '@stryker-mutator/api/test-runner';

import { isLeftOut, sourceFiles, supportFiles, testFiles } from './files.mjs';
import { resettable } from './isolate.mjs';
import { declaredBy } from './jest-globals.mjs';
import { newly, registerModules } from './modules.mjs';

/** How long the tests took without a mutant: the quick ones are tried first. */
const TIMES = '.mutation-times.json';

/** Mutants that survive would else cost all tests: what is tried takes as long in all, in milliseconds of the processor. */
const BUDGET = 2000;

const tested = process.env.MUTATION_TESTS;

const stryker = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});

async function testsOf(file, query) {
  const tests = await declaredBy(() => import(pathToFileURL(file).href + query));
  const seen = new Map();
  return tests
    .filter(({ name }) => !isLeftOut(name))
    .map(({ name, run }) => {
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      return { id: `${file} ${name}${times === 1 ? '' : ` (${times})`}`, file, run };
    });
}

/** Some files compute what their tests are about while they are loaded: for what only this reaches, all of the file runs again. */
const loadOf = (file) => ({
  id: `${file} is loaded`,
  file,
  run: async () => {
    for (const { run } of await testsOf(file, newly('again'))) await run();
  },
});

/** What a test threw, or null. */
async function failureOf(test) {
  try {
    await test.run();
    return null;
  } catch (error) {
    return String(error?.message ?? error);
  }
}

class TestRunner {
  tests = [];
  times = null;
  runs = 0;

  /** A mutant of what runs once, while the sources are loaded: they are loaded once more. */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    registerModules();
    this.reset = await resettable(() =>
      declaredBy(async () => {
        for (const file of [...sourceFiles(), ...supportFiles()]) await import(pathToFileURL(file).href);
      }),
    );
    for (const file of testFiles(tested)) {
      const load = loadOf(file);
      stryker.currentTestId = load.id;
      this.tests.push(load, ...(await testsOf(file, newly('again'))));
      stryker.currentTestId = undefined;
    }
  }

  async dryRun() {
    this.times = {};
    const tests = [];
    const failures = [];
    for (const test of this.tests) {
      this.reset();
      const begin = process.cpuUsage();
      stryker.currentTestId = test.id;
      const failure = test.id.endsWith(' is loaded') ? null : await failureOf(test);
      stryker.currentTestId = undefined;
      if (failure !== null) failures.push(`${test.id}: ${failure}`);
      const { user, system } = process.cpuUsage(begin);
      const timeSpentMs = (user + system) / 1000;
      this.times[test.id] = timeSpentMs;
      tests.push({ id: test.id, name: test.id, fileName: test.file, timeSpentMs, status: TestStatus.Success });
    }
    if (failures.length > 0) return { status: DryRunStatus.Error, errorMessage: failures.join('\n') };
    writeFileSync(TIMES, JSON.stringify(this.times));
    return { status: DryRunStatus.Complete, tests, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, reloadEnvironment }) {
    stryker.hitLimit = hitLimit;
    stryker.hitCount = hitLimit === undefined ? undefined : 0;
    stryker.activeMutant = activeMutant.id;
    // Another process did the dry run.
    this.times ??= JSON.parse(readFileSync(TIMES, 'utf8'));
    const result = await this.until(reloadEnvironment ? this.fresh() : this.reaching(testFilter));
    stryker.activeMutant = undefined;
    if (!reloadEnvironment && result.status === MutantRunStatus.Killed) await this.confirm(result.killedBy[0]);
    return result;
  }

  async until(tests) {
    let nrOfTests = 0;
    for await (const test of tests) {
      nrOfTests += 1;
      this.reset();
      const failureMessage = await failureOf(test);
      const limit = determineHitLimitReached(stryker.hitCount, stryker.hitLimit);
      if (limit !== undefined) return { ...limit, status: MutantRunStatus.Timeout };
      if (failureMessage === null) continue;
      return { status: MutantRunStatus.Killed, killedBy: [test.id], failureMessage, nrOfTests };
    }
    return { status: MutantRunStatus.Survived, nrOfTests };
  }

  /** The quick ones first. */
  reaching(ids) {
    const chosen = new Set(ids);
    let spent = 0;
    return this.tests
      .filter(({ id }) => chosen.has(id))
      .sort((a, b) => this.times[a.id] - this.times[b.id])
      .filter(({ id }) => (spent += this.times[id]) < BUDGET);
  }

  /** One file after the other, with sources that were loaded under the mutant. */
  async *fresh() {
    const query = newly('fresh');
    for (const file of testFiles(tested)) {
      try {
        yield* await testsOf(file, query);
      } catch (error) {
        yield { id: loadOf(file).id, run: () => Promise.reject(error) };
      }
    }
  }

  /** A test that fails without the mutant, too, was broken by an earlier one: in a new process, Stryker tries once more. */
  async confirm(id) {
    this.runs += 1;
    this.reset();
    const failure = await failureOf(this.tests.find((test) => test.id === id));
    if (failure !== null && this.runs > 1) throw new Error(`${id} fails without a mutant: ${failure}`);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', TestRunner)];
