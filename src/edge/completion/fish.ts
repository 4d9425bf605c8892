import type { CompletedCommand, CompletedOption } from './completed-commands.ts';

/** Takes the name of the program and its commands, and returns the script for fish. */
export function fishCompletion(program: string, commands: readonly CompletedCommand[]): string {
  const others = commands.filter(({ name }) => name !== 'check').map(({ name }) => name);
  const lines = commands.flatMap(({ name, says, options, words, takesPaths }) => {
    const isMeant =
      name === 'check' ? `not __fish_seen_subcommand_from ${others.join(' ')}` : `__fish_seen_subcommand_from ${name}`;
    const line = (rest: string): string => `complete -c ${program} -n ${quoted(isMeant)} ${rest}`;
    return [
      `complete -c ${program} -n __fish_is_first_token -a ${name} -d ${quoted(says)}`,
      ...(words.length === 0 ? [] : [line(`${takesPaths ? '' : '-f '}-a ${quoted(words.join(' '))}`)]),
      ...options.map((option) => line(optionWords(option))),
    ];
  });
  return `# Completion for fish: ${program} completion fish > ~/.config/fish/completions/${program}.fish\n${lines.join('\n')}\n`;
}

function optionWords({ name, says, value, words }: CompletedOption): string {
  const takes = { none: '', words: ` -x -a ${quoted(words.join(' '))}`, file: ' -r -F', other: ' -x' }[value];
  return `-l ${name}${takes} -d ${quoted(says)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}
