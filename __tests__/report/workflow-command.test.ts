import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { logText, withoutCommands, workflowCommand } from '../../src/report/workflow-command.ts';
import { tried } from '../helpers/property.ts';
import { hostileName } from './hostile.ts';
import { commandsIn } from './runner-commands.ts';

const ANNOTATION = {
  level: 'error',
  message: "Unexpected value 'none'",
  title: 'Invalid workflow',
  path: '.github/workflows/ci.yml',
  line: 4,
  column: 14,
} as const;

describe('the command of an annotation', () => {
  test('names the place, the title and the message', () => {
    expect(workflowCommand(ANNOTATION)).toBe(
      "::error file=.github/workflows/ci.yml,line=4,col=14,title=Invalid workflow::Unexpected value 'none'",
    );
  });

  test('escapes what would end a property or the message', () => {
    const command = workflowCommand({
      ...ANNOTATION,
      path: 'a:b,c%2C.yml',
      title: 'x::y',
      message: '100%\n::error::z',
    });
    expect(command).toBe('::error file=a%3Ab%2Cc%252C.yml,line=4,col=14,title=x%3A%3Ay::100%25%0A::error::z');
    expect(commandsIn(command)).toEqual([command]);
  });

  test('is one line and one command, whatever a stranger writes', () => {
    fc.assert(
      fc.property(hostileName, hostileName, hostileName, (path, title, message) => {
        const command = workflowCommand({ ...ANNOTATION, path, title, message });
        expect(command.split(/[\r\n]/)).toHaveLength(1);
        const [properties = ''] = /^::error ([^:]*)::/.exec(command)?.slice(1) ?? [];
        expect(properties.split(',').map((each) => each.split('=', 1)[0])).toEqual(['file', 'line', 'col', 'title']);
      }),
      tried(300),
    );
  });

  test('is no longer than the runner takes it', () => {
    const command = workflowCommand({ ...ANNOTATION, message: 'x'.repeat(100_000) });
    expect(command.length).toBeLessThan(4096);
    expect(command.endsWith('…')).toBe(true);
  });
});

describe('text for the log', () => {
  test.each([
    '::error::x',
    '  ::error::x',
    '\u00a0::add-mask::x',
    'a\n::stop-commands::x',
    'a\r::error::x',
    'a ##[error]x',
    '\u001b[31m::error::x',
    '\u0301::error::x',
    'a\n \u0301:\u0301:error::x',
    'a #\u0301#\u0301[error]x',
  ])('is no command: %j', (text) => {
    expect(commandsIn(logText(text))).toEqual([]);
    expect(commandsIn(withoutCommands(logText(text)))).toEqual([]);
  });

  test('keeps lines and harmless text', () => {
    expect(logText('a::b\n  c # [d]\n')).toBe('a::b\n  c # [d]\n');
  });

  test('keeps our colours, which must not hide a command', () => {
    expect(withoutCommands('\u001b[1m::error::x\u001b[0m')).toBe('\u001b[1m: :error::x\u001b[0m');
  });

  test('has no command, escape or control character left, whatever a stranger writes', () => {
    fc.assert(
      fc.property(fc.array(hostileName), (names) => {
        const text = logText(names.join(''));
        expect(commandsIn(text)).toEqual([]);
        // eslint-disable-next-line no-control-regex
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      }),
      tried(500),
    );
  });
});
