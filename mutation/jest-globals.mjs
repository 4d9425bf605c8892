/**
 * What the tests import from `@jest/globals`, without the rest of jest: a test is a function in a list, which can be called
 * again for each mutant without loading anything anew.
 */
import { format } from 'node:util';

export { expect } from 'expect';

/** Timeouts are Stryker's. */
export const jest = { setTimeout() {} };

let suite;

/** The tests that `load` declares, in their order: `run` throws what does not hold. */
export async function declaredBy(load) {
  const tests = [];
  suite = { name: '', tests, before: [], after: [], beforeEach: [], afterEach: [], outer: null };
  await load();
  return tests;
}

function inside(name, declare) {
  const outer = suite;
  suite = { ...newSuite(`${outer.name}${name} › `), tests: outer.tests, outer };
  declare();
  suite = outer;
}

function newSuite(name) {
  return { name, before: [], after: [], beforeEach: [], afterEach: [] };
}

function declare(name, body) {
  const suites = [];
  for (let one = suite; one !== null; one = one.outer) suites.unshift(one);
  suite.tests.push({ name: suite.name + name, run: () => runIn(suites, body) });
}

/** Hooks of all tests run before and after each, so that every test can run alone. */
async function runIn(suites, body) {
  for (const { before, beforeEach } of suites) for (const hook of [...before, ...beforeEach]) await hook();
  try {
    const outcome = body();
    if (outcome !== undefined) await outcome;
  } finally {
    for (const { after, afterEach } of suites.toReversed()) for (const hook of [...afterEach, ...after]) await hook();
  }
}

/** `each(rows)(title, body)`: a row that is an array is spread. */
function eachOf(declareOne) {
  return (rows) => (title, body) =>
    [...rows].forEach((row, index) => {
      const values = Array.isArray(row) ? row : [row];
      declareOne(`${format(title, ...values)} #${index}`, () => body(...values));
    });
}

const skip = Object.assign(() => {}, { each: () => () => {} });

export const describe = Object.assign(inside, { each: eachOf(inside), skip });
export const test = Object.assign(declare, { each: eachOf(declare), skip });

export const beforeAll = (hook) => void suite.before.push(hook);
export const afterAll = (hook) => void suite.after.push(hook);
export const beforeEach = (hook) => void suite.beforeEach.push(hook);
export const afterEach = (hook) => void suite.afterEach.push(hook);
