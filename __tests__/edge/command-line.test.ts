import { describe, expect, test } from '@jest/globals';

import { parseArguments, parseCommandLine, wantsFormat } from '../../src/edge/command-line/command-line.ts';
import { COMMAND_LINE_OPTIONS, HELP_OPTIONS, OTHER_COMMAND_OPTIONS } from '../../src/edge/command-line/option-table.ts';
import { ToolError } from '../../src/edge/tool-error.ts';

/** The words of a command line; none of these tests needs a space in a word. */
function parse(line: string): unknown {
  return parseCommandLine(line.split(' ').filter((word) => word !== ''));
}

function messageOf(args: readonly string[]): string {
  try {
    parseCommandLine(args);
  } catch (error) {
    if (error instanceof ToolError) return error.message;
    throw error;
  }
  throw new Error(`accepted: ${args.join(' ')}`);
}

describe('a good command line', () => {
  test.each([
    ['', '.', {}],
    ['check', '.', {}],
    ['.', '.', {}],
    ['check some/folder', 'some/folder', {}],
    ['check check', 'check', {}],
    ['-- check', 'check', {}],
    ['--at check -- check', 'check', { at: 'check' }],
    ['-- --offline', '--offline', {}],
    ['-', '-', {}],
    ['--format json check folder', 'folder', { format: 'json' }],
    ['folder --format=markdown', 'folder', { format: 'markdown' }],
    ['--format text', '.', { format: 'text' }],
    ['--default-permissions read', '.', { defaultPermissions: 'read' }],
    ['--default-permissions=write', '.', { defaultPermissions: 'write' }],
    ['--default-permissions unknown', '.', { defaultPermissions: 'unknown' }],
    ['--default-permissions enterprise=write,organization=read', '.', { defaultPermissions: 'read' }],
    ['--default-permissions=enterprise=write,organization=write', '.', { defaultPermissions: 'unknown' }],
    ['--default-permissions repository=write', '.', { defaultPermissions: 'write' }],
    ['--visibility internal', '.', { visibility: 'internal' }],
    ['--fork-pull-requests off', '.', { forkPullRequests: 'off' }],
    ['--repository octo-org/octo.repo_1', '.', { repository: { owner: 'octo-org', name: 'octo.repo_1' } }],
    ['--repository octo-org/.github', '.', { repository: { owner: 'octo-org', name: '.github' } }],
    ['--repository mona_acme/x', '.', { repository: { owner: 'mona_acme', name: 'x' } }],
    ['--ghes 3.2', '.', { ghes: { major: 3, minor: 2 } }],
    ['--ghes=3.17.4', '.', { ghes: { major: 3, minor: 17 } }],
    ['--offline', '.', { offline: true }],
    ['--fail-on never', '.', { failOn: 'never' }],
    ['--at origin/main~2', '.', { at: 'origin/main~2' }],
    ['--at=v1.0 --offline --visibility=public x', 'x', { at: 'v1.0', offline: true, visibility: 'public' }],
  ])('%s', (line, directory, values) => {
    expect(parse(line)).toEqual({ kind: 'check', directory, values });
  });

  test.each([
    ['--help', 'help'],
    ['-h', 'help'],
    ['-h --nonsense', 'help'],
    ['--help --nonsense --format', 'help'],
    ['--format --help', 'help'],
    ['--version --help', 'help'],
    ['--visibility wrong --version', 'version'],
  ])('%s asks for nothing else', (line, kind) => {
    expect(parse(line)).toEqual({ kind });
  });

  test('--help behind -- is a folder', () => {
    expect(parse('-- --help')).toEqual({ kind: 'check', directory: '--help', values: {} });
  });
});

describe('a malformed command line says what is allowed', () => {
  test.each<[string[], string]>([
    [['--format', 'xml'], '--format takes text, markdown, json, jsonl or sarif, not "xml".'],
    [['--format', 'jsno'], '--format takes text, markdown, json, jsonl or sarif, not "jsno". Did you mean json?'],
    [['--format', 'JSON'], '--format takes text, markdown, json, jsonl or sarif, not "JSON". Did you mean json?'],
    [['--format'], '--format needs a value: --format text|markdown|json|jsonl|sarif.'],
    [['--format='], '--format needs a value: --format text|markdown|json|jsonl|sarif.'],
    [['--format', '--offline'], '--format needs a value: --format text|markdown|json|jsonl|sarif.'],
    [['--format', 'json', '--format', 'json'], '--format stands there twice; give it once.'],
    [['--offline', '--offline'], '--offline stands there twice; give it once.'],
    [['--offline=true'], '--offline takes no value; write --offline alone.'],
    [
      ['--visibility', 'pub'],
      '--visibility takes public, private, internal or unknown, not "pub". Did you mean public?',
    ],
    [['--fork-pull-requests', 'on'], '--fork-pull-requests takes off, read, write or unknown, not "on".'],
    [['--fail-on', 'warn'], '--fail-on takes error, warning, note or never, not "warn". Did you mean warning?'],
    [['--repository', 'octo'], '--repository takes OWNER/NAME, such as octo-org/octo-repo, not "octo".'],
    [['--repository', 'a/..'], '--repository takes OWNER/NAME, such as octo-org/octo-repo, not "a/..".'],
    [['--repository', 'a/b/c'], '--repository takes OWNER/NAME, such as octo-org/octo-repo, not "a/b/c".'],
    [['--repository', '/b'], '--repository takes OWNER/NAME, such as octo-org/octo-repo, not "/b".'],
    [
      ['--ghes', '3.1'],
      '--ghes takes the version of a GitHub Enterprise Server, 3.2 or newer, such as 3.17, not "3.1".',
    ],
    [
      ['--ghes', 'latest'],
      '--ghes takes the version of a GitHub Enterprise Server, 3.2 or newer, such as 3.17, not "latest".',
    ],
    [
      ['--what-if', 'read'],
      '--what-if takes default-permissions=read|write or visibility=public|private|internal, not "read".',
    ],
    [
      ['--what-if', 'default-permission=read'],
      '--what-if takes default-permissions=read|write or visibility=public|private|internal, not "default-permission=read". Did you mean default-permissions?',
    ],
    [['--what-if', 'default-permissions=unknown'], '--what-if default-permissions takes read or write, not "unknown".'],
    [['--what-if', 'visibility='], '--what-if visibility takes public, private or internal, not "".'],
    [['--at=-x'], '--at takes a git ref, such as main, v1.2.3 or a commit, not "-x".'],
    [['--at', 'a b'], '--at takes a git ref, such as main, v1.2.3 or a commit, not "a b".'],
    [['--at', 'a\nb'], '--at takes a git ref, such as main, v1.2.3 or a commit, not "a b".'],
    [['one', 'two'], 'One folder can be checked at a time; "two" is one too many.'],
    [['one', 'verify'], 'The name of a command comes first. Write verify ahead of "one".'],
    [['verfy', 'log.txt'], 'One folder can be checked at a time; "log.txt" is one too many. Did you mean verify?'],
    [['check', 'one', 'two'], 'One folder can be checked at a time; "two" is one too many.'],
    [[''], 'The name of the folder is empty; leave it out to check the current folder.'],
  ])('%j', (args, message) => {
    expect(messageOf(args)).toBe(message);
  });

  test.each<[string, string]>([
    ['read-all', '"read-all" is none of these. Did you mean read?'],
    ['raed', '"raed" is none of these. Did you mean read?'],
    ['organisation=read', '"organisation" is not a level. Did you mean organization?'],
    ['repository=unknown', 'repository is read or write, not "unknown".'],
    ['repository=', 'repository is read or write, not "".'],
    ['repository=read=write', 'repository is read or write, not "read=write". Did you mean read?'],
    ['repository=read,', '"" is not a level.'],
    ['repository=read,repository=read', 'repository stands there twice.'],
  ])('--default-permissions %s', (text, reason) => {
    expect(messageOf(['--default-permissions', text])).toBe(
      '--default-permissions takes read, write or unknown, or the levels that are known, such as ' +
        `enterprise=write,organization=read,repository=write; ${reason}`,
    );
  });

  test.each([
    ['--fromat', ' Did you mean --format?'],
    ['--forma=json', ' Did you mean --format?'],
    ['--default-permission', ' Did you mean --default-permissions?'],
    ['-help', ' Did you mean --help?'],
    ['-hh', ''],
    ['--Offline', ' Did you mean --offline?'],
    ['--sarif', ''],
    ['---', ''],
    ['--constructor', ''],
  ])('%s is no option', (option, hint) => {
    const message = messageOf([option]);
    const more = hint === '' ? ' The options are --' : ' --help lists them all.';
    expect(message).toContain(`There is no option "${option.split('=')[0]}".${hint}${more}`);
    if (hint !== '') return;
    for (const { option: known } of Object.values(COMMAND_LINE_OPTIONS)) expect(message).toContain(`--${known}`);
  });

  test('a very long word is cut, and its controls are not obeyed', () => {
    expect(messageOf([`--visibility=\x1b[2J${'a'.repeat(5000)}`])).toMatch(/^[\x20-\x7e…]{0,300}$/);
  });
});

describe('a command with options of its own', () => {
  const options = { ...OTHER_COMMAND_OPTIONS, ...HELP_OPTIONS };
  const parseOther = (line: string): unknown => parseArguments(line.split(' '), 'compare', options);

  test.each([
    ['compare', [], {}],
    ['compare a b', ['a', 'b'], {}],
    ['--format json compare a', ['a'], { format: 'json' }],
    ['compare --directory x a', ['a'], { directory: 'x' }],
    ['compare compare', ['compare'], {}],
    ['compare - -- -a --help', ['-', '-a', '--help'], {}],
  ])('%s', (line, words, values) => {
    expect(parseOther(line)).toEqual({ kind: 'run', words, values });
  });

  test('has its own help, and no option of a check', () => {
    expect(parseOther('compare --fix --help')).toEqual({ kind: 'help' });
    expect(() => parseOther('compare --fix')).toThrow(
      '--fix is an option of check. compare does not have it; compare --help lists what it has.',
    );
    expect(() => parseOther('compare --sarif')).toThrow(
      'There is no option "--sarif". The options are --directory, --format, --help or --version.',
    );
    expect(() => parseOther('compare --format markdown')).toThrow('--format takes text or json, not "markdown".');
  });
});

test.each<[string[], string[]]>([
  [['--format', 'json'], ['json']],
  [['--format', 'sarif'], ['sarif']],
  [['--nonsense', '--format=json'], ['json']],
  [['--format', 'json', '--format', 'text'], ['json']],
  [['--format', 'text'], []],
  [['--', '--format', 'json'], []],
  [['-format', 'json'], []],
  [[], []],
])('whether %j wants JSON or SARIF: %j', (args, wanted) => {
  expect((['json', 'sarif'] as const).filter((format) => wantsFormat(args, format))).toEqual(wanted);
});
