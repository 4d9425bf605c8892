import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import table from '../../src/needs/actions/action-table.json' with { type: 'json' };
import { inRange } from '../../src/needs/actions/action-version.ts';
import entries from '../../src/needs/actions/actions.json' with { type: 'json' };
import schema from '../../src/needs/actions/actions.schema.json' with { type: 'json' };
import type { ActionEntry } from '../../src/needs/actions/action-table.ts';
import { specialActions } from '../../src/needs/actions/special-actions.ts';
import { PERMISSION_TABLE } from '../../src/permissions/permission-table.ts';
import { EVENT_NAMES } from '../../src/workflow/grammar/event-names.ts';

interface Entry extends ActionEntry {
  readonly action: string;
  readonly source: { readonly date: string };
}

const all = entries as unknown as readonly Entry[];
const levels = new Map(PERMISSION_TABLE.map(({ name, levels: known }) => [name, known as readonly string[]]));

describe('the entries of actions.json', () => {
  test('fit their schema', () => {
    const ajv = new Ajv2020({ allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(schema);
    validate(entries);
    expect(validate.errors ?? []).toEqual([]);
  });

  test('are sorted, and one stands for each version', () => {
    const names = all.map(({ action }) => action);
    expect(names).toEqual([...names].sort());
    for (const name of new Set(names)) {
      const ranges = all.filter(({ action }) => action === name).map(({ versions }) => versions);
      if (ranges.length > 1)
        expect({ name, ranges }).not.toEqual({ name, ranges: expect.arrayContaining([undefined]) });
      for (let major = 0; major < 30; major += 1) {
        const holding = ranges.filter((range) => range === undefined || inRange(major, range));
        expect({ name, major, holding: holding.length <= 1 }).toEqual({ name, major, holding: true });
      }
    }
  });

  test('are at least 250', () => {
    expect(new Set(all.map(({ action }) => action)).size).toBeGreaterThanOrEqual(250);
  });

  test('name known permissions with levels that they have', () => {
    const unknown = all.flatMap(({ action, permissions, uncertain = [] }) => [
      ...permissions
        .filter(({ permission, level }) => levels.get(permission)?.includes(level) !== true)
        .map(({ permission, level }) => `${action} ${permission}: ${level}`),
      ...permissions.flatMap(({ instead = [] }) => instead.filter((name) => !levels.has(name))),
      ...uncertain.flatMap(({ permissions: names }) =>
        names === 'all' ? [] : names.filter((name) => !levels.has(name)),
      ),
    ]);
    expect(unknown).toEqual([]);
  });

  test('name known events', () => {
    const lines = all.flatMap(({ permissions, impossible = [], uncertain = [] }) => [
      ...permissions,
      ...impossible,
      ...uncertain,
    ]);
    const events = lines.flatMap(({ when }) => when?.events ?? []);
    expect(events.filter((event) => !EVENT_NAMES.includes(event))).toEqual([]);
  });

  test('say a default for every input that a condition names', () => {
    const missing = all.flatMap(
      ({ action, permissions, impossible = [], uncertain = [], inputDefaults = {}, token }) => {
        const named = [...permissions, ...impossible, ...uncertain].flatMap(({ when }) =>
          Object.keys(when?.inputs ?? {}),
        );
        const tokens = [token?.input, ...(token?.inputs ?? [])];
        return named
          .filter((name) => !Object.hasOwn(inputDefaults, name) && !tokens.includes(name))
          .map((name) => `${action}: ${name}`);
      },
    );
    expect(missing).toEqual([]);
  });

  test('stand for the actions that have code, too', () => {
    const names = new Set(all.map(({ action }) => action));
    expect(specialActions().filter((name) => !names.has(name))).toEqual([]);
  });

  test('are what the bundle has, without sources and notes', () => {
    expect(Object.keys(table)).toEqual([...new Set(all.map(({ action }) => action))]);
    const keys = Object.values(table).flatMap((found) => found.flatMap((entry) => Object.keys(entry)));
    expect(keys.filter((key) => ['action', 'source', 'note'].includes(key))).toEqual([]);
  });

  test('are listed for people', () => {
    const page = readFileSync(new URL('../../docs/actions.md', import.meta.url), 'utf8');
    expect(all.filter(({ action }) => !page.includes(`[${action}](`))).toEqual([]);
  });
});
