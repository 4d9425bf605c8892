import { describe, expect, test } from '@jest/globals';

import { githubScriptUse } from '../../src/needs/actions/github-script-use.ts';
import { readShellScript } from '../../src/needs/scripts/shell-script.ts';
import { readCmdScript } from '../../src/needs/scripts/cmd-script.ts';
import { shellUse } from '../../src/needs/scripts/shell-use.ts';
import { GH, short, stepWith } from './using.ts';

function used(script: string, shell: string): readonly string[] {
  return short(shellUse(script, shell, stepWith(GH)));
}

describe('a variable that doubles with every line takes no memory, and what follows is read', () => {
  test.each([
    ['bash', 'A=xy\n', 'A=$A$A\n'],
    ['bash', 'A=xy\n', 'A="$A$A"\n'],
    ['bash', 'A=xy\n', 'A+=$A\n'],
    ['pwsh', '$a = "xy"\n', '$a = "$a$a"\n'],
    ['cmd', 'set A=xy\n', 'set A=%A%%A%\n'],
  ])('%s', (shell, first, line) => {
    expect(used(`${first}${line.repeat(60)}gh issue list\n`, shell)).toEqual(['issues: read']);
  });

  test('nor does a long one that is named again and again', () => {
    const script = `A=${'x'.repeat(4000)}\n${': "$A$A$A$A"\n'.repeat(50_000)}gh issue list\n`;
    const { invocations } = readShellScript(script, {});
    expect(invocations.flatMap(({ words }) => words).join('').length).toBeLessThan(2_000_000);
    expect(invocations.at(-1)?.words).toEqual(['gh', 'issue', 'list']);
  });
});

test('substitutions in what is exported are read once, however deep they are', () => {
  const depth = 60;
  const script = `${'export A=$(gh pr list; '.repeat(depth)}${')'.repeat(depth)}\n`;
  expect(readShellScript(script, {}).invocations).toHaveLength(2 * depth);
});

test.each(['bash', 'pwsh', 'cmd'])('of more commands than anybody writes, the last are not looked at: %s', (shell) => {
  const script = (count: number) => `${'gh issue list\n'.repeat(count)}gh pr list\n`;
  expect(used(script(100), shell)).toContain('pull-requests: read');
  expect(used(script(20_000), shell)).toContain('? all');
  expect(used(script(20_000), shell)).not.toContain('pull-requests: read');
});

describe('more variables than anybody exports', () => {
  const exports = (count: number) => Array.from({ length: count }, (_, at) => `export A${at}=b\n`).join('');

  test('are not all handed to each command', () => {
    const { invocations } = readShellScript(`${exports(5000)}make\n`, {});
    expect(new Set(invocations.map(({ env }) => env)).size).toBeLessThan(300);
    expect(Object.keys(invocations.at(-1)?.env ?? {}).length).toBeLessThan(300);
  });

  test('leave unknown what the script may do, and those of before are found', () => {
    const use = (count: number) => used(`export GH_TOKEN=a\n${exports(count)}gh issue list\n`, 'bash');
    expect(use(100)).toEqual([]);
    expect(use(5000)).toEqual(['? all']);
  });
});

describe('a script that is deeper than anybody writes is not read, and may do all that it can', () => {
  test.each([
    ['brackets', 'bash', '$('.repeat(5000)],
    ['functions', 'bash', 'f() { '.repeat(50_000)],
    ['conditions', 'bash', 'if a; then '.repeat(50_000)],
  ])('%s', (_, shell, script) => {
    expect(used(script, shell)).toEqual(['? all']);
  });

  test.each([
    ['members', `a${"['b']".repeat(50_000)}`],
    ['calls', `a${'()'.repeat(50_000)}`],
    ['operators', `a${' + a'.repeat(50_000)}`],
    ['brackets', '('.repeat(50_000)],
  ])('in JavaScript: %s', (_, script) => {
    expect(short(githubScriptUse(script, stepWith()))).toEqual(['? all']);
  });
});

describe('what ends far away, or never, in PowerShell', () => {
  test.each([
    ['@"\na\n"@ | Out-Null\ngh issue list', ['issues: read']],
    ['@"\n"@ | Out-Null\ngh issue list', ['issues: read']],
    ["$a = @'\ngh pr list\n'@\ngh issue list", ['issues: read']],
    ['<# gh pr list\n#>\ngh issue list', ['issues: read']],
    ['gh issue list <# a', ['issues: read']],
    ['@"\ngh issue list\n', ['? all', 'issues: read']],
    ['gh issue list ${a\ngh pr list', ['? all', 'issues: read', 'pull-requests: read']],
    ['gh issue list $(a', ['? all', 'issues: read']],
  ])('%j', (script, expected) => {
    expect(used(script, 'pwsh')).toEqual(expected);
  });
});

test('in cmd, `&` and `|` part commands outside of quotes', () => {
  const words = (script: string) => readCmdScript(script, {}).invocations.map((one) => one.words.join(' '));
  expect(words('a & b "c & d | e" | f && g')).toEqual(['a', 'b c & d | e', 'f', 'g']);
  expect(words('a "b && c" || d')).toEqual(['a "b', 'c"', 'd']);
});
