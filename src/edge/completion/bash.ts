import type { CompletedCommand } from './completed-commands.ts';

/** Takes the name of the program and its commands, and returns the script for bash 3.2 and newer. */
export function bashCompletion(program: string, commands: readonly CompletedCommand[]): string {
  const name = `_${program.replaceAll('-', '_')}`;
  const others = commands.filter((command) => command.name !== 'check').map((command) => command.name);
  const values = commands.flatMap(({ name: command, options }) => [
    ...options.flatMap(({ name: option, value, words }) =>
      value === 'none' ? [] : [`    ${command}:--${option}) words='${words.join(' ')}' isValue=1 ;;`],
    ),
    ...[...valuesByKey(options)].map(([key, own]) => `    ${command}:${key}=) words='${own.join(' ')}' isValue=1 ;;`),
  ]);
  const options = commands.map(
    ({ name: command, options: own }) => `      ${command}) words='${own.map((one) => `--${one.name}`).join(' ')}' ;;`,
  );
  const words = commands.flatMap(({ name: command, words: own }) =>
    own.length === 0 ? [] : [`      ${command}) words='${own.join(' ')}' ;;`],
  );
  return `# Completion for bash: . <(${program} completion bash)
${name}() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=check words='' isValue=''
  case \${COMP_WORDS[1]} in
    check|${others.join('|')}) if [ "$COMP_CWORD" -gt 1 ]; then command=\${COMP_WORDS[1]}; fi ;;
  esac
  # bash takes --name=value for three words, and name=value too.
  local key=''
  if [ "$word" = '=' ]; then word='' key=$before; elif [ "$before" = '=' ]; then key=\${COMP_WORDS[COMP_CWORD-2]}; fi
  case $key in '') ;; -*) before=$key ;; *) before=$key= ;; esac
  case $command:$before in
${values.join('\n')}
  esac
  if [ -z "$isValue" ]; then
    case $word in
    -*) case $command in
${options.join('\n')}
      esac ;;
    *) case $command in
${words.join('\n')}
      esac
      if [ "$COMP_CWORD" -eq 1 ]; then words='check ${others.join(' ')}'; fi ;;
    esac
  fi
  # With no word, bash completes paths.
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o bashdefault -o default -F ${name} ${program}
`;
}

/** What stands behind the equals sign in values such as `default-permissions=read`. */
function valuesByKey(options: CompletedCommand['options']): ReadonlyMap<string, readonly string[]> {
  const byKey = new Map<string, string[]>();
  for (const word of options.flatMap(({ words }) => words)) {
    const [key = '', value] = word.split('=');
    if (value !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), value]);
  }
  return byKey;
}
