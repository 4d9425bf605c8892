import { COMMAND_LINE_OPTIONS, type OptionEntry } from './option-table.ts';
import { TOOL } from './tool.ts';

/** Breaks a text into lines of at most this many characters, where a word allows it. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function optionHelp(entry: OptionEntry<unknown>, width: number): string[] {
  const head = `  --${entry.option}${entry.takes === '' ? '' : ` ${entry.takes}`}`;
  const fallback = entry.takes === '' ? '' : ` Default: ${entry.default}.`;
  return [head, ...wrap(`${entry.help}${fallback}`, width - 6).map((line) => `      ${line}`)];
}

const INTRODUCTION =
  "Reads a repository's workflow files and computes what the GITHUB_TOKEN of every job may do: from which block " +
  'each permission comes, and how events, forks and Dependabot change it.';

/** The help text, made of the same table that reads the options. Ends with a line break. */
export function helpText(width: number): string {
  const columns = Math.min(width, 100);
  const row = (name: string, text: string): string[] => {
    const [first = '', ...more] = wrap(text, columns - 14);
    return [`  ${name.padEnd(12)}${first}`, ...more.map((line) => ' '.repeat(14) + line)];
  };
  const lines = [
    `Usage: ${TOOL.name} [check] [DIRECTORY] [options]`,
    '',
    ...wrap(INTRODUCTION, columns),
    '',
    ...row('DIRECTORY', "the root of a repository's checkout. Default: the current folder."),
    '',
    'Options (--name VALUE or --name=VALUE; -- ends them):',
    ...Object.values(COMMAND_LINE_OPTIONS).flatMap((entry) => optionHelp(entry, columns)),
    '',
    'Exit status:',
    ...row('0', 'no finding at or above --fail-on, or no workflow files'),
    ...row('1', 'findings at or above --fail-on'),
    ...row('2', 'the work could not be done: a malformed option, no such folder, a base that cannot be had'),
    '',
    'Environment:',
    ...row(
      'GH_TOKEN',
      "reads called workflows of other repositories, else GITHUB_TOKEN does. Without either, public ones are read until GitHub's limit for anonymous requests.",
    ),
    ...row('GH_HOST', 'the server to read them from, or its API in GITHUB_API_URL. Default: github.com.'),
    ...row('NO_COLOR', 'no colours; FORCE_COLOR: colours although the output is no terminal'),
    ...row('COLUMNS', "the width to write for. Default: the terminal's own, 80 where there is none."),
  ];
  return `${lines.join('\n')}\n`;
}
