import type { CompletedCommand, CompletedOption } from './completed-commands.ts';

/** Takes the name of the program and its commands, and returns the script for zsh. */
export function zshCompletion(program: string, commands: readonly CompletedCommand[]): string {
  const name = `_${program.replaceAll('-', '_')}`;
  const described = commands.map((command) => `    ${quoted(`${command.name}:${command.says}`)}`);
  const cases = commands.map(({ name: command, options, words, takesPaths }) => {
    const rest = [
      ...(words.length === 0 ? [] : [`1:word:(${words.join(' ')})`]),
      ...(takesPaths ? ['*:path:_files'] : []),
    ];
    const specs = [...options.map(optionSpec), ...rest].map(quoted);
    return `    ${command}) _arguments -S ${specs.join(' \\\n      ')} ;;`;
  });
  return `#compdef ${program}
# Completion for zsh: put this as ${name} into a folder of $fpath, or run: source <(${program} completion zsh)
${name}() {
  local command=check
  local -a commands=(
${described.join('\n')}
  )
  case $words[2] in
    (${commands.map((command) => command.name).join('|')})
      if (( CURRENT > 2 )); then
        command=$words[2]
        shift words
        (( CURRENT-- ))
      fi ;;
  esac
  if (( CURRENT == 2 )) && [[ $command == check && $words[2] != -* ]]; then
    _describe command commands
  fi
  case $command in
${cases.join('\n')}
  esac
}
if [[ $funcstack[1] == ${name} ]]; then ${name} "$@"; else compdef ${name} ${program}; fi
`;
}

function optionSpec({ name, says, value, words }: CompletedOption): string {
  const about = says.replaceAll(/[[\]:\\]/g, '\\$&');
  const action = value === 'words' ? `(${words.join(' ')})` : value === 'file' ? '_files' : '';
  return value === 'none' ? `--${name}[${about}]` : `--${name}=[${about}]:value:${action}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
