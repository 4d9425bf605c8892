import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

import { readInputs } from '../../src/edge/action/action-inputs.ts';
import { CHECK_HELP } from '../../src/edge/command-line/check-help.ts';
import { helpText } from '../../src/edge/command-line/help.ts';
import { ACTION_INPUTS, COMMAND_LINE_OPTIONS, type OptionEntry } from '../../src/edge/command-line/option-table.ts';
import { ToolError } from '../../src/edge/tool-error.ts';

/** What this test looks at of the file. */
interface ActionFile {
  readonly description: string;
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

const action: ActionFile = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'));
const inputs: readonly (keyof typeof ACTION_INPUTS)[] = Object.keys(ACTION_INPUTS) as never;

/** What `action.yml` must say about an input: what it means, what may be written, what holds without it. */
function inputDescription(entry: OptionEntry<unknown>): string {
  const words = entry.takes === '' ? 'true|false' : entry.takes;
  const allowed = words.includes('|') ? ` Allowed: ${words.replaceAll('|', ', ')}.` : '';
  const note = entry.inputNote === undefined ? '' : ` ${entry.inputNote}`;
  return `${entry.help}${note}${allowed} Default: ${entry.inputDefault ?? entry.default}.`;
}

/** What only the runner can say. */
const FILLED_IN: Readonly<Record<string, string>> = {
  githubToken: '${{ github.token }}',
  jobWorkflowRef: '${{ job.workflow_ref }}',
};

describe('action.yml', () => {
  test('has the inputs of the table, in its order and with its words', () => {
    expect(Object.entries(action.inputs).map(([name, { description }]) => [name, description])).toEqual(
      Object.values(ACTION_INPUTS).map((entry) => [entry.input, inputDescription(entry)]),
    );
  });

  test.each(inputs)('has the default of %s, where one can be written down', (key) => {
    const entry = ACTION_INPUTS[key];
    const written = action.inputs[entry.input ?? '']?.default;
    // What GitHub fills in counts as given; where that makes a difference, nothing may be filled in.
    const words = entry.takes === '' ? ['true', 'false'] : entry.takes.split('|').filter((word) => word !== 'unknown');
    const expected = words.includes(entry.default) ? entry.default : undefined;
    expect(written).toBe(FILLED_IN[key] ?? expected);
  });

  test('has what the Marketplace asks for', () => {
    expect(action).toMatchObject({
      name: 'Effective permissions',
      author: expect.any(String),
      description: expect.stringMatching(/^.{20,124}$/),
      branding: { icon: 'lock', color: 'purple' },
      runs: { using: 'node24', main: 'dist/index.js' },
    });
    expect(Object.keys(action.outputs)).toEqual([
      'result',
      'errors',
      'warnings',
      'notes',
      'changes',
      'raised',
      'json-file',
      'sarif-file',
    ]);
  });

  test('has expressions in defaults only, since GitHub refuses them elsewhere', () => {
    const descriptions = [...Object.values(action.inputs), ...Object.values(action.outputs)].map(
      (each) => each.description,
    );
    expect([action.description, ...descriptions].join()).not.toContain('${{');
  });
});

describe('the help text', () => {
  test.each([40, 80, 200])('has every option, within %d columns where words allow it', (width) => {
    const text = helpText(CHECK_HELP, width);
    for (const { option, takes, help } of Object.values(COMMAND_LINE_OPTIONS)) {
      expect(text).toContain(`\n  --${option}${takes === '' ? '' : ` ${takes}`}\n`);
      expect(text.replace(/\s+/g, ' ')).toContain(help);
    }
    const tooLong = text.split('\n').filter((line) => line.length > width && line.trim().includes(' '));
    expect(width < 80 ? [] : tooLong).toEqual([]);
    expect(text).toMatch(/[^\n]\n$/);
  });
});

describe('the inputs of the action', () => {
  const read = (given: Readonly<Record<string, string>>): unknown => readInputs((name) => given[name] ?? '');

  test('all together', () => {
    expect(
      read({
        'default-permissions': 'organization=read',
        visibility: 'private',
        'fork-pull-requests': 'write',
        repository: 'octo-org/octo-repo',
        offline: 'true',
        'ghes-version': '3.17',
        'fail-on': 'note',
        'working-directory': 'a b',
        'allow-empty': 'true',
        summary: 'false',
        'json-file': 'report.json',
        'sarif-file': 'findings.sarif',
        'github-token': 'secret',
      }),
    ).toEqual({
      defaultPermissions: 'read',
      visibility: 'private',
      forkPullRequests: 'write',
      repository: { owner: 'octo-org', name: 'octo-repo' },
      offline: true,
      ghes: { major: 3, minor: 17 },
      failOn: 'note',
      workingDirectory: 'a b',
      allowEmpty: true,
      summary: false,
      jsonFile: 'report.json',
      sarifFile: 'findings.sarif',
      githubToken: 'secret',
    });
  });

  test('what is empty is not given', () => {
    expect(read({})).toEqual({});
    expect(read({ visibility: ' ', summary: '\n' })).toEqual({});
  });

  test.each([
    ['default-permissions', 'admin', 'The input default-permissions takes read, write or unknown, or the levels'],
    [
      'visibility',
      'Public',
      'The input visibility takes public, private, internal or unknown, not "Public". Did you mean public?',
    ],
    ['fork-pull-requests', 'true', 'The input fork-pull-requests takes off, read, write or unknown, not "true".'],
    [
      'repository',
      'https://github.com/a/b',
      'The input repository takes OWNER/NAME, such as octo-org/octo-repo, not "https://github.com/a/b".',
    ],
    ['offline', 'yes', 'The input offline takes true or false, not "yes".'],
    ['ghes-version', '2.22', 'The input ghes-version takes the version of a GitHub Enterprise Server, 3.2 or newer'],
    ['fail-on', 'none', 'The input fail-on takes error, warning, note or never, not "none".'],
    ['allow-empty', 'TRUE', 'The input allow-empty takes true or false, not "TRUE". Did you mean true?'],
    ['summary', 'off', 'The input summary takes true or false, not "off".'],
  ])('%s: %s', (name, text, message) => {
    const reading = (): unknown => read({ [name]: text });
    expect(reading).toThrow(ToolError);
    expect(reading).toThrow(message);
  });
});
